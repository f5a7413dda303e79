"""A history in a bucket: recorded by runners with empty disks, and read by each of them."""

import sqlite3

import pytest

from bucket import ADDRESS, BUCKET, bucket, machines  # noqa: F401
from tidemark import Tidemark


@pytest.fixture
def runners(machines) -> list[Tidemark]:
    """Programs in empty folders, each with an empty cache, that use a history in one bucket."""
    return [machines(f"runner-{number}") for number in range(3)]


def entries(runner: Tidemark, *arguments: str) -> list:
    return runner("log", "--format", "json", *arguments).json["entries"]


def test_runners_record_into_one_log_and_each_reads_all_of_it(runners, stack):
    first, second, reader = runners
    first.record("--release", "v9", "--by", "release-bot")
    assert "first snapshot" not in second.record("--release", "v10").stdout
    logs = [entries(runner) for runner in runners]
    assert logs[0] == logs[1] == logs[2] and len(logs[0]) == 3
    assert "v10" in reader("who", "v10").stdout
    assert reader("history", "verify").stdout.count("\n") > 0
    assert first("history", "export").stdout == second("history", "export", "--offline").stdout
    assert not list(first.folder.iterdir()), "nothing is left beside the project"
    first("history", "export", "--sqlite", "own.sqlite")
    assert entries(first, "--history", "own.sqlite") == logs[0]
    first.record("--history", "own.sqlite")

    folder = "team/antenna/antenna-production/entries"
    objects = stack.client("s3").list_objects_v2(Bucket=BUCKET, Prefix=folder)["Contents"]
    assert [found["Key"] for found in objects] == [f"{folder}/{number:012}" for number in range(3)]


def test_the_local_copy_is_read_offline_and_never_recorded_into(runners):
    runner, other, _ = runners
    assert other("show", "--offline", status=1).error == (
        f"no local copy of '{ADDRESS}': it was not read on this machine yet: leave out --offline"
    )
    runner.record()
    online = entries(runner)
    other.record()
    gone = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
    offline = runner("log", "--format", "json", "--offline", variables=gone)
    assert offline.json["entries"] == online
    assert offline.stderr.startswith(f"tidemark: offline: the local copy of '{ADDRESS}' is read, as of 20")

    copy = next((runner.marks).glob("*.sqlite"))
    refused = f"'{copy}' cannot be written: it is the local copy of '{ADDRESS}': use the history at that address"
    for command in [("record", "-e", "antenna-production"), ("history", "rebuild")]:
        assert runner(*command, "--history", str(copy), status=1).error == refused
    assert "--offline" in runner("record", "--offline", status=64).stderr


def test_a_bucket_that_lost_its_newest_entry_is_refused_with_both_heads(runners, stack):
    runner, other, _ = runners
    runner.record()
    head = other.record("--format", "json").json["head"]
    entries(runner)
    stack.client("s3").delete_object(Bucket=BUCKET, Key=f"team/antenna/antenna-production/entries/{2:012}")
    for command in [("log",), ("record", "-e", "antenna-production")]:
        error = runner(*command, status=1).error
        assert f"the copy ends with @2:{head}, which the history does not have" in error
    assert len(entries(runner, "--offline")) == 3


def test_a_bucket_that_cannot_be_used_is_one_line(runners):
    runner = runners[0]
    for address, words in [("s3://", "names no bucket"), ("s3://no-such-bucket/p", "NoSuchBucket")]:
        assert words in runner.record("--history", address, status=1).error
    assert f"there is no history at '{ADDRESS}'" in runner("log", status=1).error


def test_a_damaged_local_copy_is_made_again(runners):
    runner = runners[0]
    runner.record("--release", "v9")
    before = entries(runner)
    copy = next(runner.marks.glob("*.sqlite"))
    copy.write_bytes(b"no database, and longer than the header of one would be" * 10)
    again = runner("log", "--format", "json")
    assert again.json["entries"] == before and f"the local copy of '{ADDRESS}' is made again: " in again.stderr

    with sqlite3.connect(copy) as damaged:
        damaged.execute("DELETE FROM index_release")
    damaged.close()
    assert runner("who", "v9", status=1).error == (
        f"the local copy of '{ADDRESS}' is damaged: its table 'index_release' is not what the log says: "
        "run the command again, which makes the copy again"
    )
    assert "v9" in runner("who", "v9").stdout


def test_a_cache_that_cannot_be_written_is_one_line(runners):
    runner = runners[0]
    error = runner.record(variables={"TIDEMARK_CACHE": "/dev/null/cache"}, status=1).error
    assert error.startswith("the folder '/dev/null/cache' of the local copy of the history cannot be created: not a directory")
    bare = {"HOME": None, "XDG_CACHE_HOME": None}
    assert "set TIDEMARK_CACHE" in runner.record(variables=bare, status=1).error


def test_a_history_in_a_bucket_begins_in_ci_only_where_that_is_asked_for(runners):
    runner, other, _ = runners
    error = runner.record(variables={"CI": "true"}, status=1).error
    assert error == (
        f"there is no history at '{ADDRESS}': a mistyped address would begin another one: correct it, or pass "
        "--new-history to begin one"
    )
    runner.record("--new-history", variables={"CI": "true"})
    mistyped = ("record", "-e", "antena-production", "--eb-environment", "antenna-production")
    assert f"'{ADDRESS}' has no environment 'antena-production'" in other(*mistyped, status=1).error
    other.record(variables={"CI": "true"})
