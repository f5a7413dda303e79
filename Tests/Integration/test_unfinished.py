"""The journal that a killed writer left beside the file, which takes back half an entry."""

import signal
import subprocess
import sys

import pytest

from journals import beside
from log import check
from reader import as_reader
from refused import RECORD, REPORTS, files, refused

# Writes more than its cache holds, so that half of it is in the file, and dies.
KILLED_WRITER = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 5")
database.execute("BEGIN IMMEDIATE")
database.execute("CREATE TABLE half (x)")
for _ in range(200):
    database.execute("INSERT INTO half VALUES (randomblob(3000))")
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def half_written(copied):
    subprocess.run([sys.executable, "-c", KILLED_WRITER, copied.history], timeout=60)
    assert beside(copied.history).exists()
    return copied


@pytest.mark.parametrize("command", [*REPORTS, ("query", "SELECT * FROM current")], ids=lambda command: command[0])
def test_a_reader_answers_from_a_copy_and_changes_nothing(standing, half_written, command):
    _, sound = standing
    before = files(half_written.folder)
    with as_reader(half_written) as reader:
        answer = reader(*command, "--format", "json", status=None)
    assert answer.json == sound(*command, "--format", "json", status=None).json
    assert "half written; this answer is from a copy" in answer.stderr
    assert files(half_written.folder) == before


def test_a_recorder_takes_the_unfinished_entry_back_and_continues(half_written):
    assert "its unfinished change was rolled back" in half_written.record().stderr
    assert [path.name for path in half_written.folder.iterdir()] == ["tidemark.sqlite"]
    assert check(half_written.history) == 3
    assert half_written("log").stderr == ""


def test_a_recorder_without_permission_to_write_reports_it(half_written):
    with as_reader(half_written) as reader:
        assert "cannot be written" in refused(reader, *RECORD)


def test_without_its_journal_the_file_is_reported_as_damaged(half_written):
    """A CI cache may keep the file alone."""
    beside(half_written.history).unlink()
    for command in (RECORD, *REPORTS):
        assert "damaged" in refused(half_written, *command)


def test_an_ended_reader_leaves_no_private_copy(half_written, tmp_path, monkeypatch):
    folder = tmp_path / "private"
    folder.mkdir()
    monkeypatch.setitem(half_written.variables, "TMPDIR", str(folder))
    process = half_written.start("log")
    while process.poll() is None and not list(folder.iterdir()):
        pass
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode in (-signal.SIGTERM, 0) and list(folder.iterdir()) == []
