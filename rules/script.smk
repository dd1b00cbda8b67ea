# The voice engine, decided once a video, and the script JSON, after which the scenes are known.


rule choose_engine:
    output:
        engine="output/engines/{video}.json",
    log:
        "output/logs/{video}/choose_engine.log",
    params:
        engine=lookup(dpath="narration/engine", within=config),
    message:
        "{wildcards.video}: choosing the voice engine"
    script:
        "../scripts/choose_engine.py"


checkpoint write_script:
    input:
        spec="output/specs/{video}.yaml",
        engine="output/engines/{video}.json",
        tables=tables_of,
    output:
        # Updated, not made anew: an edit by hand must still be there when the job looks.
        script=update("output/scripts/{video}.json"),
        record=update("output/specs/{video}.script.json"),
    log:
        "output/logs/{video}/write_script.log",
    params:
        language=language_of,
        voice=lookup(dpath="voice", within=config),
        accent_color=lookup(dpath="accent_color", within=config),
        scene=lookup(dpath="scene", within=config),
        style=lookup(dpath="narration/style", within=config),
        formats={"formats": config["picture"]["formats"]},
        models={"models": config["narration"]["models"]},
        tables=content_of(tables_of),
        version=versions.WRITE_SCRIPT,
    message:
        "{wildcards.video}: writing the script"
    script:
        "../scripts/write_script.py"
