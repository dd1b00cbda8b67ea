from video_gen import files, job
from video_gen.render import encoders

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    decision = encoders.decide(snakemake.params.engine)
    files.write_json(snakemake.output.engine, decision)
    job.warn(snakemake.wildcards.video, [decision["note"]] if decision["note"] else [])
