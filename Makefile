# drift-check: `make demo` runs the main job on real data, `make test` proves every claim.

SHELL := /bin/bash
SWIFT ?= swift
SWIFT_FORMAT = $(SWIFT) format
BINARY := .build/release/drift-check

# What is built on, and what only the tests use.
PACKAGES := libopenblas-dev libfast-float-dev libpopt-dev libcurl4-openssl-dev libyaml-dev zlib1g-dev libzstd-dev
TEST_PACKAGES := python3-jsonschema zsh fish groff-base man-db
K8S_PACKAGES := prometheus prometheus-alertmanager prometheus-pushgateway shellcheck openssl jq python3-venv
BROWSER_PACKAGES := chromium fonts-dejavu-core
BENCH_PACKAGES := python3-venv pkg-config
AS_ROOT := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: build demo test announce lint check-tests check-faults check-clients docs test-browser pictures test-k8s \
  test-faults fuzz test-large calibrate bench setup \
  setup-tests setup-browser setup-k8s setup-bench clean

# What ships: the Swift runtime, OpenBLAS, libstdc++, popt, libyaml, zlib and zstd inside, so that it
# starts in half the time and runs where none of them is. The linker takes these archives because
# it finds them first.
ARCHIVES := libopenblas.a libstdc++.a libpopt.a libyaml.a libz.a libzstd.a
# A function of OpenBLAS that CProcess stands in for, so that it starts no threads.
WRAPPED := openblas_num_threads_env
STATIC := --static-swift-stdlib -Xlinker -L$(CURDIR)/.build/archives -Xlinker --no-export-dynamic \
  $(WRAPPED:%=-Xlinker --wrap=%)
# The tests have a build of their own, as the runtime of Swift Testing is shared.
TESTS := --scratch-path .build/tests

build: setup
	@mkdir -p .build/archives
	@for archive in $(ARCHIVES); do \
	  ln -sf "$$(clang -print-file-name=$$archive)" .build/archives/$$archive; \
	done
	$(SWIFT) build -c release --product drift-check $(STATIC)

