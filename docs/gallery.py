"""Makes docs/gallery.md, its pictures and README.md's from real renders of inputs/tour.yaml: `make pictures`."""

import json
import re
import tempfile
from pathlib import Path

import av
from PIL import Image

from video_gen import scenes
from video_gen.pipeline import runner
from video_gen.scenes import colours, theme
from video_gen.scenes.model import Style
from video_gen.sources import yaml12

ROOT = Path(__file__).parent.parent
PAGE, PICTURES = ROOT / "docs" / "gallery.md", ROOT / "docs" / "gallery"
TOUR = ROOT / "inputs" / "tour.yaml"
THEMES, UPRIGHT = ("midnight", "paper"), "9x16"
WIDTH, GAP, COLUMNS = 480, 8, 6
FRAMES = 12  # scenes on README.md's picture
HEAD = """# Gallery

Every scene type as it stands at its end in a finished video, in the themes midnight and paper, with the lines of
[inputs/tour.yaml](../inputs/tour.yaml) that it is made from. The pictures are taken out of rendered videos; `make pictures` makes
this page anew.
"""


def render(folder: Path, theme: str) -> None:
    """Make the tour in a theme, wide and upright."""
    (folder / "inputs").symlink_to(ROOT / "inputs")
    (folder / "docs").symlink_to(ROOT / "docs")
    picture = json.dumps({"theme": theme, "formats": ["9:16"]})
    targets = ["output/videos/tour.mp4", f"output/videos/tour.{UPRIGHT}.mp4"]
    if code := runner.run(["--cores", "all", *targets, "--config", f"picture={picture}"], folder):
        raise SystemExit(code)


def last_frames(folder: Path, shape: str = "") -> dict[str, Image.Image]:
    """Return a frame near the end of each scene, when all is there and nothing goes yet, by the scene's id."""
    scenes = json.loads((folder / "output/timing/tour.json").read_text(encoding="utf-8"))["scenes"]
    wanted = {scene["start_frame"] + scene["frames"] - 16: scene["scene_id"] for scene in scenes}
    with av.open(str(folder / f"output/videos/tour{shape}.mp4")) as container:
        frames = enumerate(container.decode(video=0))
        return {wanted[number]: frame.to_image() for number, frame in frames if number in wanted}


def sheet(pictures: list[Image.Image], columns: int, width: int) -> Image.Image:
    """Return pictures of one size side by side, `columns` in a row, each `width` pixels wide."""
    height = width * pictures[0].height // pictures[0].width
    rows = -(-len(pictures) // columns)
    result = Image.new("RGB", (columns * (width + GAP) - GAP, rows * (height + GAP) - GAP), "white")
    for place, picture in enumerate(pictures):
        corner = (place % columns * (width + GAP), place // columns * (height + GAP))
        result.paste(picture.resize((width, height), Image.Resampling.LANCZOS), corner)
    return result


def written() -> dict[str, tuple[str, str]]:
    """Return the type and the lines of each scene of the tour by the scene's id."""
    scenes = yaml12.load(TOUR)["scenes"]
    lines = TOUR.read_text(encoding="utf-8").splitlines()
    begins = [*scenes.lines, len(lines) + 1]
    found = {}
    for scene, begin, end in zip(scenes, begins, begins[1:], strict=False):
        text = "\n".join(re.sub("^  ", "", line) for line in lines[begin - 1 : end - 1]).rstrip()
        found[scene["id"]] = (scene["type"], text)
    return found


def themes() -> Image.Image:
    """Return one list of the tour in all themes."""
    content = next(scene for scene in yaml12.load(TOUR)["scenes"] if scene["id"] == "why_types")
    looks = [Style(1280, 720, colours.parse("purple"), theme=theme.load(name)) for name in theme.names()]
    return sheet([scenes.states("list", content, look)[-1].picture for look in looks], 3, WIDTH)


def main() -> None:
    themes().save(ROOT / "docs" / "themes.jpg", quality=82)
    PICTURES.mkdir(exist_ok=True)
    wide, upright = [], []
    for name in THEMES:
        with tempfile.TemporaryDirectory() as folder:
            render(Path(folder), name)
            wide.append(last_frames(Path(folder)))
            upright.append(last_frames(Path(folder), f".{UPRIGHT}"))
    # As wide as a scene that shows it has room for.
    sheet(list(wide[0].values())[:FRAMES], 4, 400).save(ROOT / "docs" / "frames.jpg", quality=88)
    sections = [HEAD]
    for scene, (kind, text) in written().items():
        sheet([frames[scene] for frames in wide], len(THEMES), WIDTH).save(PICTURES / f"{scene}.jpg", quality=85)
        sections.append(f"## {kind}\n\n![{kind}](gallery/{scene}.jpg)\n\n```yaml\n{text}\n```\n")
    sections.append("## Upright\n\nThe same scenes laid out for 9:16.\n")
    for name, frames in zip(THEMES, upright, strict=True):
        sheet(list(frames.values()), COLUMNS, 200).save(PICTURES / f"upright-{name}.jpg", quality=85)
        sections.append(f"![{name}](gallery/upright-{name}.jpg)\n")
    PAGE.write_text("\n".join(sections), encoding="utf-8")


if __name__ == "__main__":
    main()
