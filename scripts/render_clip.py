from video_gen import job
from video_gen.render import clip, timing
from video_gen.scenes import colours
from video_gen.scenes.model import Style
from video_gen.speech import scene

with job.logged(snakemake.log[0], f"{snakemake.wildcards.video}, scene {snakemake.wildcards.scene}"):
    look, picture = snakemake.params.look, snakemake.params.picture
    spoken = scene.read(snakemake.input.sound, snakemake.input.words)
    clip.render(
        snakemake.output.clip,
        look["scene"],
        look["before"],
        spoken["words"],
        timing.scene_frames(spoken["duration"], look["min_duration"], fps=picture["fps"], **snakemake.params.timing),
        style=Style(picture["width"], picture["height"], colours.parse(look["accent_color"])),
        fps=picture["fps"],
        transition=picture["transition"],
        **snakemake.params.encoder,
    )
