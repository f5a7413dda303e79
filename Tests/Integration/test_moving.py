"""A history moves to a bucket, ends, and is repaired from a local copy."""

import json
import shutil

import pytest
from emulator import controls

from bucket import ADDRESS, BUCKET, PREFIX, bucket, machines  # noqa: F401
from tidemark import Tidemark

MENDED = f"s3://{BUCKET}/mended"
ENVIRONMENT = "antenna-production"


@pytest.fixture
def runners(machines) -> list[Tidemark]:
    """Programs in folders of their own; the first one has a history in a file."""
    runners = [machines(f"runner-{number}") for number in range(3)]
    for runner in runners:
        del runner.variables["TIDEMARK_HISTORY"]
    runners[0].record("--release", "v9", "--by", "release-bot")
    runners[0].record("--release", "v10", "--by", "release-bot")
    return runners


def entries(runner: Tidemark, *arguments: str) -> list:
    return runner("log", "--format", "json", *arguments).json["entries"]


def test_a_history_in_a_file_moves_to_a_bucket_and_ends_in_the_file(runners):
    first, second, _ = runners
    before = entries(first)
    shutil.copy(first.history, first.folder / "copy.sqlite")
    moved = first("history", "push", ADDRESS).stdout
    assert moved.startswith(f"'{ENVIRONMENT}' goes on at '{ADDRESS}' after @2; here @3:") and "ends it" in moved

    assert entries(second, "--history", ADDRESS) == before
    head = second.record("--history", ADDRESS, "--release", "v11", "--format", "json").json["head"]
    assert entries(second, "--history", ADDRESS)[0]["hash"] == head

    # The file keeps what it has, says where the history goes on, and takes nothing any more.
    log = first("log")
    assert f"@3  2" in log.stdout and f"ended: goes on at {ADDRESS}\n" in log.stdout and "(attested)" in log.stdout
    assert log.stderr == (
        f"tidemark: the history of '{ENVIRONMENT}' has ended and goes on at '{ADDRESS}': what was recorded since is there\n"
    )
    assert entries(first)[0]["moved"] == {"to": ADDRESS} and entries(first)[1:] == before
    assert first("history", "verify").stdout.startswith("'tidemark.sqlite' holds")
    assert first.record(status=1).error == (
        f"nothing can be added to the history of '{ENVIRONMENT}': it ended with @3 and goes on at '{ADDRESS}': "
        "use the history there, if you trust the address"
    )
    assert first("history", "push", ADDRESS).stdout == moved
    assert "nothing can be added" in first("history", "push", MENDED, "-e", ENVIRONMENT, status=1).error
    left = first("history", "push", MENDED)
    assert left.stdout == "" and left.stderr.count("is not moved: its history has ended with @3:") == 1
    for command in [("push", MENDED), ("seal", "-e", ENVIRONMENT), ("repair", MENDED), ("import", "x")]:
        assert "makes no request to the bucket" in first("history", *command, "--offline", status=64).stderr
    exported = [json.loads(line) for line in first("history", "export").stdout.splitlines()]
    assert exported[-1]["header"]["kind"] == "moved" and exported[-1]["header"]["needed"] is True

    # A copy that went on by itself is a fork, which the error names; nothing is merged.
    second.record("--history", str(first.folder / "copy.sqlite"))
    fork = first("history", "push", ADDRESS, "--history", "copy.sqlite", status=1).error
    assert fork.startswith(f"'{ADDRESS}' has another history of '{ENVIRONMENT}': it ends with @3:{head}, which 'copy.sqlite'")
    assert entries(second, "--history", ADDRESS)[0]["hash"] == head


def test_an_interrupted_move_is_continued_and_the_history_goes_on_until_it_is_whole(runners, stack):
    first, second, _ = runners
    before = entries(first)
    stack.set_faults(controls.fault("s3", "PutObject", "denied", where={"Key": f"{PREFIX}/{ENVIRONMENT}/entries/{2:012}"}))
    error = first("history", "push", ADDRESS, status=1).error
    assert error.startswith(f"entry @2 of '{ENVIRONMENT}' was not copied: ") and error.endswith("which goes on from there")
    stack.clear_faults()
    assert entries(first) == before, "the history in the file goes on"
    first.record("--release", "v11")
    assert "@3; here @4:" in first("history", "push", ADDRESS).stdout
    assert entries(second, "--history", ADDRESS) == entries(first)[1:]


def test_a_history_in_a_bucket_moves_to_another_prefix_and_can_be_ended(runners):
    first, second, _ = runners
    first("history", "push", ADDRESS)
    second("history", "push", MENDED, "--history", ADDRESS, "--unattested")
    assert entries(second, "--history", MENDED) == entries(first)[1:]
    old = entries(second, "--history", ADDRESS)
    assert old[0]["moved"] == {"to": MENDED} and old[0]["attested"] is None
    assert "goes on at" in first.record("--history", ADDRESS, status=1).error

    assert "pass -e NAME" in second("history", "seal", "--history", MENDED, status=64).stderr
    behind = second("history", "seal", "-e", ENVIRONMENT, "--history", MENDED, "--to", f"{MENDED}-2", status=1).error
    assert behind.startswith(f"'{MENDED}-2' does not have the history of '{ENVIRONMENT}' up to its end: it has no entry")
    second("history", "seal", "-e", ENVIRONMENT, "--history", MENDED)
    assert entries(second, "--history", MENDED)[0]["moved"] == {"to": None}
    assert "record into another history" in second.record("--history", MENDED, status=1).error


