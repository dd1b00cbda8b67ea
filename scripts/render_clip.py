from video_gen import files, job
from video_gen.render import clip, timing
from video_gen.render.overlay_captions import reserved
from video_gen.render.overlay_layers import layers
from video_gen.scenes.styling import style
from video_gen.speech import scene

with job.logged(snakemake.log[0], f"{snakemake.wildcards.video}, scene {snakemake.wildcards.scene}"):
    look, settings, overlay = snakemake.params.look, snakemake.params.style, snakemake.params.overlay
    fps = snakemake.params.motion["fps"]
    spoken = scene.read(snakemake.input.sound, snakemake.input.words)
    frames = timing.scene_frames(spoken["duration"], look["min_duration"], fps=fps, **snakemake.params.timing)
    drawn = style(settings, reserved(overlay.get("captions", "none"), settings["width"], settings["height"]))
    transition = snakemake.params.motion["transition"] / drawn.theme.speed if drawn.theme.speed else 0
    encoder = snakemake.params.encoder
    if snakemake.input.engine:
        encoder = {**encoder, "engine": files.read_json(snakemake.input.engine)["engine"]}
    notes = clip.render(
        snakemake.output.clip,
        look["scene"],
        look["before"],
        spoken["words"],
        frames,
        style=drawn,
        fps=fps,
        transition=transition,
        motion=snakemake.params.motion["motion"],
        **encoder,
        layers=layers(spoken["words"], frames, style=drawn, fps=fps, **overlay),
        counted=lambda pictures: job.counted(pictures, frames, "frames rendered"),
    )
    job.warn(f"{snakemake.wildcards.video}, scene {snakemake.wildcards.scene}", notes)
