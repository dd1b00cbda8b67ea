from video_gen import files, job, script
from video_gen.render import timing
from video_gen.speech import scene

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    report = timing.report(
        script.load(snakemake.input.script),
        [scene.read(sound, words) for sound, words in zip(snakemake.input.sounds, snakemake.input.words, strict=True)],
        fps=snakemake.params.fps,
        **snakemake.params.timing,
    )
    files.write_json(snakemake.output.report, report)
