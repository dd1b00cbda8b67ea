from video_gen import files, job, script, speech
from video_gen.render import timing

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    report = timing.report(
        script.load(snakemake.input.script),
        [speech.read_scene(sound, words) for sound, words in zip(snakemake.input.sounds, snakemake.input.words, strict=True)],
        fps=snakemake.params.fps,
        padding=snakemake.params.padding,
    )
    files.write_json(snakemake.output.report, report)
