"""Theme files: found by name or path, checked, merged with those they extend, and readable to the eye."""

from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError

from video_gen import schema
from video_gen.errors import ConfigError, InputError
from video_gen.files import digest
from video_gen.paths import workflow_dir
from video_gen.scenes import fonts, legible, theme
from video_gen.scenes.theme import Appearance
from video_gen.sources import yaml12

_SUFFIXES = (".yaml", ".yml")
_MOST_EXTENDS = 10
_COLOURED = ("colors", "code", "terminal")


def known() -> dict[str, Path]:
    """Themes by their names: packaged ones, and those in the folder `themes` of the working directory."""
    found: dict[str, Path] = {}
    for folder in (workflow_dir() / "themes", Path("themes")):
        found |= {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    return dict(sorted(found.items()))


def find(name_or_path: str, near: Path = Path()) -> Path:
    """Return the file of a theme; a path is looked for beside `near`. Raises ConfigError with the known names."""
    if name_or_path.endswith(_SUFFIXES):
        path = near / name_or_path
        if not path.is_file():
            raise ConfigError(f"theme: there is no file {path}. Check the path, or use a name: {', '.join(known())}.")
        return path
    if name_or_path not in known():
        raise ConfigError(f"theme: {name_or_path!r} is not known. {schema.suggest(name_or_path, known())}")
    return known()[name_or_path]


def read(name_or_path: str, appearance: Appearance = "auto") -> dict[str, Any]:
    """Return all settings of a theme, light or dark if asked for. Raises ConfigError."""
    files = _chain(find(name_or_path))
    settings: dict[str, Any] = {}
    for path, document in reversed(files):
        own = _located(document, path)
        # Of the other appearance a file says all or nothing: colours of two themes do not go together.
        settings = _merged(settings, own) | {mode: own[mode] for mode in ("light", "dark") if mode in own}
    settings.pop("extends", None)
    others = {mode: settings.pop(mode, None) for mode in ("light", "dark")}
    part: tuple[str, ...] = ()
    if appearance != "auto" and not _looks(settings, appearance):
        settings, part = _other(name_or_path, settings, appearance, others[appearance]), (appearance,)
    _check_files(settings, files)
    for problem in legible.problems(theme.from_dict(settings)):
        raise ConfigError(f"{_place(files, (*part, *problem.path))}: {problem.text}")
    used = [value for value in (*settings["fonts"].values(), settings["logo"]["image"]) if _is_file(value)]
    return settings | {"digest": digest(used)}


def _looks(settings: dict[str, Any], appearance: Appearance) -> bool:
    return theme.from_dict(settings).dark == (appearance == "dark")


def _other(
    name: str, settings: dict[str, Any], appearance: Appearance, section: dict[str, Any] | None
) -> dict[str, Any]:
    """Return the settings in the appearance that the theme has not by itself."""
    if not section:
        problem = f"has no `{appearance}:` section, so it cannot be {appearance}. Write one"
    elif not _looks(found := _merged(settings, section), appearance):
        problem = f"its `{appearance}:` section does not make it {appearance}. Mend its colors"
    else:
        return found
    raise ConfigError(f"theme {name}: {problem} (docs/themes.md), or set appearance to auto.")


def _chain(path: Path) -> list[tuple[Path, Any]]:
    """Return a theme's file and those that it extends, each with its content; the default theme is the last."""
    last = workflow_dir() / "themes" / f"{theme.DEFAULT}.yaml"
    found = [(path, _document(path))]
    while not found[-1][0].samefile(last):
        path, document = found[-1]
        base = document.get("extends")
        place = f"{path}, line {yaml12.line_at(document, ('extends',))}: extends"
        try:
            following = find(base, path.parent) if base else last
        except ConfigError as error:
            raise ConfigError(f"{place}: {str(error).removeprefix('theme: ')}") from error
        if len(found) == _MOST_EXTENDS or any(following.samefile(seen) for seen, _ in found):
            raise ConfigError(f"{place} {base!r}, which leads back here. Extend another theme.")
        found.append((following, _document(following)))
    return found


def _document(path: Path) -> Any:
    try:
        document = yaml12.load(path)
    except InputError as error:
        raise ConfigError(str(error)) from error
    document = yaml12.Mapping() if document is None else document
    _check_comments(document, path)
    schema.check(document, "theme", str(path), ConfigError, lambda at: yaml12.line_at(document, at))
    return document


def _check_comments(document: Any, path: Path) -> None:
    """Raise ConfigError for a colour without quotes, which YAML takes for a comment."""
    for group in _COLOURED:
        section = document.get(group) if isinstance(document, dict) else None
        for name, value in section.items() if isinstance(section, dict) else ():
            if value is None:
                place = f"{path}, line {yaml12.line_at(document, (group, name))}: {group}.{name}"
                raise ConfigError(
                    f'{place} has no value. Write a colour in quotes, "#rrggbb": without them it is a comment.'
                )


def _located(document: Any, path: Path) -> dict[str, Any]:
    """Return the settings with the paths in them, which count from the theme's own folder, as seen from here."""
    settings = {key: dict(value) if isinstance(value, dict) else value for key, value in document.items()}
    for part, names in (("logo", ("image",)), ("fonts", ("heading", "text", "code"))):
        for name in names:
            value = settings.get(part, {}).get(name)
            if value and (part == "logo" or value.lower().endswith(fonts.SUFFIXES)):
                settings[part][name] = str(path.parent / value)
    return settings


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        result[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def _check_files(settings: dict[str, Any], files: list[tuple[Path, Any]]) -> None:
    for name, family in settings["fonts"].items():
        try:
            fonts.check(family)
        except ConfigError as error:
            raise ConfigError(f"{_place(files, ('fonts', name))}: {error}") from error
    image = settings["logo"]["image"]
    try:
        if image:
            Image.open(image).close()
    except (OSError, UnidentifiedImageError) as error:
        place = _place(files, ("logo", "image"))
        raise ConfigError(f"{place}: the picture {image} cannot be read. Give the path of a PNG or JPEG.") from error


def _place(files: list[tuple[Path, Any]], path: tuple[str, ...]) -> str:
    """Return the file and line where a setting comes from."""
    for file, document in files:
        value: Any = document
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None:
            return f"{file}, line {yaml12.line_at(document, path)}: {'.'.join(path)}"
    return f"{files[0][0]}: {'.'.join(path)}"


def _is_file(value: str | None) -> bool:
    return bool(value) and Path(str(value)).is_file()
