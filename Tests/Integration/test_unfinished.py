"""What a killed or another writer left beside the file: a journal to roll back, and SQLite's WAL mode."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from log import check
from reader import as_reader
from refused import RECORD, REPORTS, files, refused

# Writes more than its cache holds, so that half of it is in the file, and dies.
KILLED_WRITER = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode = " + sys.argv[2])
database.execute("PRAGMA cache_size = 5")
database.execute("BEGIN IMMEDIATE")
database.execute("CREATE TABLE half (x)")
for _ in range(200):
    database.execute("INSERT INTO half VALUES (randomblob(3000))")
if sys.argv[2] == "WAL":
    database.execute("COMMIT")
os.kill(os.getpid(), 9)
"""


def names(tidemark):
    return sorted(path.name for path in tidemark.folder.iterdir())


@pytest.fixture
def half_written(copied):
    subprocess.run([sys.executable, "-c", KILLED_WRITER, copied.history, "DELETE"], timeout=60)
    assert names(copied) == ["tidemark.sqlite", "tidemark.sqlite-journal"]
    return copied


@pytest.mark.parametrize("command", [RECORD, *REPORTS], ids=lambda command: command[0])
def test_who_may_not_write_is_told_who_has_to_roll_back(half_written, command):
    with as_reader(half_written) as reader:
        error = refused(reader, *command)
    assert "a writer was killed" in error and "run 'tidemark log' once as a user who may write there" in error


@pytest.mark.parametrize("command", REPORTS, ids=lambda command: command[0])
def test_who_may_write_rolls_back_and_reads_what_was_there(standing, half_written, command):
    _, sound = standing
    assert half_written(*command, "--format", "json").json == sound(*command, "--format", "json").json
    assert names(half_written) == ["tidemark.sqlite"] and check(half_written.history) == 2
    with as_reader(half_written) as reader:
        reader(*command)


def test_a_history_in_wal_mode_is_read_and_then_put_back(copied):
    with closing(sqlite3.connect(copied.history)) as database:
        assert database.execute("PRAGMA journal_mode = WAL").fetchall() == [("wal",)]
    with as_reader(copied) as reader:
        error = refused(reader, "show")
        assert "WAL mode" in error and "run 'tidemark record' once as a user who may write there" in error
    assert copied.show()["asOf"]["seq"] == 1
    copied.record()
    assert names(copied) == ["tidemark.sqlite"] and check(copied.history) == 3
    with as_reader(copied) as reader:
        before = files(copied.folder)
        assert reader.show()["asOf"]["seq"] == 2
        assert files(copied.folder) == before


def test_what_a_killed_writer_committed_in_wal_mode_is_kept(copied):
    subprocess.run([sys.executable, "-c", KILLED_WRITER, copied.history, "WAL"], timeout=60)
    assert names(copied) == ["tidemark.sqlite", "tidemark.sqlite-shm", "tidemark.sqlite-wal"]
    assert copied.show()["asOf"]["seq"] == 1
    copied.record()
    assert names(copied) == ["tidemark.sqlite"] and check(copied.history) == 3
    with closing(sqlite3.connect(copied.history)) as database:
        assert database.execute("SELECT count(*) FROM half").fetchall() == [(200,)]
