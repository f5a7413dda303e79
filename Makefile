# Two commands set everything up on a fresh Debian 12 with a Swift toolchain: make demo, make test.

SHELL := /bin/bash
VENV  := .venv
# The release is one file that can be copied elsewhere; it links Debian's own SQLite, libcurl, libzip and OpenSSL. At a fixed
# address it starts faster: a hundred thousand relocations less.
RELEASE := -c release --static-swift-stdlib -Xlinker -no-pie
BINARY  := $(CURDIR)/.build/release/tidemark

.PHONY: demo test bench setup build release lint dependencies wire unit integration fuzz sanitize clean

demo: release
	@Tests/Demo/demo $(BINARY)

test: lint dependencies wire unit integration

# Installs what is missing: Debian packages, and the test tools of PyPI in a virtual environment.
setup:
	@Tests/setup $(VENV)

build: setup
	swift build

release: setup
	swift build $(RELEASE) --product tidemark

lint: setup
	swift format lint --strict --recursive Package.swift Sources Tests Migrations Reports

# Every resolved package with its version is on a committed list.
dependencies: setup
	Tests/dependencies --check

# The table of wire facts is what the pinned botocore says.
wire: setup
	$(VENV)/bin/python Sources/AWSShapes/generate.py --check

unit: setup
	swift test --disable-xctest

# Each file is run by one worker, so that its tests share what they share.
integration: release
	TIDEMARK=$(BINARY) $(VENV)/bin/python -m pytest -q -n auto --dist loadfile Tests/Emulator Tests/Integration

# What each answer takes beside git, sqlite3 and boto3, as ratios.
bench: release
	@Tests/setup $(VENV) git sqlite3 time
	swift build $(RELEASE) --product benchmark-history
	swift build $(RELEASE) --product benchmark-drift
	@PYTHONPATH=Tests/Emulator:Tests/Benchmarks $(VENV)/bin/python -m bench $(BINARY) $(dir $(BINARY))benchmark-history $(dir $(BINARY))benchmark-drift

# Hostile input for every reader, for SECONDS in all; a longer run learns more.
SECONDS := 60
fuzz: setup
	Tests/FuzzTests/fuzz $(SECONDS)

# The unit tests and the program under the thread and the address sanitizer.
sanitize: setup
	Tests/sanitize

clean:
	rm -rf .build .build-* $(VENV)
