"""Images, tables, code with steps, charts and diagrams: from the least to the most, in every format."""

import re
import shutil
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from video_gen import schema
from video_gen.errors import InputError
from video_gen.scenes import colours, diagrams, scene_types, states, theme
from video_gen.scenes.assets import files_of
from video_gen.scenes.charts_axes import axis, palette
from video_gen.scenes.charts_data import Data, Series, read, shown
from video_gen.scenes.fonts import clean
from video_gen.scenes.layout import Sheet
from video_gen.scenes.listings import numbers
from video_gen.scenes.model import Style

SMALL = Style(640, 360)
FORMATS = [SMALL, Style(360, 640), Style(360, 360), Style(360, 450)]
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")

CODE = "import sys\n\ndef twice(value):\n    return value * 2\n\nprint(twice(21), sys.argv)"
FLOW = "flowchart LR\n  A[Document] --> B{Long?}\n  B -->|yes| C[Condense]\n  B -->|no| D[(Script)]\n  C --> D"
TWO = {
    "labels": ["Q1", "Q2", "Q3"],
    "series": [{"name": "Old", "values": [3, 5, 4]}, {"name": "New", "values": [6, 8, 9]}],
}
MINIMAL = {
    "table": {"columns": ["A"], "rows": [["b"]]},
    "code": {"code": "x = 1"},
    "bar": {"kind": "bar", "values": {"A": 1}},
    "line": {"kind": "line", "values": {"A": 0}},
    "pie": {"kind": "pie", "values": {"A": 1}},
    "diagram": {"mermaid": "flowchart LR\n A --> B"},
}
TYPICAL = {
    "table": {
        "header": "Ways",
        "description": "Measured twice.",
        "columns": ["Way", "Seconds", "Remark"],
        "rows": [["Skip", 4.2, "new"], ["Pipe", 30, "every frame once more"], ["Other", 387, ""]],
        "highlight": {"rows": ["Skip"], "columns": [2]},
    },
    "code": {
        "header": "Twice",
        "filename": "twice.py",
        "language": "python",
        "description": "A small program.",
        "code": CODE,
        "steps": [{"lines": "3-4", "note": "It doubles."}, {"lines": [6], "note": "It prints."}],
    },
    "bar": {
        "kind": "bar",
        "header": "Downloads",
        "values": {"Jan": 1200, "Feb": 1850, "Mar": 2400},
        "source": "Counted",
    },
    "bars": {"kind": "bar", "header": "Years", "data": TWO, "unit": "M€", "description": "Both."},
    "across": {
        "kind": "bar",
        "header": "Time",
        "unit": "s",
        "values": {f"A way to make it that has quite a long name, longer than any column {n}": n for n in range(4)},
    },
    "below": {"kind": "bar", "header": "Change", "unit": "%", "values": {"North": -4.5, "South": 3.2, "East": -1}},
    "line": {"kind": "line", "header": "Visits", "values": {"2019": 12, "2020": 9, "2021": 20, "2022": 31}},
    "lines": {"kind": "line", "header": "Both", "data": TWO, "unit": "visits a day"},
    "pie": {"kind": "pie", "header": "Shares", "values": {"Speech": 50, "Pictures": 30, "Rest": 20}, "unit": "s"},
    "diagram": {"mermaid": FLOW, "header": "Path", "caption": "From words to a script", "description": "In short."},
}
# Texts that are drawn as part of a diagram's pixels, or are numbers that get thousands separators.
SAID = {
    "table": "Ways Measured twice. Way Seconds Remark Skip 4.2 new Pipe 30 every frame once more Other 387",
    "code": "Twice twice.py It doubles. It prints.",
    "bar": "Downloads Jan 1,200 Feb 1,850 Mar 2,400",
    "bars": "Years Both. Q1 Q2 Q3 Old New",
    "across": "Time A way to make it that has quite a long name, longer than any column 0 0 s 1 s 2 s 3 s",
    "below": "Change North −4.5 % South 3.2 % East −1.0 %",
    "line": "Visits 2019 12 2020 9 2021 20 2022 31",
    "lines": "Both Q1 Q2 Q3 Old New visits a day",
    "pie": "Shares Speech 50 % Pictures 30 % Rest 20 %",
    "diagram": "Path In short. From words to a script",
}
WORD = "W" * 500
PROSE = "Notwithstanding considerable circumstances, the quick brown fox jumps over lazy dogs and writes them up. "
PROSE_500, PROSE_5000 = (PROSE * 5)[:500].strip(), (PROSE * 50)[:5000].strip()
NAME = "W" * 100
EXTREME = {
    "table": {
        "header": PROSE_500,
        "description": PROSE_5000,
        "columns": ["W" * 200, *[(PROSE * 2)[:190].strip()] * 5, "x"],
        "rows": [[WORD, *[PROSE_500] * 6], ["a"], *[[n, n * n] for n in range(40)]],
        "highlight": {"rows": [1, 2], "columns": [1]},
    },
    "tables": {"columns": [f"c{n}" for n in range(3)], "rows": [[f"{n}", PROSE_500, "y"] for n in range(25)]},
    "code": {
        "header": WORD,
        "code": ["x" * 500, PROSE_500, *[f"line_{n} = {n}" for n in range(40)]],
        "filename": "f" * 200,
        "description": PROSE_5000[:1500],
    },
    "steps": {
        "header": "Steps",
        "code": [f"line_{n} = {n}" for n in range(60)],
        "steps": [{"lines": "1-60", "note": PROSE_500}, {"lines": [2, 59]}, {"lines": 30, "note": "x"}],
    },
    "bar": {
        "kind": "bar",
        "header": PROSE_500,
        "description": PROSE_5000,
        "unit": "u" * 40,
        "source": PROSE_500,
        "values": {f"{n:02} {NAME}"[:100]: -(10.0 ** (n - 8)) * (-1) ** n for n in range(24)},
    },
    "bars": {
        "kind": "bar",
        "data": {
            "labels": [f"{n} label" for n in range(24)],
            "series": [
                {"name": f"{k} {NAME}"[:100], "values": [(n - 12) * 10**k for n in range(24)]} for k in range(8)
            ],
        },
    },
    "line": {
        "kind": "line",
        "unit": "%",
        "values": {f"{n:02} {PROSE}"[:100].strip(): (-1) ** n * n**9 for n in range(24)},
    },
    "lines": {
        "kind": "line",
        "data": {
            "labels": [f"{n}" for n in range(24)],
            "series": [{"name": f"{k} {NAME}"[:100], "values": [n * k for n in range(24)]} for k in range(8)],
        },
    },
    "pie": {"kind": "pie", "unit": "units", "values": {f"{n:02} {NAME}"[:100]: 1 + n * 1000 for n in range(24)}},
    "diagram": {
        "header": PROSE_500,
        "description": PROSE_5000,
        "caption": PROSE_500,
        "mermaid": "flowchart LR\n"
        + "\n".join(f"A{n}[Node number {n} of the long chain] --> A{n + 1}" for n in range(60)),
    },
}
CONTENTS = {"minimal": MINIMAL, "typical": TYPICAL, "extreme": EXTREME}
cases = pytest.mark.parametrize(("size", "kind"), [(s, k) for s, all_kinds in CONTENTS.items() for k in all_kinds])
_drawn: dict = {}


