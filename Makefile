# Two commands matter: `make demo` shows what Dragoman does, `make test` checks everything.
# Both need Python 3.11 or newer and a package index; whatever else they need they install into .venv.

VENV := .venv
BIN := $(VENV)/bin
SAMPLES := src/dragoman/samples/articles.jsonl
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock

.PHONY: demo test setup lint format types docs bench train lock outputs clean

demo: $(VENV)/.run
	@mkdir -p build/demo
	@echo "Reading the sample articles, all of them made up:"
	@$(BIN)/dragoman read $(SAMPLES) --verbose -o build/demo/records.jsonl
	@echo && echo "One of them, as a table:" && echo
	@sed -n 4p $(SAMPLES) > build/demo/story.jsonl
	@$(BIN)/dragoman read build/demo/story.jsonl --format table
	@echo "All records: build/demo/records.jsonl. Your own: $(BIN)/dragoman read FILE, FOLDER or URL"

test: lint types docs
	$(BIN)/pytest -n 2

setup: $(VENV)/.dev

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(VENV)/.dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(VENV)/.dev
	$(BIN)/mypy

docs: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir build/site

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.speed

train: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[training]'
	$(BIN)/python -m training

lock: $(VENV)/.dev
	$(BIN)/python tools/lock.py

outputs: $(VENV)/.dev
	$(BIN)/python tools/outputs.py

clean:
	rm -rf $(VENV) build

$(VENV)/.run: pyproject.toml requirements.lock | $(BIN)/python
	$(INSTALL) --upgrade pip
	$(INSTALL) --build-constraint requirements.lock --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(INSTALL) --group dev
	@touch $@

# Debian's Python comes without venv; as root it can be installed at once.
$(BIN)/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Dragoman needs Python 3.11 or newer as python3; found: $$(python3 --version 2>&1)"; exit 1; }
	@python3 -c 'import venv, ensurepip' 2>/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } \
	  || { echo "Python's venv is missing; install it with: sudo apt-get install python3-venv"; exit 1; }
	python3 -m venv $(VENV)
