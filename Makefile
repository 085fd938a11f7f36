.DEFAULT_GOAL := help
PORT ?= 5000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

$(VENV)/run.stamp: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt tests/requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@ $(VENV)/run.stamp

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: run
run: $(VENV)/run.stamp ## Serve the whole application on this machine (PORT=5000)
	@PORT=$(PORT) $(BIN)/python -m wsgi

.PHONY: test
test: $(VENV)/dev.stamp ## Run all tests: SQLite, PostgreSQL, SMTP, browser
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n 3 --dist loadgroup --in-turn

.PHONY: test-both
test-both: $(VENV)/dev.stamp ## Run all tests, those of pages on both databases too (slow)
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n 3 --dist loadgroup

.PHONY: lint
lint: $(VENV)/dev.stamp ## Check style, types, imports, templates and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m coordinator.catalogues --check
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/test_structure.py

.PHONY: texts
texts: $(VENV)/dev.stamp ## Bring the Turkish catalogues in step with the texts
	$(BIN)/python -m coordinator.catalogues

.PHONY: bench
bench: $(VENV)/dev.stamp ## Measure pages, answers and letters beside bare code
	$(BIN)/python -m bench

.PHONY: chaos
chaos: $(VENV)/dev.stamp ## Kill, freeze and stop workers while letters go out, and count what arrives
	$(BIN)/python -m tests.chaos $(CHAOS)

.PHONY: lock
lock: $(VENV)/dev.stamp ## Lock the dependencies of pyproject.toml, with hashes
	$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra dev -c requirements.txt pyproject.toml -o tests/requirements.txt
