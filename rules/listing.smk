# A Snakefile for video_gen/stages/catalog.py alone: it reads ours and writes down what rules there are.
import re
from os import environ

from video_gen.files import write_json


include: "../Snakefile"


def shown(item):
    """A pattern, or what an input function stands for."""
    if not callable(item):
        return re.sub(
            r"\{(\w+),(?:[^{}]|\{[^{}]*\})*\}", r"{\1}", str(item)
        )  # without what a wildcard may be
    pattern = getattr(item, "pattern", None) or (item.__doc__ or "a function").strip().splitlines()[0]
    return pattern if isinstance(pattern, str) else ", ".join(pattern)


def files(given):
    """The named files as name → pattern, those without a name under their number."""
    named = {name: given[name] for name in given.keys()}
    loose = [item for item in given if not any(item is of for of in named.values())]
    all_of_them = [*named.items(), *((str(i), x) for i, x in enumerate(loose))]
    return {name: shown(item) for name, item in all_of_them if name != SCRIPT_ALONE}


def about(rule):
    text = rule.message or rule.docstring or rule.name
    return re.sub(r"\{wildcards\.(\w+)\}", r"{\1}", re.sub(r"^\{wildcards\.video\}.*?: ", "", text)).strip()


def listed(rule):
    ours = Path(workflow.current_basedir).parent
    is_stage = rule.name in {stage.name for stage in OWN_STAGES.values()}
    return {
        "rule": rule.name,
        "does": about(rule).replace("{input}", "its input").replace("{{", "{").replace("}}", "}"),
        "input": files(rule.input),
        "output": files(rule.output),
        "own": is_stage or not Path(str(rule.snakefile)).is_relative_to(ours),
    }


write_json(environ["VIDEO_GEN_LISTING"], [listed(rule) for rule in workflow.rules if rule.output])
