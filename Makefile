# make run [PICTURES=folder] [TALK=file] | make room | make handout | make site | make dev | make quick | make test | make test-all | make check | make bench | make load | make pictures; each does its own set-up.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8501
PICTURES ?=
TALK ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
APP_OPTIONS = $(if $(PICTURES)$(TALK),-- $(if $(PICTURES),--pictures "$(PICTURES)") $(if $(TALK),--talk "$(TALK)"))

.PHONY: run room handout site dev quick test test-all check bench load pictures browser clean

run: $(VENV)/.run
	@echo "Cat or Not: http://$(HOST):$(PORT)"
	@exec $(BIN)/python -m streamlit run streamlit_app.py --server.address $(HOST) --server.port $(PORT) $(WATCHING) \
		--logger.hideWelcomeMessage true \
		$(APP_OPTIONS)

# The same, but an edited file counts at the next run of a page.
dev: WATCHING := --server.fileWatcherType auto --server.runOnSave true
dev: run

# For everybody in this network: tells the addresses by which they reach it, and shows the best one as a code.
room: $(VENV)/.run
	@exec $(BIN)/python -m explainer.open_room --port $(PORT) $(APP_OPTIONS)

# A talk as one file that plays without a server: make handout [TALK=file] [NAME=short] [NOTES=1] [OUT=file]
handout: $(VENV)/.run
	@$(BIN)/python -m explainer.export $(if $(TALK),--talk "$(TALK)") $(if $(NAME),--name "$(NAME)") \
		$(if $(NOTES),--notes) $(if $(OUT),--out "$(OUT)")

# The whole course as a folder of static pages, for any web server:
# make site [OUT=folder] [ADDRESS=https://where.it/stands] [PROJECT=https://where.its/code/is]
site: $(VENV)/.run
	@$(BIN)/python -m explainer.export.course $(if $(OUT),--out "$(OUT)") $(if $(ADDRESS),--address "$(ADDRESS)") \
		$(if $(PROJECT),--project "$(PROJECT)")

test: browser
	$(BIN)/python -m pytest --numprocesses 2

# With what goes through all pages: accessibility, labels, Firefox.
test-all: browser
	@$(BIN)/python -m tests.browser.firefox.installed
	$(BIN)/python -m pytest --numprocesses 2 -m ""

quick: $(VENV)/.test
	$(BIN)/python -m pytest --numprocesses 2 -m quick tests

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: browser
	$(BIN)/python -m tests.benchmarks

# A full room: fifty visitors who walk through the chapters for two minutes.
load: browser
	$(BIN)/python -m tests.load

# The README's pictures, taken of the app as it is now.
pictures: browser
	$(BIN)/python -m tools.take_readme_pictures

browser: $(VENV)/.test
	@$(BIN)/python -m tests.browser.chromium

clean:
	rm -rf $(VENV)

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one, as in: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV), once; this takes a minute."
	@$(PYTHON) -m venv $(VENV) || { echo "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.run
	@$(PIP) -r requirements-test.txt
	@touch $@
