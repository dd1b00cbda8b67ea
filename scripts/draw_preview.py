from video_gen import job
from video_gen.render import preview, preview_page, preview_sheet
from video_gen.render.overlay_captions import reserved
from video_gen.scenes import colours
from video_gen.scenes.model import Style

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    story, picture = snakemake.params.story, snakemake.params.picture
    size = {"width": picture["width"], "height": picture["height"]}
    bottom = reserved(snakemake.params.captions["burn_captions"], **size)
    boards = preview.storyboard(
        story["scenes"],
        language=story["language"],
        style=Style(**size, accent=colours.parse(story["accent_color"]), bottom=bottom),
        fps=picture["fps"],
        transition=picture["transition"],
        **snakemake.params.timing,
    )
    preview_sheet.write(snakemake.output.sheet, boards, title=story["title"], **size)
    preview_page.write(snakemake.output.page, boards, title=story["title"], language=story["language"], **size)
