from video_gen import files, job, speech

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    files.write_json(snakemake.output.engine, speech.decide(snakemake.params.engine))
