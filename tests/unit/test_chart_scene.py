"""Charts: bars, lines and shares, their numbers and files, from the least to the most, in every format."""

from collections import Counter
from itertools import accumulate
from typing import ClassVar

import pytest
from scene_checks import (
    FORMATS,
    NAME,
    PROSE,
    PROSE_500,
    PROSE_5000,
    SMALL,
    ContrastChecks,
    assert_sound,
    boxes,
    drawn,
    pages,
    text_of,
)

from video_gen.errors import InputError
from video_gen.render import timeline
from video_gen.scenes import colours, states
from video_gen.scenes.assets import files_of
from video_gen.scenes.charts_axes import axis, palette
from video_gen.scenes.charts_data import Data, Series, read
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import Style

TWO = {
    "labels": ["Q1", "Q2", "Q3"],
    "series": [{"name": "Old", "values": [3, 5, 4]}, {"name": "New", "values": [6, 8, 9]}],
}
MINIMAL = {
    "bar": {"kind": "bar", "values": {"A": 1}},
    "line": {"kind": "line", "values": {"A": 0}},
    "pie": {"kind": "pie", "values": {"A": 1}},
}
TYPICAL = {
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
}
SAID = {
    "bar": "Downloads Jan 1,200 Feb 1,850 Mar 2,400",
    "bars": "Years Both. Q1 Q2 Q3 Old New",
    "across": "Time A way to make it that has quite a long name, longer than any column 0 0 s 1 s 2 s 3 s",
    "below": "Change North −4.5% South 3.2% East −1.0%",
    "line": "Visits 2019 12 2020 9 2021 20 2022 31",
    "lines": "Both Q1 Q2 Q3 Old New visits a day",
    "pie": "Shares Speech 50% Pictures 30% Rest 20%",
}
EXTREME = {
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
}


class TestChartScenes(ContrastChecks):
    scene_type = "chart"
    minimal, typical, extreme = MINIMAL, TYPICAL, EXTREME
    said = SAID
    counts: ClassVar = {"bar": 4, "bars": 3, "line": 5, "lines": 3, "pie": 4}
    most_pages = 2


@pytest.mark.parametrize("kind", ["bar", "bars", "pie", "lines"])
def test_all_names_of_an_extreme_chart_are_there(kind):
    data, text = read(EXTREME[kind]), Counter(text_of(drawn("chart", EXTREME[kind])))
    names = [s.name for s in data.series] + (list(data.labels) if kind in ("bar", "pie") else [])
    assert not Counter("".join("".join(names).split())) - text


def test_bars_bring_their_words_as_cues():
    assert [state.cue for state in drawn("chart", TYPICAL["bar"])][1:] == ["Jan 1,200", "Feb 1,850", "Mar 2,400"]
    assert [state.cue for state in drawn("chart", TYPICAL["bars"])][1:] == [
        "Old 3 M€ 5 M€ 4 M€",
        "New 6 M€ 8 M€ 9 M€",
    ]


def test_columns_run_across_where_labels_are_long_and_in_a_narrow_picture():
    for kind, style, upright in (("bar", SMALL, True), ("across", SMALL, False), ("across", Style(360, 640), False)):
        found = boxes(drawn("chart", TYPICAL[kind], style)[-1], "card:bar")
        feet = {round(box.bottom) for box in found} if upright else {round(box.left) for box in found}
        assert len(feet) == 1, (kind, found)


def test_bars_are_as_long_as_their_numbers():
    found = boxes(drawn("chart", TYPICAL["bar"])[-1], "card:bar")
    heights = [box.bottom - box.top for box in found]
    assert heights == pytest.approx([h * heights[0] / 1200 for h in (1200, 1850, 2400)], abs=1)
    below = boxes(drawn("chart", TYPICAL["below"])[-1], "card:bar")
    assert below[0].top == pytest.approx(below[1].bottom, abs=1) and below[0].bottom > below[2].bottom


@pytest.mark.parametrize("accent", [*colours.NAMES.values(), (8, 8, 60), (250, 250, 250)])
def test_colours_of_series_stand_out(accent):
    sheet = Sheet(Style(640, 360, accent), 500)
    found = palette(sheet, 8)
    assert len(set(found)) == 8
    assert all(colours.contrast(colour, sheet.theme.surface) >= 3 for colour in found)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((0, 10), (0, 2, 4, 6, 8, 10)),
        ((-4.5, 7.9), (-5, -2.5, 0, 2.5, 5, 7.5, 10)),
        ((0, 0), (0, 1)),
        ((3, 8), (0, 2, 4, 6, 8)),
        ((1, 2), (0, 1, 2)),
        ((2, 7, 11), (0, 5, 10, 15)),
        ((40, 110), (0, 25, 50, 75, 100, 125)),
        ((0.5, 2), (0, 0.5, 1, 1.5, 2)),
    ],
)
def test_ticks_are_round(values, ticks):
    data = Data(("a", "b", "c")[: len(values)], (Series("", tuple(map(float, values))),))
    assert axis(data, from_zero=True).ticks == pytest.approx(ticks)


