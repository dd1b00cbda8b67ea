"""The translated video, put together from the script and the translations of its scenes."""

from collections.abc import Mapping, Sequence
from typing import Any

from video_gen import speech
from video_gen.errors import EngineError, InputError
from video_gen.script.narration import estimated_duration
from video_gen.sources import video_yaml
from video_gen.speech import voices
from video_gen.translation import check, stored
from video_gen.translation.stored import Stored
from video_gen.translation.texts import texts_of, texts_of_head, with_texts

_HEAD = (
    "accent_color",
    "version",
    "music",
    "theme",
    "appearance",
    "motion",
    "burn_captions",
    "progress_bar",
    "formats",
)
_LONGEST = 300.0  # seconds, of a scene


def translated(
    script: Mapping[str, Any],
    head: Stored,
    scenes: Sequence[Stored],
    name: str,
    language: str,
    *,
    engine: str | None = None,
    models: speech.Models | None = None,
) -> tuple[dict[str, Any], list[str]]:
    """Return the video in another language (schemas/video.schema.json), and warnings.

    script: of the source video. head, scenes: the translations, the scenes' in their order. name: of the new video. engine: the
    speech engine that the source video names itself. models: as for `speech.engine`. What speaks is chosen anew where an engine
    does not know the language; recordings of a voice are left out. Raises InputError for translations that do not fit the script.
    """
    if len(scenes) != len(script["scenes"]):
        raise InputError(
            f"video {name}: has {len(scenes)} translated scenes for {len(script['scenes'])} of the script."
        )
    _same_language([head, *scenes], language)
    notes = stored.fit(head, texts_of_head(script))
    video: dict[str, Any] = {"video_id": name, "title": head.texts.get("title", script["title"])}
    if description := head.texts.get("description", script.get("description", "")):
        video["description"] = description
    video |= {"language": language, "voice": _voice(script["default_voice"], language)}
    video |= {key: script[key] for key in _HEAD if script.get(key) not in (None, "")}
    video["formats"] = list(script.get("formats", ()))
    if script.get("pronunciations"):
        video["pronunciations"] = script["pronunciations"]
    if script.get("source"):
        video["source"] = script["source"]
    if engine and _keeps(engine, language, models, "the video", notes):
        video["engine"] = engine
    video["scenes"] = [
        _scene(scene, texts, video, models, notes) for scene, texts in zip(script["scenes"], scenes, strict=True)
    ]
    video_yaml.check(video, f"video {name}")
    return video, notes


def _same_language(files: Sequence[Stored], language: str) -> None:
    other = next((file for file in files if file.target != language), None)
    if other:
        raise InputError(f"{other.file}: is a translation to {other.target!r}, not to {language!r}. Delete the file.")


def _scene(
    scene: Mapping[str, Any], texts: Stored, video: Mapping[str, Any], models: speech.Models | None, notes: list[str]
) -> dict[str, Any]:
    notes += stored.fit(texts, texts_of(scene))
    notes += [
        f"{texts.file}: {at}: {fault}"
        for at, text in texts.texts.items()
        if (fault := check.lost_marks(texts.sources[at], text))
    ]
    new = {"scene_id": scene["scene_id"], "scene_type": scene["scene_type"], **with_texts(scene, texts.texts)}
    if (voice := _voice(scene["voice"], video["language"])) != video["voice"]:
        new["voice"] = voice
    new |= _engine(scene, video["language"], models, notes)
    new |= {"min_duration": scene["min_duration"], "max_duration": _longest(scene, new["narration"])}
    if isinstance(scene.get("source"), Mapping):
        new["source"] = scene["source"]
    video_yaml.check({"video_id": "video", "title": "video", "scenes": [new]}, texts.file)
    return new


def _engine(scene: Mapping[str, Any], language: str, models: speech.Models | None, notes: list[str]) -> dict[str, str]:
    """Return the scene's own engine if it can speak the language."""
    place, name = f"scene {scene['scene_id']}", scene.get("engine", "recorded")
    if "audio" in scene:
        notes.append(f"{place}: its recording {scene['audio']} speaks another language; a voice speaks in its place.")
    return {"engine": name} if name != "recorded" and _keeps(name, language, models, place, notes) else {}


def _keeps(name: str, language: str, models: speech.Models | None, place: str, notes: list[str]) -> bool:
    try:
        if name == "offline" or speech.engine(name, models).supports(language):
            return True
    except EngineError:
        # Told, with the remedy, when its script is written.
        return True
    notes.append(f"{place}: its engine {name} does not speak {language!r}; another one speaks.")
    return False


def _voice(name: str, language: str) -> str:
    """Return the voice that stands in the language for one of another: names stay, what belongs to a language does not."""
    if name in voices.NAMED:
        own = voices.REGIONS.get(name, language)
    else:
        own = language if "Multilingual" in name else voices.id_locale(name)
    return name if voices.base(own) == voices.base(language) else voices.gender(name)


def _longest(scene: Mapping[str, Any], narration: str) -> float:
    """Return max_duration, raised in steps of a quarter of a minute where the translation takes longer."""
    needed, most = estimated_duration(narration), scene["max_duration"]
    return most if needed <= most else max(most, min(_LONGEST, 15.0 * -(-needed * 1.2 // 15)))
