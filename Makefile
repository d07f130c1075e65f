# Everything lands in .venv, node_modules and .local; nothing outside this folder is changed.
PYTHON ?= python3
PORT ?=
FRESH ?=
ARGS ?=
BIN := .venv/bin
LOCAL := $(BIN)/python -m cspr.local
OFFLINE := $(LOCAL) run --without-servers --
TEMPLATES := $(wildcard templates notifications/templates)
SCSS := $(shell find static/scss -name '*.scss' 2>/dev/null)

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export UV_NO_PROGRESS = 1
export UV_SYSTEM_CERTS ?= 1
export UV_CACHE_DIR ?= $(if $(and $(HOME),$(wildcard $(HOME)/.)),$(HOME)/.cache/uv,$(CURDIR)/.local/cache/uv)
export PORT FRESH

.PHONY: help install demo test t check guide bench lock format clean
.DEFAULT_GOAL := help

help:
	@echo "make demo     start the whole system with invented cases, then open the address it prints"
	@echo "make test     run every test"
	@echo "make t ARGS=  run some tests, for example: make t ARGS='tests/statute -q'"
	@echo "make check    style, types, import law, templates, migrations, deployment settings"
	@echo "make guide    make the pictures of docs/guide anew"
	@echo "make bench    measurements"
	@echo "make format   put code and templates into the house style"
	@echo "make lock     choose versions anew and write uv.lock and package-lock.json"
	@echo "make clean    stop what runs here and remove everything that was installed or made"

install: .local/installed .local/modules $(if $(wildcard static/scss/app.scss),.local/static/app.css)

.local/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "This needs Python 3.11 or newer, and '$(PYTHON)' is older or missing: name another with make PYTHON=/path/to/python3." >&2; exit 1; }
	@mkdir -p .local
	@$(PYTHON) -m venv --clear .venv || { echo "Python could not make a virtual environment: on Debian and Ubuntu, install the package python3-venv." >&2; exit 1; }
	@touch $@

.local/installed: .local/venv uv.lock
	@echo "Installing Python packages ..."
	@sed -n '/^uv==/,/# via/p' uv.lock > .local/uv.txt
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r .local/uv.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes uv.lock
	@touch $@

.local/modules: .local/installed package.json package-lock.json
	@echo "Installing style-sheet packages ..."
	@$(LOCAL) modules
	@touch $@

.local/static/app.css: .local/modules $(SCSS) cspr/local/assets.py
	@$(LOCAL) assets

demo: install
	@$(LOCAL) demo

test: install
	@$(LOCAL) run -- $(BIN)/pytest -n auto $(ARGS)

t: install
	@$(LOCAL) run -- $(BIN)/pytest $(ARGS)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(OFFLINE) $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint $(TEMPLATES) --lint --quiet
	$(LOCAL) run -- $(BIN)/python manage.py migrate --verbosity 0
	$(LOCAL) run -- $(BIN)/python manage.py makemigrations --check --dry-run
	$(LOCAL) run --production -- $(BIN)/python manage.py check --deploy --fail-level WARNING

guide: install
	@CSPR_GUIDE=1 $(LOCAL) run -- $(BIN)/pytest tests/journeys -q $(ARGS)

bench: install
	@$(LOCAL) run -- $(BIN)/python -m cspr.bench $(ARGS)

lock:
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade --all-extras \
		--custom-compile-command "make lock" pyproject.toml -o uv.lock
	$(LOCAL) lock

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	@if [ -x $(BIN)/python ]; then $(LOCAL) clean; fi
	rm -rf .venv .local node_modules
