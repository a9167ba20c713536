PY ?= python3
BIN := .venv/bin

.PHONY: run test lint types bench snapshot
run: .venv/run
	@$(BIN)/python app.py $(ARGS)

test: lint types
	@$(BIN)/pytest $(ARGS)

lint: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/dev
	@$(BIN)/mypy

bench: .venv/dev
	@$(BIN)/python -m bench $(ARGS)

snapshot: .venv/run
	@$(BIN)/python -m loaders.snapshot $(ARGS)

.venv/run: requirements.txt
	@$(PY) -m venv .venv
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@
