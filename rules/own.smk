# Stages of the user's own, each a class named in the setting `stages`: a rule is made of each, see docs/stages.md.


if OWN_STAGES:

    # For a run that asks for one video by its files.
    rule own_stages:
        input:
            expand(own_patterns(per_scene=False), video="{video}"),
            scenes=of_all_scenes(own_patterns(per_scene=True)),
            script=ancient("output/scripts/{video}.json"),
        output:
            touch("output/stages/{video}.done"),
        log:
            "output/logs/{video}/own_stages.log",
        message:
            "{wildcards.video}: all that your own stages make"


for use, stage in OWN_STAGES.items():
    no_clash(use, stage)

    rule:
        name:
            stage.name
        input:
            **own_input(stage),
        output:
            **stage.output,
        log:
            own_log(stage),
        retries: stage.retries
        threads: stage.threads
        resources:
            **stage.resources,
        params:
            own=own_params(use, stage),
        message:
            own_message(stage)
        script:
            "../scripts/run_stage.py"


for path in own_rule_files():
    include_own(path)
