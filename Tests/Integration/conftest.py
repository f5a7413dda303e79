"""The fixtures of the integration tests: the emulator's, and the program to run against it."""

import shutil
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Emulator"))

from emulator import names  # noqa: E402
from emulator.fixtures import documented, emulator, empty, stack  # noqa: E402, F401

from tidemark import KEYED, Tidemark  # noqa: E402


# A program inherits that a signal is ignored, as SIGHUP is under nohup(1), but not that it is handled.
signal.signal(signal.SIGHUP, lambda *_: None)

ACTOR = f"arn:aws:iam::{names.ACCOUNT}:user/{names.READER}"


@pytest.fixture
def tidemark(stack, tmp_path) -> Tidemark:
    """The program in an empty folder, with the variables of a user who may only look."""
    return Tidemark(tmp_path, stack.variables())


@pytest.fixture
def actor() -> str:
    """That user, as AWS attests it."""
    return ACTOR


@pytest.fixture
def keyed(stack, tmp_path) -> Tidemark:
    """The same with a key, so that secrets are seen to be the same."""
    return Tidemark(tmp_path, {**stack.variables(), **KEYED})


@pytest.fixture
def recorded(keyed) -> Tidemark:
    """The program in a folder with the history of the documented stack, v9 released."""
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
    """The program in a folder with a copy of that history."""
    _, tidemark = standing
    shutil.copy(tidemark.history, tmp_path)
    return Tidemark(tmp_path, tidemark.variables)
