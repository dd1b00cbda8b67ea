from video_gen import files, job
from video_gen.render import soundtrack

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    report = files.read_json(snakemake.input.report)
    measured = soundtrack.write(
        snakemake.output.soundtrack,
        snakemake.input.sounds,
        report,
        inserts=snakemake.params.clips["inserts"],
        **snakemake.params.audio,
    )
    print(f"{measured.integrated:.1f} LUFS, true peak {measured.peak:.1f} dBTP")
    job.warn(
        snakemake.wildcards.video, soundtrack.warnings(measured, snakemake.params.audio["loudness"], report["engine"])
    )
