"""Ceph's S3 server beside the emulator, whose stack the program observes."""

import sys
from pathlib import Path

import pytest

for folder in ("Integration", "Emulator"):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / folder))

from emulator.fixtures import documented, emulator  # noqa: E402, F401

import ceph  # noqa: E402
from caching import CachingEndpoint  # noqa: E402


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    with ceph.running(tmp_path_factory.mktemp("ceph")) as running:
        yield running


@pytest.fixture(scope="session")
def walk(emulator):
    """The answers to the questions of a walk."""
    stack = documented(emulator.endpoint)
    return stack, CachingEndpoint(stack).answer
