from pathlib import Path

from video_gen import job
from video_gen.speech import scene

with job.logged(snakemake.log[0], f"{snakemake.wildcards.video}, scene {snakemake.wildcards.scene}"):
    folder = snakemake.resources.cache
    scene.write(
        snakemake.output.sound,
        snakemake.output.words,
        cache=Path(folder).expanduser() if folder else None,
        cache_bytes=snakemake.resources.cache_mb * 1_000_000,
        **snakemake.params.words,
    )
