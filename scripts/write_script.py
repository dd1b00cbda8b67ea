from video_gen import files, job, script, speech
from video_gen.sources import yaml12

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    video = yaml12.load(snakemake.input.spec)
    language = video.get("language", snakemake.params.language)
    result, warnings = script.build(
        video,
        engine=speech.engine_for(files.read_json(snakemake.input.engine), language),
        language=language,
        voice=snakemake.params.voice,
        accent_color=snakemake.params.accent_color,
        min_duration=snakemake.params.min_duration,
        max_duration=snakemake.params.max_duration,
    )
    files.write_json(snakemake.output.script, result)
    job.warn(snakemake.wildcards.video, warnings)
