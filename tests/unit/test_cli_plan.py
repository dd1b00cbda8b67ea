"""The mirror in which a dry run lets the first stages work."""

from video_gen.cli import plan


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

    mirror = plan._mirrored(folder, tmp_path / "mirror")
    assert (mirror / "../../guide.md").read_text() == "guide" and (mirror / "../near.md").read_text() == "near"
    assert (mirror / "inputs/a.md").read_text() == "inputs/a.md"
    assert (mirror / "output/audio/a/s.mp3").stat().st_mtime_ns == (folder / "output/audio/a/s.mp3").stat().st_mtime_ns
    assert not (mirror / "output/logs").exists()
    for name in ("output/scripts/a.json", ".snakemake/metadata/x"):
        assert (mirror / name).stat().st_mtime_ns == (folder / name).stat().st_mtime_ns
        (mirror / name).write_text("changed")
        assert (folder / name).read_text() == name


def test_mirror_of_an_empty_folder_near_the_root(tmp_path):
    mirror = plan._mirrored(tmp_path, tmp_path / "mirror")
    assert mirror.is_dir() and (mirror / "output").is_dir()
