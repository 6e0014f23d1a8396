# Two commands carry the project: `make edition` makes everything from seeds/, `make test` tests everything.
# Both make their environment in .venv first, from the locked requirements, and only when these have changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/sh

# The environment is good for one state of its lock and of pyproject.toml: their hash is in the stamp's name.
HASH_OF := import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest()[:16])
stamp_of = $(VENV)/$(1)-$(shell cat requirements/$(1).txt pyproject.toml | $(PYTHON) -c '$(HASH_OF)').stamp
RUNTIME := $(call stamp_of,runtime)
TEST := $(call stamp_of,test)

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV_COMPILE = build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock' $(UPGRADE) pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help edition test quick-tests slow-tests schema bench lock clean system-packages npm-packages

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## /\1|/' | \
		while IFS='|' read -r name text; do printf 'make %-9s %s\n' "$$name" "$$text"; done

edition: $(RUNTIME) ## Convert seeds/, check tei/, and build the website and the volume into build/
	$(BIN)/despatch convert
	$(BIN)/despatch check
	$(BIN)/despatch build

test: $(TEST) npm-packages ## Check the style and types of the program, then run every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target quick-tests slow-tests

# The two halves run side by side, each shown when it is done.
quick-tests: $(TEST)
	$(BIN)/pytest -v -m "not slow and not browser"

slow-tests: $(TEST) npm-packages
	$(BIN)/pytest -v -m "slow or browser"

schema: $(RUNTIME) ## Make the schema, the rules and their words anew from schemas/edition.odd
	$(BIN)/python -m pipeline.schema

bench: $(TEST) ## Measure each stage on 1,000 documents (BENCH="--documents 100" for fewer)
	$(BIN)/python -m tests.benchmarks $(BENCH)

lock: ## Lock the dependencies of pyproject.toml anew (UPGRADE=--upgrade for newer versions)
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	$(UV_COMPILE) --group build --output-file requirements/runtime.txt
	$(UV_COMPILE) --group test --constraint requirements/runtime.txt --output-file requirements/test.txt

clean: ## Remove what can be made again, but not the environment
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The lock for tests holds the lock for the edition (a test holds it to that), so it is good for both.
$(TEST):
	$(call make_environment,test)
	@touch $(TEST) $(RUNTIME)

$(RUNTIME):
	$(call make_environment,runtime)
	@touch $(RUNTIME)

# A virtual environment that moved or lost its Python is made anew. The package itself is installed editable and
# without isolation: its build needs nothing beyond the lock.
define make_environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Despatch needs Python 3.11 or newer; name one: make PYTHON=python3.11" >&2; exit 4; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || \
		{ echo "Python cannot make an environment; on Debian: apt-get install python3-venv" >&2; exit 4; }
	@rm -f $(VENV)/*.stamp
	$(PIP) install --require-hashes --requirement requirements/$(1).txt
	$(PIP) install --no-deps --no-build-isolation --editable .
endef

# Programs that only tests need, from Debian; npm may be there without Debian's package. Who may not install them runs the other tests: those that need one are skipped by name.
system-packages:
	@missing=; for name in $$(grep -v '^#' requirements/debian.txt); do \
		command -v "$$name" >/dev/null || dpkg-query --show --showformat='$${Status}' "$$name" 2>/dev/null | \
			grep -q 'ok installed' || missing="$$missing $$name"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing for the tests:$$missing"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else echo "not installed, so the tests that need it are skipped:$$missing"; fi

# The same from npm, by their hashes and without any script of theirs; `.venv/npm` is good for one lock.
npm-packages: $(TEST) system-packages
	@if cmp -s requirements/npm/package-lock.json $(VENV)/npm/node_modules/lock.json; then exit 0; fi; \
	if ! command -v npm >/dev/null; then echo "npm is not installed, so the tests that need it are skipped"; exit 0; fi; \
	mkdir -p $(VENV)/npm && cp requirements/npm/*.json $(VENV)/npm && cd $(VENV)/npm && \
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && cp package-lock.json node_modules/lock.json
