from video_gen import files, job
from video_gen.render import caption_files, transcript
from video_gen.render.captions import cues

with job.logged(snakemake.log[0], snakemake.wildcards.video):
    report, chapters = files.read_json(snakemake.input.report), snakemake.params.chapters["titles"]
    captions = cues(report)
    caption_files.write_vtt(snakemake.output.vtt, captions, report["language"])
    caption_files.write_karaoke_vtt(snakemake.output.karaoke, captions, report["language"])
    caption_files.write_srt(snakemake.output.srt, captions)
    transcript.write_markdown(snakemake.output.transcript, report, chapters)
    transcript.write_html(snakemake.output.page, report, chapters)
    files.write_text(snakemake.output.chapters, transcript.chapter_list(report, chapters))
