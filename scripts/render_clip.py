from video_gen import job
from video_gen.render import clip, timing
from video_gen.render.overlay_captions import reserved
from video_gen.render.overlay_layers import layers
from video_gen.scenes import colours
from video_gen.scenes.model import Style
from video_gen.speech import scene

with job.logged(snakemake.log[0], f"{snakemake.wildcards.video}, scene {snakemake.wildcards.scene}"):
    look, picture, overlay = snakemake.params.look, snakemake.params.picture, snakemake.params.overlay
    spoken = scene.read(snakemake.input.sound, snakemake.input.words)
    width, height, fps = picture["width"], picture["height"], picture["fps"]
    frames = timing.scene_frames(spoken["duration"], look["min_duration"], fps=fps, **snakemake.params.timing)
    bottom = reserved(overlay.get("captions", "none"), width, height)
    style = Style(width, height, colours.parse(look["accent_color"]), bottom)
    clip.render(
        snakemake.output.clip,
        look["scene"],
        look["before"],
        spoken["words"],
        frames,
        style=style,
        fps=fps,
        transition=picture["transition"],
        **snakemake.params.encoder,
        layers=layers(spoken["words"], frames, style=style, fps=fps, **overlay),
    )