def type_of(content):
    return "chart" if "kind" in content else next(k for k in ("table", "code", "diagram") if k in _keys(content))


def _keys(content):
    return {"rows": "table", "code": "code", "mermaid": "diagram", "graphviz": "diagram"}.get(
        next(k for k in content if k in ("rows", "code", "mermaid", "graphviz")), ""
    )


def drawn(size, kind, style=SMALL):
    key = (size, kind, style.width, style.height)
    if key not in _drawn:
        _drawn[key] = states(type_of(CONTENTS[size][kind]), CONTENTS[size][kind], style)
    return _drawn[key]


def boxes(state, *kinds):
    return [box for box in state.boxes if box.name.startswith(kinds)]


def pages(found):
    """The last state of every page."""
    return [a for a, b in pairwise(found) if tuple(b.boxes[: len(a.boxes)]) != tuple(a.boxes)] + [found[-1]]


def text_of(found):
    return "".join("".join(box.name.split(":", 1)[1] for s in pages(found) for box in boxes(s, "text:")).split())


def assert_sound(state, style):
    """Everything in the safe area, no text over another, none over the edge of what it stands on."""
    margin = style.theme.safe * min(style.width, style.height) - 0.5
    for box in state.boxes:
        assert box.left >= margin and box.right <= style.width - margin, box
        assert box.top >= margin and box.bottom <= style.height - margin, box
    found = boxes(state, "text:", "sign:")
    if not found:
        return
    left, top, right, bottom = np.array([(b.left, b.top, b.right, b.bottom) for b in found]).T
    wide = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    high = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    overlap = np.triu((wide > 0.5) & (high > 0.5), 1)
    assert not overlap.any(), [(found[a], found[b]) for a, b in np.argwhere(overlap)[:3]]
    for card in boxes(state, "card:card", "card:window"):
        for text in found:
            apart = (
                text.right <= card.left or text.left >= card.right or text.bottom <= card.top or text.top >= card.bottom
            )
            inside = text.left >= card.left - 0.5 and text.right <= card.right + 0.5
            assert apart or (inside and text.top >= card.top - 0.5 and text.bottom <= card.bottom + 0.5), (text, card)


