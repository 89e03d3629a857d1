# One word per job; each makes .venv itself when it is missing.
.DEFAULT_GOAL := help
BIN := .venv/bin
STAMP := .venv/.installed
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# The first of these that runs and is new enough: a pyenv shim may exist and refuse to run.
PYTHONS = $(or $(PYTHON),python3.13 python3.14 "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[34].*/bin/python python3)
NEW_ENOUGH := import sys; sys.exit(not (3, 13) <= sys.version_info[:2] < (3, 15))

.PHONY: help setup backtest test test-long check format lint types imports bench seeds lock clean python

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed 's/:.*##/\t/' | expand -t 14

setup: $(STAMP) ## make .venv from the lock

$(STAMP): requirements.lock pyproject.toml
	@python=$$($(MAKE) --silent --no-print-directory python) && "$$python" -m venv .venv
	@echo "installing into .venv"; $(PIP) install --require-hashes --only-binary :all: --requirement requirements.lock
	@PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

python:
	@for each in $(PYTHONS); do \
		if "$$each" -c '$(NEW_ENOUGH)' 2>/dev/null; then command -v "$$each"; exit 0; fi; \
	done; \
	echo "polybot needs Python 3.13 or 3.14: install it, or say make PYTHON=/path/to/python" >&2; exit 2

backtest: setup ## run the fair-value taker over the bundled sample and show its report
	$(BIN)/polybot backtest --catalog catalogs/sample

test: setup ## the tests (under ten minutes on two cores)
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered

test-long: setup ## the tests that take minutes each
	$(BIN)/python -m pytest -n 2 -m long

check: format lint types imports ## what must hold before anything lands, tests apart

format: setup
	$(BIN)/ruff format --check .

lint: setup
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

bench: setup ## ratios against bare Nautilus on the same data, in one run
	$(BIN)/python -m benchmarks

seeds: setup ## verdicts over a hundred simulated markets of each kind (a night; --help for less)
	$(BIN)/python -m benchmarks.seeds $(ARGS)

lock: ## resolve the dependencies anew, keeping what still fits (needs a .venv)
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --extra dev --output-file requirements.lock pyproject.toml

clean: ## remove what can be made again; runs stay
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.*
