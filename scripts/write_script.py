from video_gen import files, job, script, stream
from video_gen.sources import yaml12
from video_gen.speech import choice

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    video = yaml12.load(snakemake.input.spec)
    language = video.get("language", snakemake.params.language)
    asked = {"requested": video["engine"], "engine": video["engine"]} if "engine" in video else None
    result, warnings = script.build(
        video,
        engine=choice.engine_for(
            asked or files.read_json(snakemake.input.engine), language, snakemake.params.models["models"]
        ),
        language=language,
        voice=snakemake.params.voice,
        accent_color=snakemake.params.accent_color,
        formats=snakemake.params.formats["formats"],
        style=snakemake.params.style,
        **snakemake.params.scene,
    )
    warnings += script.write(snakemake.output.script, snakemake.output.record, result, snakemake.input.spec)
    job.warn(snakemake.wildcards.video, warnings)
    stream.tell("script", scenes=len(result["scenes"]), shapes=1 + len(result["formats"]))
