from video_gen import files, job
from video_gen.render import soundtrack

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    report = files.read_json(snakemake.input.report)
    starts = [scene["start_frame"] for scene in report["scenes"]]
    track = soundtrack.place(snakemake.input.sounds, starts, report["total_frames"], report["fps"])
    soundtrack.write_aac(snakemake.output.soundtrack, track, snakemake.params.audio["bitrate"])
