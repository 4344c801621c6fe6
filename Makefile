# The commands of the house. GNU make 3.81 (macOS) is enough. Variables: VENV, PYTHON, ARGS.

VENV ?= .venv
BIN = $(VENV)/bin
RUN = $(BIN)/python
ARGS ?=
# The suites run on every core; what shares a costly world stays together (tests/workers.py).
CORES ?= -n auto

.DEFAULT_GOAL := help
.PHONY: help env demo test test-slow test-pg test-all matrix journey screenshots style floors types lint check fix \
	docs sizes bench examples lock ci clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-11s %s\n", $$1, $$2}'

# What is needed to run: the second call finds the stamp and does nothing.
$(VENV)/.runtime: requirements.lock pyproject.toml tools/env.sh
	@sh tools/env.sh runtime $(VENV)

# What is needed to develop, the above included.
$(VENV)/.dev: requirements-dev.lock pyproject.toml tools/env.sh
	@sh tools/env.sh dev $(VENV)

env: $(VENV)/.runtime ## make .venv with the `sanzi` command

demo: $(VENV)/.runtime ## open a site with both demo places
	@$(BIN)/sanzi demo $(ARGS)

test: $(VENV)/.dev ## the default suite, on SQLite, in minutes
	@$(RUN) -m pytest $(CORES) $(ARGS)

test-slow: $(VENV)/.dev ## big workbooks, kill -9, races
	@$(RUN) -m pytest -m slow $(CORES) $(ARGS)

test-pg: $(VENV)/.dev ## the default and the slow suite on PostgreSQL (a server from a wheel)
	@$(RUN) -m tests.postgres -- $(RUN) -m pytest $(CORES) \
		-m 'not journey and not whole and not long' $(ARGS)

matrix: $(VENV)/.dev ## every address by everybody in every relation; many minutes
	@$(RUN) -m pytest -m whole $(ARGS)

journey: $(VENV)/.dev ## the main job in a real browser (Chromium on PATH)
	@$(RUN) -m pytest -m journey $(CORES) $(ARGS)

screenshots: $(VENV)/.dev ## take the pictures of docs/screenshots anew
	@SANZI_SCREENSHOTS=docs/screenshots $(RUN) -m pytest -m journey tests/journeys/test_pages.py -k picture

test-all: test test-slow test-pg journey ## everything there is

style: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

floors: $(VENV)/.dev
	@$(BIN)/lint-imports

types: $(VENV)/.dev
	@$(BIN)/mypy

lint: style floors types ## style, import floors, types

check: lint test ## what every commit passes

fix: $(VENV)/.dev ## mend style by machine
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(VENV)/.dev ## write docs/generated from the code's tables
	@$(RUN) -m tools.generate_docs $(ARGS)

sizes: $(VENV)/.dev ## the longest functions and files: to talk about, not to fail on
	@$(RUN) -m tools.sizes

# Each measures one promise; the files without a main are what they share.
BENCHES ?= $(basename $(notdir $(shell grep -l __main__ bench/*.py)))

bench: $(VENV)/.dev ## time and memory of the big workbooks and of a city's pages
	@for name in $(BENCHES); do echo "==> bench/$$name.py"; $(RUN) -m bench.$$name || exit 1; done

examples: $(VENV)/.dev ## make the demo workbooks anew from their seed
	@$(RUN) -m tools.examples $(ARGS)

# Locks hold hashes and no address, so any mirror of the package index will do.
COMPILE = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet

lock: ## resolve the dependencies anew (needs uv)
	$(COMPILE) --extra build --output-file requirements.lock
	$(COMPILE) --extra build --extra dev --output-file requirements-dev.lock

ci: ## exactly what the build server runs
	@bash .ci/run

clean: ## remove what was built; never the data folder
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find sanzi tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
