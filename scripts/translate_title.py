from video_gen import files, job, translation

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    found, warnings = translation.translate(
        **snakemake.params.texts, **translation.settings(snakemake.resources), known=snakemake.resources.known
    )
    files.write_json(snakemake.output.title, found)
    job.warn(snakemake.wildcards.video, warnings)