@cases
def test_contents_fit_the_schema(size, kind):
    content = CONTENTS[size][kind]
    schema.check(content, f"video#{type_of(content)}", "test", InputError)


@cases
def test_pictures_are_sound(size, kind):
    for state in pages(drawn(size, kind)):
        assert state.picture.size == (640, 360) and state.picture.mode == "RGB" and state.weight > 0
        assert_sound(state, SMALL)


@pytest.mark.parametrize("style", FORMATS, ids=lambda s: f"{s.width}x{s.height}")
@pytest.mark.parametrize("kind", TYPICAL)
def test_every_format_holds_typical_content(kind, style):
    found = drawn("typical", kind, style)
    assert len(pages(found)) <= (6 if kind == "code" else 2)
    for state in found:
        assert_sound(state, style)


@pytest.mark.parametrize("kind", [k for k in EXTREME if k != "diagram"])
def test_extremes_in_portrait(kind):
    style = Style(360, 640)
    for state in pages(drawn("extreme", kind, style)):
        assert_sound(state, style)


@pytest.mark.parametrize("kind", TYPICAL)
def test_typical_text_is_all_there(kind):
    text = text_of(drawn("typical", kind))
    for word in SAID[kind].split():
        assert word in text, word


def given(value):
    if isinstance(value, dict):
        return "".join(given(v) for k, v in value.items() if k not in ("highlight", "steps", "mermaid", "kind", "unit"))
    return "".join(map(given, value)) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("kind", ["table", "tables", "code", "steps", "diagram"])
def test_of_extreme_text_not_one_character_is_dropped(kind):
    content = EXTREME[kind]
    wanted = Counter("".join(clean(given(content)).split()))
    assert not wanted - Counter(text_of(drawn("extreme", kind)))


@pytest.mark.parametrize("kind", ["bar", "bars", "pie", "lines"])
def test_all_names_of_an_extreme_chart_are_there(kind):
    data, text = read(EXTREME[kind]), Counter(text_of(drawn("extreme", kind)))
    names = [s.name for s in data.series] + (list(data.labels) if kind in ("bar", "pie") else [])
    assert not Counter("".join("".join(names).split())) - text


@pytest.mark.parametrize(
    ("kind", "count"),
    [("table", 4), ("code", 3), ("bar", 4), ("bars", 3), ("line", 5), ("lines", 3), ("pie", 4), ("diagram", 1)],
)
def test_states_come_in_one_after_another(kind, count):
    found = drawn("typical", kind)
    assert len(found) == count
    assert all(a.picture.tobytes() != b.picture.tobytes() for a, b in pairwise(found))


def test_bars_bring_their_words_as_cues():
    assert [state.cue for state in drawn("typical", "bar")][1:] == ["1,200 Jan", "1,850 Feb", "2,400 Mar"]
    assert [state.cue for state in drawn("typical", "bars")][1:] == ["Old 3 M€ 5 M€ 4 M€", "New 6 M€ 8 M€ 9 M€"]


def test_columns_run_across_where_labels_are_long_and_in_a_narrow_picture():
    for kind, style, upright in (("bar", SMALL, True), ("across", SMALL, False), ("across", Style(360, 640), False)):
        found = boxes(drawn("typical", kind, style)[-1], "card:bar")
        feet = {round(box.bottom) for box in found} if upright else {round(box.left) for box in found}
        assert len(feet) == 1, (kind, found)


