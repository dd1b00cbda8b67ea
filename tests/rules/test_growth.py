"""What keeps the cost of a video the same in a folder of a thousand."""

import inspect
import re
from pathlib import Path

import pytest
from snakemake.scheduling import job_scheduler

RULES = {
    name: block
    for file in Path(__file__).parents[2].glob("rules/*.smk")
    for name, block in re.findall(r"^rule (\w+):\n(.*?)^    output:", file.read_text("utf-8"), re.DOTALL | re.MULTILINE)
}
# Made only after the checkpoint of their video, or only when named: these never wait in the graph with a thousand others.
LATER = {"speak_scene", "render_clip", "draw_preview"}
SETTLED = {"settled", "source_files", "link_files", "script_to_read", "settled_script_translated"}


def last_function(block: str) -> list[str]:
    """The last function among those that give a rule its inputs, if there is any."""
    return re.findall(r"^        (?:\w+=)?([a-z_]+)[(,]", block.replace("ancient(", ""), re.MULTILINE)[-1:]


@pytest.mark.parametrize("rule", sorted(RULES.keys() - LATER))
def test_inputs_are_not_evaluated_anew_for_other_videos(rule):
    assert set(last_function(RULES[rule])) <= SETTLED


def test_snakemake_keeps_its_rate_limit_where_we_lift_it():
    assert "self.job_rate_limiter is None" in inspect.getsource(job_scheduler.JobScheduler)


def test_the_rules_were_found():
    assert {"time_scenes", "mix_soundtrack", "join_video", "write_captions", "draw_poster"} <= RULES.keys()
