"""The stages of a task, and which of Snakemake's rules belong to which."""

INPUT, PARSING, SCRIPT = "input_adaptation", "content_parsing", "script_generation"
AUDIO, VIDEO, OUTPUT = "audio_generation", "video_generation", "output_handling"

# What share of a build each stage takes, roughly; a stage that a user added takes OWN_WEIGHT.
WEIGHTS = {INPUT: 0.02, PARSING: 0.02, SCRIPT: 0.04, AUDIO: 0.36, VIDEO: 0.46, OUTPUT: 0.10}
OWN_WEIGHT = 0.05
STAGES = tuple(WEIGHTS)

# Reading a source and understanding it are one job.
_STAGES_OF = {
    "fetch_transcript": (INPUT,),
    "adapt_source": (INPUT, PARSING),
    "translate_title": (SCRIPT,),
    "translate_scene": (SCRIPT,),
    "translate_video": (SCRIPT,),
    "choose_engine": (SCRIPT,),
    "write_script": (SCRIPT,),
    "speak_scene": (AUDIO,),
    "time_scenes": (AUDIO,),
    "choose_encoder": (VIDEO,),
    "render_clip": (VIDEO,),
    "mix_soundtrack": (VIDEO,),
    "join_video": (VIDEO,),
    "write_captions": (OUTPUT,),
    "draw_poster": (OUTPUT,),
    "draw_preview": (OUTPUT,),
    "describe_video": (OUTPUT,),
}
# A stage has done its work when this rule has run for every video.
CLOSING = {
    INPUT: "adapt_source",
    PARSING: "adapt_source",
    SCRIPT: "write_script",
    AUDIO: "time_scenes",
    VIDEO: "join_video",
    OUTPUT: "describe_video",
}
# They make nothing: they stand for what is to be made.
_NO_STAGE = {"all", "own_stages", ""}


def stages_of(rule: str) -> tuple[str, ...]:
    """Return the stages that a rule's jobs belong to; a rule that a user added is a stage of its own."""
    return _STAGES_OF.get(rule, () if rule in _NO_STAGE else (rule,))


def is_user_stage(rule: str) -> bool:
    """Return whether a rule is a stage that a user added."""
    return rule not in _STAGES_OF and rule not in _NO_STAGE


def rules_of(stage: str) -> tuple[str, ...]:
    """Return the rules whose jobs belong to a stage."""
    return tuple(rule for rule, stages in _STAGES_OF.items() if stage in stages) or (stage,)
