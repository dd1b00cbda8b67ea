"""A finished video in a real Chromium: its length, and the picture at random times, read through a canvas.

Run by `make test-browser`; skipped where there is no Chromium or no playwright.
"""

import http.server
import random
import re
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
import timelines

from video_gen.render.encoders import VideoFormat

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")

FPS, SIZE = 30, (320, 192)
# Holds over the distance of key pictures, fades, single frames, and joints between clips.
CLIPS = [
    [(0, 0, 100), (1, 12, 150), (2, 12, 40)],
    [(3, 12, 70), (0, 12, 1), (1, 12, 61)],
    [(2, 12, 180)],
]
PAGE = """<!doctype html><video id=v muted preload=auto src=/video.mp4></video><canvas id=c></canvas>"""
# Seeks and returns red, green and blue of every fourth pixel of every fourth row.
AT = """async time => {
  const video = document.getElementById("v"), canvas = document.getElementById("c");
  const sought = new Promise(done => video.addEventListener("seeked", done, {once: true}));
  video.currentTime = time;
  await sought;
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const context = canvas.getContext("2d", {willReadFrequently: true});
  context.drawImage(video, 0, 0);
  const {data} = context.getImageData(0, 0, canvas.width, canvas.height), found = [];
  for (let y = 0; y < canvas.height; y += 4)
    for (let x = 0; x < canvas.width; x += 4) found.push(...data.subarray(4 * (y * canvas.width + x)).subarray(0, 3));
  return found;
}"""
LOADED = """() => new Promise((done, failed) => {
  const video = document.getElementById("v");
  const tell = () => done([video.duration, video.videoWidth, video.videoHeight]);
  video.onerror = () => failed(video.error.message);
  video.readyState >= 2 ? tell() : video.onloadeddata = tell;
})"""
# Plays a part at speed and returns how many frames were dropped, and the error if there was one.
PLAY = """async ([from, seconds]) => {
  const video = document.getElementById("v");
  video.currentTime = from;
  await video.play();
  await new Promise(done => setTimeout(done, seconds * 1000));
  video.pause();
  return [video.error && video.error.message, video.currentTime];
}"""


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the page and the video; parts of it on request, as a player asks for them when it seeks."""

    files: dict[str, tuple[str, bytes]]

    def do_GET(self) -> None:
        kind, data = self.files.get(self.path, ("text/plain", b""))
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        begin, end = (int(asked[1]), int(asked[2] or len(data) - 1)) if asked else (0, len(data) - 1)
        part = data[begin : end + 1]
        self.send_response((206 if asked else 200) if data else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(part)))
        self.send_header("Accept-Ranges", "bytes")
        if asked:
            self.send_header("Content-Range", f"bytes {begin}-{begin + len(part) - 1}/{len(data)}")
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module", params=["hold", "plain", "skip"])
def film(request, tmp_path_factory) -> tuple[Path, list[timelines.Planes]]:
    """A finished video and what each of its frames should show."""
    pictures = timelines.planes(SIZE)
    drawn = [timelines.shots(clip, pictures) for clip in CLIPS]
    of = VideoFormat(*SIZE, FPS, "veryfast", 20, request.param)
    path = timelines.video(tmp_path_factory.mktemp("film"), drawn, of)
    return path, [frame for clip in drawn for frame in timelines.each_frame(clip)]


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as player:
        chromium = player.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def page(film, browser):
    Handler.files = {"/": ("text/html", PAGE.encode()), "/video.mp4": ("video/mp4", film[0].read_bytes())}
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tab = browser.new_page()
        tab.goto(f"http://127.0.0.1:{server.server_port}/")
        tab.loaded = tab.evaluate(LOADED)
        yield tab
        tab.close()
        server.shutdown()


def shown_at(page, index: int) -> np.ndarray:
    """Return the luma of what the browser shows in the middle of a frame's time, at every fourth pixel and row."""
    pixels = np.reshape(page.evaluate(AT, (index + 0.5) / FPS), (SIZE[1] // 4, SIZE[0] // 4, 3))
    red, green, blue = pixels.transpose(2, 0, 1)
    return 16 + (0.2126 * red + 0.7152 * green + 0.0722 * blue) * 219 / 255


def distance(shown: np.ndarray, drawn: timelines.Planes) -> float:
    return float(np.abs(shown - drawn[0][::4, ::4]).mean())


def test_length_and_size(page, film):
    duration, width, height = page.loaded
    assert (width, height) == SIZE
    assert abs(duration - len(film[1]) / FPS) < 0.5 / FPS


@pytest.mark.parametrize("seed", range(2))
def test_seeks(page, film, seed):
    """20 random times, half of them in motion: the picture is the drawn one, and not the one before or after it."""
    _, wanted = film
    moving = [n for n in range(1, len(wanted)) if wanted[n] is not wanted[n - 1]]
    chance = random.Random(seed)
    for index in chance.sample(range(len(wanted)), 10) + chance.sample(moving, 10):
        shown = shown_at(page, index)
        errors = {n: distance(shown, wanted[n]) for n in range(max(0, index - 2), min(index + 3, len(wanted)))}
        assert errors[index] < 3, index
        assert errors[index] <= min(errors.values()) + 0.3, (index, errors)


def test_first_and_last_frame(page, film):
    _, wanted = film
    for index in (len(wanted) - 1, 0):
        assert distance(shown_at(page, index), wanted[index]) < 3, index


def test_plays_on(page):
    """Played from within a hold, over a fade and a joint, nothing stops it."""
    error, time = page.evaluate(PLAY, [9.5, 2.0])
    assert not error and time > 10.5