def test_bars_are_as_long_as_their_numbers():
    found = boxes(drawn("typical", "bar")[-1], "card:bar")
    heights = [box.bottom - box.top for box in found]
    assert heights == pytest.approx([h * heights[0] / 1200 for h in (1200, 1850, 2400)], abs=1)
    below = boxes(drawn("typical", "below")[-1], "card:bar")
    assert below[0].top == pytest.approx(below[1].bottom, abs=1) and below[0].bottom > below[2].bottom


def test_a_long_table_repeats_its_head_and_says_it_once():
    found = drawn("extreme", "tables")
    assert len(pages(found)) > 3
    assert all(
        [b.name for b in boxes(page, "text:c0", "text:c1", "text:c2")] == ["text:c0", "text:c1", "text:c2"]
        for page in pages(found)
    )
    assert not any(state.cue.startswith("c0 c1 c2") for state in found[1:])


def test_numbers_stand_to_the_right_and_the_highlight_is_seen():
    (state,) = pages(drawn("typical", "table"))
    rights = {round(box.right) for box in boxes(state, "text:4.2", "text:30", "text:387", "text:Seconds")}
    assert max(rights) - min(rights) <= 1
    assert boxes(state, "card:strip") and boxes(state, "card:column")


def test_a_table_too_wide_for_the_picture_becomes_cards():
    content = {"columns": [f"Column {n}" for n in range(9)], "rows": [[f"value{n}" for n in range(9)]] * 2}
    (state,) = pages(states("table", content, Style(360, 640)))
    assert len(boxes(state, "card:card")) == 2 and boxes(state, "text:Column 8: value8")


@pytest.mark.parametrize("highlight", [{"rows": [9]}, {"rows": ["No"]}, {"columns": ["no"]}])
def test_a_highlight_that_is_not_there_is_refused(highlight):
    with pytest.raises(InputError, match=r"highlight names the .* Use a number from 1 to"):
        states("table", TYPICAL["table"] | {"highlight": highlight}, SMALL)
    with pytest.raises(InputError, match="row 1 has 2 cells for 1 columns"):
        states("table", {"columns": ["A"], "rows": [["a", "b"]]}, SMALL)


def test_steps_light_their_lines_and_dim_the_others():
    first, second, third = drawn("typical", "code")
    assert not boxes(first, "card:lit") and [s.cue for s in (second, third)] == ["It doubles.", "It prints."]
    lit = {box.top for box in boxes(second, "card:lit")}
    assert len(lit) == 2
    places = [{b.name: (b.left, b.top) for b in boxes(s, "sign:")} for s in (second, third)]
    assert places[0] == places[1], "nothing moves from step to step"

    def brightest(state, word):
        box = boxes(state, f"text:{word}")[0]
        return np.asarray(state.picture)[int(box.top) : int(box.bottom), int(box.left) : int(box.right)].max()

    assert brightest(second, "import") < brightest(first, "import") * 0.8
    assert brightest(second, "def") > 180


def test_every_step_of_long_code_shows_its_lines():
    found = drawn("extreme", "steps")
    lit = [state for state in found if boxes(state, "card:lit")]
    assert [state.cue for state in lit if state.cue] == [PROSE_500, "x"]
    shown_numbers = {box.name for box in boxes(lit[-1], "sign:")}
    assert "sign:30" in shown_numbers


def test_lines_of_steps():
    assert numbers("3-5, 8", 10) == {3, 4, 5, 8} and numbers([1, 2], 2) == {1, 2} and numbers(4, 4) == {4}
    for outside in ("3-11", "999999999-1", [0], 12):
        with pytest.raises(InputError, match="the code has 10 lines"):
            numbers(outside, 10)


@pytest.mark.parametrize("accent", [*colours.NAMES.values(), (8, 8, 60), (250, 250, 250)])
def test_colours_of_series_stand_out(accent):
    sheet = Sheet(Style(640, 360, accent), 500)
    found = palette(sheet, 8)
    assert len(set(found)) == 8
    assert all(colours.contrast(colour, sheet.theme.surface) >= 3 for colour in found)


