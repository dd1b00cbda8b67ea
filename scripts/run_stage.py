from video_gen import job
from video_gen.stages.run import run

scene = snakemake.wildcards.get("scene")
place = f"{snakemake.wildcards.video}, scene {scene}" if scene else snakemake.wildcards.video
with job.logged(snakemake.log[0], place):
    run(
        snakemake.params.own["use"],
        video=snakemake.wildcards.video,
        scene=scene,
        input={name: given for name, given in snakemake.input.items() if name != "video_gen_script"},
        output=dict(snakemake.output.items()),
        params=snakemake.params.own["params"],
        threads=snakemake.threads,
        log=snakemake.log[0],
    )
