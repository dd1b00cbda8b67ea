from video_gen import files, job
from video_gen.render import metadata

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    described = metadata.describe(
        list(snakemake.input.videos),
        files.read_json(snakemake.input.report),
        list(snakemake.input.sources),
        snakemake.params.chapters["titles"],
        [files.read_json(words)["engine"] for words in snakemake.input.words],
        snakemake.params.description,
    )
    files.write_json(snakemake.output.metadata, described)
