"""What a task is asked for: inputs with their settings, and videos described in Python."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from video_gen.errors import ConfigError

_VIDEO_KEYS = ("video_id", "title", "description", "accent_color", "voice", "voices", "language", "engine", "formats")
_SCENE_KEYS = ("scene_id", "scene_type", "narration", "voice", "min_duration", "max_duration", "visual_content")


@dataclass
class SceneConfig:
    """A scene of a `VideoConfig`, see docs/video-yaml.md.

    visual_content: the fields of its type. narration: what is said; empty: it is written from the fields. Durations are
    seconds. options: further keys of a scene in a video YAML, such as `audio` and `engine`.
    """

    scene_type: str
    visual_content: dict[str, Any] = field(default_factory=dict)
    narration: str = ""
    scene_id: str | None = None
    voice: str | None = None
    min_duration: float | None = None
    max_duration: float | None = None
    options: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the scene as it stands in a video YAML."""
        return _named(self, _SCENE_KEYS)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "SceneConfig":
        """Return the scene of such a map."""
        return cls(**_parsed(value, _SCENE_KEYS))


@dataclass
class VideoConfig:
    """A video described in Python; the same as a video YAML, see docs/video-yaml.md.

    video_id: also the name of the files. scenes: at least one. What is None comes from the settings. options: further keys
    of a video YAML, such as `theme`, `music` and `pronunciations`.
    """

    video_id: str
    title: str
    scenes: list[SceneConfig]
    description: str = ""
    accent_color: str | None = None
    voice: str | None = None
    voices: list[str] | None = None
    language: str | None = None
    engine: str | None = None
    formats: list[str] | None = None
    options: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the video as it stands in a video YAML."""
        return {**_named(self, _VIDEO_KEYS), "scenes": [scene.to_dict() for scene in self.scenes]}

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "VideoConfig":
        """Return the video of such a map."""
        scenes = [SceneConfig.from_dict(scene) for scene in value.get("scenes", ())]
        parsed = _parsed({key: found for key, found in value.items() if key != "scenes"}, _VIDEO_KEYS)
        return cls(**parsed, scenes=scenes)

    @classmethod
    def from_script(cls, script: Mapping[str, Any]) -> "VideoConfig":
        """Return the video of a script JSON: every scene with the words and the voice that it really has."""
        keys = {*_SCENE_KEYS, "audio", "engine"}
        scenes = [{key: scene[key] for key in keys if scene.get(key) is not None} for scene in script["scenes"]]
        head = {key: script[key] for key in _VIDEO_KEYS if script.get(key)}
        return cls.from_dict({**head, "voice": script["default_voice"], "scenes": scenes})


Source = str | Path | VideoConfig


@dataclass
class InputConfig:
    """What to make, and what to set for it alone; what is None stays as config.yaml says.

    source: a file, the address of a YouTube video, a set (its file or its folder), a `VideoConfig`, several of these, or None for
    all sources of the folder.
    input_type: `auto`, or what the source must be: document, yaml, youtube, config.
    name: the name of the video and its files, where a single file is to have another one than its own.
    languages: in which videos are made; those that a source is not in itself are translated. language: that of sources which
    name none.
    target_duration: seconds that a document is condensed to. formats: further formats such as 9:16.
    overrides: any settings of config.yaml, nested as they are there.
    kinds: which files of each video to make, as endings, such as mp4 and vtt; None for all of them, and for what the user's own
    stages make.
    targets: any files to make in place of these, with `{video}` for its name, such as output/previews/{video}.html.
    """

    source: Source | Sequence[Source] | None = None
    input_type: str = "auto"
    name: str | None = None
    language: str | None = None
    languages: Sequence[str] | None = None
    voice: str | None = None
    accent_color: str | None = None
    engine: str | None = None
    theme: str | None = None
    formats: Sequence[str] | None = None
    target_duration: float | None = None
    overrides: Mapping[str, Any] = field(default_factory=dict)
    kinds: Sequence[str] | None = None
    targets: Sequence[str] | None = None

    def __post_init__(self) -> None:
        """Raise ConfigError for what is no source, and take a text where a list is expected for a list of one."""
        given = self.source if isinstance(self.source, Sequence) and not isinstance(self.source, str) else [self.source]
        for source in given:
            if not isinstance(source, str | Path | VideoConfig | None):
                raise ConfigError(
                    f"source: {source!r} is no source. Give a path, an address, a VideoConfig, or a list of these."
                )
        for name in ("languages", "formats", "kinds", "targets"):
            value = getattr(self, name)
            if isinstance(value, str):
                setattr(self, name, [value])
            elif value is not None and not isinstance(value, Sequence):
                raise ConfigError(f"{name}: must be a list of texts, not {value!r}.")

    @property
    def sources(self) -> list[Source]:
        """The sources as a list, empty for all of the folder."""
        if self.source is None:
            return []
        return [self.source] if isinstance(self.source, str | Path | VideoConfig) else list(self.source)

    def to_dict(self) -> dict[str, Any]:
        """Return a map that fits into JSON: paths as text, what is None left out."""
        found = {
            item.name: getattr(self, item.name) for item in fields(self) if getattr(self, item.name) not in (None, {})
        }
        if "source" in found:
            found["source"] = [
                source.to_dict() if isinstance(source, VideoConfig) else str(source) for source in self.sources
            ]
        return found

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "InputConfig":
        """Return the configuration of such a map; unknown keys are left out."""
        known = {item.name: value[item.name] for item in fields(cls) if item.name in value}
        sources = [VideoConfig.from_dict(s) if isinstance(s, Mapping) else s for s in known.pop("source", ())]
        return cls(**known, source=sources or None)


def checked_cores(cores: int | str) -> str:
    """Return how many cores a run may use, as Snakemake takes it. Raises ConfigError unless it is a whole number from 1, or all."""
    text = str(cores).strip()
    if text != "all" and not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise ConfigError(f"cores: {cores!r} cannot be used. Give a whole number from 1, or all.")
    return text


def _named(value: Any, keys: Sequence[str]) -> dict[str, Any]:
    found = {key: item for key, item in asdict(value).items() if key in keys and item not in (None, "")}
    return {**found, **value.options}


def _parsed(value: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    named = {key: item for key, item in value.items() if key in keys}
    options = {key: item for key, item in value.items() if key not in keys}
    return {**named, "options": options}