def test_an_environment_that_has_ended_does_not_count_where_none_is_named(runners):
    first, _, _ = runners
    first("record", "-e", "again", "--eb-environment", ENVIRONMENT, "--new-history")
    assert "more than one environment" in first("log", status=1).error
    first("history", "seal", "-e", ENVIRONMENT)
    assert first("log", "--format", "json").json["environment"] == "again"
    assert first("log", "-e", ENVIRONMENT, "--format", "json").json["environment"] == ENVIRONMENT


def test_a_bucket_is_repaired_from_a_local_copy_and_the_orphan_is_named(runners, bucket):
    first, second, reader = runners
    first("history", "push", ADDRESS)
    for runner in runners:
        runner.variables["TIDEMARK_HISTORY"] = ADDRESS
    first.record("--release", "v11")
    whole = entries(reader)
    assert "needs no repair: the bucket has every entry of the local copy" in reader("history", "repair", MENDED, status=1).error
    key = f"{PREFIX}/{ENVIRONMENT}/entries/{3:012}"
    bucket.delete_object(Bucket=BUCKET, Key=key)
    orphan = second.record("--release", "v12", "--format", "json").json["head"]

    assert "is not the one of the local copy" in reader("log", status=1).error
    repaired = reader("history", "repair", MENDED).stdout.splitlines()
    assert repaired[0] == f"'{ENVIRONMENT}' goes on at '{MENDED}' after @3:{whole[0]['hash']}"
    assert repaired[1].startswith(
        f"  beside the chain, and kept at '{ADDRESS}': @3:{orphan}, snapshot of release 'v12', 20"
    )
    fresh = Tidemark(second.folder, {**second.variables, "TIDEMARK_HISTORY": MENDED})
    assert entries(fresh) == whole
    fresh.record("--release", "v12")
    assert [entry["seq"] for entry in entries(fresh)] == [4, 3, 2, 1, 0]
    assert bucket.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    error = reader("history", "repair", MENDED, "--history", "own.sqlite", status=1).error
    assert error.startswith("'own.sqlite' cannot be repaired: it is a file")


def test_status_shows_the_heads_to_keep_and_the_local_copy(runners):
    first, second, _ = runners
    head = entries(first)[0]["hash"]
    status = first("history", "status").stdout
    assert status.startswith(f"history   tidemark.sqlite\nfile      tidemark.sqlite, {first.history.stat().st_size} bytes\n")
    assert f"  entries   3\n" in status and f"  head      @2:{head}\n" in status
    first("log", "--head", f"@2:{head}")
    first("history", "push", ADDRESS)
    pulled = second("history", "pull", "--history", ADDRESS).stdout
    assert pulled == f"'{ENVIRONMENT}' is copied up to @2:{head}\n"
    chains = second("history", "status", "--offline", "--history", ADDRESS, "--format", "json").json
    assert chains["isCopy"] and chains["chains"][0]["entries"] == 3 and chains["chains"][0]["pulled"].startswith("20")
    assert "as of" in second("history", "status", "--history", ADDRESS).stdout
    assert first("history", "status", "--format", "json").json["chains"][0]["moved"] == {"to": ADDRESS}
    assert "it is a file" in first("history", "pull", status=1).error


def test_an_orphan_in_the_middle_and_a_damaged_object_are_named_and_whole_environments_stay(runners, bucket):
    first, second, reader = runners
    first("history", "push", ADDRESS)
    for runner in runners:
        runner.variables["TIDEMARK_HISTORY"] = ADDRESS
    first("record", "-e", "whole", "--eb-environment", ENVIRONMENT, "--new-history")
    first.record("--release", "v11")
    reader("history", "pull")
    folder = f"{PREFIX}/{ENVIRONMENT}/entries/"
    other = bucket.get_object(Bucket=BUCKET, Key=f"{folder}{1:012}")["Body"].read()
    bucket.put_object(Bucket=BUCKET, Key=f"{folder}{2:012}", Body=b"not an entry")
    bucket.put_object(Bucket=BUCKET, Key=f"{folder}{4:012}", Body=other)
    done = reader("history", "repair", MENDED)
    assert "tidemark: 'whole' is whole and stays: 'history push -e whole' moves it\n" in done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"'{ENVIRONMENT}' goes on at '{MENDED}' after @3:")
    assert [line.split("': ")[1].split(":")[0].split(",")[0] for line in lines[1:]] == ["@2", "@4"]
    assert lines[1].endswith("@2, whose object is damaged")
    assert len(entries(reader, "--history", MENDED)) == 4
    assert "no environment 'whole'" in reader("log", "-e", "whole", "--history", MENDED, status=1).error
    assert "needs no repair" in reader("history", "repair", f"{MENDED}-2", "-e", "whole", status=1).error


def test_a_copy_that_ends_before_the_damage_cuts_nothing_short(runners, bucket):
    first, second, reader = runners
    first("history", "push", ADDRESS)
    for runner in runners:
        runner.variables["TIDEMARK_HISTORY"] = ADDRESS
    assert "this machine never read it" in reader("history", "repair", MENDED, status=1).error
    reader("history", "pull")
    for label in ("v11", "v12"):
        first.record("--release", label)
    bucket.delete_object(Bucket=BUCKET, Key=f"{PREFIX}/{ENVIRONMENT}/entries/{3:012}")
    error = reader("history", "repair", MENDED, status=1).error
    assert error.startswith(f"the local copy of '{ENVIRONMENT}' cannot repair the bucket: it ends before the damage: ")
    assert error.endswith("run the command on a machine that read the history before")
    assert "there is no history at" in reader("log", "--history", MENDED, status=1).error
    assert "after @4:" in first("history", "repair", MENDED).stdout
    for command in (("verify",), ("status",), ("export",)):
        empty = reader("history", *command, "--history", f"{ADDRESS}/typo", status=1).error
        assert empty.startswith(f"there is no history at '{ADDRESS}/typo': the bucket has no entry under the prefix")
