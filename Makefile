# Two commands are enough: `make run` and `make test`. Everything is installed in .venv, nothing elsewhere.
PYTHON ?= python3
TORCH_INDEX ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check lint ingest serve clean

run: .venv/installed ## install, build the index, serve on http://127.0.0.1:8000
	$(BIN)/balise ingest
	$(BIN)/balise serve

test: .venv/installed-dev ## run the tests
	$(BIN)/python -m pytest

check: lint test ## what continuous integration runs

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

ingest: .venv/installed ## build the index from corpus/
	$(BIN)/balise ingest

serve: .venv/installed ## serve the index that was built
	$(BIN)/balise serve

clean: ## remove the virtual environment, the index and the caches
	rm -rf .venv var .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

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
