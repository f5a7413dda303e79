"""Fixtures of the integration tests: the emulator's, and the program to run against it."""

import shutil
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Emulator"))

from emulator import names  # noqa: E402
from emulator.fixtures import documented, emulator, empty, stack  # noqa: E402, F401
from emulator.proxy import serving  # noqa: E402

from caching import CachingEndpoint  # noqa: E402
from drifting import drifting, hostile, many  # noqa: E402, F401
from tidemark import KEYED, Tidemark  # noqa: E402


# A child process inherits an ignored signal, as SIGHUP is under nohup(1), but not a signal handler.
signal.signal(signal.SIGHUP, lambda *_: None)

ACTOR = f"arn:aws:iam::{names.ACCOUNT}:user/{names.READER}"


@pytest.fixture
def tidemark(stack, tmp_path) -> Tidemark:
    """The program in an empty folder, with the variables of a read-only user."""
    return Tidemark(tmp_path, stack.variables())


@pytest.fixture
def actor() -> str:
    """The ARN of that user, as AWS reports it."""
    return ACTOR


@pytest.fixture
def keyed(stack, tmp_path) -> Tidemark:
    """The program with a key, which makes secrets comparable."""
    return Tidemark(tmp_path, {**stack.variables(), **KEYED})


@pytest.fixture
def recorded(keyed) -> Tidemark:
    """The program with a history of the documented stack, released as v9."""
    keyed.record("--release", "v9", "--by", "release-bot")
    return keyed


@pytest.fixture(scope="session")
def documented_history(emulator, tmp_path_factory) -> Tidemark:
    """The program with a history of the documented stack, recorded once; a restored stack has the same ids."""
    stack = documented(emulator.endpoint)
    tidemark = Tidemark(tmp_path_factory.mktemp("documented"), {**stack.variables(), **KEYED})
    tidemark.record("--release", "v9", "--by", "release-bot")
    return tidemark


@pytest.fixture(scope="module")
def standing(emulator, documented_history):
    """The documented stack and a history of it, for tests that change neither."""
    return documented(emulator.endpoint), documented_history


@pytest.fixture
def copied(standing, tmp_path) -> Tidemark:
    """The program with its own copy of that history."""
    _, tidemark = standing
    shutil.copy(tidemark.history, tmp_path)
    return Tidemark(tmp_path, tidemark.variables)


@pytest.fixture(scope="module")
def caching(standing):
    """The URL of an endpoint that repeats the documented stack's answers."""
    stack, _ = standing
    with serving(CachingEndpoint(stack).answer) as url:
        yield url


@pytest.fixture
def cached(copied, caching) -> Tidemark:
    """The program with its own copy of that history, and with quick answers: for tests that record often."""
    copied.variables["AWS_ENDPOINT_URL"] = caching
    return copied
