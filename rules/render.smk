# One job a scene: its picture over time; the soundtrack; and all joined by copying.


rule render_clip:
    input:
        script=ancient("output/scripts/{video}.json"),
        sound="output/audio/{video}/{scene}.mp3",
        words="output/audio/{video}/{scene}.json",
    output:
        clip="output/clips/{video}/{scene}.mp4",
    params:
        scene=picture,
        before=picture_before,
        min_duration=scene_value("min_duration"),
        accent_color=video_value("accent_color"),
        padding=lookup(dpath="timing/padding", within=config),
        picture=lookup(dpath="picture", within=config),
        preset=lookup(dpath="encoder/preset", within=config),
        crf=lookup(dpath="encoder/crf", within=config),
        versions=[scenes.VERSION, render.encode.VERSION],
    log:
        "output/logs/{video}/render_clip/{scene}.log",
    message:
        "{wildcards.video}: rendering scene {wildcards.scene}"
    script:
        "../scripts/render_clip.py"


rule mix_soundtrack:
    input:
        report=ancient("output/timing/{video}.json"),
        sounds=of_all_scenes("output/audio/{video}/{scene}.mp3"),
    output:
        soundtrack="output/soundtracks/{video}.m4a",
    params:
        scenes=scene_ids,
        fps=lookup(dpath="picture/fps", within=config),
        min_durations=min_durations,
        padding=lookup(dpath="timing/padding", within=config),
        bitrate=lookup(dpath="encoder/audio_bitrate", within=config),
        version=render.soundtrack.VERSION,
    log:
        "output/logs/{video}/mix_soundtrack.log",
    message:
        "{wildcards.video}: mixing the soundtrack"
    script:
        "../scripts/mix_soundtrack.py"


rule join_video:
    input:
        clips=of_all_scenes("output/clips/{video}/{scene}.mp4"),
        soundtrack="output/soundtracks/{video}.m4a",
        report="output/timing/{video}.json",
    output:
        video="output/videos/{video}.mp4",
    params:
        scenes=scene_ids,
        chapters=chapters,
        version=render.join.VERSION,
    log:
        "output/logs/{video}/join_video.log",
    message:
        "{wildcards.video}: joining the video"
    script:
        "../scripts/join_video.py"
