from video_gen import files, job
from video_gen.speech import choice

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    files.write_json(snakemake.output.engine, choice.decide(snakemake.params.engine))
