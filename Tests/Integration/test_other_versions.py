"""A history that an older tidemark wrote: read as it is, and brought up to date by the first to record."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from log import check, count, rows
from reader import as_reader
from refused import REPORTS, files

FIRST = Path(__file__).resolve().parents[2] / "Migrations" / "0001-log.sql"


@pytest.fixture
def older(copied):
    """The history as the first version had it: the log, and no index of it."""
    current = copied.history.with_name("current.sqlite")
    copied.history.rename(current)
    with closing(sqlite3.connect(copied.history)) as database:
        database.executescript(f"PRAGMA application_id = {0x74696465}; PRAGMA user_version = 1; {FIRST.read_text()}")
        database.execute("ATTACH ? AS current", (str(current),))
        database.execute("INSERT INTO content SELECT * FROM current.content")
        columns = "environment, seq, header, hash, body"
        database.execute(f"INSERT INTO entry ({columns}) SELECT {columns} FROM current.entry ORDER BY rowid")
        database.commit()
    current.unlink()
    return copied


@pytest.mark.parametrize("command", REPORTS, ids=lambda command: command[0])
def test_an_older_history_is_read_as_it_would_be_after_migration(standing, older, command):
    _, current = standing
    before = files(older.folder)
    with as_reader(older) as reader:
        assert reader(*command, "--format", "json").json == current(*command, "--format", "json").json
    assert files(older.folder) == before


def test_who_records_first_migrates_an_older_history_and_keeps_a_copy(older):
    before = older.history.read_bytes()
    older.record("--strict")
    assert check(older.history) == 3 and rows(older.history, "PRAGMA user_version") == [(2,)]
    backup = older.history.with_name("tidemark.sqlite.version-1")
    assert sorted(path.name for path in older.folder.iterdir()) == ["tidemark.sqlite", backup.name]
    assert rows(backup, "PRAGMA user_version") == [(1,)] and count(backup, "entry") == 2
    older.history.write_bytes(before)
    older.record("--strict")
    assert check(older.history) == 3
