from video_gen import files, job
from video_gen.sources import youtube

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    asked = snakemake.params.link
    link = youtube.link_of(asked["files"][0]) if asked["files"] else asked["link"]
    transcript = youtube.fetch(link, snakemake.params.language, only=bool(snakemake.resources.only))
    files.write_json(snakemake.output.transcript, transcript)
    job.warn(snakemake.wildcards.video, youtube.warnings(transcript, snakemake.params.language))
