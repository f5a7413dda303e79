"""A whole history is never changed by a file beside it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from journals import beside, emptying, forged, naming
from log import check
from reader import as_reader
from refused import RECORD, REPORTS, files, refused

IDS = {"ids": lambda command: command[0]}


@pytest.fixture(scope="module")
def other(standing, tmp_path_factory):
    """The bytes of a history that an attacker prefers: the same first entries, followed by others."""
    _, tidemark = standing
    path = Path(shutil.copy(tidemark.history, tmp_path_factory.mktemp("other")))
    tidemark.record("--release", "forged", "--history", str(path))
    return path.read_bytes()


FORGERIES = {
    "another history": forged,
    "an empty one": lambda other: emptying(),
    "a cut one": lambda other: forged(other)[: len(other) // 2],
    "a super-journal": lambda other: naming("/nowhere", forged(other)),
}


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("command", REPORTS, **IDS)
def test_a_reader_answers_from_the_whole_file_and_reports_the_journal(standing, cached, other, command, forgery):
    _, sound = standing
    beside(cached.history).write_bytes(FORGERIES[forgery](other))
    before = files(cached.folder)
    answer = cached(*command, "--format", "json", status=None)
    expected = sound(*command, "--format", "json", status=None)
    assert (answer.json, answer.status) == (expected.json, expected.status)
    assert "'tidemark.sqlite-journal'" in answer.stderr and "whole without it" in answer.stderr
    assert files(cached.folder) == before
    with as_reader(cached) as reader:
        assert reader(*command, "--format", "json", status=None).json == expected.json


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_recorder_sets_the_journal_aside_and_continues(cached, other, forgery):
    journal = FORGERIES[forgery](other)
    for number in (1, 2):
        beside(cached.history).write_bytes(journal)
        recorded = cached.record()
        assert "renamed 'tidemark.sqlite-journal' to" in recorded.stderr
        assert check(cached.history) == 2 + number and not beside(cached.history).exists()
        assert (cached.folder / f"tidemark.sqlite-journal-set-aside-{number}").read_bytes() == journal
    assert "forged" in cached("who", "forged", status=1).error


def test_a_file_that_a_journal_names_is_not_deleted(cached, other, tmp_path_factory):
    victim = tmp_path_factory.mktemp("victim") / "precious"
    victim.write_bytes(b"\0" * 40)
    beside(cached.history).write_bytes(naming(str(victim), forged(other)))
    damaged = bytearray(cached.history.read_bytes())
    damaged[4096 * 3 : 4096 * 4] = bytes(4096)
    cached.history.write_bytes(damaged)
    for command in (RECORD, *REPORTS):
        assert "super-journal" in refused(cached, *command)
    assert victim.exists()


def test_a_torn_history_is_not_replaced_by_another_one(cached, other, tmp_path):
    fresh = tmp_path / "fresh.sqlite"
    cached.record("--history", str(fresh))
    damaged = bytearray(cached.history.read_bytes())
    damaged[-4096:] = b"\xff" * 4096
    cached.history.write_bytes(damaged)
    beside(cached.history).write_bytes(forged(fresh.read_bytes()))
    fresh.unlink()
    for command in (RECORD, *REPORTS):
        error = refused(cached, *command)
        assert "'tidemark.sqlite-journal' does not restore it" in error and "more than one unfinished entry" in error


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
def test_a_write_ahead_log_is_refused_and_named(cached, suffix):
    cached.history.with_name(f"tidemark.sqlite{suffix}").write_bytes(b"forged")
    for command in (RECORD, *REPORTS):
        error = refused(cached, *command)
        assert f"'tidemark.sqlite{suffix}' is beside the history" in error and "delete the file" in error


@pytest.mark.parametrize("target", ["precious", "empty", "nowhere", "/dev/random", "pipe", "."])
def test_a_linked_journal_is_set_aside_and_its_target_unchanged(cached, target, tmp_path):
    (tmp_path / "precious").write_bytes(b"\0precious")
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    beside(cached.history).symlink_to(target)
    for command in REPORTS:
        assert "ignored 'tidemark.sqlite-journal'" in cached(*command, status=None).stderr
    assert "renamed 'tidemark.sqlite-journal' to" in cached.record().stderr and check(cached.history) == 3
    (tmp_path / "tidemark.sqlite-journal-set-aside-1").rename(beside(cached.history))
    cached.history.unlink()
    assert "is not a regular file: delete it" in cached(*RECORD, status=1).error
    assert (tmp_path / "precious").read_bytes() == b"\0precious" and not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_journal_that_is_not_a_file_is_set_aside(cached, make):
    make(beside(cached.history))
    for command in REPORTS:
        assert "ignored 'tidemark.sqlite-journal'" in cached(*command, status=None).stderr
    assert "renamed 'tidemark.sqlite-journal' to" in cached.record().stderr and check(cached.history) == 3


FORGED_WAL = """
import os, shutil, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("CREATE TABLE half (x)")
os.kill(os.getpid(), 9)
"""


def test_a_forged_write_ahead_log_is_ignored(cached):
    subprocess.run([sys.executable, "-c", FORGED_WAL, cached.history], timeout=60)
    assert cached.history.with_name("tidemark.sqlite-wal").exists()
    for command in (RECORD, *REPORTS):
        assert "-wal' is beside the history" in refused(cached, *command)


def test_a_journal_without_a_history_creates_none(cached, other, tmp_path):
    path = tmp_path / "new.sqlite"
    beside(path).write_bytes(forged(other))
    assert cached("log", "--history", "new.sqlite", status=1).error.startswith("no history at 'new.sqlite'")
    cached.record("--history", "new.sqlite")
    assert check(path) == 2


# MARK: Unusual files


def test_a_hard_linked_history_is_refused_only_with_a_journal(cached, other):
    os.link(cached.history, cached.folder / "other-name")
    assert "has 2 hard links" in cached("log").stderr
    assert "has 2 hard links" in cached.record().stderr
    beside(cached.history).write_bytes(forged(other))
    for command in (RECORD, *REPORTS):
        assert "has 2 hard links" in refused(cached, *command)


def test_a_world_writable_history_is_refused_only_with_a_journal(cached, other):
    cached.history.chmod(0o666)
    assert "can be written by every user" in cached("log").stderr
    assert "can be written by every user" in cached.record().stderr
    beside(cached.history).write_bytes(forged(other))
    for command in (RECORD, *REPORTS):
        assert "can be written by every user" in refused(cached, *command)


# MARK: Names


@pytest.mark.parametrize(
    "name", [":memory:", "file:y.sqlite?mode=memory", "file:x.sqlite", "file:z.sqlite?immutable=1", "%41.sqlite"]
)
def test_a_name_with_a_meaning_in_sqlite_is_a_plain_file(cached, name):
    for number in (1, 2):
        cached.record("--history", name)
        assert cached("log", "--history", name, "--format", "json").json["entries"][0]["seq"] == number
    assert check(cached.folder / name) == 3
    cached.record(variables={"TIDEMARK_HISTORY": name})
    assert check(cached.folder / name) == 4


def test_an_empty_name_is_refused(cached):
    for command in (RECORD, *REPORTS):
        error = cached(*command, "--history", "", status=64).stderr
        assert error.startswith("Error: --history is empty: pass a file or s3://BUCKET/PREFIX, or leave the option out\n")
    assert "TIDEMARK_HISTORY is empty" in refused(cached, "log", variables={"TIDEMARK_HISTORY": ""})


@pytest.mark.parametrize("command", [RECORD, *REPORTS], **IDS)
def test_a_path_that_is_not_a_regular_file_is_refused(cached, command):
    os.mkfifo(cached.folder / "pipe.sqlite")
    assert "it is a named pipe" in refused(cached, *command, "--history", "pipe.sqlite")
    assert "it is a device" in refused(cached, *command, "--history", "/dev/null")
    assert "it is a folder" in refused(cached, *command, "--history", str(cached.folder))


# MARK: WAL mode without a log


def test_a_history_in_wal_mode_is_read_unchanged_and_converted_by_record(cached):
    with closing(sqlite3.connect(cached.history)) as database:
        assert database.execute("PRAGMA journal_mode = WAL").fetchall() == [("wal",)]
    with as_reader(cached) as reader:
        before = files(cached.folder)
        assert reader.show()["asOf"]["seq"] == 1
        assert files(cached.folder) == before
    cached.record()
    assert [path.name for path in cached.folder.iterdir()] == ["tidemark.sqlite"] and check(cached.history) == 3
