"""The fixtures of the integration tests: the emulator's, and the program to run against it."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Emulator"))

from emulator import names  # noqa: E402
from emulator.fixtures import emulator, empty, stack  # noqa: E402, F401

from tidemark import Tidemark  # noqa: E402


@pytest.fixture
def tidemark(stack, tmp_path) -> Tidemark:
    """The program in an empty folder, with the variables of a user who may only look."""
    return Tidemark(tmp_path, stack.variables())


@pytest.fixture
def actor(stack) -> str:
    """That user, as AWS attests it."""
    return f"arn:aws:iam::{stack.account}:user/{names.READER}"


@pytest.fixture
def recorded(tidemark) -> Tidemark:
    """The program in a folder with the history of the documented stack, v9 released."""
    tidemark.record("--release", "v9", "--by", "release-bot")
    return tidemark


@pytest.fixture
def copied(recorded):
    """Another folder with a copy of the history as it is now: `copied('elsewhere')`."""

    def copy(name: str) -> Tidemark:
        folder = recorded.folder / name
        folder.mkdir()
        shutil.copy(recorded.history, folder)
        return Tidemark(folder, recorded.variables)

    return copy
