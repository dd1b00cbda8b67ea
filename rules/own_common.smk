# Helpers of the user's own stages (setting `stages`) and rules (setting `rules`).
from types import SimpleNamespace

from video_gen.errors import ConfigError
from video_gen.stages import load as load_stages, patterns, rule_files


def own_stages():
    """The stages of the setting by `module:Class`; the run ends where one cannot be used or lacks something."""
    try:
        found = load_stages.load_all(config["stages"])
    except ConfigError as error:
        stop(error)
    if lacks := load_stages.lacking(found):
        stop(ConfigError("\n".join(lacks)))
    return found


OWN_STAGES = own_stages()


def own_rule_files():
    """The user's .smk files, as paths that do not depend on the place of our own."""
    for path in map(Path, config["rules"]):
        if not path.is_file():
            stop(ConfigError(f"rules: there is no file {path} in {Path.cwd()}. Check its name."))
    return [str(Path(path).absolute()) for path in config["rules"]]


def include_own(path):
    """Include a rule file of the user's; what is wrong in it is told with its place there."""
    try:
        workflow.include(path)
    except Exception as error:
        stop(rule_files.fault(error, path, workflow.linemaps))


def no_clash(use, stage):
    """End the run if a rule that is there already has the stage's name or makes a file of its."""
    known = [rule.name for rule in workflow.rules]
    if stage.name in known:
        stop(ConfigError(f"stages: {use}: there is a rule called {stage.name!r} already. Change its `name`."))
    for pattern in stage.output.values():
        path = patterns.sample(pattern)
        maker = next((rule.name for rule in workflow.rules if rule.is_producer(path)), None)
        if maker:
            stop(
                ConfigError(
                    f"stages: {use}: output {pattern!r} is made by {maker} already. Name another file."
                )
            )


SCRIPT_ALONE = "video_gen_script"


def own_input(stage):
    """Plain patterns, the user's own files, and for a stage that runs once a video the files of all scenes."""
    found = dict(stage.input)
    for name, pattern in stage.input.items():
        if not patterns.wildcards(pattern):
            found[name] = users_file(pattern)
        elif "scene" in patterns.wildcards(pattern) and not stage.is_per_scene():
            found[name] = of_all_scenes(pattern)
    if any(callable(given) for given in found.values()):
        # Not the stage's: a job that asks for all scenes is told of a new script only through it.
        found[SCRIPT_ALONE] = ancient("output/scripts/{video}.json")
    return found


def own_params(use, stage):
    """All that a stage depends on beside the dates of its inputs; the order of scenes too, as one text."""
    fixed = {
        "use": use,
        "params": dict(stage.params),
        "version": stage.version,
        "source": load_stages.source_digest(stage),
        "files": digest(pattern for pattern in stage.input.values() if not patterns.wildcards(pattern)),
    }
    if any(callable(given) for given in own_input(stage).values()):
        return lambda wildcards: {**fixed, "order": scene_order(wildcards)}
    return fixed


def own_log(stage):
    folder = f"output/logs/{{video}}/{stage.name}"
    return f"{folder}/{{scene}}.log" if stage.is_per_scene() else f"{folder}.log"


def own_message(stage):
    text = (stage.message or stage.name.replace("_", " ")).replace("{", "{{").replace("}", "}}")
    return f"{{wildcards.video}}{', scene {wildcards.scene}' if stage.is_per_scene() else ''}: {text}"


def own_patterns(per_scene):
    stages = [stage for stage in OWN_STAGES.values() if stage.is_per_scene() == per_scene]
    return [pattern for stage in stages for pattern in stage.output.values()]


def own_files_of(video):
    """What the stages make of a video, for `all`: a function a video, so that none waits for the script of another one."""
    whole = expand(own_patterns(per_scene=False), video=video)
    if not own_patterns(per_scene=True):
        return whole
    ids = lambda: scene_ids(SimpleNamespace(video=video))
    return [*whole, lambda wildcards: expand(own_patterns(per_scene=True), video=video, scene=ids())]


def every_own_file():
    return [file for video in SOURCES for file in own_files_of(video)]


ALSO = []  # A user's rule file adds what else is made when no file is named.


def also(wildcards):
    return ALSO
