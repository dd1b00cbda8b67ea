# A storyboard that a person checks before anything is spoken or rendered; made only when asked for by its name.


rule draw_preview:
    input:
        script=script_file,
    output:
        sheet="output/previews/{video}{shape}.png",
        page="output/previews/{video}{shape}.html",
    log:
        "output/logs/{video}/draw_preview{shape}.log",
    params:
        story=story_of,
        style=style_of,
        fps=lookup(dpath="picture/fps", within=config),
        files=content_of(files_of_all_scenes),
        captions=captions_of,
        timing=lookup(dpath="timing", within=config),
        version=f"{versions.DRAW_SCENES}.{versions.DRAW_PREVIEW}",
    message:
        "{wildcards.video}{wildcards.shape}: drawing the preview"
    script:
        "../scripts/draw_preview.py"