def test_lines_far_from_zero_are_not_flattened():
    data = Data(("a", "b"), (Series("", (1000.0, 1010.0)),))
    assert axis(data, from_zero=False).ticks[0] >= 990 and axis(data, from_zero=True).ticks[0] == 0


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
    assert read({"csv": table_file("a,b,\nx,1,\n")}).series == (Series("b", (1.0,)),)
    assert files_of("chart", {"csv": path}) == [path] and files_of("chart", TYPICAL["bar"]) == []


@pytest.mark.parametrize(
    ("text", "y", "message"),
    [
        ("a,b\nx,1\ny,many\n", "b", r"data\.csv, line 3: 'many' in the column 'b' is no number"),
        ("a,b\nx,1\ny\n", "b", r"data\.csv, line 3: '' in the column"),
        ("a,b\nx,nan\n", "b", "no finite number"),
        ("a,count\nx,1\n", "cont", r"line 1: has no column 'cont'\. Did you mean 'count'\?"),
        ("a,b\n", "b", "holds no rows"),
        ("a,b,b\nx,1,2\n", "b", r"line 1: has two columns 'b'\. Give each a name of its own"),
        ("a;b\nx;1,5\n", "b", r"line 2: '1,5' in the column 'b' is no number\. Write it as 1234\.5"),
        ("a,b\n" + "x,1\n" * 30, "b", "has 30 rows; such a chart shows at most 24"),
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


def test_a_line_from_a_file_may_have_hundreds_of_points(table_file):
    path = table_file("day,visits\n" + "".join(f"day {n},{n % 30}\n" for n in range(200)))
    found = states("chart", {"kind": "line", "csv": path, "header": "Days"}, SMALL)
    assert len(found) == SMALL.theme.most_states + 1 and not boxes(found[-1], "card:dot")
    assert 4 <= len(boxes(found[-1], "text:day")) <= 20
    for state in found:
        assert_sound(state, SMALL)


def test_small_numbers_keep_the_digits_that_tell_them_apart():
    found = states("chart", {"kind": "bar", "values": {"A": 0.0012, "B": 0.0034, "C": 0.00071}}, SMALL)[-1]
    assert boxes(found, "text:0.00120") and boxes(found, "text:0.00071")


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("de", ["1.200 €", "2.400 €", "2.500"]),
        ("fr-CA", ["1\u00a0200 €", "2\u00a0400 €", "2\u00a0500"]),
        ("ja", ["€1,200", "€2,400", "2,500"]),
        ("es", ["1200 €", "2400 €", "2500"]),
    ],
)
def test_numbers_stand_on_charts_as_the_language_writes_them(language, texts):
    style = Style(640, 360, language=language)
    found = states("chart", {"kind": "bar", "values": {"A": 1200, "B": 2400}, "unit": "€"}, style)[-1]
    for text in texts:
        assert boxes(found, f"text:{text}", f"sign:{text}"), text


@pytest.mark.parametrize("style", FORMATS, ids=lambda s: f"{s.width}x{s.height}")
def test_the_names_of_twelve_shares_stand_beside_their_ring(style):
    found = states("chart", {"kind": "pie", "values": {f"Share {n}": n + 1 for n in range(12)}}, style)
    assert len(pages(found)) == 1 and len(boxes(found[-1], "text:Share")) == 12


def test_few_shares_have_larger_names_than_many():
    few, many = (
        boxes(
            states("chart", {"kind": "pie", "values": {f"Share {n}": 1 for n in range(count)}}, SMALL)[-1],
            "text:Share 1",
        )
        for count in (2, 12)
    )
    assert few[0].bottom - few[0].top > 1.4 * (many[0].bottom - many[0].top)


@pytest.mark.parametrize("kind", ["bar", "line", "pie"])
def test_each_part_of_a_chart_appears_when_it_is_named(kind):
    values = {"Alpha": 3, "Bravo": 5, "Delta": 4}
    found = states("chart", {"kind": kind, "values": values, "header": "Three"}, SMALL)
    spoken = "First comes Alpha with three and much later Bravo and at the very end Delta".split()
    words = [{"text": word, "start": float(n), "end": n + 0.9} for n, word in enumerate(spoken)]
    shown = timeline.spans(found, words, (len(spoken) + 3) * 30, 30, 0.3, enters=False)
    begins = list(accumulate([span.motion + span.hold for span in shown], initial=0))
    assert [round(begin / 30) for begin in begins[-4:-1]] == [spoken.index(name) for name in values]
