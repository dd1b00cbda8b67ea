"""Stages of one's own: a moving teaser of each video, and how loud each scene is (docs/stages.md)."""

import csv
import json

from video_gen.stages import Stage, StageContext, StageError, StageResult


class Teaser(Stage):
    """The first seconds of a video as a small GIF, for a README or a mail."""

    name = "teaser"
    message = "making the teaser"
    input = {"video": "output/videos/{video}.mp4"}
    output = {"gif": "output/teasers/{video}.gif"}
    params = {"seconds": 4, "fps": 10, "width": 480}
    modules = {"av": "Run: pip install av", "PIL": "Run: pip install pillow"}

    def run(self, context: StageContext) -> StageResult:
        import av  # here and not above: the module is also imported where only the rules are read

        seconds, fps, width = (context.params[key] for key in ("seconds", "fps", "width"))
        pictures = []
        with av.open(str(context.input["video"])) as container:
            for frame in container.decode(video=0):
                if frame.time >= seconds:
                    break
                if frame.time >= len(pictures) / fps:
                    height = round(frame.height * width / frame.width)
                    pictures.append(frame.reformat(width, height).to_image().quantize(128, dither=0))
                    context.progress(frame.time / seconds, f"{len(pictures)} pictures")
        if not pictures:
            raise StageError(f"{context.input['video']}: has no pictures. Delete it, so that it is made anew.")
        pictures[0].save(context.output["gif"], save_all=True, append_images=pictures[1:], duration=1000 // fps, loop=0)
        return StageResult(metadata={"pictures": len(pictures)})


class SceneLoudness(Stage):
    """How loud a scene's voice is: one job a scene, since its output has {scene}."""

    name = "scene_loudness"
    message = "measuring the loudness"
    input = {"sound": "output/audio/{video}/{scene}.mp3"}
    output = {"loudness": "output/loudness/{video}/{scene}.json"}
    retries = 1

    def run(self, context: StageContext) -> None:
        import numpy as np

        from video_gen.speech.sound import read_sound

        samples = read_sound(context.input["sound"])
        level = 10 * np.log10(max(np.mean(samples**2), 1e-9))
        context.output["loudness"].write_text(json.dumps({"scene": context.scene, "dB": round(float(level), 1)}))


class LoudnessTable(Stage):
    """A table of all scenes: it runs once a video and takes the files of all scenes, in their order."""

    name = "loudness_table"
    message = "gathering the loudness of all scenes"
    input = {"scenes": "output/loudness/{video}/{scene}.json"}
    output = {"table": "output/loudness/{video}.csv"}
    params = {"quietest": -40.0}

    def run(self, context: StageContext) -> None:
        rows = [json.loads(path.read_text()) for path in context.input["scenes"]]
        for row in rows:
            if row["dB"] < context.params["quietest"]:
                context.warn(f"the scene {row['scene']} is hardly heard ({row['dB']} dB)")
        with context.output["table"].open("w", newline="") as file:
            writer = csv.DictWriter(file, ["scene", "dB"])
            writer.writeheader()
            writer.writerows(rows)