@pytest.mark.parametrize(
    ("look", "accent"),
    [
        ("midnight", (8, 8, 60)),
        ("midnight", colours.NAMES["orange"]),
        *((n, colours.NAMES["purple"]) for n in theme.names()),
    ],
)
@pytest.mark.parametrize("kind", [k for k in TYPICAL if k != "code"])
def test_text_has_contrast(kind, look, accent):
    style = Style(1920, 1080, accent, theme=theme.load(look))
    state = states(type_of(TYPICAL[kind]), TYPICAL[kind], style)[-1]
    pixels = np.asarray(state.picture)
    for box in boxes(state, "text:", "sign:"):
        area = pixels[int(box.top) : int(box.bottom) + 1, int(box.left) : int(box.right) + 1].reshape(-1, 3)
        ground = tuple(int(v) for v in np.percentile(area, 20 if style.theme.dark else 80, axis=0))
        ink = tuple(int(v) for v in area[np.abs(area.astype(int) - ground).sum(axis=1).argmax()])
        assert colours.contrast(ink, ground) >= 4.5, (box, ink, ground)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((0, 10), (0, 2, 4, 6, 8, 10)),
        ((-4.5, 7.9), (-5, -2.5, 0, 2.5, 5, 7.5, 10)),
        ((0, 0), (0, 0.2, 0.4, 0.6, 0.8, 1)),
    ],
)
def test_ticks_are_round(values, ticks):
    data = Data(("a", "b"), (Series("", tuple(map(float, values))),))
    assert axis(data, from_zero=True).ticks == pytest.approx(ticks)


def test_lines_far_from_zero_are_not_flattened():
    data = Data(("a", "b"), (Series("", (1000.0, 1010.0)),))
    assert axis(data, from_zero=False).ticks[0] >= 990 and axis(data, from_zero=True).ticks[0] == 0


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "text"),
    [
        (1234567, 0, "", "1,234,567"),
        (-3.14, 1, "%", "−3.1 %"),
        (-0.001, 1, "", "0.0"),
        (2.5e9, 0, "$", "$2.5 bn"),
        (12_345_678, 0, "", "12.35 M"),
        (1e20, 0, "", "1e+20"),
        (18, 0, "°C", "18 °C"),
    ],
)
def test_numbers_are_shown_as_people_write_them(value, decimals, unit, text):
    assert shown(value, decimals, unit) == text


@pytest.fixture
def table_file(tmp_path):
    def write(text):
        path = tmp_path / "data.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_csv_gives_the_same_chart(table_file):
    path = table_file("\ufeffmonth,downloads,stars\nJan,1200,3\nFeb,1850,4\n\nMar,2400,5\n")
    assert read({"csv": path, "x": "month", "y": "downloads"}).series[0].values == (1200, 1850, 2400)
    assert [s.name for s in read({"csv": path}).series] == ["downloads", "stars"]
    assert [s.name for s in read({"csv": path, "y": ["stars"]}).series] == ["stars"]
    semicolons = table_file('label;value\n"a; b";-1.5\n')
    assert read({"csv": semicolons}) == Data(("a; b",), (Series("value", (-1.5,)),))
    assert files_of("chart", {"csv": path}) == [path] and files_of("chart", TYPICAL["bar"]) == []


@pytest.mark.parametrize(
    ("text", "y", "message"),
    [
        ("a,b\nx,1\ny,many\n", "b", r"data\.csv, line 3: 'many' in the column 'b' is no number"),
        ("a,b\nx,1\ny\n", "b", r"data\.csv, line 3: '' in the column"),
        ("a,b\nx,nan\n", "b", "no finite number"),
        ("a,count\nx,1\n", "cont", r"line 1: has no column 'cont'\. Did you mean 'count'\?"),
        ("a,b\n", "b", "holds no rows"),
        ("a,b\n" + "x,1\n" * 30, "b", "has 30 rows; a chart shows at most 24"),
        ('a,b\n"x,1\n', "b", "is not valid CSV"),
    ],
)
def test_bad_csv_is_refused_with_file_and_line(table_file, text, y, message):
    with pytest.raises(InputError, match=message):
        states("chart", {"kind": "bar", "csv": table_file(text), "y": y}, SMALL)


