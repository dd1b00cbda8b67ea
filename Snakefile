# Documents to narrated videos. This file is the table of contents: the rules are in rules/, one file a stage.
from snakemake.utils import min_version

min_version("9.11")


include: "rules/common.smk"
include: "rules/params.smk"
include: "rules/translate_common.smk"
include: "rules/sources.smk"
include: "rules/translate.smk"
include: "rules/script.smk"
include: "rules/speech.smk"
include: "rules/render.smk"
include: "rules/beside.smk"
include: "rules/preview.smk"
include: "rules/own_common.smk"


rule all:
    default_target: True
    input:
        every_video,
        *every_own_file(),
        also,


# After all of ours, so that a user's own rules can build on them.
include: "rules/own.smk"


onstart:
    IS_RUNNING.append(True)
    refuse_doubles()
    lift_rate_limit()


onerror:
    tell_failures(log)
