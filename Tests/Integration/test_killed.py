"""SIGKILL at any moment of `record`: the history is complete, and the next command works."""

import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from journals import beside
from log import check, rows

KILLS = 40
SEED = 20261123
# The time between the journal's first byte and the end of the commit, with a margin.
COMMIT = 0.012


@pytest.fixture
def seconds(cached):
    """The duration of a record on this machine."""
    took = []
    for _ in range(3):
        start = time.monotonic()
        cached.record("--release", "v9")
        took.append(time.monotonic() - start)
    return max(took)


def kill_after(process, delay):
    try:
        process.wait(delay)
    except subprocess.TimeoutExpired:
        process.kill()


def kill_in_the_commit(process, journal, delay):
    """Kills while the journal exists: from the first write to the commit."""
    while process.poll() is None and not journal.exists():
        pass
    kill_after(process, delay)


def as_answered(path, result) -> Path:
    """The history that a reader answered from: if there is a journal, a copy of the history, with a hot journal played
    back."""
    if not beside(path).exists():
        return path
    copy = Path(shutil.copy(path, path.with_name("copy.sqlite")))
    beside(copy).unlink(missing_ok=True)
    if "half written" in result.stderr:
        shutil.copy(beside(path), beside(copy))
    with closing(sqlite3.connect(copy)) as database:
        database.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    return copy


def last_line(result) -> str:
    return result.stderr.splitlines()[-1].removeprefix("tidemark: ")


def assert_whole(tidemark, path):
    """Runs the program first, since it has to recover the file. Returns the number of entries."""
    who = tidemark("who", "v9", "--format", "json", "--history", str(path), status=None)
    if who.status == 0:
        entries = check(as_answered(path, who))
        (deployment,) = who.json["deployments"]
        assert [one["seq"] for one in deployment["releases"]] == list(range(1, entries))
        assert tidemark.show("--history", str(path))["asOf"]["seq"] == entries - 1
        return entries
    # Nothing was committed yet, or only the tables were created. A line before may report the journal that the writer
    # left.
    assert who.status == 1 and last_line(who).startswith(("no history at", "no release 'v9' of"))
    shown = last_line(tidemark("show", "--history", str(path), status=1))
    assert shown.startswith(("no history at", "no environment in"))
    assert not path.exists() or rows(as_answered(path, who), "SELECT * FROM sqlite_schema") == [] or check(as_answered(path, who)) == 0
    return 0


def test_a_killed_record_leaves_a_whole_history(cached, seconds):
    choose = random.Random(SEED)
    grown = cached.history
    entries = check(grown)
    killed = torn = lost = 0
    number = 0
    # How many kills interrupt a write depends on the machine.
    while number < KILLS or not (killed >= KILLS // 2 and torn >= 5 and lost >= 5):
        assert number < 10 * KILLS, (killed, torn, lost)
        path = cached.folder / f"fresh-{number}.sqlite" if number % 4 > 1 else grown
        journal = path.with_name(f"{path.name}-journal")
        with cached.start(
            "record", "-e", "antenna-production", "--release", "v9", "--history", str(path)
        ) as process:
            if number % 2:
                kill_in_the_commit(process, journal, choose.uniform(0, COMMIT))
            else:
                kill_after(process, choose.uniform(0, seconds))
        assert process.returncode in (0, -signal.SIGKILL)
        killed += process.returncode != 0
        torn += journal.exists()
        after = assert_whole(cached, path)
        if path == grown:
            assert after in (entries, entries + 1) and (after == entries + 1 or process.returncode != 0)
            lost += after == entries
            entries = after
        else:
            assert after in (0, 2) and (after == 2 or process.returncode != 0)
        number += 1
    cached.record("--release", "v9")
    assert assert_whole(cached, grown) == entries + 1
    for path in cached.folder.glob("fresh-*.sqlite"):
        cached.record("--release", "v9", "--history", str(path))
        assert assert_whole(cached, path) >= 2
