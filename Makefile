# Two commands matter: `make run` and `make test`. Both work on a bare checkout.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PYTHONPATH := .:site
export PORT

.PHONY: run test lint bench demo code backup restore messages assets screenshots lock

run: $(VENV)/.run
	@exec $(BIN)/python -m config.run

test: $(VENV)/.dev
	@exec $(BIN)/python -m tests.run

lint: $(VENV)/.dev
	@$(BIN)/python -m tests.lint

bench: $(VENV)/.dev
	@exec $(BIN)/python -m benchmarks.run

demo: $(VENV)/.run
	@$(BIN)/python manage.py migrate --noinput -v 0
	@$(BIN)/python manage.py load_demo

backup: $(VENV)/.run
	@$(BIN)/python manage.py backup

# make restore FILE=var/backups/…; OPTIONS=--replace puts aside what is here.
restore: $(VENV)/.run
	@$(BIN)/python manage.py restore "$(FILE)" $(OPTIONS)

# The six digits that the demo's log-ins ask for after the password.
code: $(VENV)/.run
	@$(BIN)/python manage.py demo_code

messages: $(VENV)/.dev
	@$(BIN)/python -m tests.messages --write

assets: $(VENV)/.dev
	npm ci --ignore-scripts --no-audit --no-fund
	npm run build
	@$(BIN)/python -m tests.assets --write

screenshots: $(VENV)/.dev
	@$(BIN)/python -m tests.screenshots --guide

lock: $(VENV)/.uv
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header -q -o requirements-dev.lock

$(VENV)/.uv:
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==0.13.9
	@touch $@

# Installed once per lock file; the development set contains the run set.
$(VENV)/.run: $(VENV)/.uv requirements.lock
	@test $(VENV)/.dev -nt requirements.lock || $(BIN)/uv pip install -q --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.uv requirements-dev.lock
	@$(BIN)/uv pip sync -q --require-hashes requirements-dev.lock
	@touch $@
