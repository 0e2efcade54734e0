# Needs python3 (3.11 to 3.13) and make; everything else is installed into .venv. See docs/development.md.
# PYTHON=python3.12 chooses another interpreter and makes .venv anew; without it an existing .venv is kept.

.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-alerts bench-bundles bench-mail bench-search lock clean

UV := uv==0.13.9
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PORT ?= 8000
export PORT

# The interpreter that .venv should have. A .venv that no longer runs (its Python is gone) counts as none.
ifeq ($(origin PYTHON),undefined)
  WANTED := $(shell $(BIN)/python -c 'import sys' 2>/dev/null && echo $(BIN)/python || echo python3)
else
  WANTED := $(PYTHON)
endif
VERSION_OF = import sys; print("%d.%d.%d" % sys.version_info[:3])
ifneq ($(shell $(WANTED) -c '$(VERSION_OF)' 2>/dev/null),$(shell $(BIN)/python -c '$(VERSION_OF)' 2>/dev/null))
  .PHONY: $(READY)
endif

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

run: $(READY) .env  ## start the portal with sample content on http://localhost:8000 (PORT=…); Ctrl-C stops it
	@exec $(BIN)/python -m portal.supervise

test: $(READY) .env  ## all tests, the journeys in a real browser included
	@set -- $${CHROMIUM:+"$$CHROMIUM"}; \
	test $$# -gt 0 || set -- chromium chromium-browser google-chrome google-chrome-stable /usr/bin/chromium \
	    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; \
	CHROMIUM=$$(for name; do command -v "$$name" && break; done) \
	  || { echo "No Chromium found ($$*): install one (Debian: apt install chromium) or set CHROMIUM=/path/to/it." >&2; exit 1; }; \
	export CHROMIUM; failed=0; \
	$(BIN)/python -m pytest -m "not browser" -n auto || failed=1; \
	$(BIN)/python -m pytest -m browser || failed=1; \
	exit $$failed

# A production-like environment; the database stays the one of the environment, .env or the checkout.
check: export DEBUG = off
check: export SECRET_KEY = a-key-for-checks-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ
check: export ALLOWED_HOSTS = portal.example
check: export SITE_URL = https://portal.example
check: $(READY)  ## linters, formats, types, migrations, deployment settings, lock file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@git ls-files -z -co --exclude-standard -- '*templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	DATABASE_URL=postgresql:///unused $(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --deploy --fail-level WARNING
	@grep -qxF "$$($(LOCK_MARK))" requirements.lock || { echo "requirements.lock is older than requirements.txt: run 'make lock'." >&2; exit 1; }

bench: $(READY) .env  ## measure the pages
	$(BIN)/python -m bench.pages

bench-alerts: $(READY) .env  ## measure alerts: searches against the new jobs of a day (BENCH_ALERTS=10000,100000)
	$(BIN)/python -m bench.alerts

bench-bundles: $(READY) .env  ## measure zips of guides: 1,000 looked at, imported and packed (BENCH_GUIDES=…)
	$(BIN)/python -m bench.bundles

bench-search: $(READY) .env  ## measure the job search at a million rows (BENCH_JOBS=…); the first time takes ten minutes
	$(BIN)/python -m bench.search

bench-mail: $(READY) .env  ## measure the outbox: mails a second to a mail server on loopback (BENCH_MAILS=…)
	$(BIN)/python -m bench.mail

LOCK_MARK = $(BIN)/python -c 'import hashlib, pathlib; print("\# requirements.txt", hashlib.sha256(pathlib.Path("requirements.txt").read_bytes()).hexdigest())'
lock: $(READY)  ## compile requirements.txt into requirements.lock (needs the network); versions already there are kept
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet $(UV)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock requirements.txt
	@{ echo "# Written by 'make lock' from the file below; 'make check' compares its hash."; $(LOCK_MARK); cat requirements.lock; } > requirements.lock.new
	@mv requirements.lock.new requirements.lock

clean:  ## remove .venv, the local database and everything else that was built here
	@$(WANTED) -m portal.localpg remove
	rm -rf $(VENV) .local staticfiles .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.env: | $(READY)
	@umask 077; $(BIN)/python -c 'import secrets; print("DEBUG=on\nSECRET_KEY=" + secrets.token_urlsafe(50))' > .env
	@echo "Wrote .env for development."

$(READY): requirements.lock
	@$(WANTED) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	  || { echo "$(WANTED) is not Python 3.11, 3.12 or 3.13: choose one with 'make PYTHON=python3.12 …'." >&2; exit 1; }
	@$(WANTED) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "This Python cannot make virtual environments. Debian, Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@rm -f $@
	@test "$$($(WANTED) -c '$(VERSION_OF)')" = "$$($(BIN)/python -c '$(VERSION_OF)' 2>/dev/null)" \
	  || { echo "Making $(VENV) …"; rm -rf $(VENV); $(WANTED) -m venv $(VENV); }
	@echo "Installing what requirements.lock lists …"
	@{ test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV); } \
	  && $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock \
	  || { echo "uv did not do it: installing with pip …"; \
	       $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; }
	@touch $@
