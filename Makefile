# Two commands: `make demo` shows Tropa at work, `make test` checks all of it. `make help` lists the rest.
# Needed beforehand: python3 >= 3.11, make, and a package registry that pip and npm can reach.

PYTHON ?= python3
COMPANY ?= bank
VENV := .venv
PY := $(VENV)/bin/python
BENCH_VENV := .bench-venv
# `--require-hashes`: nothing is installed but the very files that the locks were made of.
PIP_INSTALL := -m pip install -qq --disable-pip-version-check
# Two cores and compiled loops: tests of one file stay in one process, so that each loop is compiled once.
PYTEST_ARGS ?= -n 2 --dist loadfile

# Hundreds of short runs of the command are in the tests: each would compile all of its sources.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup demo test lint format web web-tools lock bench soak truth clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.app ## install everything needed to run; leaves the command at .venv/bin/tropa
	@$(PY) hatch_build.py build

demo: setup ## simulate a company and serve its living map (COMPANY=bank)
	@exec $(VENV)/bin/tropa demo $(COMPANY)

# The interface's tools come before `setup` builds it, so that npm installs once and not twice.
test: web-tools setup $(VENV)/.dev ## install everything and pass every check and test, a real browser included
	@sh tools/ensure_chromium.sh
	@# One core compiles the loops for all tests while the other one checks.
	@$(PY) tools/compile_loops.py & compiling=$$!; \
		$(MAKE) --no-print-directory lint && $(PY) hatch_build.py check && wait $$compiling
	$(PY) -m pytest $(PYTEST_ARGS)

web-tools: $(VENV)/.needs
	@$(PY) hatch_build.py tools

lint: $(VENV)/.app $(VENV)/.dev ## style, types, imports and words of the Python side
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo
	$(PY) tools/lint_vocabulary.py

format: $(VENV)/.dev ## put the Python side into its form
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

web: $(VENV)/.app ## build the web application, if its sources changed
	@$(PY) hatch_build.py build

bench: setup $(BENCH_VENV)/.ready ## measure against what one would take instead (an environment of its own)
	$(BENCH_VENV)/bin/python bench/run.py $(BENCH_ARGS)

soak: setup $(VENV)/.dev ## the long tests: killed at many more moments
	TROPA_KILLS=40 $(PY) -m pytest tests/store/test_killed.py

truth: setup ## companies with planted truth: what is found of it (TRUTH_ARGS="--seeds 1" for a short run)
	$(PY) -m bench.truth --markdown docs/truth.md $(TRUTH_ARGS)

lock: $(VENV)/.python ## make the lock files anew from pyproject.toml and bench/requirements.in
	@$(PY) $(PIP_INSTALL) --target build/uv uv
	sh tools/lock.sh build/uv/bin/uv

clean: ## remove environments, caches and built files; data and demo workspaces stay
	rm -rf $(VENV) $(BENCH_VENV) build dist web/node_modules web/dist src/tropa/service/static
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} +

# What follows are the steps, each behind a stamp file: a second run does none of them again.

$(VENV)/.python:
	@$(PYTHON) tools/make_venv.py $(VENV)
	@touch $@

$(VENV)/.needs: $(VENV)/.python requirements.lock requirements-build.lock
	@echo "Installing what Tropa needs into $(VENV) (a minute or two the first time) ..."
	@$(PY) $(PIP_INSTALL) --require-hashes -r requirements.lock -r requirements-build.lock
	@touch $@

# The interface first: its build would otherwise run unseen inside a silent pip.
$(VENV)/.app: $(VENV)/.needs pyproject.toml
	@$(PY) hatch_build.py build
	@$(PY) $(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.python requirements.lock requirements-dev.lock
	@echo "Installing what the tests need into $(VENV) ..."
	@$(PY) $(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

$(BENCH_VENV)/.ready: bench/requirements.lock requirements-build.lock pyproject.toml
	@test -x $(BENCH_VENV)/bin/python || $(PYTHON) tools/make_venv.py $(BENCH_VENV)
	@echo "Installing the peers into $(BENCH_VENV) ..."
	@$(BENCH_VENV)/bin/python $(PIP_INSTALL) --require-hashes -r bench/requirements.lock -r requirements-build.lock
	@$(BENCH_VENV)/bin/python $(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@
