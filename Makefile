# Sholu. Bare `make` prints what there is; every target says what it does, one line a step.

PYTHON ?= python3
# Relative on purpose: the checkout may lie under a path with spaces, which shebang lines do not survive.
VENV := .venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run admin test check bench fix lock pytest-sqlite pytest-postgresql clean

help: ## Print this list
	@echo "Sholu: how the world's press covers Kazakhstan's foreign relations."
	@echo
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r target text; do printf '  make %-7s %s\n' "$$target" "$$text"; done

run: $(VENV)/requirements.stamp ## Set everything up and serve the portal on 127.0.0.1:8000 (PORT=8080 make run)
	@echo "Database: bringing its tables up to date"
	@$(PY) manage.py migrate --verbosity 0
	@echo "Record: adding what is new in fixtures/; entries that staff have edited stay as they are"
	@$(PY) manage.py load_record
	@made="$${SHOLU_DATA_DIR:-var}/static-manifest/staticfiles.json"; \
	if [ -e "$$made" ] && [ -z "$$(find static portal/staticfiles.py $(VENV)/requirements.stamp -newer "$$made")" ]; then \
	  echo "Static files: unchanged"; \
	else \
	  echo "Static files: hashing and compressing"; \
	  $(PY) manage.py collectstatic --noinput --verbosity 0; \
	fi
	@echo "Portal: http://127.0.0.1:$${PORT:-8000}/ (Ctrl+C stops it)"
	@exec $(PY) -m gunicorn --config portal/gunicorn_conf.py portal.wsgi

admin: $(VENV)/requirements.stamp ## Make a staff account that may do everything in the admin
	@$(PY) manage.py migrate --verbosity 0
	@if [ -n "$$DJANGO_SUPERUSER_USERNAME" ] && [ -n "$$DJANGO_SUPERUSER_PASSWORD" ]; then \
	  DJANGO_SUPERUSER_EMAIL="$${DJANGO_SUPERUSER_EMAIL:-}" $(PY) manage.py createsuperuser --noinput; \
	else \
	  $(PY) manage.py createsuperuser; \
	fi

test: $(VENV)/requirements-dev.stamp ## Run every check and every test, on SQLite, on PostgreSQL and in a browser
	@$(MAKE) check
	@$(PY) -m tests.browser.chromium
	@echo "Tests on SQLite, with those in a browser"
	@$(PY) -m pytest -q --numprocesses auto --dist loadgroup
	@echo "Tests on PostgreSQL"
	@$(PY) tests/on_postgresql.py $(PY) -m pytest -q --numprocesses auto --dist loadgroup -m "not browser"

check: $(VENV)/requirements-dev.stamp ## Run the checks that need no database: lint, format, types, templates, settings
	@echo "Python: lint and format"
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@echo "Types: mypy, strict"
	@$(PY) -m mypy --no-error-summary
	@echo "Templates: lint"
	@$(PY) -m djlint templates --lint --quiet
	@echo "Models: no migration is missing"
	@$(PY) manage.py makemigrations --check --dry-run --verbosity 0
	@echo "Settings: Django's checks for deployment"
	@SHOLU_TLS=1 $(PY) manage.py check --deploy --fail-level WARNING

bench: $(VENV)/requirements-dev.stamp ## Measure pages, search and exports at several sizes of the record (make bench SIZES="1000 100000" DATABASES=sqlite)
	@$(PY) -m benchmarks $(if $(SIZES),--sizes "$(SIZES)") $(if $(DATABASES),--databases "$(DATABASES)")

fix: $(VENV)/requirements-dev.stamp ## Repair lint and format where a tool can
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format --quiet .

lock: $(VENV)/requirements.stamp ## Pin the newest versions that pyproject.toml allows, with their hashes
	@$(PY) -m pip install --quiet uv
	@for line in "requirements.txt" "requirements-dev.txt --extra dev --constraint requirements.txt"; do \
	  $(PY) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate pyproject.toml --output-file $$line || exit 1; \
	done

clean: ## Remove the virtual environment and the caches; the data in var/ stays
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache

# A stamp says which requirements the environment holds: installing is skipped while they are the same.
$(VENV)/requirements.stamp: requirements.txt $(VENV)/bin/pip
	@echo "Packages: installing the pinned requirements"
	@$(PY) -m pip install --quiet --require-hashes --no-deps -r requirements.txt
	@touch $@

$(VENV)/requirements-dev.stamp: requirements-dev.txt $(VENV)/requirements.stamp
	@echo "Packages: installing the tools for development and tests"
	@$(PY) -m pip install --quiet --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

$(VENV)/bin/pip:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11 or newer (on Debian: apt install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11: install a newer one and name it, as in: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make virtual environments: install its venv part (on Debian: apt install python3-venv)."; exit 1; }
	@echo "Virtual environment: making $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
