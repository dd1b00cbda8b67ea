# One job a scene: its words spoken, with the time of each word; then the report that is the clock of the video.


rule speak_scene:
    input:
        script=ancient("output/scripts/{video}.json"),
        recording=recording_of,
    output:
        sound=ensure("output/audio/{video}/{scene}.mp3", non_empty=True),
        words=ensure("output/audio/{video}/{scene}.json", non_empty=True),
    log:
        "output/logs/{video}/speak_scene/{scene}.log",
    resources:
        tts_slots=1,
        # Not params: where the cache lies changes nothing of what is spoken.
        cache=config["narration"]["cache"] or "",
        cache_mb=int(config["narration"]["cache_megabytes"]),
    params:
        words=words_of,
        recording=content_of(recording_of),
        version=versions.SPEAK_SCENE,
    message:
        "{wildcards.video}: speaking scene {wildcards.scene}"
    script:
        "../scripts/speak_scene.py"


rule time_scenes:
    input:
        sounds=of_all_scenes("output/audio/{video}/{scene}.mp3"),
        words=of_all_scenes("output/audio/{video}/{scene}.json"),
        script=settled("output/scripts/{video}.json"),
    output:
        report="output/timing/{video}.json",
    log:
        "output/logs/{video}/time_scenes.log",
    params:
        order=scene_order,
        fps=lookup(dpath="picture/fps", within=config),
        timing=lookup(dpath="timing", within=config),
        version=versions.TIME_SCENES,
    message:
        "{wildcards.video}: timing the scenes"
    script:
        "../scripts/time_scenes.py"
