"""The fixed workload: 120 s of 1080p30, 10 scenes of 5 states, cross-fades of 0.4 s, real speech prepared before."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from video_gen import scenes, speech
from video_gen.render import encode
from video_gen.scenes.model import Style
from video_gen.speech import sound

FPS, FADE, SCENES, STATES, SECONDS = 30, 12, 10, 5, 120
FRAMES = SECONDS * FPS // SCENES
WIDTH, HEIGHT = 1920, 1080
TEXT = (
    "Every scene of this video is spoken by a real voice, drawn once for each state, and joined without encoding again."
)


def prepare(folder: Path) -> None:
    """Draw the pictures (planes of each state) and speak the scenes into `folder`, if not there yet."""
    if (folder / "ready").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for scene in range(SCENES):
        content = {
            "header": f"Scene {scene + 1}: what is measured here",
            "items": [f"State {n + 1} shows {n + 1} of its {STATES - 1} cards" for n in range(STATES - 1)],
        }
        states = scenes.states("list", content, Style(WIDTH, HEIGHT))
        assert len(states) == STATES, len(states)
        for number, state in enumerate(states):
            state.picture.save(folder / f"{scene}_{number}.png", compress_level=1)
        said = speech.speak(TEXT, engine=speech.engine("hibari"), voice="female", language="en")
        sound.write_mp3(folder / f"{scene}.mp3", said.samples, said.rate)
    (folder / "ready").write_text("")


def picture(folder: Path, scene: int, state: int) -> Image.Image:
    """Return a state as it was drawn."""
    return Image.open(folder / f"{scene}_{state}.png").convert("RGB")


def planes(folder: Path, scene: int, state: int) -> list[np.ndarray]:
    """Return a state as Y, U and V."""
    return encode.to_yuv(picture(folder, scene, state))


def timeline(folder: Path, scene: int) -> Iterator[tuple[list[np.ndarray], int]]:
    """Yield a scene as (planes, repeats): each state fades in from the one before it and is then held."""
    below = planes(folder, scene - 1, STATES - 1) if scene else None
    for state in range(STATES):
        above = planes(folder, scene, state)
        motion = FADE if below is not None else 0
        for step in range(1, motion + 1):
            assert below is not None
            yield encode.mix(below, above, encode.ease(step / (motion + 1))), 1
        yield above, FRAMES // STATES - motion
        below = above


def report() -> dict:
    """Return what of a timing report the join and the soundtrack need."""
    entries = [
        {"scene_id": f"s{n}", "start_frame": n * FRAMES, "frames": FRAMES, "start_time": n * FRAMES / FPS,
         "end_time": (n + 1) * FRAMES / FPS, "words": [], "narration": TEXT}
        for n in range(SCENES)
    ]  # fmt: skip
    return {
        "video_id": "bench", "title": "Bench", "language": "en", "fps": FPS, "total_frames": SCENES * FRAMES,
        "total_duration": SECONDS, "scenes": entries,
    }  # fmt: skip
