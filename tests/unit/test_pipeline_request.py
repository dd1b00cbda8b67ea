"""What a user asks for → what Snakemake is given."""

import subprocess
import sys
from dataclasses import replace

import pytest

from video_gen import ConfigError, InputConfig, InputError, SceneConfig, VideoConfig, sources
from video_gen.names import KINDS
from video_gen.pipeline.config import checked_cores
from video_gen.pipeline.request import request
from video_gen.sources import video_yaml, yaml12

VIDEO = VideoConfig("my_talk", "My talk", [SceneConfig("title", {"title": "Hi"})], options={"theme": "paper"})


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs/demo.md").write_text("# Demo\n")
    (tmp_path / "inputs/pair.yaml").write_text(
        "set_id: pair\nname: Pair\nvideos:\n  - {id: one, title: One, scenes: []}\n  - {id: two, title: Two, scenes: []}\n"
    )
    (tmp_path / "guide.md").write_text("# Guide\n")
    return tmp_path


def test_all_sources_of_the_folder(folder):
    plan, settings = request(InputConfig(), folder)
    assert list(plan.videos) == ["demo", "one", "two"] and settings == {}
    assert plan.targets == [f"output/videos/{name}.{kind}" for name in plan.videos for kind in KINDS]


@pytest.mark.parametrize(
    ("source", "videos", "sources"),
    [
        ("inputs/demo.md", ["demo"], {}),
        ("inputs/pair.yaml", ["one", "two"], {}),
        ("guide.md", ["guide"], {"guide": "guide.md"}),
        (["inputs/demo.md", "guide.md"], ["demo", "guide"], {"guide": "guide.md"}),
        (VIDEO, ["my_talk"], {"my_talk": "output/sources/my_talk.yaml"}),
    ],
)
def test_sources(folder, source, videos, sources):
    plan, settings = request(InputConfig(source), folder)
    assert list(plan.videos) == videos and settings.get("sources", {}) == sources
    assert not (folder / "output").exists(), "nothing is written before a run begins"


