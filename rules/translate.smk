# The script of a video → the same video in another language, one job a scene; from its video YAML on it is one like any other.


rule translate_title:
    input:
        script=script_translated,
        settled=settled_script_translated,  # the same file: what waits must not come last, see `settled`
    output:
        title="output/translations/{video}.json",
    log:
        "output/logs/{video}/translate_title.log",
    wildcard_constraints:
        video=translation(),
    resources:
        **translator(),
    params:
        texts=title_texts,
        version=versions.TRANSLATE,
    message:
        "{wildcards.video}: translating the title"
    script:
        "../scripts/translate_title.py"


rule translate_scene:
    input:
        script=settled_script_translated,
    output:
        texts="output/translations/{video}/{scene}.json",
    log:
        "output/logs/{video}/translate_scene/{scene}.log",
    wildcard_constraints:
        video=translation(),
    resources:
        **translator(),
    params:
        texts=scene_texts,
        version=versions.TRANSLATE,
    message:
        "{wildcards.video}: translating scene {wildcards.scene}"
    script:
        "../scripts/translate_scene.py"


rule translate_video:
    input:
        scenes=translated_scenes,
        title="output/translations/{video}.json",
        spec=spec_translated,
        script=script_to_read,
    output:
        spec="output/specs/{video}.yaml",
    log:
        "output/logs/{video}/translate_video.log",
    wildcard_constraints:
        video=translation(),
    resources:
        known=known_translations,
    params:
        order=order_translated,
        language=language_of,
        models={"models": config["narration"]["models"]},
        version=versions.TRANSLATE,
    message:
        "{wildcards.video}: putting the translation together"
    script:
        "../scripts/translate_video.py"
