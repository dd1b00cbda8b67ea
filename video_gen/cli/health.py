"""`doctor`: small named checks, each with its remedy."""

import importlib
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from video_gen.cli import cleaning, folder, settings_check
from video_gen.errors import ConfigError, VideoGenError

OK, WARN, FAIL = "ok", "note", "FAIL"
STYLES = {OK: "", WARN: "yellow", FAIL: "bold red"}
_LITTLE, _TOO_LITTLE = 2_000_000_000, 200_000_000  # bytes of free disk
_MODULES = ("av", "PIL", "numpy", "yaml", "jsonschema", "markdown_it", "fontTools", "resvg_py", "mmdr", "snakemake")
_ENCODERS = ("libx264", "aac", "libmp3lame")
_REINSTALL = "pip install --force-reinstall video-gen"


@dataclass(frozen=True)
class Check:
    """What a check found. state: OK, WARN (videos are made all the same) or FAIL. remedy: what to do, empty if nothing."""

    name: str
    state: str
    found: str
    remedy: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def checks(*, online: bool = False) -> Sequence[Check]:
    """Run all checks in the working directory; the network is asked only if `online`."""
    found = [check() for check in (_python, _packages, _snakemake, _encoders, _fonts)]
    found += _voices()
    found += [_online()] if online else []
    found += [check() for check in (_settings, _disk, _output, _cache, _locks, _tasks, _orphans, _graphviz)]
    return found


def good(found: Iterable[Check]) -> bool:
    """Return whether videos can be made."""
    return all(check.state != FAIL for check in found)


def _python() -> Check:
    return Check("Python", OK, f"{platform.python_version()} in {sys.prefix}")


def _packages() -> Check:
    missing = [name for name in _required() if not _is_installed(name)]
    missing += [name for name in _MODULES if not missing and not _can_import(name)]
    if missing:
        return Check("packages", FAIL, f"missing or broken: {', '.join(missing)}", _REINSTALL)
    return Check("packages", OK, "all there")


def _snakemake() -> Check:
    try:
        version = metadata.version("snakemake")
    except metadata.PackageNotFoundError:
        return Check("Snakemake", FAIL, "not installed", _REINSTALL)
    numbers = tuple(map(int, re.findall(r"\d+", version)[:2]))
    if numbers < (9, 11):
        return Check("Snakemake", FAIL, f"{version} is too old", "pip install 'snakemake>=9.11'")
    return Check("Snakemake", OK, version)


def _encoders() -> Check:
    import av
    from av.codec.codec import UnknownCodecError

    missing = []
    for name in _ENCODERS:
        try:
            av.Codec(name, "w")
        except UnknownCodecError:
            missing.append(name)
    if missing:
        return Check("encoders", FAIL, f"PyAV has no {', '.join(missing)}", "pip install --force-reinstall av")
    return Check("encoders", OK, f"{', '.join(_ENCODERS)} of PyAV {av.__version__}")


def _fonts() -> Check:
    from PIL import features

    from video_gen.scenes import fonts, theme

    if not features.check("raqm"):
        return Check("fonts", FAIL, "Pillow cannot shape text (no Raqm)", "pip install --force-reinstall pillow")
    try:
        for family in dict.fromkeys(theme.read(theme.DEFAULT)["fonts"].values()):
            fonts.check(family)
    except ConfigError as error:
        return Check("fonts", FAIL, str(error), _REINSTALL)
    return Check("fonts", OK, "there, and shaped by Raqm")


def _voices() -> list[Check]:
    """Each offline engine says a word; without any there is nobody to speak when the network is away."""
    from video_gen import speech

    found = [_voice(name) for name in speech.NAMES if name != "silent" and not speech.engine(name).online]
    if all(check.state != OK for check in found):
        found = [Check(check.name, FAIL, check.found, check.remedy) for check in found]
    return found


