# Two commands for a fresh machine: `make site` builds content/ into site/, `make test` runs the whole suite.
# Both make a virtual environment first; PYTHON names another interpreter than python3.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test lint bench lock clean

site: $(VENV)/installed
	$(BIN)/crosscite build

test: $(VENV)/installed-for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist loadfile

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/installed-for-tests
	$(BIN)/python -m benchmarks

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Crosscite needs Python 3.11 or later; name one with: make PYTHON=python3.11 …' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo 'Python has no venv module here. On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q generator
	touch $@

$(VENV)/installed-for-tests: $(VENV)/bin/python pyproject.toml requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q generator
	touch $@ $(VENV)/installed

# Pins every package of the suite, with hashes, as of today (needs uv).
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --group dev \
	  --output-file requirements-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
