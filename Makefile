# make video, make test: both install what is missing into .venv first.
PYTHON ?= python3
CORES ?= 8
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE :=

.PHONY: video test check bench lock wheel clean

video: .venv/ready
	$(BIN)/snakemake --cores $(CORES) output/videos/readme.mp4

test: .venv/ready
	$(BIN)/python -m pytest

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/snakefmt --check Snakefile rules
	$(BIN)/snakemake --lint
	$(BIN)/mypy
	$(BIN)/codespell

wheel: .venv/ready
	$(BIN)/python -m build --wheel --installer pip

# Pins every package, without addresses, from what pyproject.toml asks for.
lock: .venv/ready
	$(BIN)/pip-compile --quiet --extra dev --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--no-emit-options --no-header --allow-unsafe --output-file requirements.lock pyproject.toml

clean:
	rm -rf output .snakemake

.venv/ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
