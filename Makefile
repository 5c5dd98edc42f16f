# Every target sets up .venv by itself; only python3 (3.11 or newer) and make are needed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STORE  ?= build/demo-store
OUT    ?= outputs
JOBS   ?= auto

.PHONY: help demo test test-full bench docs lint lint-web format lock clean
.DELETE_ON_ERROR:

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or newer is needed; set PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "make: the venv module is missing: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# A stamp per lock file: a changed lock or pyproject.toml installs again, nothing else does.
$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.run ## build the sample reports into outputs/ and ask three questions
	@rm -rf $(STORE)
	@KG="$(BIN)/kg" STORE="$(STORE)" OUT="$(OUT)" sh tests/demo.sh

test: $(VENV)/.dev ## all tests but the long ones
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "not slow"

test-full: $(VENV)/.dev ## all tests, kills and load included
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

bench: $(VENV)/.dev ## speed and memory, as ratios against peers
	$(BIN)/python -m benchmarks

docs: $(VENV)/.dev ## the ontology as web pages that open offline, in build/docs
	$(BIN)/python tests/make_site.py build/docs

lint: $(VENV)/.dev ## format check, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

WEB = kg/view kg/serve/static
tests/biome/node_modules: tests/biome/package-lock.json
	npm ci --prefix tests/biome --no-audit --no-fund --silent
	@touch $@

lint-web: tests/biome/node_modules ## lint of the pages' scripts and styles; needs npm
	tests/biome/node_modules/.bin/biome lint --config-path=tests/biome --error-on-warnings $(WEB)

format: $(VENV)/.dev ## rewrite the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Pins and hashes of everything, the build back end included; `make lock UPGRADE=--upgrade` takes newer releases.
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
          --no-emit-index-url --no-emit-find-links --no-header --quiet $(UPGRADE)
lock: $(VENV)/.dev ## rewrite the lock files from pyproject.toml
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock

clean: ## remove what can be made again
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
