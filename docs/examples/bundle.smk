# Rules of one's own, read after those of video-gen: each video with all that belongs to it, in one file to hand on.


rule bundle:
    input:
        expand("output/videos/{{video}}.{kind}", kind=["mp4", "vtt", "srt", "md", "jpg"]),
    output:
        zip="output/bundles/{video}.zip",
    log:
        "output/logs/{video}/bundle.log",
    message:
        "{wildcards.video}: packing the bundle"
    shell:
        "python3 -m zipfile -c {output.zip:q} {input:q} > {log:q} 2>&1"


# Made too when no file is named.
ALSO += expand(rules.bundle.output.zip, video=SOURCES)
