"""docs/cli.md tells of every command and of every option."""

import re
from pathlib import Path

import pytest
import typer

from video_gen import cli

TEXT = (Path(__file__).parents[2] / "docs/cli.md").read_text("utf-8")
COMMANDS = typer.main.get_command(cli.app).commands
EVERYWHERE = {"--help", "--json", "--quiet"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_with_an_example(name):
    (section,) = re.findall(rf"^### {name}\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert re.search(rf"```bash\nvideo-gen {name}\b", section)
    long = {option for given in COMMANDS[name].params for option in given.opts if option.startswith("--")}
    assert [option for option in sorted(long - EVERYWHERE) if option not in section] == []


def test_every_option_in_the_docs_exists():
    known = {option for command in COMMANDS.values() for given in command.params for option in given.opts}
    known |= {"--install-completion", "--log-format", "--debug", "--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", TEXT)) <= known
