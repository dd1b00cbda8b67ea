from video_gen import files, job, translation

with job.logged(snakemake.log[0], f"{snakemake.wildcards.video}, scene {snakemake.wildcards.scene}"):
    found, warnings = translation.translate(
        **snakemake.params.texts, **translation.settings(snakemake.resources), known=snakemake.resources.known
    )
    files.write_json(snakemake.output.texts, found)
    job.warn(f"{snakemake.wildcards.video}, scene {snakemake.wildcards.scene}", warnings)
