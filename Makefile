# The two commands are `make run` and `make test`; both install what is missing first.
.DEFAULT_GOAL := help
SHELL := /bin/bash

JOBS     ?= $(shell nproc)
# Without colours, or all is compiled again whenever a terminal takes the place of a pipe.
FLAGS    := -j $(JOBS) --no-color-diagnostics --explicit-target-dependency-import-check error
# No lines for a debugger, which are two thirds of what is compiled, and no names, which are not shipped.
# CONTRIBUTING.md says how a crash is read all the same.
STRIP    ?= -Xlinker -s
DEBUG    ?= none
# All C, that of the packages too: an overrun of a buffer ends the program. No library is looked for beside it, either.
# Package.swift has the rest of what makes a fault hard to use, and why it must be told that this is what is shipped.
HARDENED := -Xcc -fstack-protector-strong -Xcc -D_FORTIFY_SOURCE=2 --disable-local-rpath
RELEASE  := .build/release
PYTHON   := /usr/bin/python3

.PHONY: help prepare prepare-tests prepare-check prepare-bench release run test unit end-to-end night check bench
.PHONY: attack zones golden clean bare

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*##/ { printf "%-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

prepare: # what the build needs, from Debian
	@scripts/prepare.sh

prepare-tests: # and what the tests need
	@scripts/prepare.sh tests

prepare-check: # and what the checks need
	@scripts/prepare.sh check

prepare-bench: # and what it is measured beside
	@scripts/prepare.sh bench

release: prepare # the two programs as they are shipped: they need no Swift on the machine they run on
	@[ -x $(RELEASE)/warroom-hub ] || \
		echo 'warroom: building both programs; the first time takes some minutes on two cores'
	WARROOM_SHIPPED=1 swift build -c release --static-swift-stdlib $(FLAGS) $(HARDENED) \
		-debug-info-format $(DEBUG) $(STRIP)

run: release ## the sample night, rehearsed on this terminal at 60 times its speed; AT='Sun 04:31' begins there
	@$(RELEASE)/warroom open sample-data/2025-09-14/runbook.yaml --rehearse \
		$(if $(AT),--at '$(AT)') $(if $(SPEED),--speed $(SPEED))

test: prepare-tests release ## all tests; the last line counts them
	@scripts/test.sh

unit: prepare-tests # the tests of single targets
	swift test $(FLAGS)

end-to-end: prepare-tests release # the tests of the shipped programs, and of the checks
	$(PYTHON) -B -m pytest -q Tests/Checks Tests/EndToEnd

night: prepare-tests release ## the sample night at 600 times its speed, on three dates, and a flood: ten minutes
	WARROOM_NIGHT_SPEED=600 WARROOM_FLOOD_SECONDS=10 $(PYTHON) -B -m pytest -q -s \
		Tests/EndToEnd/test_whole_night.py Tests/EndToEnd/test_flood.py

attack: prepare-tests release ## attacks both programs, at most ten minutes; SEED=N as printed, NAMES='kills flood-*'
	$(PYTHON) -B Tests/Attack $(if $(SEED),--seed $(SEED)) $(if $(SECONDS),--seconds $(SECONDS)) $(NAMES)

check: prepare-check ## house rules, the order of folders, the format, and that all is declared and used
	$(PYTHON) -B scripts/check.py
	swift format lint --strict --parallel --recursive Sources Tests bench
	swift build $(FLAGS)
	$(PYTHON) -B scripts/dead.py

bench: prepare-tests prepare-bench release ## speed beside a C program, btop, htop, lnav and others; ten minutes
	$(PYTHON) -B bench/run.py --warroom $(RELEASE)/warroom

zones: prepare-tests ## a million instants and wall times of ten zones beside the system's own
	WARROOM_ZONES=1000000 swift test $(FLAGS) --filter SystemZoneTests

# Each suite, or target, that reads WARROOM_RECORD; scripts/check.py finds one that is left out.
RECORDED := WarRoomScreenTests|SchemaTests|SourcePagesTests|TriedTests

golden: prepare-tests ## records screens, pages and formats that are made from code; fails on purpose: look at them
	@$(PYTHON) -B scripts/make-coding.py
	WARROOM_RECORD=1 swift test $(FLAGS) --filter "$(RECORDED)"

clean: ## removes what was built
	rm -rf .build .build-bench
