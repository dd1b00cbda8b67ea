# A source in any form → the video YAML in its one normalised spelling.


rule adapt_source:
    input:
        source_files,
    output:
        spec="output/specs/{video}.yaml",
    params:
        kind=source_kind,
        digest=source_digest,
        target_duration=lookup(dpath="document/target_duration", within=config),
        max_scenes=lookup(dpath="document/max_scenes", within=config),
        version=sources.VERSION,
    log:
        "output/logs/{video}/adapt_source.log",
    message:
        "{wildcards.video}: reading {input}"
    script:
        "../scripts/adapt_source.py"
