from video_gen import files, job, script, translation
from video_gen.sources import yaml12

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    source = script.load(snakemake.input.script)
    if source["scenes"] and not snakemake.input.scenes:  # and the title had no words, which would have said so
        translation.engine("")
    title, *scenes = map(translation.read, [snakemake.input.title, *snakemake.input.scenes])
    translation.remember(snakemake.resources.known, [title, *scenes])
    video, warnings = translation.translated(
        source,
        title,
        scenes,
        snakemake.wildcards.video,
        snakemake.params.language,
        engine=yaml12.load(snakemake.input.spec).get("engine"),
        models=snakemake.params.models["models"],
    )
    files.write_text(snakemake.output.spec, yaml12.dump(video))
    job.warn(snakemake.wildcards.video, warnings)
