# Two commands set everything up on a fresh Debian 12 with a Swift toolchain: make demo, make test.

SHELL := /bin/bash
VENV  := .venv
BINARY  := $(CURDIR)/.build/release/tidemark
STATIC  := $(CURDIR)/.build/static
LINKED  := $(CURDIR)/.build/linked
# The release is one file that needs glibc, and libcurl where it makes a request: it contains SQLite, libcrypto, zlib and
# libstdc++, and exports no symbol of them. A fixed address saves a hundred thousand relocations at the start. No path of
# this machine is in it. The linker writes LINKED, which lists all that it read.
RELEASE := -c release --static-swift-stdlib --disable-local-rpath \
    -Xswiftc -L$(STATIC) -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
    -Xcc -ffile-prefix-map=$(CURDIR)=. \
    -Xlinker -no-pie -Xlinker --no-export-dynamic -Xlinker --build-id=none -Xlinker --dependency-file=$(LINKED)

.PHONY: demo test bench setup build build-release release reproduce lint voice structure dependencies wire unit integration stores fuzz sanitize clean

demo: build-release
	@Tests/Demo/demo $(BINARY)

test: lint voice structure dependencies wire unit integration

# Installs what is missing: Debian packages, and the test tools of PyPI in a virtual environment.
setup:
	@Tests/setup $(VENV)

build: setup
	swift build

# Builds the program as it is released. The benchmarks and tools overwrite LINKED too: it is kept if the program was linked.
build-release: setup
	.release/static-archives $(STATIC)
	swift build $(RELEASE) --product tidemark
	@if grep -qs "/release/tidemark: " $(LINKED); then mv $(LINKED) $(LINKED)-tidemark; fi

# Packages the program into .build/release-files: a tarball, a Debian package, the list of what they contain, and checksums.
release: build-release
	@python3 .release/package $(BINARY) $(LINKED)-tidemark .build/release-files

# Builds the commit again in another folder, and compares the files of the two releases.
reproduce: release
	.release/reproduce .build/release-files

lint: setup
	swift format lint --strict --recursive Package.swift Sources Tests Migrations Reports

# Finds retired phrases.
voice:
	Tests/voice

# Checks the walks of CONTRIBUTING, and the size and the names of files and types.
structure:
	Tests/structure

# Compares the resolved packages and their versions with the committed list.
dependencies: setup
	Tests/dependencies --check

# Compares the wire table with the pinned botocore.
wire: setup
	$(VENV)/bin/python Sources/AWSShapes/generate.py --check

unit: setup
	swift test --disable-xctest

# One worker runs all tests of a file, so that they share its fixtures.
integration: release
	TIDEMARK=$(BINARY) $(VENV)/bin/python -m pytest -q -n auto --dist loadfile Tests/Emulator Tests/Integration

# Records into a bucket of Ceph, another server of S3's protocol.
stores: build-release
	@Tests/setup $(VENV) radosgw ceph-mon ceph-osd ceph-common
	TIDEMARK=$(BINARY) $(VENV)/bin/python -m pytest -q Tests/Stores

# Measures the program beside git, sqlite3 and boto3, and compares each figure with its target.
bench: build-release
	@Tests/setup $(VENV) git sqlite3 time valgrind binutils
	swift build $(RELEASE) --product benchmark-history
	swift build $(RELEASE) --product benchmark-drift
	@PYTHONPATH=Tests/Emulator:Tests/Benchmarks $(VENV)/bin/python -m bench $(BINARY) $(dir $(BINARY))benchmark-history $(dir $(BINARY))benchmark-drift

# Fuzzes every reader, for SECONDS in total; a longer run finds more.
SECONDS := 60
fuzz: setup
	Tests/FuzzTests/fuzz $(SECONDS)

# Runs the unit tests and the program under the thread and the address sanitizer.
sanitize: setup
	Tests/sanitize

clean:
	rm -rf .build .build-* $(VENV)
