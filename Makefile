# Two commands: `make demo` and `make test`. Both make what they need, in .venv and var/.

# The first Python that is new enough; PYTHON=... chooses another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
INSTALL = $(if $(PYTHON),,$(error Python 3.11 or newer with venv is needed))$(PYTHON) tracker/embedded/install.py .venv
PORT ?= 8000
VAR ?= var
export PORT VAR

.PHONY: demo test bench chaos soak mutants requirements clean
.DEFAULT_GOAL := demo

demo: .venv/runs
	@.venv/bin/python -m tracker.embedded.demo

test: .venv/tests
	@.venv/bin/python -m tests.everything

.venv/runs: requirements.txt
	@echo "Installing what the demo needs into .venv ..."
	@$(INSTALL) requirements.txt
	@touch $@

.venv/tests: requirements-dev.txt
	@echo "Installing what the tests need into .venv ..."
	@$(INSTALL) requirements-dev.txt
	@touch .venv/runs $@

# Ratios of one run; the figures of docs/benchmarks.md. BENCH names one, such as BENCH=round.
bench: .venv/tests
	@.venv/bin/python -m bench $(BENCH)

# A storm of at most ten minutes over all that sends; CHAOS holds options, such as CHAOS='--seed 7'. See docs/testing.md.
chaos: .venv/tests
	@.venv/bin/python -m chaos $(CHAOS)

# The promises that take minutes to hold to; SOAK names one, such as SOAK=feed.
soak: .venv/tests
	@.venv/bin/python -m soak $(SOAK)

# Whether the tests of the rules would notice a wrong line: docs/testing.md. Minutes on two cores.
mutants: .venv/tests
	@.venv/bin/mutmut run --max-children 2
	@.venv/bin/mutmut results

# Pins what requirements.in and requirements-dev.in ask for, for every platform, with hashes.
requirements: .venv/tests
	@for list in requirements requirements-dev; do .venv/bin/uv pip compile --quiet --universal --generate-hashes \
		--python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links $$list.in -o $$list.txt; done

# The environment and what was collected or compiled; var/ with its data stays.
clean:
	rm -rf .venv staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name '*.mo' -delete
