"""The command `video-gen`: arguments only."""

import argparse
from collections.abc import Sequence

from video_gen import __version__
from video_gen.pipeline import runner


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 failed, 2 arguments that cannot be used."""
    parser = argparse.ArgumentParser(prog="video-gen", description="Narrated videos from documents.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser(
        "build",
        help="make videos from the sources in this folder",
        epilog="All other options go to Snakemake as they are.",
    )
    build.add_argument("--cores", default="all", help="how many cores to use (default: all)")
    known, rest = parser.parse_known_args(arguments)
    return runner.run(["--cores", known.cores, *rest])
