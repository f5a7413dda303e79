"""Files that are not a history, and paths where a history cannot be created."""

import sqlite3
from contextlib import closing

import pytest

from log import count
from reader import as_reader
from refused import RECORD, REPORTS, files, refused


def another_program_s(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (x)")
        database.commit()


def newer(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
        database.commit()


def garbage(path):
    path.write_bytes(b"this is a text and no database\n" * 100)


def truncated(path):
    path.write_bytes(path.read_bytes()[:5000])


HISTORIES = {
    "no SQLite": (garbage, "not a history"),
    "another program's": (lambda path: (path.unlink(), another_program_s(path)), "another program's"),
    "a newer tidemark's": (newer, "newer tidemark"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "tidemark.sqlite"),
    "cut short": (truncated, "damaged"),
}


@pytest.mark.parametrize("command", [RECORD, *REPORTS], ids=lambda command: command[0])
@pytest.mark.parametrize("case", HISTORIES)
def test_a_file_that_is_not_a_history_is_left_unchanged(copied, case, command):
    make, expected = HISTORIES[case]
    make(copied.history)
    error = refused(copied, *command)
    assert "tidemark.sqlite" in error and expected in error, error


@pytest.mark.parametrize("command", REPORTS, ids=lambda command: command[0])
def test_a_missing_history_is_an_error(copied, command):
    copied.history.unlink()
    assert "no history at" in refused(copied, *command)
    copied.history.touch()
    assert "empty" in refused(copied, *command)


def test_an_empty_file_becomes_a_history(copied):
    copied.history.write_bytes(b"")
    copied.record()
    assert count(copied.history, "entry") == 2


def test_a_history_in_a_missing_folder_is_an_error(copied):
    error = refused(copied, *RECORD, "--history", "nowhere/h.sqlite")
    assert "nowhere/h.sqlite" in error and "folder" in error


@pytest.mark.parametrize("history", ["h.sqlite", "tidemark.sqlite"])
def test_a_history_in_a_read_only_folder_is_an_error(copied, history):
    with as_reader(copied) as reader:
        before = files(copied.folder)
        error = reader(*RECORD, "--history", history, status=1).error
        assert error.startswith(f"'{history}' cannot be ") and "permissions" in error
        assert files(copied.folder) == before
