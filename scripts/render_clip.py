from video_gen import job, speech
from video_gen.render import clip, timing
from video_gen.scenes import colours
from video_gen.scenes.model import Style

with job.logged(snakemake.log[0], f"{snakemake.wildcards.video}, scene {snakemake.wildcards.scene}"):
    params = snakemake.params
    spoken = speech.read_scene(snakemake.input.sound, snakemake.input.words)
    clip.render(
        snakemake.output.clip,
        params.scene,
        params.before,
        spoken["words"],
        timing.scene_frames(spoken["duration"], params.min_duration, params.padding, params.picture["fps"]),
        style=Style(params.picture["width"], params.picture["height"], colours.parse(params.accent_color)),
        fps=params.picture["fps"],
        transition=params.picture["transition"],
        preset=params.preset,
        crf=params.crf,
    )
