from video_gen import files, job
from video_gen.render import join

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    join.join(
        snakemake.output.video,
        snakemake.input.clips,
        snakemake.input.soundtrack,
        files.read_json(snakemake.input.report),
        snakemake.params.chapters["titles"],
    )
