from video_gen import job, speech

with job.logged(snakemake.log[0], f"{snakemake.wildcards.video}, scene {snakemake.wildcards.scene}"):
    speech.write_scene(
        snakemake.output.sound,
        snakemake.output.words,
        text=snakemake.params.narration,
        engine=snakemake.params.engine,
        voice=snakemake.params.voice,
        language=snakemake.params.language,
        pronunciations=snakemake.params.pronunciations,
    )
