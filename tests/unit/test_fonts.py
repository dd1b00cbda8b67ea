"""Fonts: any script is drawn, whatever cannot be is named, and text never leaves its line."""

import unicodedata

import pytest
from PIL import Image, ImageDraw

from video_gen.errors import ConfigError, InputError
from video_gen.scenes import fonts, wrap
from video_gen.scenes.fonts import typeface
from video_gen.scenes.scripts import clean, inside_backwards, phrases

SCRIPTS = {
    "Latin": "Grüße, señor Łukasz",
    "Greek": "Καλημέρα κόσμε",
    "Cyrillic": "Привет, мир",
    "Hebrew": "שלום עולם",
    "Arabic": "مرحبا بالعالم",
    "Devanagari": "नमस्ते दुनिया",
    "Thai": "สวัสดีชาวโลก",
    "emoji": "🚀 🎉 👍",
    "signs": "→ ✓ ✗ ∀ ≤ ①",
}


@pytest.fixture
def only_packaged(monkeypatch):
    """No fonts but those of the packages, whatever the machine has."""
    monkeypatch.setattr(fonts, "_FALLBACK_PACKAGES", ("manimgx_fonts",))
    monkeypatch.setattr(fonts, "system_files", lambda: ())
    caches = (fonts.packaged_files, fonts._fallback)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize("family", ["sans", "mono"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_of_the_packages_is_drawn_inside_its_measure(script, family, only_packaged):
    face, text = typeface(family, 400, 40), SCRIPTS[script]
    picture = Image.new("RGB", (1200, 200))
    face.draw(ImageDraw.Draw(picture), 100, 120, text, (255, 255, 255))
    left, top, right, bottom = picture.getbbox()
    above, below = face.ink(text)
    assert left >= 96 and right <= 100 + face.length(text) + 4
    assert top >= 120 - above - 2 and bottom <= 120 + below + 2


@pytest.mark.parametrize("script", SCRIPTS)
def test_runs_keep_every_character_and_have_it_in_their_font(script):
    runs = list(typeface("sans", 600, 32).runs(SCRIPTS[script]))
    assert sorted("".join(text for text, _ in runs)) == sorted(SCRIPTS[script])
    for text, font in runs:
        have = fonts.characters(next(p for p in fonts.packaged_files() if str(p) == font.path))
        assert {ord(c) for c in text} <= have


def test_right_to_left_runs_are_put_from_right_to_left():
    runs = [text.strip() for text, _ in typeface("sans", 400, 32).runs("שלום Python עולם")]
    assert runs == ["עולם", "Python", "שלום"]
    # The blank after an embedded word stands on its left.
    assert [text for text, _ in typeface("sans", 400, 32).runs("אב Linux 3 גד")][1].startswith(" Linux 3")


@pytest.mark.parametrize(("character", "remedy"), [("\ue0ff", "Noto font of its script"), ("語", "manimgx-fonts-cjk")])
def test_a_character_of_no_font_is_named_with_a_remedy(character, remedy, only_packaged):
    with pytest.raises(InputError) as error:
        typeface("sans", 400, 32).length(f"good {character} text")
    assert f"U+{ord(character):04X}" in str(error.value)
    assert unicodedata.name(character, "without a name") in str(error.value)
    assert remedy in str(error.value)


def test_a_font_in_the_system_folder_is_found(monkeypatch, tmp_path, only_packaged):
    thai = next(p for p in fonts.packaged_files() if "Thai" in p.name)
    copy = tmp_path / "Own.ttf"
    copy.write_bytes(thai.read_bytes())
    monkeypatch.setattr(fonts, "packaged_files", lambda: ())
    monkeypatch.setattr(fonts, "system_files", lambda: (tmp_path / "broken.ttf", copy))
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    assert fonts._fallback("ส") == copy


def test_clean_drops_what_has_no_shape():
    assert clean("a\tb") == "a    b"
    assert clean("⚠\ufe0f\u200d\x07\u202eok\r\nnext") == "⚠ok\nnext"
    assert clean("e\u0301\u00a0x") == "é x"


def test_clean_keeps_joiners_where_they_have_a_shape():
    for text in ("می\u200cخواهم", "क्\u200dष", "👩\u200d🚀"):
        assert clean(text) == text
    assert clean("\u200dx\u200c y\u200d") == "x y"


FAMILY, SPACEWOMAN, KEY = "👨\u200d👩\u200d👧\u200d👦", "👩\U0001f3fd\u200d🚀", "1\u20e3"


@pytest.mark.parametrize("family", ["sans", "mono"])
@pytest.mark.parametrize("sign", [FAMILY, SPACEWOMAN, KEY, "❤\u200d🔥", "👍🏿", "🇩🇪"])
def test_an_emoji_of_several_characters_is_one_sign(sign, family, only_packaged):
    face = typeface(family, 400, 40)
    ((run, _),) = face.runs(sign)
    assert run == sign
    assert face.length(sign) == pytest.approx(face.length("🚀"), abs=1)


def test_a_sign_that_no_font_has_as_one_is_drawn_in_its_parts(only_packaged):
    assert [text for text, _ in typeface("sans", 400, 40).runs("א\u200d🚀")] == ["🚀", "א"]
    with pytest.raises(InputError, match=r"U\+E0FF"):
        typeface("sans", 400, 40).length("👩\u200d\ue0ff")


def test_a_line_ends_inside_of_no_sign():
    face = typeface("sans", 400, 40)
    for sign in (FAMILY, SPACEWOMAN, KEY):
        assert "".join(wrap.words("x" * 5 + sign + "y", face, 80)).count(sign) == 1
        assert any(sign in line for line in wrap.words("x" * 5 + sign + "y", face, 80))


@pytest.mark.parametrize(
    ("run", "drawn"),
    [
        ("(", ")"),
        (").", ".("),
        ("), 3.5 (Linux).", ".3.5 (Linux) ,("),
        ("(Python)", "(Python)"),
        (" print() ", " print() "),
        ("Python.", ".Python"),
        (".env", ".env"),
        ("C++", "C++"),
        ("[2024", "2024]"),
        ("", ""),
    ],
)
def test_what_belongs_to_a_right_to_left_line_changes_sides(run, drawn):
    assert inside_backwards(run) == drawn


@pytest.mark.parametrize("text", ["الفصول (داخل الملف)", "שלום (עולם)"])
def test_brackets_embrace_right_to_left_words(text, only_packaged):
    """The right one of the two, which is read first, is open to the left."""
    runs = [run.strip() for run, _ in typeface("sans", 400, 40).runs(text)]
    assert [run for run in runs if run in "()"] == ["(", ")"]


def test_weights_differ():
    text = "Weight"
    assert typeface("sans", 800, 60).length(text) > typeface("sans", 400, 60).length(text) + 5


def test_code_signs_take_whole_cells_and_no_ligatures():
    face = typeface("mono", 400, 40)
    cell = face.length("0")
    for text in ("✓", "!=", "->", "→"):
        assert face.length(text) / cell == pytest.approx(len(text), abs=0.02)


@pytest.mark.parametrize(
    "text",
    [
        "one two  three\nfour",
        "W" * 500,
        "ก" * 300,
        "a" * 70 + " b",
        "x",
        *(f"{text} " * 9 for text in SCRIPTS.values()),
    ],
)
@pytest.mark.parametrize("width", [30.0, 200.0, 900.0])
@pytest.mark.parametrize("broken", [wrap.words, wrap.evenly])
def test_wrapped_lines_fit_and_lose_nothing(text, width, broken):
    face = typeface("sans", 400, 24)
    lines = broken(text, face, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(face.length(line) <= width + 1 or len(line) == 1 for line in lines)


def test_even_lines_need_no_more_lines_and_leave_no_short_last_one():
    face = typeface("sans", 800, 120)
    text = "Narrated explainer videos from your README"
    greedy, even = wrap.words(text, face, 1340), wrap.evenly(text, face, 1340)
    assert len(even) == len(greedy)
    spread = [max(map(face.length, lines)) - min(map(face.length, lines)) for lines in (greedy, even)]
    assert spread[1] <= spread[0]


@pytest.fixture
def wide_face(monkeypatch):
    """A face on which every character is 24 pixels wide, also those whose fonts are an extra."""
    face = typeface("sans", 400, 24)
    monkeypatch.setattr(type(face), "length", lambda self, text: 24.0 * len(text))
    return face


@pytest.mark.parametrize("width", range(72, 480, 24))
def test_chinese_and_japanese_break_between_characters_but_not_before_closing_signs(width, wide_face):
    text = "一覧から、「休みなし」の最長期間を（最大で）求めてください。日付は2024年も、重複もあります！ チェック、終わり。"
    lines = wrap.words(text, wide_face, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) * 24 <= width for line in lines)
    assert not any(line[0] in "、。」）！ー" for line in lines)
    if width >= 240:
        assert not any(line[-1] in "「（" for line in lines)
        assert min(map(len, lines[:-1])) * 24 >= width - 4 * 24


@pytest.mark.parametrize("width", range(72, 480, 24))
def test_thai_keeps_vowels_marks_and_closing_signs_with_their_letters(width, wide_face):
    text = "คำบรรยายใต้ภาพพร้อมเวลาของคำพูด(ดูภาคผนวก)และข้อความทั้งหมด"
    lines = wrap.words(text, wide_face, width)
    assert "".join(lines) == text
    assert not any(line[0] in "ะาำ)่้ี" for line in lines)
    assert not any(line[-1] in "เแโใไ" for line in lines[:-1])


def test_long_paths_are_parted_at_their_slashes():
    face = typeface("sans", 400, 24)
    lines = wrap.words(
        "output/scripts/introduction/the_first_scene.json", face, face.length("output/scripts/introduction/")
    )
    assert lines == ["output/scripts/introduction/", "the_first_scene.json"]


def test_fonts_are_found_by_name_and_by_path(tmp_path):
    own = tmp_path / "Own.ttf"
    own.write_bytes(next(p for p in fonts.packaged_files() if p.name.startswith("JetBrainsMono[")).read_bytes())
    assert typeface(str(own), 400, 30).length("mm") == typeface("JetBrains Mono", 400, 30).length("mm")
    assert typeface("Inter", 400, 30).length("mm") == typeface("sans", 400, 30).length("mm")
    fonts.check(str(own))
    with pytest.raises(ConfigError, match=r"pip install fontpkg-no-such-font.*Inter"):
        fonts.check("No Such Font")
    with pytest.raises(ConfigError, match="no font file"):
        fonts.check(str(tmp_path / "missing.ttf"))


def test_code_wraps_with_an_indent_and_loses_nothing():
    face, white = typeface("mono", 400, 24), (255, 255, 255)
    line = (("    result = ", white), ("call(" + ", ".join(f"argument_{n}" for n in range(20)) + ")", (1, 2, 3)))
    pieces = wrap.code(line, face, 600)
    texts = ["".join(text for text, _ in piece) for piece in pieces]
    assert len(texts) > 2 and all(face.length(text) <= 600 for text in texts)
    assert all(text.startswith(" " * 8) for text in texts[1:])
    assert "".join("".join(texts).split()) == "".join("".join(t for t, _ in line).split())
    assert {colour for piece in pieces for _, colour in piece} == {white, (1, 2, 3)}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("See שלום (עולם) here", ["See ", "שלום (עולם)", " here"]),
        ("See שלום עולם, here", ["See ", "שלום עולם", ", here"]),
        ("One שלום two עולם", ["One ", "שלום", " two ", "עולם"]),
        ("A שלום, (עולם) 12 b", ["A ", "שלום, (עולם) 12", " b"]),
        ("A (שלום) b", ["A (", "שלום", ") b"]),
        ("Nothing of it", ["Nothing of it"]),
    ],
)
def test_phrases(text, parts):
    assert phrases(text) == parts


def test_a_right_to_left_phrase_in_a_line_is_ordered_as_a_whole():
    face = typeface("sans", 400, 24)
    line = [run for run, _ in face.runs("See שלום (עולם) here")]
    assert line == ["See ", *(run for run, _ in face.runs("שלום (עולם)")), " here"]
    assert line.index("עולם") < next(n for n, run in enumerate(line) if "שלום" in run)