def test_data_that_cannot_be_drawn_are_refused():
    uneven = {"labels": ["a", "b"], "series": [{"name": "s", "values": [1]}]}
    with pytest.raises(InputError, match="has 1 values for 2 labels"):
        states("chart", {"kind": "bar", "data": uneven}, SMALL)
    with pytest.raises(InputError, match="cannot be negative"):
        states("chart", {"kind": "pie", "values": {"a": 2, "b": -1}}, SMALL)
    with pytest.raises(InputError, match="a pie shows one series"):
        states("chart", {"kind": "pie", "data": TWO}, SMALL)
    with pytest.raises(InputError, match=r"no-such\.csv: cannot be read"):
        states("chart", {"kind": "bar", "csv": "no-such.csv"}, SMALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("pictures")
    for name, size in (("wide", (900, 300)), ("tall", (200, 800)), ("small", (16, 16))):
        Image.new("RGB", size, (200, 30, 30)).save(path / f"{name}.png")
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(path / "clear.webp")
    Image.new("P", (50, 40)).save(path / "moving.gif", save_all=True, append_images=[Image.new("P", (50, 40), 3)])
    (path / "broken.png").write_bytes((path / "wide.png").read_bytes()[:200])
    (path / "text.png").write_text("no picture")
    Image.new("1", (9_000, 9_000)).save(path / "huge.png")
    return path


@pytest.mark.parametrize("style", FORMATS, ids=lambda s: f"{s.width}x{s.height}")
@pytest.mark.parametrize("fit", ["contain", "cover"])
@pytest.mark.parametrize("name", ["wide.png", "tall.png", "small.png", "clear.webp", "moving.gif"])
def test_images_fit(folder, name, fit, style):
    content = {"image": str(folder / name), "header": "A picture", "caption": "With words under it", "fit": fit}
    schema.check(content, "video#image", "test", InputError)
    (state,) = states("image", content, style)
    assert_sound(state, style)
    assert "text:With words under it" in [box.name for box in state.boxes]
    (box,) = boxes(state, "card:picture")
    width, height = Image.open(folder / name).size
    if fit == "contain":
        assert (box.right - box.left) / (box.bottom - box.top) == pytest.approx(width / height, rel=0.12)
    if name == "wide.png":
        middle = round((box.left + box.right) / 2), round((box.top + box.bottom) / 2)
        assert state.picture.getpixel(middle) == (200, 30, 30)


def test_an_image_alone_covers_the_whole_picture(folder):
    (state,) = states("image", {"image": str(folder / "wide.png"), "fit": "cover", "caption": "A caption"}, SMALL)
    assert state.picture.getpixel((0, 0)) == state.picture.getpixel((639, 20)) == (200, 30, 30)
    assert state.cue == "A caption"
    pixels = np.asarray(state.picture)
    (box,) = boxes(state, "text:")
    area = pixels[int(box.top) : int(box.bottom), int(box.left) : int(box.right)].reshape(-1, 3).astype(int)
    ground, ink = np.percentile(area, 20, axis=0), area[area.sum(axis=1).argmax()]
    assert colours.contrast(tuple(map(int, ink)), tuple(map(int, ground))) >= 4.5
    (bare,) = states("image", {"image": str(folder / "wide.png"), "fit": "cover"}, SMALL)
    assert bare.cue == "" and not bare.boxes


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.png", "there is no such picture"),
        ("broken.png", "is damaged"),
        ("text.png", "is no PNG, JPEG, WebP or GIF"),
        ("huge.png", "more than 50 million pixels"),
    ],
)
def test_bad_images_are_refused(folder, name, message):
    with pytest.raises(InputError, match=rf"{re.escape(name)}: .*{message}"):
        states("image", {"image": str(folder / name)}, SMALL)
    assert files_of("image", {"image": "a.png"}) == ["a.png"]


MERMAID = {
    "sequence": "sequenceDiagram\n participant U as User\n U->>Server: GET\n Note over U: waits\n Server-->>U: 200",
    "class": "classDiagram\n class Animal{\n +int age\n +run()\n }\n Animal <|-- Duck",
    "state": "stateDiagram-v2\n [*] --> Still\n Still --> Moving: go\n Moving --> [*]",
    "er": "erDiagram\n CUSTOMER ||--o{ ORDER : places",
    "gantt": "gantt\n title Plan\n dateFormat YYYY-MM-DD\n section One\n First :a1, 2024-01-01, 30d\n Next :after a1, 20d",
    "mind": "mindmap\n root((Middle))\n  One\n   Two",
    "front": "---\ntitle: Named\n---\nflowchart TD\n A --> B",
    "unicode": "flowchart LR\n A[Grüße] --> B[Привет]",
}


