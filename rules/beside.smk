# What lies beside the MP4: captions, transcript, poster, metadata.


rule write_captions:
    input:
        script=script_file,
        report=settled("output/timing/{video}.json"),
    output:
        vtt="output/videos/{video}.vtt",
        karaoke="output/videos/{video}.karaoke.vtt",
        srt="output/videos/{video}.srt",
        transcript="output/videos/{video}.md",
        page="output/videos/{video}.html",
        chapters="output/videos/{video}.chapters.txt",
    log:
        "output/logs/{video}/write_captions.log",
    params:
        chapters=chapters,
        version=versions.WRITE_CAPTIONS,
    message:
        "{wildcards.video}: writing captions and transcript"
    script:
        "../scripts/write_captions.py"


rule draw_poster:
    input:
        files=files_of_all_scenes,
        script=settled("output/scripts/{video}.json", ancient),
    output:
        poster="output/videos/{video}{shape}.jpg",
    log:
        "output/logs/{video}/draw_poster{shape}.log",
    params:
        look=poster_of,
        style=style_of,
        files=content_of(files_of_all_scenes),
        version=f"{versions.DRAW_SCENES}.{versions.DRAW_POSTER}",
    message:
        "{wildcards.video}{wildcards.shape}: drawing the poster"
    script:
        "../scripts/draw_poster.py"


rule describe_video:
    input:
        script=script_file,
        videos=of_all_shapes("output/videos/{video}{shape}.mp4"),
        posters=of_all_shapes("output/videos/{video}{shape}.jpg"),
        report="output/timing/{video}.json",
        words=of_all_scenes("output/audio/{video}/{scene}.json"),
        sources=source_files,
    output:
        metadata="output/videos/{video}.json",
    log:
        "output/logs/{video}/describe_video.log",
    params:
        description=video_description,
        chapters=chapters,
        version=versions.DESCRIBE_VIDEO,
    message:
        "{wildcards.video}: describing the video"
    script:
        "../scripts/describe_video.py"
