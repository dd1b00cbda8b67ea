"""Colours by name, and source code in colours."""

import pytest
from scene_samples import CODE

from video_gen.errors import ConfigError
from video_gen.scenes import colours
from video_gen.scenes.highlight import guess, highlight
from video_gen.scenes.theme import default

THEME = default()


def test_colours_are_parsed():
    assert colours.parse("Blue") == (59, 130, 246) and colours.parse("#0A0b0C") == (10, 11, 12)
    with pytest.raises(ConfigError, match=r"Did you mean purple\?.*orange, blue, purple, green, pink, cyan"):
        colours.parse("purpel")
    with pytest.raises(ConfigError, match="rrggbb"):
        colours.parse("#12")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (CODE, "python"),
        ("const a = 1;\nconsole.log(a);", "javascript"),
        ("package main\n\nfunc main() {\n\tfmt.Println(1)\n}", "go"),
        ("SELECT a FROM b\nWHERE c = 1", "sql"),
        ("#!/bin/sh\necho hello\ncd /tmp", "bash"),
        ("Just a few plain words.\nAnd a few more.", ""),
        ("", ""),
    ],
)
def test_languages_are_guessed_only_when_sure(code, language):
    assert guess(code) == language


@pytest.mark.parametrize("language", ["python", "", "no-such-language", "json"])
def test_highlighting_keeps_every_character(language):
    lines = ["".join(text for text, _ in line) for line in highlight(CODE, language, THEME)]
    assert "\n".join(lines) == CODE.rstrip("\n")


def test_python_is_coloured():
    used = {colour for line in highlight(CODE, "", THEME) for _, colour in line}
    assert THEME.code["Token.Keyword"] in used and THEME.code["Token.Literal.Number"] in used
