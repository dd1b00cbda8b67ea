"""Starting the child process that speaks one utterance."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from video_gen.errors import EngineError

WORKER = Path(__file__).with_name("worker.py")
TIMEOUT = 120.0
WORD = 1  # the type of an event at the start of a word; any other closes a clause


@dataclass(frozen=True)
class Utterance:
    """Samples (mono float32, shape (n,)), their rate, and events as (type, position of the character, sample)."""

    samples: np.ndarray
    rate: int
    events: list[tuple[int, int, int]]


def utter(engine: str, text: str, voice: str, timeout: float = TIMEOUT) -> Utterance:
    """Speak a text with the engine `espeak` or `pico` in a fresh process. Raises EngineError."""
    request = json.dumps({"engine": engine, "text": text, "voice": voice})
    # -P keeps this folder, and the working directory, from hiding modules of the standard library.
    command = [sys.executable, "-P", str(WORKER)]
    try:
        done = subprocess.run(command, input=request.encode(), capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        raise EngineError(
            f"{engine}: no sound after {timeout:.0f} s for {text[:60]!r}. Try again or use another engine.",
            temporary=True,
        ) from error
    if done.returncode != 0:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise EngineError(
            f"{engine}: {reason[-1] if reason else f'ended with code {done.returncode}'}; text: {text[:60]!r}. "
            "Install the speech engine again or choose another one."
        )
    head, _, sound = done.stdout.partition(b"\n")
    answer = json.loads(head)
    samples = np.frombuffer(sound, dtype="<i2").astype(np.float32) / 32768
    return Utterance(samples, answer["rate"], [(kind, at, sample) for kind, at, sample in answer["events"]])
