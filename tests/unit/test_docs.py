"""Docs, settings and schemas say the same."""

import re
from pathlib import Path

import yaml

from video_gen import schema, settings
from video_gen.paths import workflow_dir
from video_gen.scenes import scene_types

ROOT = Path(__file__).parents[2]


def test_every_scene_field_is_documented():
    text = (ROOT / "docs/video-yaml.md").read_text()
    rows = dict(re.findall(r"^\| (\w+) \| (.+) \|$", text, re.MULTILINE))
    types = schema.load("video")["$defs"]["scene"]["properties"]["scene_type"]["enum"]
    assert sorted(types) == list(scene_types())
    for scene_type in types:
        definition = schema.load("video")["$defs"][scene_type]
        for field in definition["properties"]:
            bold = f"**{field}**" in rows[scene_type]
            assert bold == (field in definition.get("required", [])) and field in rows[scene_type], (scene_type, field)


def test_every_setting_is_explained():
    text = (ROOT / "config.yaml").read_text()

    def leaves(part, known):
        for key, rule in part["properties"].items():
            assert key in known, f"config.yaml lacks {key}"
            if "properties" in rule:
                leaves(rule, known[key])
            else:
                line = next(line for line in text.splitlines() if re.match(rf"\s*{key}:", line))
                before = text[: text.index(line)].rstrip("\n").splitlines()[-1:] or [""]
                assert "#" in line or before[0].lstrip().startswith("#"), f"config.yaml does not explain {key}"

    leaves(schema.load("config"), yaml.safe_load(text))


def test_defaults_are_valid():
    found = settings.resolve(workflow_dir() / "config.yaml", ROOT / "config.yaml", {})
    assert found["picture"]["width"] == 1920 and found["sources"] == {"readme": "README.md"}


def test_readme_shows_both_commands_first():
    lines = (ROOT / "README.md").read_text().splitlines()
    assert lines[3].startswith("make video") and lines[4].startswith("make test")


def test_every_dependency_has_its_line():
    project = (ROOT / "pyproject.toml").read_text()
    named = re.findall(r'^  "([a-z0-9-]+)', project.split("[project.optional-dependencies]")[0], re.MULTILINE)
    text = (ROOT / "docs/dependencies.md").read_text()
    assert named and all(name in text for name in named)
