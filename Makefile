# One word per job; each makes .venv itself when it is missing.
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.13 || ls $(HOME)/.pyenv/versions/3.13*/bin/python 2>/dev/null | tail -n 1 || command -v python3)
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help setup backtest test test-long check format lint types imports bench lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

setup: $(STAMP) ## make .venv from the lock

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "polybot needs Python 3.13 or 3.14: install it, or set PYTHON=/path/to/python"; exit 2; }
	@"$(PYTHON)" -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 13) <= v < (3, 15) else f"polybot needs Python 3.13 or 3.14, this is {v[0]}.{v[1]}: set PYTHON=/path/to/python")'
	"$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

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

lock: ## resolve the dependencies anew
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --extra dev --output-file requirements.lock pyproject.toml

clean: ## remove what can be made again
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis runs
