"""Themes: read from their files with useful errors, readable in every accent, and laid out in every format."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scene_samples import TYPICAL, assert_no_overlap, boxes, pages

from video_gen.errors import ConfigError
from video_gen.scenes import colours, legible, states, theme
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import Style
from video_gen.scenes.theme import Logo, Theme

NAMES = ("contrast", "daylight", "midnight", "paper", "slate", "vivid")
THEMES = {name: theme.load(name) for name in NAMES}
FORMATS = {"16:9": (640, 360), "9:16": (360, 640), "1:1": (360, 360), "4:5": (360, 450)}
APPEARANCES = {f"{name} {mode}": theme.load(name, mode) for name in NAMES for mode in ("light", "dark")}
by_appearance = pytest.mark.parametrize("name", APPEARANCES)
by_theme = pytest.mark.parametrize("name", NAMES)
by_accent = pytest.mark.parametrize("accent", colours.NAMES)


@pytest.fixture
def own(tmp_path):
    """Writes a theme file and returns its path."""

    def write(text: str, name: str = "own.yaml") -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def test_the_packaged_themes_are_known():
    assert set(NAMES) <= set(theme.names())


@by_theme
def test_a_theme_is_a_value(name):
    assert THEMES[name] == theme.from_dict(theme.read(name)) and hash(THEMES[name]) == hash(theme.load(name))
    assert THEMES[name] != replace(THEMES[name], radius=3)
    assert Style(theme=THEMES[name]) in {Style(theme=theme.load(name))}


def test_light_and_dark_themes_are_there_and_all_differ():
    assert {of.dark for of in THEMES.values()} == {True, False}
    assert len({(of.ground, of.radius, of.backdrop) for of in THEMES.values()}) == len(NAMES)


@by_theme
def test_every_theme_can_be_light_and_dark(name):
    light, dark = APPEARANCES[f"{name} light"], APPEARANCES[f"{name} dark"]
    assert dark.dark and not light.dark and THEMES[name] in (light, dark)
    assert (light.roles, light.fonts, light.radius) == (dark.roles, dark.fonts, dark.radius)


def test_another_appearance_is_taken_whole_from_one_theme(own):
    assert theme.load(own("extends: paper\nshape: {radius: 2}\n"), "dark") == replace(
        APPEARANCES["paper dark"], radius=2
    )
    with pytest.raises(ConfigError, match=r"own.yaml: its `light:` section does not make it light"):
        theme.load(own("extends: slate\nlight: {shape: {radius: 3}}\n"), "light")


def test_an_appearance_that_a_theme_has_not(own):
    with pytest.raises(ConfigError, match=r"own.yaml: has no `dark:` section.*appearance to auto"):
        theme.load(own('extends: midnight\ncolors: {background: "#ffffff"}\n'), "dark")


def test_the_default_is_midnight():
    assert Style().theme == THEMES["midnight"]


def test_midnight_names_and_explains_every_setting():
    text = (Path(__file__).parents[2] / "themes/midnight.yaml").read_text(encoding="utf-8")
    given = theme.read("midnight")

    def keys(part):
        for key, value in part.items():
            yield key
            yield from keys(value) if isinstance(value, dict) else ()

    rules = theme_rules()
    assert set(keys(given)) - {"digest"} == set(keys(rules)) - {"extends"}
    assert "# extends:" in text and text.count("#") > 40


def theme_rules():
    from video_gen import schema

    document = schema.load("theme")

    def names(rule):
        rule = document["$defs"][rule["$ref"].rsplit("/", 1)[1]] if "$ref" in rule else rule
        parts = rule.get("properties", {}).items()
        return {key: names(part) for key, part in parts if key not in ("light", "dark")}

    return names(document)


def test_a_small_theme_takes_over_all_else(own):
    found = theme.load(own('extends: paper\ncolors: {surface: "#ffffff"}\nshape: {radius: 30}\n'))
    assert found == replace(THEMES["paper"], surface=(255, 255, 255), radius=30)


def test_a_theme_without_extends_takes_over_the_default(own):
    assert theme.load(own("shape: {radius: 2}\n")) == replace(THEMES["midnight"], radius=2)
    assert theme.load(own("")) == THEMES["midnight"]


def test_a_theme_extends_one_beside_it(own):
    own("extends: slate\nfooter: Ours\n", "base.yaml")
    assert theme.load(own("extends: base.yaml\nshape: {radius: 9}\n")) == replace(
        THEMES["slate"], footer="Ours", radius=9
    )


def test_themes_of_the_working_directory_are_found_by_name(monkeypatch, tmp_path):
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes/house.yaml").write_text("footer: House\n")
    monkeypatch.chdir(tmp_path)
    assert "house" in theme.names() and theme.load("house").footer == "House"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("shape:\n  radios: 3\n", r"own.yaml, line 2: shape.radios is an unknown key. Did you mean 'radius'\?"),
        ("\ncolors:\n  text: white\n", r'own.yaml, line 3: colors.text .* Write a colour as "#rrggbb"'),
        ("background: {style: stripes}\n", r"own.yaml, line 1: background.style .*rings"),
        ("colors:\n  text: #ffffff\n", r"own.yaml, line 2: colors.text has no value. .* in quotes"),
        ("extends: papr\n", r"own.yaml, line 1: extends: 'papr' is not known. Did you mean 'paper'\?.*midnight"),
        ("extends: own.yaml\n", r"own.yaml, line 1: extends 'own.yaml', which leads back here"),
        ("fonts:\n  heading: Comic Sands\n", r"own.yaml, line 2: fonts.heading: .*pip install fontpkg-comic-sands"),
        ("fonts: {code: mono.ttf}\n", r"own.yaml, line 1: fonts.code: .*mono.ttf is no font file"),
        ("logo:\n  image: logo.png\n", r"own.yaml, line 2: logo.image: the picture .*logo.png cannot be read"),
        ("a: [\n", r"own.yaml, line 2"),
        ('extends: paper\ncolors:\n  muted: "#999999"\n', r"line 3: colors.muted: #999999 has a contrast of only 2"),
        ('code:\n  bar: "#cccccc"\n', r"code.text: .*text needs 4.5:1"),
    ],
)
def test_mistakes_are_named_with_file_line_and_remedy(own, text, message):
    with pytest.raises(ConfigError, match=message):
        theme.load(own(text))


def test_the_colour_that_an_error_proposes_is_accepted(own):
    text = 'extends: paper\ncolors: {{muted: "{}"}}\n'
    with pytest.raises(ConfigError) as error:
        theme.load(own(text.format("#999999")))
    better = str(error.value).rsplit(" would do.", 1)[0][-7:]
    assert colours.to_hex(theme.load(own(text.format(better))).muted) == better


@pytest.mark.parametrize("name", ["midnite", "no/such.yaml"])
def test_unknown_themes_are_refused_with_the_known_ones(name):
    with pytest.raises(ConfigError, match="midnight"):
        theme.load(name)


def test_a_changed_logo_or_font_changes_what_is_read(own, tmp_path):
    Image.new("RGB", (40, 20), "red").save(tmp_path / "logo.png")
    path = own("logo: {image: logo.png, corner: bottom-left}\n")
    before = theme.read(path)
    assert theme.from_dict(before).logo == Logo(str(tmp_path / "logo.png"), "bottom-left", 48)
    Image.new("RGB", (40, 20), "blue").save(tmp_path / "logo.png")
    assert theme.read(path) != before


# Contrast


@by_accent
@by_appearance
def test_all_colours_of_text_have_contrast_on_all_grounds(name, accent):
    assert legible.problems(theme.tinted(APPEARANCES[name], colours.NAMES[accent])) == []


@by_accent
@by_appearance
def test_the_accent_has_contrast_as_text_and_as_a_shape(name, accent):
    style = Style(accent=colours.NAMES[accent], theme=APPEARANCES[name])
    for panel in ("", "code", "terminal"):
        sheet = Sheet(style, 1000, panel=panel)
        for ground in sheet.theme.grounds:
            assert colours.contrast(sheet.accent, ground) >= 4.5
            assert colours.contrast(sheet.mark(style.accent), ground) >= 3


@by_accent
@by_theme
def test_text_has_contrast_on_the_decorated_pictures(name, accent):
    style = Style(1280, 720, colours.NAMES[accent], theme=THEMES[name])
    for kind in ("title", "quote", "outro", "quiz"):
        state = states(kind, TYPICAL[kind], style)[-1]
        pixels = np.asarray(state.picture)
        for box in boxes(state, "text:", "sign:"):
            area = pixels[int(box.top) : int(box.bottom) + 1, int(box.left) : int(box.right) + 1].reshape(-1, 3)
            ground = tuple(int(v) for v in np.percentile(area, 20 if style.theme.dark else 80, axis=0))
            ink = tuple(int(v) for v in area[np.abs(area.astype(int) - ground).sum(axis=1).argmax()])
            # 24 pixels at 1080 and more, and strong: what WCAG counts as large text.
            large = box.bottom - box.top >= 24 * 720 / 1080 and kind != "quiz"
            assert colours.contrast(ink, ground) >= (3 if large else 4.5), (kind, box, ink, ground)


@pytest.mark.parametrize("accent", [(255, 255, 255), (0, 0, 0), (128, 128, 128), (255, 255, 0)])
@by_theme
def test_any_accent_is_made_readable(name, accent):
    sheet = Sheet(Style(accent=accent, theme=THEMES[name]), 1000)
    assert min(colours.contrast(sheet.accent, ground) for ground in sheet.theme.grounds) >= 4.5


def test_a_tint_turns_the_hue_and_keeps_the_lightness():
    plain = THEMES["vivid"]
    for accent in colours.NAMES.values():
        turned = theme.tinted(plain, accent)
        assert colours.luminance(turned.surface) == pytest.approx(colours.luminance(plain.surface), abs=0.012)
        assert abs(colours.hue(turned.ground) - colours.hue(accent)) % 6.283 == pytest.approx(0, abs=0.12)
    assert theme.tinted(plain, (128, 128, 128)) == plain
    assert theme.tinted(THEMES["midnight"], colours.NAMES["pink"]) == THEMES["midnight"]


# Layout


def assert_inside(state, style):
    margin = style.theme.safe * min(style.width, style.height)
    for box in state.boxes:
        assert box.left >= margin - 0.5 and box.right <= style.width - margin + 0.5, box
        assert box.top >= margin - 0.5 and box.bottom <= style.height - margin + 0.5, box


@pytest.mark.parametrize("ratio", FORMATS)
@by_theme
def test_every_type_in_every_theme_and_format(name, ratio):
    style = Style(*FORMATS[ratio], theme=THEMES[name])
    for kind, content in TYPICAL.items():
        found = states(kind, content, style)
        assert len(pages(found)) <= 2, kind
        for state in found:
            assert state.picture.size == FORMATS[ratio]
            assert_inside(state, style)
            assert_no_overlap(state)


@pytest.mark.parametrize("size", [(854, 480), (1280, 720), (3840, 2160), (2160, 3840)])
@by_theme
def test_sizes_differ_in_scale_only(name, size):
    style = Style(*size, theme=THEMES[name])
    state = states("list", TYPICAL["list"], style)[-1]
    small = Style(size[0] * 480 // min(size), size[1] * 480 // min(size), theme=THEMES[name])
    reference = states("list", TYPICAL["list"], small)[-1]
    assert [box.name for box in state.boxes] == [box.name for box in reference.boxes]
    for box, like in zip(boxes(state, "card:card"), boxes(reference, "card:card"), strict=True):
        assert box.top / style.height == pytest.approx(like.top / small.height, abs=0.012)
        assert box.right / style.width == pytest.approx(like.right / small.width, abs=0.012)


def test_upright_pictures_have_larger_type():
    flat, tall = (
        boxes(states("list", TYPICAL["list"], Style(*size))[-1], "text:Transcript")[0]
        for size in ((1920, 1080), (1080, 1920))
    )
    assert tall.bottom - tall.top > 1.2 * (flat.bottom - flat.top)


@pytest.fixture(scope="module")
def logo(tmp_path_factory):
    path = tmp_path_factory.mktemp("logo") / "logo.png"
    Image.new("RGBA", (900, 100), (200, 40, 40, 255)).save(path)
    return str(path)


@pytest.mark.parametrize("ratio", FORMATS)
@pytest.mark.parametrize("corner", ["top-left", "top-right", "bottom-left", "bottom-right"])
def test_logo_and_footer_keep_clear_of_the_content(corner, ratio, logo):
    of = replace(THEMES["daylight"], logo=Logo(logo, corner, 60), footer="A footer of about eighty characters " * 2)
    style = Style(*FORMATS[ratio], theme=of)
    for kind in ("title", "list", "problem", "quote", "learning_objectives", "code_comparison"):
        content = TYPICAL[kind] | (
            {"problem_number": "9" * 12, "problem_text": "word " * 400} if kind == "problem" else {}
        )
        for state in states(kind, content, style):
            assert_inside(state, style)
            assert_no_overlap(state)
            (mark,) = boxes(state, "picture:logo")
            footer = boxes(state, "sign:A footer", "sign:footer")
            assert footer and "".join(b.name for b in boxes(state, "sign:")).count("eighty") == 2
            for edge in (mark, *footer):
                for box in state.boxes:
                    apart = (
                        box.right <= edge.left
                        or box.left >= edge.right
                        or box.bottom <= edge.top
                        or box.top >= edge.bottom
                    )
                    assert apart or box in (mark, *footer) or box.name.startswith("sign:"), (edge, box)


def test_the_logo_is_drawn(logo):
    of = replace(THEMES["paper"], logo=Logo(logo, "top-right", 60))
    state = states("list", TYPICAL["list"], Style(640, 360, theme=of))[-1]
    (mark,) = boxes(state, "picture:logo")
    assert state.picture.getpixel((round((mark.left + mark.right) / 2), round((mark.top + mark.bottom) / 2))) == (
        200,
        40,
        40,
    )


def test_page_numbers_can_be_left_out():
    content = {"problem_text": "word " * 2000}
    for shown in (True, False):
        found = states("problem", content, Style(640, 360, theme=replace(THEMES["slate"], page_number=shown)))
        assert any(box.name.startswith("sign:1 / ") for box in found[0].boxes) == shown


def test_captions_in_the_picture_have_their_room(logo):
    of = replace(THEMES["paper"], logo=Logo(logo, "bottom-right", 48), footer="Footer")
    style = Style(640, 360, bottom=0.2, theme=of)
    for kind in ("list", "title", "solution"):
        assert all(box.bottom <= 360 * 0.8 + 0.5 for box in states(kind, TYPICAL[kind], style)[-1].boxes)


@pytest.mark.parametrize("backdrop", ["plain", "glow", "rings", "grid", "dots", "aurora"])
def test_every_background_is_different_and_repeats(backdrop):
    from video_gen.scenes.backdrop import background

    style = Style(320, 180, theme=replace(THEMES["midnight"], backdrop=backdrop))
    picture = np.asarray(background(style, "opening")).astype(int)
    background.cache_clear()
    assert (np.asarray(background(style, "opening")) == picture).all()
    others = [replace(style, theme=replace(style.theme, backdrop=o)) for o in ("plain", "dots") if o != backdrop]
    assert all(np.abs(picture - np.asarray(background(other, "opening"))).max() > 3 for other in others)


def test_shadows_lie_below_cards():
    lifted: Theme = THEMES["daylight"]
    with_shadow, without = (
        np.asarray(states("list", {"items": ["One"]}, Style(640, 360, theme=of))[-1].picture).astype(int)
        for of in (lifted, replace(lifted, shadow=theme.Shadow()))
    )
    (card,) = boxes(states("list", {"items": ["One"]}, Style(640, 360, theme=lifted))[-1], "card:card")
    below, middle = round(card.bottom) + 3, round((card.left + card.right) / 2)
    assert with_shadow[below, middle].sum() < without[below, middle].sum() - 10
    # Off the round corners, where it is seen.
    inside = np.s_[round(card.top) + 8 : round(card.bottom) - 8, round(card.left) + 8 : round(card.right) - 8]
    assert (with_shadow[inside] == without[inside]).all()
