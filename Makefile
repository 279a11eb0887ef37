# The two commands of the README are `make run` and `make test`; the rest is for those who develop.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: run test setup lint fix messages screenshot bench

run: .venv/runtime  ## make everything that is missing, then serve on 127.0.0.1:8000
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py sample --if-empty
	@$(BIN)/python manage.py reindex --if-empty
	@$(BIN)/python manage.py serve --port $(PORT)

test: .venv/development  ## the whole suite, on SQLite and on PostgreSQL where one answers
	@$(BIN)/python tests/run.py

setup: .venv/development  ## the environment alone

lint: .venv/development
	@$(BIN)/python tests/run.py --lint-only

fix: .venv/development
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

messages: .venv/development  ## collect and compile the Chinese catalogue (needs GNU gettext)
	$(BIN)/python manage.py makemessages -l zh_Hans --no-obsolete --no-location -i .venv -i tests
	@msgattrib --sort-output -o locale/zh_Hans/LC_MESSAGES/django.po locale/zh_Hans/LC_MESSAGES/django.po
	$(BIN)/python manage.py compilemessages -l zh_Hans --ignore .venv

bench: .venv/development  ## what docs/performance.md says, measured again (needs wrk and nginx)
	$(BIN)/python benchmarks/serving.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/take_in.py
	$(BIN)/python benchmarks/publish_issue.py
	$(BIN)/python benchmarks/sizes.py

screenshot: .venv/development  ## draw the README's picture of the home page again
	$(BIN)/python docs/screenshot.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Bulletin needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv

.venv/runtime: requirements.txt | .venv/bin/python
	@echo "Installing what Bulletin runs on ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/development: requirements-dev.txt | .venv/bin/python
	@echo "Installing what Bulletin is developed with ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ .venv/runtime
