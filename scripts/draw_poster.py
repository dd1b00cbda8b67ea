from video_gen import job
from video_gen.render import poster
from video_gen.scenes import colours
from video_gen.scenes.model import Style

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    look, size = snakemake.params.look, snakemake.params.picture
    style = Style(size["width"], size["height"], colours.parse(look["accent_color"]))
    poster.write(snakemake.output.poster, poster.picture(**look["scene"], style=style))
