from video_gen import files, job, sources
from video_gen.sources import yaml12

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    video, warnings = sources.adapt(
        snakemake.params.source["files"],
        snakemake.params.source["kind"],
        snakemake.wildcards.video,
        language=snakemake.params.language,
        style=snakemake.params.style,
        **snakemake.params.limits,
    )
    files.write_text(snakemake.output.spec, yaml12.dump(video))
    job.warn(snakemake.wildcards.video, warnings)
