"""A whole history is never changed by a file beside it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from journals import beside, emptying, forged, naming
from log import check
from reader import as_reader
from refused import RECORD, REPORTS, files, refused

IDS = {"ids": lambda command: command[0]}


@pytest.fixture
def other(copied, tmp_path_factory):
    """The bytes of a history that an attacker prefers: the same first entries, followed by others."""
    folder = tmp_path_factory.mktemp("other")
    path = shutil.copy(copied.history, folder)
    copied("record", "-e", "antenna-production", "--release", "forged", "--history", str(path))
    return (folder / "tidemark.sqlite").read_bytes()


FORGERIES = {
    "another history": forged,
    "an empty one": lambda other: emptying(),
    "a cut one": lambda other: forged(other)[: len(other) // 2],
    "a super-journal": lambda other: naming("/nowhere", forged(other)),
}


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("command", REPORTS, **IDS)
def test_a_reader_answers_from_the_whole_file_and_reports_the_journal(standing, copied, other, command, forgery):
    _, sound = standing
    beside(copied.history).write_bytes(FORGERIES[forgery](other))
    before = files(copied.folder)
    answer = copied(*command, "--format", "json", status=None)
    expected = sound(*command, "--format", "json", status=None)
    assert (answer.json, answer.status) == (expected.json, expected.status)
    assert "'tidemark.sqlite-journal'" in answer.stderr and "whole without it" in answer.stderr
    assert files(copied.folder) == before
    with as_reader(copied) as reader:
        assert reader(*command, "--format", "json", status=None).json == expected.json


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_recorder_sets_the_journal_aside_and_continues(copied, other, forgery):
    journal = FORGERIES[forgery](other)
    for number in (1, 2):
        beside(copied.history).write_bytes(journal)
        recorded = copied.record()
        assert "set 'tidemark.sqlite-journal' aside" in recorded.stderr
        assert check(copied.history) == 2 + number and not beside(copied.history).exists()
        assert (copied.folder / f"tidemark.sqlite-journal-set-aside-{number}").read_bytes() == journal
    assert "forged" in copied("who", "forged", status=1).error


def test_a_file_that_a_journal_names_is_not_deleted(copied, other, tmp_path_factory):
    victim = tmp_path_factory.mktemp("victim") / "precious"
    victim.write_bytes(b"\0" * 40)
    beside(copied.history).write_bytes(naming(str(victim), forged(other)))
    damaged = bytearray(copied.history.read_bytes())
    damaged[4096 * 3 : 4096 * 4] = bytes(4096)
    copied.history.write_bytes(damaged)
    for command in (RECORD, *REPORTS):
        assert "super-journal" in refused(copied, *command)
    assert victim.exists()


def test_a_torn_history_is_not_replaced_by_another_one(copied, other, tmp_path):
    fresh = tmp_path / "fresh.sqlite"
    copied.record("--history", str(fresh))
    damaged = bytearray(copied.history.read_bytes())
    damaged[-4096:] = b"\xff" * 4096
    copied.history.write_bytes(damaged)
    beside(copied.history).write_bytes(forged(fresh.read_bytes()))
    fresh.unlink()
    for command in (RECORD, *REPORTS):
        error = refused(copied, *command)
        assert "'tidemark.sqlite-journal' does not restore it" in error and "more than one unfinished entry" in error


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
def test_a_write_ahead_log_is_refused_and_named(copied, suffix):
    copied.history.with_name(f"tidemark.sqlite{suffix}").write_bytes(b"forged")
    for command in (RECORD, *REPORTS):
        error = refused(copied, *command)
        assert f"'tidemark.sqlite{suffix}' is beside the history" in error and "delete the file" in error


@pytest.mark.parametrize("target", ["precious", "empty", "nowhere", "/dev/random", "pipe", "."])
def test_a_linked_journal_is_set_aside_and_its_target_unchanged(copied, target, tmp_path):
    (tmp_path / "precious").write_bytes(b"\0precious")
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    beside(copied.history).symlink_to(target)
    for command in REPORTS:
        assert "ignored 'tidemark.sqlite-journal'" in copied(*command, status=None).stderr
    assert "set 'tidemark.sqlite-journal' aside" in copied.record().stderr and check(copied.history) == 3
    (tmp_path / "tidemark.sqlite-journal-set-aside-1").rename(beside(copied.history))
    copied.history.unlink()
    assert "is not a regular file: delete it" in copied(*RECORD, status=1).error
    assert (tmp_path / "precious").read_bytes() == b"\0precious" and not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_journal_that_is_not_a_file_is_set_aside(copied, make):
    make(beside(copied.history))
    for command in REPORTS:
        assert "ignored 'tidemark.sqlite-journal'" in copied(*command, status=None).stderr
    assert "set 'tidemark.sqlite-journal' aside" in copied.record().stderr and check(copied.history) == 3


FORGED_WAL = """
import os, shutil, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("CREATE TABLE half (x)")
os.kill(os.getpid(), 9)
"""


def test_a_forged_write_ahead_log_is_ignored(copied):
    subprocess.run([sys.executable, "-c", FORGED_WAL, copied.history], timeout=60)
    assert copied.history.with_name("tidemark.sqlite-wal").exists()
    for command in (RECORD, *REPORTS):
        assert "-wal' is beside the history" in refused(copied, *command)


def test_a_journal_without_a_history_creates_none(copied, other, tmp_path):
    path = tmp_path / "new.sqlite"
    beside(path).write_bytes(forged(other))
    assert copied("log", "--history", "new.sqlite", status=1).error.startswith("no history at 'new.sqlite'")
    copied.record("--history", "new.sqlite")
    assert check(path) == 2


# MARK: Unusual files


def test_a_hard_linked_history_is_refused_only_with_a_journal(copied, other):
    os.link(copied.history, copied.folder / "other-name")
    assert "has 2 hard links" in copied("log").stderr
    assert "has 2 hard links" in copied.record().stderr
    beside(copied.history).write_bytes(forged(other))
    for command in (RECORD, *REPORTS):
        assert "has 2 hard links" in refused(copied, *command)


def test_a_world_writable_history_is_refused_only_with_a_journal(copied, other):
    copied.history.chmod(0o666)
    assert "can be written by every user" in copied("log").stderr
    assert "can be written by every user" in copied.record().stderr
    beside(copied.history).write_bytes(forged(other))
    for command in (RECORD, *REPORTS):
        assert "can be written by every user" in refused(copied, *command)


# MARK: Names


@pytest.mark.parametrize(
    "name", [":memory:", "file:y.sqlite?mode=memory", "file:x.sqlite", "file:z.sqlite?immutable=1", "%41.sqlite"]
)
def test_a_name_with_a_meaning_in_sqlite_is_a_plain_file(copied, name):
    for number in (1, 2):
        copied.record("--history", name)
        assert copied("log", "--history", name, "--format", "json").json["entries"][0]["seq"] == number
    assert check(copied.folder / name) == 3
    copied.record(variables={"TIDEMARK_HISTORY": name})
    assert check(copied.folder / name) == 4


def test_an_empty_name_is_refused(copied):
    for command in (RECORD, *REPORTS):
        assert refused(copied, *command, "--history", "") == "the history's name is empty: name a file with --history"
    assert "name is empty" in refused(copied, "log", variables={"TIDEMARK_HISTORY": ""})


@pytest.mark.parametrize("command", [RECORD, *REPORTS], **IDS)
def test_a_path_that_is_not_a_regular_file_is_refused(copied, command):
    os.mkfifo(copied.folder / "pipe.sqlite")
    assert "it is a named pipe" in refused(copied, *command, "--history", "pipe.sqlite")
    assert "it is a device" in refused(copied, *command, "--history", "/dev/null")
    assert "it is a folder" in refused(copied, *command, "--history", str(copied.folder))


# MARK: WAL mode without a log


def test_a_history_in_wal_mode_is_read_unchanged_and_converted_by_record(copied):
    with closing(sqlite3.connect(copied.history)) as database:
        assert database.execute("PRAGMA journal_mode = WAL").fetchall() == [("wal",)]
    with as_reader(copied) as reader:
        before = files(copied.folder)
        assert reader.show()["asOf"]["seq"] == 1
        assert files(copied.folder) == before
    copied.record()
    assert [path.name for path in copied.folder.iterdir()] == ["tidemark.sqlite"] and check(copied.history) == 3
