# A source in any form → the video YAML in its one normalised spelling.


rule fetch_transcript:
    input:
        link_files,
    output:
        transcript="output/transcripts/{video}.json",
    log:
        "output/logs/{video}/fetch_transcript.log",
    resources:
        only=language_only,
    params:
        link=link,
        language=language_asked,
        version=versions.FETCH_TRANSCRIPT,
    message:
        "{wildcards.video}: fetching the transcript"
    script:
        "../scripts/fetch_transcript.py"


rule adapt_source:
    input:
        source_files,
    output:
        spec="output/specs/{video}.yaml",
    log:
        "output/logs/{video}/adapt_source.log",
    wildcard_constraints:
        video=no_translation(),
    params:
        source=source,
        language=language_of,
        limits=lookup(dpath="document", within=config),
        style=lookup(dpath="narration/style", within=config),
        version=versions.ADAPT_SOURCE,
    message:
        "{wildcards.video}: reading {input}"
    script:
        "../scripts/adapt_source.py"
