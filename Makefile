# Everything here sets up what it needs in .venv; Python 3.11 or newer is all that must be there.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

# Compiled once at installation, and not at every start: commands start in half the time where
# Python is told not to write bytecode, as in many containers.
export UV_COMPILE_BYTECODE := 1

SPECS := $(notdir $(patsubst %/openapi.yaml,%,$(wildcard specs/*/openapi.yaml)))
BASE ?= HEAD

.PHONY: setup run test check fuzz ci lint format peers bench docs screenshots clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --group dev --editable .
	$(BIN)/python -m compileall -q generator generated
	touch $(STAMP)

run: setup
	$(BIN)/trunkline run

test: setup lint peers
	$(BIN)/pytest -n 2 --dist loadgroup -m "not exhaustive"

check: setup peers
	$(BIN)/pytest -n 2 --dist loadgroup -m exhaustive

# Explores at random for SECONDS; failing examples are kept in .hypothesis/ and printed.
SECONDS ?= 300
fuzz: setup
	end=$$(( $$(date +%s) + $(SECONDS) )); \
	while [ "$$(date +%s)" -lt "$$end" ]; do \
	  HYPOTHESIS_PROFILE=explore timeout $(SECONDS) $(BIN)/pytest -q -n 2 tests/property \
	    tests/unit/semantics tests/unit/runtime tests/unit/evolve/test_random_edits.py || exit; \
	done

# What `trunkline ci` has a pull request checked for, here; BASE is what it would be merged into.
ci: setup
	$(BIN)/trunkline validate
	$(BIN)/trunkline audit
	$(BIN)/trunkline generate --check
	for spec in $(SPECS); do $(BIN)/trunkline diff $(BASE) $$spec --fail-on never || exit; done
	mkdir -p build/ci
	for spec in $(SPECS); do \
	  for part in 1 2 3; do \
	    $(BIN)/trunkline test $$spec --shard $$part/3 --json build/ci/$$spec-$$part.jsonl || exit; \
	  done; \
	  $(BIN)/trunkline merge build/ci/$$spec-*.jsonl --html build/ci/$$spec.html || exit; \
	done

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
	$(BIN)/python peers/install.py clients tools services
	$(BIN)/python benchmarks/all.py

# Pictures of every page, into build/screenshots/: look at them after a change of a template.
screenshots: setup
	$(BIN)/python tools/screenshots.py

docs: setup
	$(BIN)/trunkline docs
	$(BIN)/python tools/reference.py
	$(BIN)/zensical build --strict

clean:
	rm -rf .venv .peers dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
