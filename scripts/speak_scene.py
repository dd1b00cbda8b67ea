from video_gen import job
from video_gen.speech import scene

with job.logged(snakemake.log[0], f"{snakemake.wildcards.video}, scene {snakemake.wildcards.scene}"):
    scene.write(snakemake.output.sound, snakemake.output.words, **snakemake.params.words)
