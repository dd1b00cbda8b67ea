"""A video of three scenes, described in Python and built with listeners.

python examples/demo.py                          # output/videos/api_demo.mp4 in this folder
python examples/demo.py FOLDER --small           # elsewhere, and quickly: small pictures, no voice
"""

import argparse
import sys

from video_gen import (
    Event,
    EventType,
    InputConfig,
    PipelineOrchestrator,
    PipelineResult,
    SceneConfig,
    VideoConfig,
    VideoGenError,
)

VIDEO = VideoConfig(
    video_id="api_demo",
    title="Built from Python",
    accent_color="green",
    voice="female",
    scenes=[
        SceneConfig(
            "title",
            {"title": "Built from Python", "subtitle": "Three scenes, no files"},
            narration="This video was described in a few lines of Python.",
            scene_id="opening",
        ),
        SceneConfig(
            "command",
            {"header": "How to run it", "commands": ["$ python examples/demo.py", "✓ output/videos/api_demo.mp4"]},
            narration="One command speaks it, draws it, and puts it together.",
            scene_id="command",
        ),
        SceneConfig(
            "outro", {"main_text": "Now change it", "sub_text": "Only what you change is made again"}, scene_id="end"
        ),
    ],
)
SMALL = {"picture": {"width": 320, "height": 180, "fps": 10}, "narration": {"engine": "silent"}}


def show_progress(event: Event) -> None:
    """Print one line for each step: how far the whole is, what happens, and whether it is done."""
    done = " ✓" if event.type in (EventType.AUDIO_GENERATED, EventType.VIDEO_RENDERED) else ""
    print(f"{event.data['overall_progress']:4.0%}  {event.stage:<17} {event.message}{done}", flush=True)


def show_result(result: PipelineResult) -> None:
    """Print what was made, or what went wrong."""
    for warning in result.warnings:
        print(f"warning: {warning}")
    if result.success:
        print(f"{result.video_path}: {result.scene_count} scenes, {result.total_duration:.1f} s of video")
        print(f"made in {result.generation_time:.1f} s; times of all words: {result.timing_report}")
    for error in result.errors:
        print(f"error: {error}", file=sys.stderr)


def main() -> int:
    """Build the video and return the exit code."""
    parser = argparse.ArgumentParser(description="Build a video of three scenes through the Python API.")
    parser.add_argument("folder", nargs="?", default=".", help="where output/ is made (default: here)")
    parser.add_argument("--small", action="store_true", help="small pictures and no voice, to try it out")
    arguments = parser.parse_args()

    orchestrator = PipelineOrchestrator(arguments.folder)
    for kind in (EventType.STAGE_STARTED, EventType.AUDIO_GENERATED, EventType.VIDEO_RENDERED, EventType.STAGE_FAILED):
        orchestrator.event_emitter.on(kind, show_progress)
    try:
        result = orchestrator.execute_sync(InputConfig(VIDEO, overrides=SMALL if arguments.small else {}))
    except VideoGenError as error:  # it could not even begin; for example, another program makes this video
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("cancelled; start it again, and it goes on where it stopped", file=sys.stderr)
        return 130
    show_result(result)
    return 0 if result.success else 1


if __name__ == "__main__":
    sys.exit(main())
