"""Fixtures of the integration tests: the emulator's, and the program to run against it."""

import shutil
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Emulator"))

from emulator import names  # noqa: E402
from emulator.fixtures import documented, emulator, empty, stack  # noqa: E402, F401

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


@pytest.fixture(scope="module")
def standing(emulator, tmp_path_factory):
    """The documented stack and a history of it, for all tests of a file that change neither."""
    stack = documented(emulator.endpoint)
    tidemark = Tidemark(tmp_path_factory.mktemp("standing"), {**stack.variables(), **KEYED})
    tidemark.record("--release", "v9", "--by", "release-bot")
    return stack, tidemark


@pytest.fixture
def copied(standing, tmp_path) -> Tidemark:
    """The program with its own copy of that history."""
    _, tidemark = standing
    shutil.copy(tidemark.history, tmp_path)
    return Tidemark(tmp_path, tidemark.variables)
