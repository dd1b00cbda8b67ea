# One job a scene: its picture over time; the soundtrack; and all joined by copying.


rule choose_encoder:
    output:
        engine="output/engines/{video}.encoder.json",
    log:
        "output/logs/{video}/choose_encoder.log",
    params:
        engine=lookup(dpath="encoder/engine", within=config),
    message:
        "{wildcards.video}: choosing the encoder"
    script:
        "../scripts/choose_encoder.py"


rule render_clip:
    input:
        script=ancient("output/scripts/{video}.json"),
        sound="output/audio/{video}/{scene}.mp3",
        words="output/audio/{video}/{scene}.json",
        files=files_of_scene,
        engine=encoder_choice,
    output:
        clip="output/clips/{video}{shape}/{scene}.mp4",
    log:
        "output/logs/{video}/render_clip{shape}/{scene}.log",
    params:
        look=look_of,
        timing=lookup(dpath="timing", within=config),
        style=style_of,
        motion=motion_of,
        files=content_of(files_of_scene),
        overlay=overlay_of,
        encoder=lookup(dpath="encoder", within=config),
        version=f"{versions.DRAW_SCENES}.{versions.ENCODE_CLIP}.{versions.ENCODER}",
    message:
        "{wildcards.video}{wildcards.shape}: rendering scene {wildcards.scene}"
    script:
        "../scripts/render_clip.py"


rule mix_soundtrack:
    input:
        # Not read: a job that asks for all scenes is told of a new script only through it.
        script=ancient("output/scripts/{video}.json"),
        sounds=of_all_scenes("output/audio/{video}/{scene}.mp3"),
        music=music_file,
        clips=clips_heard,
        report=settled("output/timing/{video}.json"),
    output:
        soundtrack="output/soundtracks/{video}.m4a",
    log:
        "output/logs/{video}/mix_soundtrack.log",
    params:
        audio=audio_of,
        music=content_of(music_file),
        clips=clips_of,
        version=versions.MIX_SOUNDTRACK,
    message:
        "{wildcards.video}: mixing the soundtrack"
    script:
        "../scripts/mix_soundtrack.py"


rule join_video:
    input:
        script=ancient("output/scripts/{video}.json"),
        clips=of_all_scenes("output/clips/{video}{shape}/{scene}.mp4"),
        soundtrack="output/soundtracks/{video}.m4a",
        report=settled("output/timing/{video}.json"),
    output:
        video="output/videos/{video}{shape}.mp4",
    log:
        "output/logs/{video}/join_video{shape}.log",
    params:
        chapters=chapters,
        version=versions.JOIN_VIDEO,
    message:
        "{wildcards.video}{wildcards.shape}: joining the video"
    script:
        "../scripts/join_video.py"
