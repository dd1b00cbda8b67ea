"""`python bench/watched.py`: what it costs that a run is watched (events, state, listeners), against the same run unwatched.

The jobs are the cheapest that there are, so that a real run pays a smaller part.
"""

import argparse
import sys

import measure
from project import TINY, Project

SCENES = [{"type": "quote", "quote_text": f"Scene {n}", "narration": f"This is scene {n}."} for n in range(10)]
PLAIN = "from video_gen.pipeline import runner; raise SystemExit(runner.run(['--cores', '2']))"
WATCHED = """
from video_gen import InputConfig, PipelineOrchestrator
orchestrator = PipelineOrchestrator(cores=2)
orchestrator.event_emitter.on_all(str)
raise SystemExit(not orchestrator.execute_sync(InputConfig()).success)
"""


def cost(program: str) -> measure.Cost:
    """Build the same video anew with a program, and return what it cost."""
    project = Project("watched", TINY)
    project.video("demo", SCENES)
    return measure.run([sys.executable, "-c", program], project.folder)


def main() -> None:
    """Measure in turns and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=int, nargs="?", default=5)
    pairs = [(cost(PLAIN), cost(WATCHED)) for _ in range(parser.parse_args().runs)]
    plain, watched = (measure.median(list(costs)) for costs in zip(*pairs, strict=True))
    rows = [
        (name, of["cpu"], of["wall"], of["cpu"] / plain["cpu"]) for name, of in (("plain", plain), ("watched", watched))
    ]
    print(measure.table(("run", "CPU s", "wall s", "of plain"), rows))


if __name__ == "__main__":
    main()
