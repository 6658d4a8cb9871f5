# Everything that is done with Earshot, from an empty clone on. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
# Stamps: what has been done is not done again.
MADE := .venv/.made
LOCKED := .venv/.locked
LOCKED_DEV := .venv/.locked-dev
READY := .venv/.ready
READY_DEV := $(READY) $(LOCKED_DEV)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help
help: ## list what can be made
	@grep -hE '^[.a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([.a-z-]+):.*## /  make \1\t/' | expand -t 18

.PHONY: .venv
.venv: $(READY_DEV) ## the environment for developing, in .venv

$(MADE):
	@for name in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then python=$$name; break; fi; done; \
	if [ -z "$${python:-}" ]; then \
	  echo "Earshot needs Python 3.11 or newer, and none was found."; \
	  echo "Install one, or name it: make PYTHON=/path/to/python3.11 …"; exit 1; fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo "$$python makes no virtual environments. On Debian: apt-get install python3-venv"; \
	  exit 1; fi; \
	if ! $(PIP) --version >/dev/null 2>&1; then \
	  echo "Making the environment in .venv"; rm -rf .venv; "$$python" -m venv .venv; fi
	@touch $@

$(LOCKED): requirements.lock | $(MADE)
	@echo "Installing what Earshot needs (a minute or two the first time)"
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(READY): pyproject.toml $(LOCKED)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(LOCKED_DEV): requirements-dev.lock $(LOCKED)
	@echo "Installing what developing and testing need"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11

.PHONY: lock
lock: $(LOCKED_DEV) ## write the locks anew from pyproject.toml (UPGRADE=1: newest versions)
	@$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --extra build -o requirements.lock
	@$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --extra build --extra dev \
	  -c requirements.lock -o requirements-dev.lock

CATALOGUES := $(shell find translations -name '*.po' 2>/dev/null)
COMPILED := $(CATALOGUES:.po=.mo)

%.mo: %.po | $(READY)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

.PHONY: compiled
compiled: $(COMPILED)

node_modules/.ready: package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund && touch $@; \
	else echo "Without npm, the tests that look for barriers are left out."; fi

.PHONY: install
install: $(READY) $(COMPILED) ## what running needs, and no more

.PHONY: serve
serve: $(READY) $(COMPILED) ## start the site and its worker (PORT, EARSHOT_DATA)
	@exec $(BIN)/earshot serve

.PHONY: test
test: $(READY_DEV) $(COMPILED) node_modules/.ready ## run all tests (ARGS: pytest's own, such as -k words)
	@$(BIN)/python -m pytest --numprocesses auto $(ARGS)

.PHONY: check
check: $(READY_DEV) .venv/messages.pot ## style, types, directions of imports, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tests.translations .venv/messages.pot

.PHONY: bench
bench: $(READY_DEV) $(COMPILED) ## measure speed beside a bare Flask started in the same run
	@$(BIN)/python -m tests.benchmarks $(ARGS)

VERSIONS := site/web/migrations/versions

.PHONY: migration
migration: $(READY_DEV) ## write what changed in the tables as a migration (WORDS="a summary")
	@room=$$(mktemp -d); trap 'rm -rf "$$room"' EXIT; \
	export EARSHOT_DATABASE_URL=sqlite:///$$room/new.sqlite; \
	$(BIN)/alembic upgrade head; \
	number=$$(ls $(VERSIONS)/*.py | wc -l); \
	$(BIN)/alembic revision --autogenerate -m "$(WORDS)" \
	  --rev-id "$$(printf %04d $$((number + 1)))"; \
	sed -i '/# ### /d' $(VERSIONS)/*.py; $(BIN)/ruff format --quiet $(VERSIONS)

SOURCES := $(shell find stories site -name '*.py' -o -path '*/templates/*' -type f)

.venv/messages.pot: $(SOURCES) pyproject.toml | $(READY)
	@$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --project Earshot \
	  --copyright-holder "the Earshot authors" --add-comments TRANSLATORS: --strip-comments \
	  --add-location file --sort-by-file --width 88 --output-file $@ \
	  -k _ -k ngettext:1,2 -k lazy_gettext -k lazy_ngettext:1,2 -k pgettext:1c,2 -k _in:1c,2 \
	  -k Problem -k plural:1,2 --ignore-dirs '.* node_modules instance tests static' .

.PHONY: messages
messages: $(READY) ## gather what there is to translate into every language's catalogue
	@rm -f .venv/messages.pot
	@$(MAKE) .venv/messages.pot
	@for language in $$($(BIN)/python -m tests.translations languages); do \
	  $(BIN)/pybabel --quiet update --input-file .venv/messages.pot --output-dir translations \
	    --locale $$language --init-missing --no-fuzzy-matching --ignore-obsolete \
	    --ignore-pot-creation-date --width 88; done

# Also what Weblate does when a language is begun there: only the folder counts.
.PHONY: language
language: .venv/messages.pot ## begin a language: a folder under translations/ (TAG=tr)
	@home=translations/$$(echo "$(TAG)" | tr - _); \
	if [ -e "$$home" ]; then echo "$$home is there already."; exit 1; fi; \
	$(BIN)/pybabel --quiet init --input-file .venv/messages.pot --output-dir translations \
	  --locale "$${home#*/}" --width 88; \
	printf '# %s\n\n%s\n\n%s\n' "$(TAG)" \
	  'How we speak to the reader; gender, dates, names of companies, quotation marks.' \
	  "$$(printf '| English | ours | not |\n|---|---|---|\n| story | | |')" > "$$home/README.md"; \
	echo "Translate $$home/LC_MESSAGES/messages.po; \`make check\` says what is missing."
