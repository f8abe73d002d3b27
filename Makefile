# auditor: `make demo` shows it, `make test` proves it, `make help` lists the rest.

SHELL := /bin/bash
PREFIX ?= /usr/local
AUDITOR_SHARED ?= $(abspath ../shared)
AUDITOR := .build/release/auditor
DATE ?= $(shell date -u +%Y-%m-%d)
SOURCES := $(wildcard Sources Tests Benchmarks Package.swift)

# A crashing test must not print memory, nor leave a backtracer behind that holds the pipe open.
export SWIFT_BACKTRACE := enable=no
export AUDITOR_SHARED

# Homebrew keeps libxml2 and libarchive out of the default search path.
ifeq ($(shell uname -s),Darwin)
  export PKG_CONFIG_PATH := $(shell brew --prefix libxml2 2>/dev/null)/lib/pkgconfig:$(shell brew --prefix libarchive 2>/dev/null)/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

# The binary runs where no Swift is installed, and calls into the library cost less: 5 to 10 % of an audit.
ifeq ($(shell uname -s),Linux)
  STATIC := --static-swift-stdlib
endif

.DEFAULT_GOAL := help
.PHONY: help demo test lint format build deps bench score check-deep check-report fuzz sample install completions manual clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## install what is missing, build, audit examples/outputs, say where the report is
	@Scripts/demo.sh $(AUDITOR)

test: deps ## build and run every test (under 15 minutes on two cores)
	swift build --build-tests
	swift test --skip-build

lint: ## check the format of every Swift file
	swift format lint --strict --recursive $(SOURCES)

format: ## format every Swift file
	swift format --in-place --recursive $(SOURCES)

build: deps ## build the release binary
	swift build -c release --product auditor $(STATIC)

deps: ## install the C libraries that are missing (apt or brew)
	@Scripts/dependencies.sh

bench: build ## how fast, against whom: Benchmarks/README.md; writes Benchmarks/runs/
	python3 Benchmarks/bench.py --binary $(AUDITOR) --date $(DATE)

score: build ## score the build on the shared labelled data; writes Benchmarks/SCORES.md
	python3 Scripts/score.py --binary $(AUDITOR)

check-deep: build ## slow checks: every page windowed against exhaustive, big files, memory, determinism
	python3 Scripts/check_deep.py --binary $(AUDITOR)
	python3 Scripts/check_words.py --binary $(AUDITOR)
	python3 Scripts/check_injections.py --binary $(AUDITOR)
	python3 Scripts/check_report.py --binary $(AUDITOR)

check-report: build ## look at the HTML report in Chromium: accessibility, keyboard, narrow screens, safety, size, speed
	python3 Scripts/check_report.py --binary $(AUDITOR)

fuzz: build ## fuzz tokenizer, encodings, JSON, WARC, archives and rules with the address sanitizer; SECONDS=600 each
	Scripts/fuzz.sh $(or $(SECONDS),600) $(TARGETS)

sample: build ## record reports/sample again, after a change of the report
	@Scripts/sample.sh $(AUDITOR)

install: build completions manual ## install to PREFIX (/usr/local): bin/auditor, share/auditor/rules, completions, man page
	@Scripts/install.sh $(AUDITOR) $(DESTDIR)$(PREFIX)

completions: build ## write shell completions to .build/completions
	@Scripts/completions.sh $(AUDITOR)

manual: build ## write the man page to .build/manual
	@mkdir -p .build/manual
	@python3 Scripts/manual.py $(AUDITOR) >.build/manual/auditor.1

clean: ## delete what was built, and the demo's reports
	rm -rf .build reports/demo
