"""A history that an older tidemark wrote is read unchanged, and migrated by the first record."""

import pytest

from log import check, count, rows
from reader import as_reader
from refused import REPORTS, files
from versions import make_older


@pytest.fixture
def older(copied):
    make_older(copied.history)
    return copied


@pytest.mark.parametrize("command", REPORTS, ids=lambda command: command[0])
def test_an_older_history_gives_the_same_answers(standing, older, command):
    _, current = standing
    before = files(older.folder)
    with as_reader(older) as reader:
        assert reader(*command, "--format", "json").json == current(*command, "--format", "json").json
    assert files(older.folder) == before


def test_the_first_record_migrates_an_older_history_and_keeps_a_copy(older):
    before = older.history.read_bytes()
    older.record("--strict")
    assert check(older.history) == 3 and rows(older.history, "PRAGMA user_version") == [(3,)]
    backup = older.history.with_name("tidemark.sqlite.version-1")
    assert sorted(path.name for path in older.folder.iterdir()) == ["tidemark.sqlite", backup.name]
    assert rows(backup, "PRAGMA user_version") == [(1,)] and count(backup, "entry") == 2
    older.history.write_bytes(before)
    older.record("--strict")
    assert check(older.history) == 3