@pytest.mark.parametrize("kind", MERMAID)
def test_kinds_of_diagrams_are_drawn_in_our_colours(kind):
    (state,) = states("diagram", {"mermaid": MERMAID[kind]}, SMALL)
    (box,) = boxes(state, "card:picture")
    area = np.asarray(state.picture)[int(box.top) : int(box.bottom), int(box.left) : int(box.right)]
    assert area.max() > 180, "light text"
    assert (area.min(axis=2) > 245).mean() < 0.05, "on a dark ground"


def test_text_of_a_usual_diagram_is_legible():
    style = Style()
    drawing = diagrams.from_mermaid(FLOW, Sheet(style, 1600))
    assert {"Document", "Long?", "Condense", "Script", "yes", "no"} <= set(diagrams.texts(drawing))
    for shape in (style, Style(1080, 1920), Style(1080, 1080)):
        (state,) = states("diagram", {"mermaid": FLOW, "header": "Path"}, shape)
        (box,) = boxes(state, "card:picture")
        sheet = Sheet(shape, 900)
        turns = (FLOW, FLOW.replace("LR", "TB"))
        sizes = [diagrams.from_mermaid(text, sheet, tight=tight) for text in turns for tight in (False, True)]
        scales = [(box.right - box.left) / each.width for each in sizes]
        assert any(
            abs(scale - (box.bottom - box.top) / each.height) < 0.02 and scale * diagrams.SIZE >= 24
            for scale, each in zip(scales, sizes, strict=True)
        ), (shape.width, scales)


def test_broken_diagrams_are_refused_with_what_the_parser_says():
    with pytest.raises(InputError, match=r"mermaid: the diagram cannot be drawn: .*Unterminated node label"):
        states("diagram", {"mermaid": "flowchart LR\n A[x --> B"}, SMALL)
    with pytest.raises(InputError, match="No Mermaid diagram type"):
        states("diagram", {"mermaid": "hello"}, SMALL)
    with pytest.raises(InputError, match="No font that is installed can draw"):
        states("diagram", {"mermaid": "flowchart LR\n A[\U0001f9ff\U000e0fff\U00102345] --> B"}, SMALL)


def test_a_diagram_reaches_no_file(tmp_path):
    Image.new("RGB", (40, 40), (1, 250, 2)).save(tmp_path / "secret.png")
    path = tmp_path / "secret.png"
    svg = diagrams.from_mermaid(
        f'flowchart LR\n A@{{ img: "{path}", label: "x", h: 60, w: 60 }}\n A --> B', Sheet(SMALL, 500)
    ).svg
    assert "secret" not in svg


@needs_dot
def test_graphviz():
    text = 'digraph { rankdir=LR; a [label="Source"]; a -> b -> c; subgraph cluster_x { label=Group; b; c } }'
    drawing = diagrams.from_graphviz(text, Sheet(SMALL, 500))
    assert {"Source", "b", "c", "Group"} <= set(diagrams.texts(drawing))
    (state,) = states("diagram", {"graphviz": text, "header": "Graph"}, SMALL)
    assert_sound(state, SMALL)
    with pytest.raises(InputError, match=r"graphviz: .*syntax error"):
        states("diagram", {"graphviz": "digraph { a -> }"}, SMALL)


@needs_dot
@pytest.mark.parametrize(
    "attribute",
    [
        'image="/etc/x.png"',
        'SHAPEFILE = "x"',
        'imagepath="/"',
        "label=<<TABLE><TR><TD><IMG SRC='x'/></TD></TR></TABLE>>",
    ],
)
def test_graphviz_reads_no_files(attribute):
    with pytest.raises(InputError, match="would read a file"):
        states("diagram", {"graphviz": f"digraph {{ a [{attribute}] }}"}, SMALL)


def test_graphviz_that_is_not_installed_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(InputError, match=r"dot is not installed\. Install Graphviz, or write the diagram as `mermaid`"):
        states("diagram", {"graphviz": "digraph { a -> b }"}, SMALL)


def test_all_five_types_are_known():
    assert {"image", "table", "code", "chart", "diagram"} <= set(scene_types())
