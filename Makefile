# Everything from a fresh clone needs only Python >= 3.11 and make.
BIN := .venv/bin
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
# Articles in the libraries that make bench measures; 100000 takes a quarter of an hour.
SIZES ?= 1000 10000
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do $$p $(NEW_ENOUGH) && echo $$p && break; done)

.PHONY: demo test check bench shots lock audit fuzz

demo: .venv
	$(BIN)/rashomon demo

test: .venv
	$(BIN)/pytest --numprocesses auto

check: .venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) audit
	$(MAKE) test

# Whether an advisory is known for a locked dependency; passes, and says so, where the service cannot be asked.
audit: .venv
	$(BIN)/python -m tests.audit

# Each reader of bytes from outside for SECONDS seconds. atheris has wheels for some Pythons and systems only, so the lock lacks it.
SECONDS ?= 60
TARGETS ?= text markdown jsonl html mail pdf epub mbox warc feed opml
fuzz: .venv
	$(BIN)/pip install --disable-pip-version-check --quiet atheris
	for target in $(TARGETS); do $(BIN)/python -m tests.fuzz $$target $(SECONDS) || exit 1; done

bench: .venv
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.scale $(SIZES) --svg docs/scale.svg

shots: .venv
	$(BIN)/python -m docs.shots

# The stamp is written last, so that an interrupted install starts again.
.venv: .venv/installed
.venv/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Rashomon needs Python 3.11 or later: make PYTHON=/path/to/python ..." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# Needs uv; resolves the ranges of pyproject.toml anew for every platform and Python.
lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet pyproject.toml --group dev -o requirements.lock
