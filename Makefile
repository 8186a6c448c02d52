# Two commands are enough: `make run` and `make test`. Everything is installed in .venv, nothing elsewhere.
PYTHON ?= python3
TORCH_INDEX ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check gate lint ingest serve widget clean

run: .venv/installed ## install, build the index, serve on http://127.0.0.1:8000
	$(BIN)/balise ingest
	$(BIN)/balise serve

test: .venv/installed-dev ## run the tests
	$(BIN)/python -m pytest

check: lint test gate ## what continuous integration runs

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

gate: .venv/installed-dev ## ask the development questions, fail where an answer fell behind the baseline
	$(BIN)/balise ingest
	$(BIN)/balise eval run evals/cases/dev_questions.jsonl evals/cases/dev_emails.jsonl --out var/gate --fresh
	$(BIN)/balise eval gate --baseline evals/baselines/development.json --results var/gate

ingest: .venv/installed ## build the index from corpus/
	$(BIN)/balise ingest

serve: .venv/installed ## serve the index that was built
	$(BIN)/balise serve

# The built widget is in the repository: only who changes it needs esbuild, in this very version, so that all builds are
# the same (Debian: apt-get install esbuild; elsewhere: npm install -g esbuild@0.17.0).
ESBUILD ?= esbuild
WIDGET ?= assistant/web/static/widget.js
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)

widget: ## build the chat widget from assistant/web/widget/
	@$(ESBUILD) --version | grep -qx 0.17.0 || { echo "esbuild 0.17.0 is needed: apt-get install esbuild, or npm install -g esbuild@0.17.0" >&2; exit 1; }
	$(ESBUILD) assistant/web/widget/element.js --bundle --minify --format=iife --target=es2022 --charset=utf8 \
	  --loader:.css=text --log-level=warning --banner:js='/*! balise-chat $(VERSION), MIT */' --outfile=$(WIDGET)

clean: ## remove the virtual environment, the index and the caches; what people wrote (var/balise.sqlite) stays
	rm -rf .venv var/builds var/current var/ingest.lock .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

# torch comes first and alone: an unpinned torch, or a build for another device, brings gigabytes. TORCH_INDEX names a
# wheel index with builds for the processor only.
.venv/installed: pyproject.toml constraints.txt
	@echo "Installing into .venv (a few minutes the first time)…"
	$(PYTHON) -m venv .venv
	$(PIP) install $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) "torch==2.13.0"
	$(PIP) install -c constraints.txt -e .
	@touch $@

.venv/installed-dev: .venv/installed
	$(PIP) install -c constraints.txt -e ".[dev]"
	@touch $@
