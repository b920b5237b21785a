# Everything here sets up what it needs in .venv; Python 3.11 or newer is all that must be there.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: setup run test check lint format peers bench docs clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --group dev --editable .
	touch $(STAMP)

run: setup
	$(BIN)/trunkline run

test: setup lint peers
	$(BIN)/pytest -n 2 --dist loadgroup -m "not exhaustive"

check: setup peers
	$(BIN)/pytest -n 2 --dist loadgroup -m exhaustive

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/pyright

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Official clients that the tests run; the benchmarks' peer tools are installed by `make bench`.
peers: setup
	$(BIN)/python peers/install.py clients linters

bench: setup
	$(BIN)/python peers/install.py clients tools
	$(BIN)/python benchmarks/all.py

docs: setup
	$(BIN)/trunkline docs
	$(BIN)/python tools/reference.py
	$(BIN)/zensical build --strict

clean:
	rm -rf .venv .peers dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
