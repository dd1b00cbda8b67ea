# Documents to narrated videos. This file is the table of contents: the rules are in rules/, one file a stage.
from snakemake.utils import min_version

min_version("9.11")


include: "rules/common.smk"
include: "rules/sources.smk"
include: "rules/script.smk"
include: "rules/speech.smk"
include: "rules/render.smk"
include: "rules/beside.smk"
include: "rules/preview.smk"


rule all:
    default_target: True
    input:
        every_video,


onerror:
    tell_failures(log)
