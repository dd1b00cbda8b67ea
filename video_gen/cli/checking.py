"""`validate`: files checked without anything being made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from video_gen import schema, settings
from video_gen.cli import folder
from video_gen.errors import InputError, VideoGenError
from video_gen.files import read_json
from video_gen.sources import KINDS, adapt, is_link, kind_of, name_of, sets, yaml12, youtube

_MOST = 20  # problems of a file that are told
_KEY_OF = {
    "translation": "target_language",
    "transcript": "snippets",
    "state": "task_id",
    "timing": "total_frames",
    "metadata": "timeline",
    "words": "words",
    "engine": "requested",
    "script": "video_id",
}
_THEME_KEYS = {"colors", "extends", "fonts", "type", "light", "dark", "logo"}


@dataclass(frozen=True)
class Report:
    """What is known of a file. kind: what it was taken for. problems: each with its place and remedy. warnings: no faults."""

    file: str
    kind: str
    problems: Sequence[str]
    warnings: Sequence[str]

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def everything() -> list[Path]:
    """Return what there is to check in this folder: settings, sources and themes."""
    config = [Path(settings.FILE)] if Path(settings.FILE).exists() else []
    try:
        sources = [Path(source) for source in folder.videos().values() if not is_link(source)]
    except (VideoGenError, OSError):  # told by the check of the settings, or of the file itself
        sources = [path for path in sorted(Path("inputs").glob("*")) if kind_of(path)]
    return list(dict.fromkeys([*config, *sources, *sorted(Path("themes").glob("*.yaml"))]))


def expanded(paths: Sequence[Path]) -> list[Path]:
    """Return the files that are given, of folders those in them that can be checked."""
    found = []
    for path in paths:
        inside = [each for each in sorted(path.glob("*")) if kind_of(each) or each.suffix.lower() == ".json"]
        found += inside if path.is_dir() else [path]
    return found


def check(path: Path) -> Report:
    """Return what is wrong with a file: settings, a theme, a set, a video YAML, a script JSON or a document."""
    kind = "file"
    try:
        kind = _kind(path)
        warnings = list(_CHECKS[kind](path))
    except VideoGenError as error:
        return Report(str(path), kind, _shortened(str(error).splitlines()), ())
    except OSError as error:
        return Report(str(path), kind, [f"{error.filename or path}: cannot be read ({error.strerror})."], ())
    return Report(str(path), kind, (), warnings)


def _shortened(problems: list[str]) -> list[str]:
    """The first of them: nobody reads hundreds, and they tend to be one mistake."""
    more = len(problems) - _MOST
    return [*problems[:_MOST], f"… and {more} more."] if more > 0 else problems


def _kind(path: Path) -> str:
    kind = kind_of(path)
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder. Check its name.")
    if path.name == settings.FILE:
        return "settings"
    if not kind and path.suffix.lower() == ".json":
        return _kind_of_json(path)
    if not kind:
        raise InputError(f"{path}: is of an unknown kind. Known: {', '.join((*KINDS, '.json'))}.")
    if kind != "yaml":
        return {"markdown": "document"}.get(kind, kind)
    if path.absolute().parent.name == "themes":
        return "theme"
    document = yaml12.load(path)
    if path.name == sets.FOLDER_FILE or sets.may_be_set(path):
        return "set"
    is_theme = isinstance(document, dict) and "scenes" not in document and _THEME_KEYS & set(document)
    return "theme" if is_theme else "video"


def _kind_of_json(path: Path) -> str:
    """What lies in output/, by a key that nothing else of ours has."""
    found = read_json(path)
    keys = found if isinstance(found, dict) else {}
    kind = next((kind for kind, key in _KEY_OF.items() if key in keys), "")
    if not kind:
        raise InputError(f"{path}: is none of the JSON files that are made here: {', '.join(_KEY_OF)}.")
    return kind


def _settings(path: Path) -> Iterator[str]:
    from video_gen.cli import settings_check

    return iter(settings_check.check(path))


def _theme(path: Path) -> Iterator[str]:
    from video_gen.scenes import theme

    theme.read(str(path))
    return iter(())


def _document(path: Path) -> Iterator[str]:
    defaults = folder.settings_or_defaults()
    video, warnings = adapt([str(path)], kind_of(path) or "transcript", name_of(path), **_limits(defaults))
    return iter([*warnings, *_of_video(video, defaults)])


def _link(path: Path) -> Iterator[str]:
    youtube.video_id(youtube.link_of(path))
    return iter(())


def _translation(path: Path) -> Iterator[str]:
    from video_gen import translation

    translation.read(path)
    return iter(())


def _video(path: Path) -> Iterator[str]:
    video, warnings = adapt([str(path)], "yaml", "")
    _files_there(video, path)
    return iter([*warnings, *_of_video(video, folder.settings_or_defaults())])


def _set(path: Path) -> Iterator[str]:
    """All members, so that each of their faults is told."""
    warnings: list[str] = []
    problems: list[str] = []
    for name, member in sets.members(path).items():
        try:
            video = sets.video(member)
            _files_there(video, Path(member.file))
            warnings += [f"{name}: {warning}" for warning in _of_video(video, folder.settings_or_defaults())]
        except InputError as error:
            problems.append(str(error))
    if problems:
        raise InputError("\n".join(problems))
    return iter(warnings)


def _script(path: Path) -> Iterator[str]:
    from video_gen import script

    script.load(str(path))
    return iter(())


def _made(path: Path) -> Iterator[str]:
    """A file that is only read."""
    document = read_json(path)
    schema.check(document, _kind_of_json(path), str(path), InputError)
    return iter(())


def _engine(path: Path) -> Iterator[str]:
    from video_gen import speech

    engine = read_json(path).get("engine")
    if engine != "offline":
        speech.engine(str(engine))
    return iter(())


def _of_video(video: dict[str, Any], defaults: dict[str, Any]) -> list[str]:
    """The warnings that writing the script of a video gives."""
    from video_gen import script

    keys = {key: defaults[key] for key in ("language", "voice", "accent_color")}
    style = defaults["narration"].get("style", "plain")
    return script.build(video, engine="silent", style=style, **keys, **defaults["scene"])[1]


def _files_there(video: dict[str, Any], path: Path) -> None:
    """Raise InputError for pictures, tables, clips and recordings that are named and not there."""
    from video_gen.scenes.assets import files_of

    problems = []
    for scene in video["scenes"]:
        named = [*files_of(scene["scene_type"], scene["visual_content"]), scene.get("audio"), video.get("music")]
        line = getattr(scene, "line", None)
        place = f"{path}, line {line}" if line else str(path)
        problems += [
            f"{place}: scene {scene['scene_id']}: there is no file {file}. Paths count from {Path.cwd()}."
            for file in named
            if file and not Path(file).is_file()
        ]
    if problems:
        raise InputError("\n".join(problems))


def _limits(defaults: dict[str, Any]) -> dict[str, Any]:
    return {**defaults["document"], "language": defaults["language"], "style": defaults["narration"]["style"]}


_CHECKS = {
    "settings": _settings,
    "theme": _theme,
    "document": _document,
    "link": _link,
    "transcript": _document,
    "translation": _translation,
    "video": _video,
    "set": _set,
    "script": _script,
    "state": _made,
    "timing": _made,
    "metadata": _made,
    "words": _made,
    "engine": _engine,
}
