# Journey Sandbox. `make demo` sets everything up and runs a simulation; `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help demo test test-slow test-all parity mutants bench check format pictures clean

BIN := .venv/bin
# What Python makes of the sources is kept, whatever is asked for here: tests start hundreds of programs that read them.
PYTEST := PYTHONDONTWRITEBYTECODE= QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2
export PYTHON

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'

demo: .venv/ready-desktop ## Set up, then simulate the online shop under three arms
	$(BIN)/journey run online-shop
	@echo "To type journey in this shell: source .venv/bin/activate"

test: .venv/ready-dev ## Set up, then run the tests that take seconds
	$(PYTEST) --dist worksteal -m "not slow"

test-slow: .venv/ready-dev ## Run the tests that take longer
	$(PYTEST) -m slow

test-all: .venv/ready-dev ## Run every test
	$(PYTEST)

parity: .venv/ready-dev ## Compare engine and oracle on 1,000 drawn scenarios of each kind
	PARITY_EXAMPLES=1000 $(PYTEST) -m slow tests/oracle/test_parity.py -k every_kind

mutants: .venv/ready-dev ## Put faults into the sources and see how many the tests notice; ARGS=--named, ...
	$(BIN)/python -m tests.mutation $(ARGS)

bench: .venv/ready-bench ## Measure how fast it is; ARGS=--write renews docs/bench.md
	$(BIN)/python -m tests.bench $(ARGS)

check: .venv/ready-dev ## Check style, types and imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/ready-dev ## Put the code into its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pictures: .venv/ready-dev ## Draw the pictures of the documentation again
	$(BIN)/python docs/pictures/draw.py
	$(BIN)/python docs/pictures/window.py
	$(BIN)/python docs/pictures/sandbox.py

clean: ## Remove what was made here: .venv, builds, caches
	rm -rf .venv build dist .mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find app sim tests docs -name __pycache__ -type d -prune -exec rm -rf {} +

# A file in .venv stands for a finished set-up; it is older than pyproject.toml or constraints.txt when they change.
.venv/ready-desktop: pyproject.toml constraints.txt
	@.ci/set-up desktop
	@.ci/qt-libraries
	@touch $@

.venv/ready-dev: pyproject.toml constraints.txt
	@.ci/set-up desktop,dev,identity,train
	@.ci/qt-libraries
	@touch $@ .venv/ready-desktop

.venv/ready-bench: pyproject.toml constraints.txt
	@.ci/set-up desktop,bench,identity
	@.ci/qt-libraries
	@touch $@
