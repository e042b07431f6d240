# make demo    one sample script in every format, in the folder demo/
# make test    the whole test suite
# make quick   what needs neither LibreOffice nor long, with few examples
# make test-fonts FONTS=FOLDER     the tests of pages and fonts with the fonts of a folder
# make check   style and types
# make bench   speed and memory beside other converters
# make fuzz    each reader a minute with a fuzzer; READERS=pdf SECONDS=3600 for one of them and an hour
# make shapes  each reader a minute with files made by their structure; READERS, SECONDS and SEED as above and below
# make mutate  which small wrong changes to AREA=layout the tests notice (tests/mutate has the table of areas)
# make soak    the test suite with twenty times the examples, and what takes minutes
#
# Everything is installed into the folder .venv; nothing else on the machine changes.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SAMPLE ?= samples/two-pages.fountain

READERS ?= fountain text fdx docx pdf highland html json zip
SECONDS ?= 60

AREA ?= layout
N ?= 60
SEED ?= 1
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

.PHONY: demo test quick test-fonts check bench fuzz shapes mutate soak clean

demo: $(VENV)/.with-nothing
	@for format in $$($(BIN)/matchcut formats | awk '/ writes / { print $$1 }'); do \
	  said=$$($(BIN)/matchcut convert $(SAMPLE) --to $$format --out-dir demo --overwrite 2>&1) || \
	    { echo "$$said" >&2; exit 1; }; \
	done
	@echo "The sample script in every format:" && ls -d demo/*

test: $(VENV)/.with-test
	@$(BIN)/python -m pytest -n auto

quick: $(VENV)/.with-test
	@HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest -n auto -m 'not (libreoffice or timing or long)'

# What draws pages, or reads drawn ones back.
PAGES := tests/fonts tests/writers/pdf tests/readers/pdf/test_samples.py tests/test_reach.py tests/test_same_bytes.py

test-fonts: $(VENV)/.with-test
	@MATCHCUT_FONTS='$(FONTS)' $(BIN)/python -m pytest -n auto $(PAGES)

check: $(VENV)/.with-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.with-bench
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps trelby==2.4.16.2
	@! command -v npm >/dev/null || npm install --silent --no-audit --no-fund --prefix $(VENV)/node afterwriting@1.17.3 || \
	  echo 'npm could not install afterwriting; it is left out.' >&2
	@$(BIN)/python -m benchmarks.compare docs/benchmarks.md
	@$(BIN)/python -m benchmarks

fuzz: $(VENV)/.with-fuzz
	@for reader in $(READERS); do \
	  echo "$$reader, $(SECONDS) seconds:" && \
	  $(BIN)/python -m tests.fuzz $$reader $(SECONDS) -print_final_stats=1 >fuzz-$$reader.log 2>&1 || \
	    { tail -n 30 fuzz-$$reader.log >&2; exit 1; }; \
	  grep 'number_of_executed_units' fuzz-$$reader.log; \
	done

shapes: $(VENV)/.with-test
	@for reader in $(filter-out zip,$(READERS)); do \
	  $(BIN)/python -m tests.fuzz.shapes $$reader $(SECONDS) $(SEED) || exit 1; \
	done

mutate: $(VENV)/.with-test $(VENV)/.with-mutate
	@$(BIN)/python -m tests.mutate $(AREA) --count $(N) --seed $(SEED) --jobs $(JOBS)

soak: $(VENV)/.with-test
	@HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -n auto

clean:
	rm -rf $(VENV) demo build fuzz fuzz-*.log *.egg-info

# One file for each set of extras that is installed, made again when pyproject.toml changes. The compatible way of
# installing is a line in a .pth file; the usual one is a hook that costs 40 ms of each start.
$(VENV)/.with-%: pyproject.toml
	$(require-python)
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --config-settings editable_mode=compat --editable '.$(if $(filter nothing,$*),,[$*])'
	@touch $@

# Each stops with one line. `shell` is empty where Python is missing or the words fail.
define require-python
$(if $(shell $(PYTHON) -c 'import sys' 2>&1 || echo missing),$(error $(PYTHON) is not installed; on Debian and Ubuntu: apt-get install python3 python3-venv))
$(if $(shell $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || echo old),$(error matchcut needs Python 3.11 or newer; install one, on Debian and Ubuntu as package python3.11, and say: make PYTHON=python3.11))
$(if $(shell $(PYTHON) -c 'import venv, ensurepip' 2>&1),$(error Python cannot make virtual environments here; on Debian and Ubuntu: apt-get install python3-venv))
endef
