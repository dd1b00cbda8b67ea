"""What is wrong with a config.yaml, before a run finds out: all that it names is looked up."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from video_gen import settings
from video_gen.errors import ConfigError, EngineError, VideoGenError
from video_gen.paths import workflow_dir
from video_gen.sources import discover, is_link, languages, yaml12, youtube

At = tuple[str | int, ...]
Fault = tuple[At, str]  # where in the settings, and what is wrong there
_AUTO = ("auto", "offline")


def check(path: Path) -> list[str]:
    """Return warnings. Raises ConfigError with all faults, a line each, that names the file's lines.

    As a build does, it reads the user's own stages and rules, if there are any and all else is well.
    """
    found = settings.resolve(workflow_dir() / settings.FILE, path, {})
    document, faults = yaml12.load(path), []
    with contextlib.chdir(path.parent):
        for of in (_sources, _theme, _music, _voice, _translator):
            faults += list(of(found))
        faults = faults or list(_own(found))
        told = [_told(path, document, at, text) for at, text in faults]
        if told:
            raise ConfigError("\n".join(told))
        return [_told(path, document, at, text) for at, text in _nobody_translates(found)]


def of_task(found: dict[str, Any], given: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the settings that a task gives, nested as in config.yaml. found: all that hold for it."""
    looks = dict.fromkeys(look for at, look in _OF_TASK if _is_given(given, at))
    return list(dict.fromkeys(text for look in looks for _, text in look(found)))


def _is_given(given: Any, at: At) -> bool:
    return not at or (isinstance(given, Mapping) and at[0] in given and _is_given(given[at[0]], at[1:]))


def _told(path: Path, document: Any, at: At, text: str) -> str:
    line = yaml12.line_at(document, at) if at and document else None
    return f"{path}, line {line}: {text}" if line else f"{path}: {text}"


def _caught(at: At, look: Callable[[], object], begin: str = "") -> Iterator[Fault]:
    """Yield what a look at something raises. begin: what the message begins with unless it does so already."""
    try:
        look()
    except VideoGenError as error:
        text = str(error)
        yield at, text if not begin or text.startswith(begin) else f"{begin}: {text}"
    except OSError as error:
        yield at, f"{error.filename}: cannot be read ({error.strerror}). Check the permissions."


def _sources(found: dict[str, Any]) -> Iterator[Fault]:
    for name, source in found["sources"].items():
        at = ("sources", name)
        faults = list(_caught(at, partial(discover, "inputs", {name: source})))
        if not faults and is_link(source):
            faults = list(_caught(at, partial(youtube.video_id, source), f"sources.{name}"))
        elif not faults and not Path(source).is_file():
            faults = [(at, f"sources.{name}: there is no file {source}. Check its name.")]
        yield from faults
    if found["sources"]:
        return
    yield from _caught((), lambda: discover("inputs", {}))


def _theme(found: dict[str, Any]) -> Iterator[Fault]:
    from video_gen.scenes import theme

    picture = found["picture"]
    yield from _caught(("picture", "theme"), lambda: theme.read(picture["theme"], picture["appearance"]), "theme")


def _music(found: dict[str, Any]) -> Iterator[Fault]:
    music = found["audio"]["music"]
    if music and not Path(music).is_file():
        yield ("audio", "music"), f"audio.music: there is no file {music}. Check its name, or set it to null."


def _voice(found: dict[str, Any]) -> Iterator[Fault]:
    """Whether the engine is there and speaks the languages; silence speaks all of them."""
    from video_gen import speech

    engine, models = found["narration"]["engine"], found["narration"]["models"]
    if engine not in _AUTO:
        lacking = list(_caught(("narration", "engine"), lambda: speech.engine(engine, models).supports("en")))
        if lacking or engine == "silent":
            yield from lacking
            return
    yield from _language(("language",), found["language"], engine, models)
    for number, language in enumerate(found["languages"]):
        yield from _language(("languages", number), language, engine, models)


def _language(at: At, language: str, engine: str, models: Any) -> Iterator[Fault]:
    from video_gen.cli import casting

    able = casting.able(language, models)
    if not able:
        yield at, f"{at[0]}: {casting.unknown(language)}"
    elif engine not in (*_AUTO, *able):
        yield at, f"{at[0]}: the engine {engine} does not speak {language!r}. Choose auto or: {', '.join(able)}."


def _translator(found: dict[str, Any]) -> Iterator[Fault]:
    from video_gen import translation

    given = found["translation"]
    if given["engine"]:
        yield from _caught(
            ("translation", "engine"),
            lambda: translation.engine(given["engine"], given["url"] or "", given["model"] or ""),
        )


def _own(found: dict[str, Any]) -> Iterator[Fault]:
    from video_gen.stages import catalog

    if not (found["stages"] or found["rules"]):
        return
    try:
        catalog.listing()
    except ConfigError as error:
        for text in str(error).splitlines():
            yield _place_of(found, text), text


def _place_of(found: dict[str, Any], text: str) -> At:
    """The stage or rule file that a message begins with."""
    for key in ("stages", "rules"):
        for number, named in enumerate(found[key]):
            if text.startswith(f"{key}: ") and named in text:
                return key, number
    return ("rules",) if found["rules"] else ("stages",)


def _nobody_translates(found: dict[str, Any]) -> Iterator[Fault]:
    if found["translation"]["engine"]:
        return
    known, _ = languages.of_folder("inputs", found)
    names = [name for name, source in known.items() if source.kind == "translation"]
    if names:
        from video_gen import translation

        with contextlib.suppress(EngineError):
            yield from _caught(("languages",), lambda: translation.engine(""), f"{', '.join(names)}")


_OF_TASK: tuple[tuple[At, Callable[[dict[str, Any]], Iterator[Fault]]], ...] = (
    *((("picture", key), _theme) for key in ("theme", "appearance")),
    (("audio", "music"), _music),
    *((at, _voice) for at in (("narration", "engine"), ("language",), ("languages",))),
    (("translation", "engine"), _translator),
)
