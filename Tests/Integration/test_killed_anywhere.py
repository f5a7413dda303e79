"""SIGKILL before each single write of one append: no history is refused, and no acknowledged entry is lost."""

import shutil
import subprocess
from pathlib import Path

import pytest

from journals import beside
from log import check
from refused import RECORD, files

SOURCE = Path(__file__).with_name("kill_at.c")


@pytest.fixture(scope="module")
def killer(tmp_path_factory):
    """The library that kills, built by the compiler that comes with Swift."""
    library = tmp_path_factory.mktemp("killer") / "kill_at.so"
    compiler = shutil.which("clang") or shutil.which("cc")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def points(cached, killer, *arguments):
    """Kills a record at its first write, another at its second, and so on, until one succeeds; yields the number of
    each write."""
    before = cached.history.read_bytes() if cached.history.exists() else None
    for number in range(1, 300):
        for path in cached.folder.glob("tidemark.sqlite*"):
            path.unlink()
        if before is not None:
            cached.history.write_bytes(before)
        variables = {"LD_PRELOAD": str(killer), "KILL_AT": str(number), "KILL_IN": "tidemark.sqlite"}
        if cached(*RECORD, *arguments, status=None, variables=variables).status == 0:
            assert number > 20, "the killer does not see SQLite's writes"
            return
        yield number
    raise AssertionError("the record never ended")


def test_a_kill_during_an_append_leaves_a_readable_history(cached, killer):
    restored = hot = 0
    for number in points(cached, killer, "--release", "v10"):
        left = files(cached.folder)
        answer = cached("log", "--format", "json")
        assert files(cached.folder) == left, number
        entries = answer.json["entries"]
        # The entry of a writer that was killed before its report may be stored: it is correct.
        assert len(entries) in (2, 3) and answer.json["heads"], number
        hot += answer.stderr != ""
        restored += "half written" in answer.stderr
        recorded = cached.record()
        assert check(cached.history) == len(entries) + 1, number
        assert cached("log").stderr == "" and not beside(cached.history).exists(), number
        assert ("half written" in recorded.stderr) == ("half written" in answer.stderr), number
    assert restored >= 3 and hot > restored, (restored, hot)


def test_a_kill_during_a_first_record_leaves_a_usable_file(cached, killer):
    cached.history.unlink()
    torn = 0
    for number in points(cached, killer):
        answer = cached("log", "--format", "json", status=None)
        assert answer.status == 0 or answer.stderr.splitlines()[-1].startswith(
            ("tidemark: no history at", "tidemark: no environment")
        ), (number, answer)
        torn += "half written" in answer.stderr
        cached.record()
        assert check(cached.history) in (2, 3), number
    assert torn > 0


@pytest.mark.parametrize("number", [3, 10, 30])
def test_a_kill_during_a_rebuild_leaves_a_readable_history(cached, killer, number):
    answer = cached("log", "--format", "json").json
    variables = {"LD_PRELOAD": str(killer), "KILL_AT": str(number), "KILL_IN": "tidemark.sqlite"}
    assert cached("history", "rebuild", status=None, variables=variables).status == -9
    assert cached("log", "--format", "json").json == answer
    assert "entry" not in cached("history", "rebuild").stderr
    assert cached("history", "verify").stderr == ""
