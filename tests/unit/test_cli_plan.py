"""The mirror in which a dry run lets the first stages work."""

import base64
import os
from pathlib import Path

from video_gen.cli.mirror import as_told, mirrored
from video_gen.pipeline import leftovers


def test_mirror_looks_alike_and_keeps_the_folder_as_it_is(tmp_path):
    folder = tmp_path / "one/two/project"
    for name in (
        "inputs/a.md",
        "output/scripts/a.json",
        "output/audio/a/s.mp3",
        "output/logs/a/x.log",
        ".snakemake/metadata/x",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (tmp_path / "one/guide.md").write_text("guide")
    (tmp_path / "one/two/near.md").write_text("near")

    mirror = mirrored(folder, tmp_path / "mirror")
    assert (mirror / "../../guide.md").read_text() == "guide" and (mirror / "../near.md").read_text() == "near"
    assert (mirror / "inputs/a.md").read_text() == "inputs/a.md"
    assert (mirror / "output/audio/a/s.mp3").stat().st_mtime_ns == (folder / "output/audio/a/s.mp3").stat().st_mtime_ns
    assert not (mirror / "output/logs").exists()
    for name in ("output/scripts/a.json", ".snakemake/metadata/x"):
        assert (mirror / name).stat().st_mtime_ns == (folder / name).stat().st_mtime_ns
        (mirror / name).write_text("changed")
        assert (folder / name).read_text() == name


def test_messages_name_the_users_folder(tmp_path):
    below = tmp_path / "mirror"
    for folder in (tmp_path / "one/two/three/project", tmp_path / "one", Path("/home/me"), Path("/srv")):
        mirror = below / folder.relative_to([folder, *folder.parents][:4][-1])
        assert as_told(f"{mirror}/a.md is not in {mirror}.", folder, below) == f"{folder}/a.md is not in {folder}."
        assert as_told(f"{mirror.parent}/b.md", folder, below) == str(folder.parent / "b.md")


def test_mirror_of_an_empty_folder_near_the_root(tmp_path):
    mirror = mirrored(tmp_path, tmp_path / "mirror")
    assert mirror.is_dir() and (mirror / "output").is_dir()


def test_marked_files_are_removed_from_the_mirror_alone(tmp_path):
    folder = tmp_path / "project"
    names = ("output/clips/a/one.mp4", "output/clips/a/two.mp4", "output/clips/b/one.mp4", "output/specs/a.yaml")
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
        os.utime(folder / name, (1, 1))
    for name in (names[0], names[2], names[3]):
        mark = folder / ".snakemake/incomplete" / base64.urlsafe_b64encode(name.encode()).decode()
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()

    mirror = mirrored(folder, tmp_path / "mirror")
    assert leftovers.remove_unrecorded(mirror, ["a"]) == [mirror / names[0]]
    assert [name for name in names if not (mirror / name).exists()] == [names[0]]
    assert all((folder / name).read_text() == name for name in names)
    assert (mirror / names[1]).lstat().st_mtime == 1, "a link is as old as its file"
    assert list((mirror / ".snakemake/incomplete").iterdir()), "Snakemake makes the marked spec again"
