# Two commands do it all: `make run` serves Alfred, `make test` passes the tests.
PYTHON ?= python3
BIN := .venv/bin
PINS := requirements.txt requirements-dev.txt

.PHONY: run test lint format prompts check hooks pins clean

run: .venv/run .venv/jail
	@exec $(BIN)/python app.py

# Two at a time, each file in one go, so that what a file starts is started once.
test: .venv/test .venv/jail .venv/browser .venv/phoenix/ready
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: .venv/test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Copies prompts.yaml and the version, which people edit, into agent.json, which smolagents reads.
prompts: .venv/run
	$(BIN)/python -m alfred.agent

# What the Space or its consumers would choke on; make test looks, too.
check: .venv/run
	$(BIN)/python -m alfred check

# From now on git push runs that check first.
hooks:
	install -m 755 .githooks/pre-push "$$(git rev-parse --git-path hooks)/pre-push"

# Raises every pin to the newest release that installs together with the others and with what the builder of Spaces adds,
# in an environment of its own; make check and make test are the judges.
pins: .venv/run
	$(PYTHON) -m venv --clear .venv/newest
	(sed '/^-r/d; s/==.*//' $(PINS); $(BIN)/python -c "from alfred.space.requirements import BUILDER; print(*BUILDER)") \
		| xargs .venv/newest/bin/python -m pip install --quiet --disable-pip-version-check --no-compile
	for file in $(PINS); do \
		.venv/newest/bin/python -m pip freeze --requirement $$file | sed '/^##/,$$d' > .venv/pins && cp .venv/pins $$file; \
	done
	rm -r .venv/newest

clean:
	rm -rf .venv

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test: requirements-dev.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/run

# A receiver of traces that others wrote; in an environment of its own, since it needs other versions of packages.
.venv/phoenix/ready:
	$(PYTHON) -m venv .venv/phoenix
	.venv/phoenix/bin/python -m pip install --quiet --disable-pip-version-check --no-compile arize-phoenix==20.26.1
	@touch $@

# The jail's library, which Debian's images have; without it Alfred starts and says why no code runs.
.venv/jail: packages.txt | .venv/bin/python
	@$(BIN)/python -c "import ctypes, ctypes.util; ctypes.CDLL(ctypes.util.find_library('seccomp') or 'libseccomp.so.2')" 2>/dev/null \
		|| (apt-get update -qq && xargs apt-get install -y -qq <packages.txt) >/dev/null 2>&1 \
		|| echo "libseccomp is missing and could not be installed: install the packages of packages.txt."
	@touch $@

# Debian's Chromium where apt can install it, Playwright's own download elsewhere; axe-core from npm.
.venv/browser: .venv/test
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq chromium) >/dev/null 2>&1 \
		|| $(BIN)/python -m playwright install --with-deps chromium
	@command -v npm >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends npm) >/dev/null
	@npm install --silent --no-audit --no-fund --prefix .venv/axe axe-core@4.14.1
	@touch $@