def test_absolute_paths_and_names(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "Große Datei.md"
    outside.write_text("# Hi\n")
    assert request(InputConfig(folder / "inputs/demo.md"), folder)[0].videos == ["demo"]
    plan, settings = request(InputConfig(outside), folder)
    assert plan.videos == ["Große_Datei"] and settings["sources"] == {"Große_Datei": str(outside)}
    assert request(InputConfig("inputs/demo.md", name="short"), folder)[0].videos == ["short"]


@pytest.mark.parametrize(
    ("config", "videos"),
    [
        (InputConfig("README.md"), ["readme"]),
        (InputConfig("./README.md", name="README"), ["readme"]),
        (InputConfig("README.md", name="other"), ["other"]),
        (InputConfig(["README.md", "guide.md", "./guide.md"]), ["readme", "guide"]),
        (InputConfig("https://youtu.be/abcdefghijk"), ["talk"]),
    ],
)
def test_a_source_that_the_settings_name_is_that_video(folder, config, videos):
    (folder / "README.md").write_text("# Read me\n")
    link = "https://www.youtube.com/watch?v=abcdefghijk"
    (folder / "config.yaml").write_text(f"sources: {{readme: README.md, talk: '{link}'}}\n")
    plan, settings = request(config, folder)
    assert list(plan.videos) == videos
    assert settings.get("sources", {}) == {
        name: f"{'README' if name == 'other' else name}.md" for name in videos if name in ("other", "guide")
    }


@pytest.mark.parametrize("name", ["README.md", "readme.md"])
def test_another_source_of_that_name_is_a_clash_that_names_both(folder, name):
    (folder / "config.yaml").write_text("sources: {readme: guide.md}\n")
    (folder / "docs").mkdir()
    (folder / "docs" / name).write_text("# Read me\n")
    with pytest.raises(ConfigError, match=f"guide.md, which this folder has, and docs/{name}.*--name"):
        request(InputConfig(f"docs/{name}"), folder)
    assert request(InputConfig(f"docs/{name}", name="docs"), folder)[0].videos == ["docs"]
    (folder / "docs/guide.md").write_text("# Guide\n")
    (folder / "config.yaml").unlink()
    with pytest.raises(InputError, match=r"the video 'guide': guide.md and docs/guide.md.*sources: {guide_2: docs"):
        request(InputConfig(["guide.md", "docs/guide.md"]), folder)


@pytest.mark.parametrize("source", ["course", "course/set_config.yaml", "many.yaml"])
def test_sets_outside_of_the_inputs(folder, source):
    (folder / "course").mkdir()
    (folder / "course/set_config.yaml").write_text(
        "set: {id: c, name: C}\nvideos: [{file: one_x.yaml}, {file: two_x.yaml}]\n"
    )
    (folder / "many.yaml").write_text("set_id: m\nname: M\nvideos: [{id: one_x, title: A}, {id: two_x, title: B}]\n")
    plan, settings = request(InputConfig(source, overrides={"sources": {"many": "guide.md"}}), folder)
    assert list(plan.videos) == ["one_x", "two_x"]
    label, path = list(settings["sources"].items())[-1]
    assert path == ("many.yaml" if source == "many.yaml" else "course/set_config.yaml")
    assert label == ("many_set" if source == "many.yaml" else "course"), "no other source is replaced"
    found, _ = sources.discover(folder / "inputs", settings["sources"])
    assert {name for name, of in found.items() if of.kind == "set"} >= {"one_x", "two_x"} and "many" in found
    (folder / "inputs/one_x.md").write_text("# One\n")
    with pytest.raises(ConfigError, match=r"inputs/one_x.md, which this folder has"):
        request(InputConfig(source), folder)


@pytest.mark.parametrize("cores", [0, -3, "x", "", "1.5"])
def test_cores(cores):
    with pytest.raises(ConfigError, match="whole number from 1, or all"):
        checked_cores(cores)
    assert [checked_cores(good) for good in (1, "8", "all")] == ["1", "8", "all"]


def test_settings(folder):
    config = InputConfig(
        "guide.md", language="de", voice="female", accent_color="pink", engine="espeak", theme="paper", formats=["9:16"],
        target_duration=60, overrides={"picture": {"fps": 10}, "narration": {"cache": None}}, kinds=["mp4"],
    )  # fmt: skip
    plan, settings = request(config, folder, ["--dry-run"])
    assert settings == {
        "sources": {"guide": "guide.md"},
        **{"language": "de", "voice": "female", "accent_color": "pink", "document": {"target_duration": 60}},
        "narration": {"engine": "espeak", "cache": None},
        "picture": {"theme": "paper", "formats": ["9:16"], "fps": 10},
    }
    assert plan.targets == ["output/videos/guide.mp4"] and plan.options == ["--dry-run"]
    assert config.overrides["picture"] == {"fps": 10}, "what was given is not changed"
    assert InputConfig.from_dict(config.to_dict()) == InputConfig(**{**vars(config), "source": ["guide.md"]})


@pytest.mark.parametrize(
    ("config", "error", "message"),
    [
        (InputConfig("gone.md"), InputError, "gone.md: there is no such file"),
        (InputConfig("guide.md", languages=["deutsch"]), ConfigError, "languages.*Write codes such as"),
        (InputConfig("https://example.org/talk"), InputError, "youtu.be"),
        (InputConfig("guide.md", voice="mael"), ConfigError, "male"),
        (InputConfig("guide.md", formats=["4:3"]), ConfigError, "16:9"),
        (InputConfig("guide.md", overrides={"pictures": {}}), ConfigError, "Did you mean 'picture'"),
        (InputConfig("guide.md", kinds=["avi"]), ConfigError, "Known: mp4"),
        (InputConfig("guide.md", "film"), ConfigError, "input_type: 'film' is unknown"),
        (InputConfig("guide.md", "yaml"), InputError, "not of the input_type yaml"),
        (InputConfig("inputs/pair.yaml", name="x"), ConfigError, "the videos of a set have names of their own"),
        (InputConfig("guide.md", name=""), ConfigError, "name: is empty"),
        (InputConfig([VIDEO, replace(VIDEO, title="Another")]), InputError, "two videos have the video_id 'my_talk'"),
        (InputConfig("inputs"), InputError, "is a folder without a set_config.yaml"),
        (InputConfig(["guide.md", "inputs/demo.md"], name="x"), ConfigError, "only be given for one source"),
        (InputConfig(VideoConfig("x", "X", [SceneConfig("titel")])), InputError, "titel"),
        (InputConfig(VideoConfig("x", "X", [])), InputError, "scenes"),
    ],
)
def test_what_cannot_be_made(folder, config, error, message):
    with pytest.raises(error, match=message):
        request(config, folder)


def test_address_in_the_settings_that_is_no_youtube_video(folder):
    (folder / "config.yaml").write_text("sources: {x: 'https://example.org/a'}\n")
    with pytest.raises(ConfigError, match=r"^sources.x: 'https://example.org/a' is no address of a YouTube video"):
        request(InputConfig(), folder)


def test_address_that_is_no_source(folder):
    with pytest.raises((ConfigError, InputError), match="Known"):
        request(InputConfig("ftp://example.org/talk.xyz"), folder)


def test_targets_of_ones_own(folder):
    config = InputConfig(["guide.md", "inputs/demo.md"], targets=["output/previews/{video}.html", "output/all.txt"])
    plan, _ = request(config, folder)
    assert plan.targets == ["output/previews/guide.html", "output/all.txt", "output/previews/demo.html"]


@pytest.mark.parametrize(
    ("given", "videos", "bases"),
    [
        ({"languages": ["en"]}, ["guide"], []),
        ({"languages": ["en", "es", "pt-BR"]}, ["guide", "guide-es", "guide-pt-BR"], []),
        ({"languages": ["es"]}, ["guide-es"], ["guide"]),
        ({"languages": ["es"], "language": "es"}, ["guide"], []),
        ({"languages": []}, [], None),
        ({"overrides": {"languages": ["fr"]}}, ["guide", "guide-fr"], []),
    ],
)
def test_languages(folder, given, videos, bases):
    if bases is None:
        with pytest.raises(InputError, match="nothing to make"):
            request(InputConfig("guide.md", **given), folder)
        return
    plan, _ = request(InputConfig("guide.md", **given), folder)
    assert list(plan.videos) == videos and list(plan.bases) == bases
    assert {target.split("/")[-1].split(".")[0] for target in plan.targets} == set(videos)


def test_languages_of_what_names_its_own(folder):
    (folder / "guide.md").write_text("---\nlanguage: es\n---\n# Guía\n")
    assert list(request(InputConfig("guide.md", languages=["en", "es"]), folder)[0].videos) == ["guide-en", "guide"]
    spanish = VideoConfig("charla", "Charla", [SceneConfig("title", {"title": "Hola"})], language="es")
    plan, settings = request(InputConfig(spanish, languages=["es", "fr"]), folder)
    assert list(plan.videos) == ["charla", "charla-fr"] and settings["languages"] == ["es", "fr"]


def test_all_sources_with_a_translation_of_ones_own(folder):
    (folder / "inputs/demo-es.md").write_text("# Demostración\n")
    plan, _ = request(InputConfig(languages=["en", "es"]), folder)
    assert list(plan.videos) == ["demo", "demo-es", "one", "one-es", "two", "two-es"]
    with pytest.raises(InputError, match="translation itself"):
        request(InputConfig("inputs/demo-es.md", languages=["es", "fr"]), folder)


def test_a_youtube_video_is_named_by_its_id(folder):
    plan, settings = request(InputConfig("https://youtu.be/abcdefghijk?t=4", "youtube", languages=["en", "es"]), folder)
    assert list(plan.videos) == ["youtube_abcdefghijk", "youtube_abcdefghijk-es"] and not plan.bases
    assert settings["sources"] == {"youtube_abcdefghijk": "https://youtu.be/abcdefghijk?t=4"}
    assert "output/transcripts/youtube_abcdefghijk-es.json" in plan.targets
    translated = InputConfig(
        "https://youtu.be/abcdefghijk",
        languages=["en", "es"],
        overrides={"translation": {"engine": "copy"}},
    )
    plan, _ = request(translated, folder)
    assert list(plan.videos) == ["youtube_abcdefghijk-en", "youtube_abcdefghijk-es"], (
        "its own language is not known yet"
    )
    assert list(plan.bases) == ["youtube_abcdefghijk"]


def test_stages_and_rules_of_ones_own(folder):
    (folder / "config.yaml").write_text("stages: ['own:Mine']\nrules: [own.smk]\n")
    done = [f"output/stages/{name}.done" for name in ("demo", "one", "two")]
    assert set(request(InputConfig(), folder)[0].targets) >= {*done, "all"}
    plan, _ = request(InputConfig("guide.md"), folder)
    assert plan.targets[-1] == "output/stages/guide.done", (
        "what a rule file makes of one video is known by its targets alone"
    )
    for config in (InputConfig(kinds=["mp4"]), InputConfig(targets=["output/{video}.txt"])):
        assert not {*done, "all"} & set(request(config, folder)[0].targets)
    given = InputConfig("guide.md", overrides={"stages": []})
    assert "output/stages/guide.done" not in request(given, folder)[0].targets


def test_nothing_to_make(tmp_path):
    with pytest.raises(InputError, match="nothing to make"):
        request(InputConfig(), tmp_path)


def test_described_videos_are_files_that_load(folder):
    plan, _ = request(InputConfig(VIDEO), folder)
    plan.write_described(folder)
    path = folder / "output/sources/my_talk.yaml"
    before = path.stat().st_mtime_ns
    plan.write_described(folder)
    assert path.stat().st_mtime_ns == before, "what is unchanged makes nothing anew"
    video = video_yaml.normalise(yaml12.load(path), "x")
    assert VideoConfig.from_dict(video).options == {"theme": "paper"}
    assert VideoConfig.from_dict(VIDEO.to_dict()) == VIDEO


def test_the_package_is_cheap_to_import():
    program = (
        "import sys, video_gen; assert not {'snakemake', 'asyncio', 'psutil', 'numpy'} & set(sys.modules); "
        "assert all(hasattr(video_gen, name) for name in video_gen.__all__)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("given", [{"source": 5}, {"source": ["a.md", 5]}, {"languages": 5}, {"formats": {"9:16"}}])
def test_what_is_no_configuration(given):
    with pytest.raises(ConfigError, match=next(iter(given))):
        InputConfig(**given)


def test_one_text_is_a_list_of_one():
    config = InputConfig("a.md", languages="en", formats="9:16", kinds="mp4", targets="x.txt")
    assert (config.languages, config.formats, config.kinds, config.targets) == (["en"], ["9:16"], ["mp4"], ["x.txt"])
