# One job a scene: its words spoken, with the time of each word; then the report that is the clock of the video.


rule speak_scene:
    input:
        script=ancient("output/scripts/{video}.json"),
    output:
        sound=ensure("output/audio/{video}/{scene}.mp3", non_empty=True),
        words=ensure("output/audio/{video}/{scene}.json", non_empty=True),
    params:
        narration=scene_value("narration"),
        voice=scene_value("voice"),
        engine=video_value("engine"),
        language=video_value("language"),
        pronunciations=lookup(dpath="narration/pronunciations", within=config),
        version=speech.VERSION,
    log:
        "output/logs/{video}/speak_scene/{scene}.log",
    resources:
        tts_slots=1,
    message:
        "{wildcards.video}: speaking scene {wildcards.scene}"
    script:
        "../scripts/speak_scene.py"


rule time_scenes:
    input:
        script="output/scripts/{video}.json",
        sounds=of_all_scenes("output/audio/{video}/{scene}.mp3"),
        words=of_all_scenes("output/audio/{video}/{scene}.json"),
    output:
        report="output/timing/{video}.json",
    params:
        scenes=scene_ids,
        fps=lookup(dpath="picture/fps", within=config),
        padding=lookup(dpath="timing/padding", within=config),
        version=render.timing.VERSION,
    log:
        "output/logs/{video}/time_scenes.log",
    message:
        "{wildcards.video}: timing the scenes"
    script:
        "../scripts/time_scenes.py"
