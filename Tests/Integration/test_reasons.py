"""A table of causes and their messages: each cause is produced, and the message names it and no other."""

import os
import subprocess
from pathlib import Path

import pytest

from denied import LOCKING, READING, Refusal, WITHOUT_LOCKS, WRITING, refusing
from reader import NOBODY, as_reader
from refused import RECORD, files

LOG, SHOW = ("log",), ("show",)


def no_look(folder: Path):
    folder.chmod(0o444)


def unreadable(folder: Path):
    (folder / "tidemark.sqlite").chmod(0o000)


def unwritable(folder: Path):
    (folder / "tidemark.sqlite").chmod(0o444)


def closed(folder: Path):
    folder.chmod(0o555)


# The cause for a user who is not root, the command, and the message.
PERMISSIONS = [
    (no_look, LOG, "'work/tidemark.sqlite' cannot be opened: this user has no access to the folder 'work': check its "
     "permissions, and those of the folders above it"),
    (no_look, RECORD, "'work/tidemark.sqlite' cannot be opened: this user has no access to the folder 'work': check its "
     "permissions, and those of the folders above it"),
    (unreadable, LOG, "'work/tidemark.sqlite' cannot be opened: this user may not read it: check its permissions"),
    (unreadable, RECORD, "'work/tidemark.sqlite' cannot be opened: this user may not read it: check its permissions"),
    (unwritable, RECORD, "'work/tidemark.sqlite' cannot be written: this user may not write it: check its permissions"),
    (closed, RECORD, "'work/tidemark.sqlite' cannot be written: this user cannot create files in its folder: check its "
     "permissions"),
]  # fmt: skip


@pytest.mark.parametrize("break_it, command, words", PERMISSIONS, ids=lambda one: getattr(one, "__name__", None))
def test_missing_permissions_are_named(copied, break_it, command, words):
    work = copied.folder / "work"
    work.mkdir()
    copied.history.rename(work / "tidemark.sqlite")
    with as_reader(copied) as reader:
        if os.geteuid() == 0:
            os.chown(work / "tidemark.sqlite", NOBODY, NOBODY)
        (work / "tidemark.sqlite").chmod(0o644)
        work.chmod(0o777)
        break_it(work)
        try:
            assert reader(*command, "--history", "work/tidemark.sqlite", status=1).error == words
        finally:
            work.chmod(0o777)


PATHS = [
    ("nowhere/h.sqlite", LOG, "'nowhere/h.sqlite' cannot be opened: the folder 'nowhere' does not exist: check the path"),
    ("nowhere/h.sqlite", RECORD, "'nowhere/h.sqlite' cannot be opened: the folder 'nowhere' does not exist: check the path"),
    ("tidemark.sqlite/h.sqlite", LOG, "'tidemark.sqlite/h.sqlite' cannot be opened: 'tidemark.sqlite' is not a folder: "
     "check the path"),
    ("h.sqlite", LOG, "no history at 'h.sqlite': the file does not exist: record a snapshot first, or pass --history FILE"),
    ("x" * 300, LOG, f"'{'x' * 300}' cannot be opened: file name too long: check the path"),
]  # fmt: skip


@pytest.mark.parametrize("path, command, words", PATHS, ids=lambda one: one[:20] if isinstance(one, str) else one[0])
def test_unusable_paths_are_named(copied, path, command, words):
    before = files(copied.folder)
    assert copied(*command, "--history", path, status=1).error == words
    assert files(copied.folder) == before


DISKS = [
    (READING, LOG, "'tidemark.sqlite' cannot be read: disk I/O error: check the disk"),
    (READING, RECORD, "'tidemark.sqlite' cannot be read: disk I/O error: check the disk"),
    (WRITING, RECORD, "'tidemark.sqlite' cannot be written: disk I/O error: check the disk, its quota and the limit on the "
     "size of files, and try again"),
    (LOCKING, LOG, "'tidemark.sqlite' cannot be locked: its file system refuses the lock: keep the history on a file system "
     "with locks, such as a local disk"),
    (LOCKING, RECORD, "'tidemark.sqlite' cannot be locked: its file system refuses the lock: keep the history on a file "
     "system with locks, such as a local disk"),
    (WITHOUT_LOCKS, LOG, "'tidemark.sqlite' is busy: another process has been using it for 10 seconds, or its file "
     "system has no locks: try again when it has finished, or keep the history on a local disk"),
]  # fmt: skip


@pytest.mark.parametrize("refusal, command, words", DISKS, ids=lambda one: f"{one.call} {one.error}" if isinstance(one, Refusal) else "")
def test_disk_failures_are_named(copied, refusal, command, words):
    before = files(copied.folder)
    process = copied.start(*command, preexec_fn=refusing(refusal))
    out, error = process.communicate(timeout=60)
    assert (process.returncode, out.decode(), error.decode()) == (1, "", f"tidemark: {words}\n")
    assert files(copied.folder) == before


def test_a_read_only_file_system_is_named(copied):
    """Only root may mount one."""
    place = copied.folder / "place"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        error = copied(*RECORD, "--history", "place/h.sqlite", status=1).error
    finally:
        subprocess.run(["umount", str(place)], check=True)
    assert error == (
        "'place/h.sqlite' cannot be opened: its file system is read-only: pass another --history FILE"
    )


def test_a_history_without_its_journal_is_named_as_damaged(copied):
    """A cache may keep the file without the journal, after a writer was killed."""
    history = copied.history.read_bytes()
    copied.history.write_bytes(history[:-8192])
    error = copied(*LOG, status=1).error
    assert error.startswith("'tidemark.sqlite' is damaged: ") and error.endswith(
        ": restore the history from a copy; a cause may be that a killed writer's '-journal' was not copied with the file"
    )
