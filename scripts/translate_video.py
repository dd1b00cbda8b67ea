from video_gen import files, job, script, translation
from video_gen.sources import yaml12

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    video, warnings = translation.translated(
        script.load(snakemake.input.script),
        translation.read(snakemake.input.title),
        [translation.read(path) for path in snakemake.input.scenes],
        snakemake.wildcards.video,
        snakemake.params.language,
        engine=yaml12.load(snakemake.input.spec).get("engine"),
        models=snakemake.params.models["models"],
    )
    files.write_text(snakemake.output.spec, yaml12.dump(video))
    job.warn(snakemake.wildcards.video, warnings)
