from video_gen import job
from video_gen.render import preview, preview_page, preview_sheet
from video_gen.render.overlay_captions import reserved
from video_gen.scenes.styling import style

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    story, settings = snakemake.params.story, snakemake.params.style
    size = {"width": settings["width"], "height": settings["height"]}
    bottom = reserved(snakemake.params.captions["burn_captions"], **size)
    boards = preview.storyboard(
        story["scenes"],
        language=story["language"],
        style=style(settings, bottom),
        fps=snakemake.params.fps,
        **snakemake.params.timing,
    )
    preview_sheet.write(snakemake.output.sheet, boards, title=story["title"], **size)
    preview_page.write(snakemake.output.page, boards, title=story["title"], language=story["language"], **size)
