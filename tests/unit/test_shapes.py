import pytest

from video_gen.render import shapes


@pytest.mark.parametrize(
    ("ratio", "main", "expected"),
    [
        ("9:16", (1920, 1080), (1080, 1920)),
        ("1:1", (1920, 1080), (1080, 1080)),
        ("4:5", (1920, 1080), (1080, 1350)),
        ("16:9", (1080, 1920), (1920, 1080)),
        ("4:5", (854, 480), (480, 600)),
        ("9:16", (640, 360), (360, 640)),
    ],
)
def test_size(ratio, main, expected):
    assert shapes.size(shapes.suffix(ratio), *main) == expected


def test_main_size_has_no_suffix():
    assert shapes.size("", 854, 480) == (854, 480)
