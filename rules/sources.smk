# A source in any form → the video YAML in its one normalised spelling.


rule adapt_source:
    input:
        source_files,
    output:
        spec="output/specs/{video}.yaml",
    log:
        "output/logs/{video}/adapt_source.log",
    params:
        source=source,
        language=lookup(dpath="language", within=config),
        limits=lookup(dpath="document", within=config),
        version=versions.ADAPT_SOURCE,
    message:
        "{wildcards.video}: reading {input}"
    script:
        "../scripts/adapt_source.py"
