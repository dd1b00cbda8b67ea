from video_gen import job
from video_gen.render import poster
from video_gen.scenes.styling import style

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    picture = poster.picture(**snakemake.params.look["scene"], style=style(snakemake.params.style))
    poster.write(snakemake.output.poster, picture)