# Checks a clean and a drifted pair of each table: the reports, the exit codes, and where the pages are.
demo: build
	@runs=0; passed=0; pages=; \
	for table in jukebox wdbc; do \
	  for current in current:0 drifted:2; do \
	    name=$${current%:*}; expected=$${current#*:}; folder=.demo/$$table-$$name; rm -rf $$folder; \
	    set -- --baseline fixtures/$$table/baseline.csv --current fixtures/$$table/$$name.csv --html $$folder/report.html; \
	    echo; echo "\$$ drift-check $$*"; \
	    $(BINARY) "$$@" --output $$folder/data_drift_latest.json; code=$$?; runs=$$((runs + 1)); \
	    if [ $$code -ne $$expected ]; then echo "exit code $$code, expected $$expected"; \
	    elif ! [ -s $$folder/data_drift_latest.json ] || ! [ -s $$folder/report.html ]; then echo "no report"; \
	    else echo "exit code $$code, as expected"; passed=$$((passed + 1)); fi; \
	    pages="$$pages  $(CURDIR)/$$folder/report.html\n"; \
	  done; \
	done; \
	echo; echo "$$passed of $$runs as expected. The same results as pages:"; printf %b "$$pages"; \
	[ $$passed -eq $$runs ]

# Says what the checks install and how long they take.
announce:
	@missing="$(call missing,$(PACKAGES) $(TEST_PACKAGES) $(K8S_PACKAGES) $(BROWSER_PACKAGES))"; \
	echo "make test builds everything for release and runs all checks: 20 to 30 minutes on 2 processors,"; \
	echo "about 5 of them for the Swift tests. It installs:"; \
	echo "  Debian packages:$${missing:- none, all are there}"; \
	[ -e $(K8S_VENV)/installed ] || echo "  Python packages into $(K8S_VENV): $(strip $(K8S_REQUIREMENTS))"

test: announce setup-tests lint check-tests check-faults check-clients docs test-browser test-k8s demo
	@echo "All checks passed."

# Also that no module and no folder refers up.
lint:
	$(SWIFT_FORMAT) lint --strict --recursive Package.swift Sources Tests
	python3 -B Tests/Layers/check_layers.py

# Release: the simulations take seconds instead of minutes. The program that is run as a process is
# the one that ships.
check-tests: setup-tests build
	$(SWIFT) build -c release --build-tests $(TESTS)
	$(SWIFT) test -c release --skip-build $(TESTS)

# Makes calls to the system fail, from the outside, and looks at what comes of it: some of them in some
# commands within ten seconds, or every call of every command within a quarter of an hour.
check-faults: build
	python3 -B Tests/Faults/check_faults.py --quick

test-faults: build
	python3 -B Tests/Faults/check_faults.py

# Looks at the page of `--html` with a browser; screenshots go to .build/browser.
test-browser: build setup-browser
	python3 -B Tests/Browser/check_pages.py

# Takes the screenshots of the documentation anew.
pictures: build setup-browser
	WRITE_PICTURES=1 python3 -B Tests/Browser/check_pages.py Pictures

# Packages that import the library from outside: a host that must not notice, a small service, and one
# with C++ interoperability on.
check-clients: setup
	$(SWIFT) run --package-path Tests/ServiceClient -c release --scratch-path .build/service-client
	$(SWIFT) run --package-path Tests/ExampleService -c release --scratch-path .build/example-service
	$(SWIFT) run --package-path Tests/CxxClient -c release --scratch-path .build/cxx-client

# Builds the library's documentation, .build/DriftKit.doccarchive: every public symbol has a comment and
# a place, and what is shown compiles and runs. Uses the build as it is: half a minute.
docs: build
	$(SWIFT) build -c release --target DriftKit $(STATIC)
	python3 -B Tests/Documentation/check_docs.py

# The manifests, alerts, dashboard and image, and the loop from drift to retraining on real servers.
# CRD_SCHEMAS=FOLDER names the schemas of custom resources; without it they are left out.
K8S_VENV := .build/k8s-venv
K8S_REQUIREMENTS = $(shell sed 's/[^[:alnum:]_.-].*//' k8s/tests/requirements.txt)
test-k8s: build $(K8S_VENV)/installed
	cd k8s/tests && $(if $(CRD_SCHEMAS),CRD_SCHEMAS="$(abspath $(CRD_SCHEMAS))") $(CURDIR)/$(K8S_VENV)/bin/python -m pytest

$(K8S_VENV)/installed: k8s/tests/requirements.txt | setup-k8s
	@echo "installing $< into $(K8S_VENV)"
	@python3 -m venv --clear $(K8S_VENV)
	@$(K8S_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

# A table ten times larger than the memory that the program may have: 4 GB of disk, a minute.
# SIZE=20 makes one of 20 GB.
test-large: build
	python3 -B Tests/Large/check_large.py $(SIZE)

# The long simulations behind the calibration tests.
calibrate: setup-tests
	$(SWIFT) build -c release --build-tests $(TESTS)
	DRIFT_CALIBRATE=1 $(SWIFT) test -c release --skip-build $(TESTS) --filter Calibration

# Throws made-up bytes at everything that takes bytes from outside, with the sanitizers of addresses and
# of undefined behaviour: MINUTES for each target, two at a time. FUZZ="csv sums" names targets. What
# was found is in .build/fuzz-finds. The kept inputs of fixtures/fuzz are part of `make test`.
MINUTES ?= 10
UNDEFINED := -fsanitize=undefined -fno-sanitize=function,vptr -fno-sanitize-recover=undefined
# SwiftPM passes the two sanitizers in any order, and of two flags the compiler takes the last one only.
fuzz: setup
	DRIFT_FUZZ=1 $(SWIFT) build -c release --product drift-fuzz --scratch-path .build/fuzz \
	  --sanitize address --sanitize fuzzer $(foreach flag,$(UNDEFINED),-Xcc $(flag) -Xcxx $(flag)) \
	  -Xswiftc -sanitize=address,fuzzer
	python3 -B Tests/Fuzz/fuzz.py $(MINUTES) $(FUZZ)

# Races the program against its peers and writes Benchmarks/RESULTS.md. BENCH=quick takes minutes,
# on the small tables, and writes below .build.
BENCH ?= full
bench: build .build/bench-venv/installed
	-@[ $(BENCH) != full ] || $(MAKE) --no-print-directory .build/bench-venv-frameworks/installed
	python3 Benchmarks/bench.py $(BENCH)

.build/bench-venv/installed: Benchmarks/requirements.txt
.build/bench-venv-frameworks/installed: Benchmarks/requirements-frameworks.txt
.build/bench-venv/installed .build/bench-venv-frameworks/installed: | setup-bench
	@echo "installing $< into $(@D)"
	@python3 -m venv --clear $(@D) || { echo "no python3 -m venv: apt-get install python3-venv" >&2; exit 1; }
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

# Those of some packages that are not installed, as words of the shell.
missing = $$(for package in $(1); do \
  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || printf " %s" $$package; done)

define install
	@missing="$(call missing,$(1))"; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  $(AS_ROOT) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(AS_ROOT) apt-get install -y -qq $$missing; \
	fi
endef

setup:
	$(call install,$(PACKAGES))

setup-tests: setup
	$(call install,$(TEST_PACKAGES))

setup-k8s: setup-tests
	$(call install,$(K8S_PACKAGES))

setup-browser:
	$(call install,$(BROWSER_PACKAGES))

setup-bench: setup
	$(call install,$(BENCH_PACKAGES))

clean:
	rm -rf .build .demo
