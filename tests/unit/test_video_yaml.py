"""Video YAML: every spelling loads, every mistake is told with file, place and remedy."""

import pytest
import yaml

from video_gen import sources
from video_gen.errors import InputError

GOOD = {"type": "title", "title": "T"}


def video(*scenes, **head):
    return {"video": {"id": "bad", "title": "Bad", **head}, "scenes": list(scenes)}


CASES = {
    "broken yaml": ("video: [1\nscenes: x", "bad.yaml, line 2"),
    "tabs": ("video:\n\tid: x\n", "Indent with blanks"),
    "duplicate key": ("title: a\ntitle: b\n", "given twice"),
    "empty": ("", "holds no video"),
    "binary": ("a\0b", "is not text"),
    "a list": ([1, 2], "holds no video"),
    "no scenes": ({"id": "bad", "title": "Bad"}, "'scenes' is missing"),
    "scenes of a wrong type": ({"id": "bad", "title": "Bad", "scenes": "many"}, "list (- item)"),
    "unknown key": (video(GOOD, titel="x"), "Did you mean 'title'"),
    "misspelt field": (video({"type": "title", "title": "T", "subtile": "x"}), "Did you mean 'subtitle'"),
    "misspelt scene key": (video({**GOOD, "narations": "x"}), "Did you mean 'narration'"),
    "unknown type": (video({"type": "tilte", "title": "T"}), "Did you mean 'title'"),
    "number for text": (video({"type": "title", "title": 5}), "Put quotes around it"),
    "path as id": (video({**GOOD, "id": "../x"}), "can be a file name"),
    "blank in id": (video({**GOOD, "id": "a b"}), "can be a file name"),
    "long id": (video({**GOOD, "id": "a" * 300}), "at most 200"),
    "video id": ({"id": "../up", "title": "Bad", "scenes": [GOOD]}, "can be a file name"),
    "same id": (video({**GOOD, "id": "a"}, {**GOOD, "id": "a"}), "needs its own id"),
    "101 scenes": (video(*[GOOD] * 101), "at most 100"),
    "colour": (video(GOOD, accent_color="bleu"), "blue"),
    "voice": (video(GOOD, voice="mail"), "male"),
    "durations": (video({**GOOD, "min_duration": 9, "max_duration": 5}), "above max_duration"),
    "quiz": (
        video({"type": "quiz", "question": "Q", "options": ["a", "b"], "correct_answer": "c"}),
        "none of the options",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_mistake(tmp_path, case):
    content, expected = CASES[case]
    path = tmp_path / "bad.yaml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False))
    with pytest.raises(InputError) as caught:
        sources.adapt([str(path)], "yaml", "bad")
    assert expected in str(caught.value)
    assert "bad.yaml" in str(caught.value)


def adapt(path, content):
    path.write_text(content)
    return sources.adapt([str(path)], "yaml", "x")[0]


FLAT = """
video: {id: my_video, title: My Video, accent_color: blue, version: v2.0, target_duration: 60}
scenes:
  - type: title
    id: one
    title: Hello
    narration: Spoken.
    voice: female
  - type: list
    items: [no, on, {title: a, description: b}]
"""
NESTED = """
video_id: my_video
title: My Video
accent_color: blue
version: v2.0
target_duration: 60
scenes:
  - scene_id: one
    scene_type: title
    visual_content:
      title: Hello
    narration: Spoken.
    voice: female
  - scene_type: list
    visual_content: {items: [no, on, {title: a, description: b}]}
"""
UNDER_VIDEO = "video:" + NESTED.replace("\n", "\n  ")


@pytest.mark.parametrize("text", [FLAT, NESTED, UNDER_VIDEO])
def test_spellings_are_one(tmp_path, text):
    video = adapt(tmp_path / "v.yaml", text)
    lines = [scene.pop("source") for scene in video["scenes"]]
    assert all(line["file"].endswith("v.yaml") and line["line_start"] <= line["line_end"] for line in lines)
    assert video == {
        "video_id": "my_video",
        "title": "My Video",
        "accent_color": "blue",
        "version": "v2.0",
        "target_duration": 60,
        "scenes": [
            {
                "scene_id": "one",
                "scene_type": "title",
                "narration": "Spoken.",
                "voice": "female",
                "visual_content": {"title": "Hello"},
            },
            {
                "scene_id": "scene_02",
                "scene_type": "list",
                "visual_content": {"items": ["no", "on", {"title": "a", "description": "b"}]},
            },
        ],
    }


def test_lines_of_scenes(tmp_path):
    scenes = adapt(tmp_path / "v.yaml", FLAT)["scenes"]
    assert [(s["source"]["line_start"], s["source"]["line_end"]) for s in scenes] == [(4, 8), (9, 10)]


SET = """
set_id: pair
name: A pair
defaults: {accent_color: pink, min_scene_duration: 5}
videos:
  - {id: one, title: One, scenes: [{type: title, title: A, min_duration: 4}]}
  - video: {id: two, title: Two, accent_color: green}
    scenes: [{type: title, title: B}]
"""


def test_set_in_one_file(tmp_path):
    (tmp_path / "pair.yaml").write_text(SET)
    found, _ = sources.discover(tmp_path, {})
    assert list(found) == ["one", "two"]
    one, two = (sources.adapt(source.files, source.kind, name)[0] for name, source in found.items())
    assert one["accent_color"] == "pink" and two["accent_color"] == "green"
    assert one["scenes"][0]["min_duration"] == 4 and two["scenes"][0]["min_duration"] == 5


def test_set_in_a_folder(tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "b.yaml").write_text(FLAT)
    (folder / "a.yaml").write_text(NESTED)
    (folder / "set_config.yaml").write_text("""
set:
  id: course
  naming: {prefix: py, use_numbers: true, separator: "-"}
  videos:
    - {file: a.yaml, priority: 2, overrides: {scenes: [{scene_type: outro, scene_id: z, visual_content: {main_text: Bye}}]}}
    - {file: b.yaml, priority: 1}
""")
    found, _ = sources.discover(tmp_path, {})
    assert list(found) == ["py-01-b", "py-02-a"]
    video = sources.adapt(found["py-02-a"].files, "set", "py-02-a")[0]
    assert video["title"] == "My Video" and [scene["scene_id"] for scene in video["scenes"]] == ["one", "scene_02", "z"]


def test_set_may_not_leave_its_folder(tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    (tmp_path / "out.yaml").write_text(FLAT)
    (folder / "set_config.yaml").write_text("set: {id: c, videos: [{file: ../out.yaml}]}")
    with pytest.raises(InputError, match="outside"):
        sources.adapt([str(folder / "set_config.yaml")], "set", "course")


def test_broken_set_is_told_when_it_is_made(tmp_path):
    (tmp_path / "pair.yaml").write_text(SET.replace("id: two", "id: one"))
    (tmp_path / "good.yaml").write_text(FLAT)
    assert sorted(sources.discover(tmp_path, {})[0]) == ["good", "pair"]
    with pytest.raises(InputError, match="two videos of the set are called 'one'"):
        sources.adapt([str(tmp_path / "pair.yaml")], "set", "pair")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("My Video (1).yaml", "My_Video_1"),
        ("日本語.md", "日本語"),
        ("cafe\u0301.md", "caf\u00e9"),
        ("$(touch x).yaml", "touch_x"),
    ],
)
def test_file_names_are_made_safe(tmp_path, file, name):
    (tmp_path / file).write_text(FLAT)
    assert list(sources.discover(tmp_path, {})[0]) == [name]
