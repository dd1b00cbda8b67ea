"""`init`: the files of a new project."""

from pathlib import Path

from video_gen.files import write_text

_CONFIG = """\
# The settings of this project; what is not named here keeps its default. For a single run: video-gen create --set KEY=VALUE

# Files outside of inputs/ that become videos: name of the video → path.
sources: {}
#  guide: docs/guide.md

language: en
voice: male           # video-gen voices
accent_color: blue    # orange, blue, purple, green, pink, cyan, or #rrggbb

narration:
  engine: auto        # the online voices where they answer, else the best ones of this computer; or: offline

picture:
  theme: midnight     # video-gen themes
  formats: []         # beside 16:9, for example [9:16, 1:1]
"""
_EXAMPLE = """\
# A video: a few scenes, each with what it shows and, if you like, what is said. Change a line, build again, and only its scene
# is made anew.
video:
  id: example
  title: My first video
scenes:
  - type: title
    title: My first video
    subtitle: Made from a text file
    narration: Welcome to my first video. It is made from a text file.
  - type: list
    header: Three steps
    items: [Write a few lines, Run one command, Watch the result]
    narration: There are three steps. You write a few lines, run one command, and watch the result.
  - type: outro
    main_text: Now make it yours
    narration: Now make it yours.
"""
_IGNORED = """\
output/
.snakemake/
"""
_WORKFLOW = """\
# Makes the videos whose sources a push changed, and keeps them as an artifact of the run.
name: videos
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
jobs:
  videos:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
      - run: pip install video-gen
      # What was made before is kept, so that only changed scenes are spoken and rendered again.
      - uses: actions/cache@v4
        with:
          path: |
            output
            .snakemake/metadata
            ~/.cache/video-gen
          key: videos-${{ github.sha }}
          restore-keys: videos-
      - run: video-gen validate
      - run: video-gen create
      - uses: actions/upload-artifact@v4
        with:
          name: videos
          path: output/videos
          if-no-files-found: error
"""


def write(folder: Path, *, force: bool) -> tuple[list[Path], list[Path]]:
    """Write the files of a new project, and return those that were written and those that were there and are kept.

    force: nothing is kept. Raises OSError.
    """
    files = {
        folder / "config.yaml": _CONFIG,
        folder / "inputs/example.yaml": _EXAMPLE,
        folder / ".gitignore": _IGNORED,
        folder / ".github/workflows/videos.yml": _WORKFLOW,
    }
    kept = [] if force else [path for path in files if path.exists()]
    written = [path for path in files if path not in kept]
    for path in written:
        write_text(path, files[path])
    return written, kept