def _voice(name: str) -> Check:
    from video_gen import speech

    title = f"voice {name}"
    try:
        models = folder.settings_or_defaults()["narration"]["models"]
        if name in models and not any(models[name].values()):
            return Check(title, OK, f"not set up; it is an extra (pip install 'video-gen[{name}]')")
        engine = speech.engine(name, models)
        language = next(code for code in ("en", "de", "fr", "es") if engine.supports(code))
        said = speech.speak("Hello.", engine=engine, voice="male", language=language)
    except StopIteration:
        return Check(title, OK, "speaks the language of its model, which is not tried here")
    except VideoGenError as error:
        cause, _, remedy = str(error).partition(". ")
        return Check(title, WARN, cause, remedy or _REINSTALL)
    return Check(title, OK, f"spoke {len(said.samples) / said.rate:.1f} s")


def _online() -> Check:
    from video_gen.speech import edge

    if edge.reachable():
        return Check("online voices", OK, "answer")
    return Check("online voices", WARN, "do not answer", "Check the network; until then offline voices speak.")


def _settings() -> Check:
    path = Path("config.yaml")
    try:
        folder.videos()
        warnings = settings_check.check(path) if path.exists() else []
    except VideoGenError as error:
        return Check("config.yaml", FAIL, str(error), "Mend it, then: video-gen validate")
    if warnings:
        return Check("config.yaml", WARN, "\n".join(warnings))
    return Check("config.yaml", OK, "good" if path.exists() else "none here, all settings as they come")


def _disk() -> Check:
    free = shutil.disk_usage(Path.cwd()).free
    state = FAIL if free < _TOO_LITTLE else WARN if free < _LITTLE else OK
    return Check("disk", state, f"{free / 1e9:.1f} GB free", "" if state == OK else "Free some space.")


def _output() -> Check:
    return _writable("output folder", Path("output"))


def _cache() -> Check:
    cache = folder.settings_or_defaults()["narration"]["cache"]
    return _writable("speech cache", Path(cache).expanduser()) if cache else Check("speech cache", OK, "not used")


def _writable(name: str, path: Path) -> Check:
    """Try to write into a folder, or into the nearest one above it that is there, which is where it would be made."""
    there = next(above for above in (path.absolute(), *path.absolute().parents) if above.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            return Check(name, OK, str(path))
    except OSError as error:
        return Check(name, FAIL, f"{there}: {error.strerror}", "Mend the permissions, or choose another folder.")


def _locks() -> Check:
    from video_gen.pipeline import processes

    locks = list(Path(".snakemake/locks").glob("*")) if Path(".snakemake/locks").is_dir() else []
    if locks and not processes.snakemakes(Path.cwd()):
        return Check("locks", WARN, "left behind by a Snakemake that was killed", "video-gen build --unlock")
    return Check("locks", OK, "a Snakemake is running here" if locks else "none")


def _tasks() -> Check:
    from video_gen import StateManager, Status

    paused = StateManager().list(Status.PAUSED)
    if paused:
        return Check("tasks", WARN, f"{len(paused)} interrupted", f"video-gen resume {paused[0].task_id}")
    return Check("tasks", OK, "none was interrupted")


def _orphans() -> Check:
    try:
        found = cleaning.orphans(Path.cwd())
    except ConfigError:
        return Check("output/", OK, "not looked at as long as config.yaml is wrong")
    if found:
        return Check("output/", WARN, f"{len(found)} files of videos without a source", "video-gen clean --orphans")
    return Check("output/", OK, "nothing is left over")


def _graphviz() -> Check:
    if shutil.which("dot"):
        return Check("Graphviz", OK, "there")
    return Check("Graphviz", OK, "not there; only pictures of the graph need it (video-gen build --dag | dot …)")


def _required() -> list[str]:
    """The packages that video-gen asks for, those of its extras left out."""
    try:
        told: Sequence[str] = metadata.requires("video-gen") or ()
    except metadata.PackageNotFoundError:  # run from a folder of sources
        return []
    here = [text for text in told if "extra ==" not in text and ("sys_platform" not in text or sys.platform in text)]
    return [re.split(r"[\[<>=!~; ]", text)[0] for text in here]


def _is_installed(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


def _can_import(name: str) -> bool:
    try:
        importlib.import_module(name)
    except (ImportError, OSError):  # OSError: a library of the system is missing
        return False
    return True
