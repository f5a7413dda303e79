"""The program is one file: alone in an empty folder, with an empty environment, every command works."""

import os
import shutil

import pytest

from tidemark import BINARY, Tidemark


@pytest.fixture
def moved(stack, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "empty").mkdir()
    binary = shutil.copy(BINARY, tmp_path / "bin" / "tidemark")
    # Without PATH and LANG; HOME, which the test runner always sets, is the empty folder.
    variables = {name: value for name, value in stack.variables().items() if name.startswith("AWS_")}
    return Tidemark(tmp_path / "empty", variables, binary)


def test_the_program_works_without_other_files(moved):
    without = {"HOME": None}
    moved.record("--release", "v9", "--by", "release-bot", variables=without)
    assert "antenna-postgres" in moved("show", variables=without).stdout
    assert "34 in sync" in moved.drift(variables=without).stdout
    assert "release-bot" in moved("who", "v9", variables=without).stdout
    assert os.listdir(moved.folder) == ["tidemark.sqlite"]


def test_reading_needs_no_variables(moved):
    moved.record("--release", "v9")
    nothing = dict.fromkeys(moved.variables)
    assert "@1" in moved("who", "v9", variables=nothing).stdout
    moved.drift(variables=nothing)


def test_the_region_and_the_environment_come_from_the_binding(moved):
    moved.record()
    nowhere = {"AWS_REGION": None, "AWS_DEFAULT_REGION": None}
    assert "@2" in moved("record", variables=nowhere).stdout
