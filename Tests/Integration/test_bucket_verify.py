"""`history verify` of a history in a bucket: each object is read and compared with the local copy."""

import pytest

from bucket import ADDRESS, BUCKET, bucket, machines  # noqa: F401
from tidemark import Tidemark

def key(number: int) -> str:
    return f"team/antenna/antenna-production/entries/{number:012}"


@pytest.fixture
def machine(machines) -> Tidemark:
    machine = machines("machine")
    for label in ["v9", "v10", "v11"]:
        machine.record("--release", label)
    return machine


def test_every_object_is_read_and_counted(machine):
    done = machine("history", "verify")
    assert done.stderr == "" and "objects   4 read from the bucket, one for each entry\n" in done.stdout
    assert machine("history", "verify", "--format", "json").json["objects"] == 4
    offline = machine("history", "verify", "--offline")
    assert "the bucket was not read" in offline.stderr and "objects" not in offline.stdout


def test_an_older_object_that_was_removed_replaced_or_damaged_is_found(machine, bucket):
    machine("log")
    kept = {number: bucket.get_object(Bucket=BUCKET, Key=key(number))["Body"].read() for number in range(4)}
    for content, words in [
        (None, "the history of 'antenna-production' is not whole: it lacks entry @1, which the local copy has"),
        (kept[2], f"the object '{key(1)}' is damaged: it is entry @2 of 'antenna-production'"),
        (b"garbage", f"the object '{key(1)}' is damaged: it is not zlib data"),
    ]:
        if content is None:
            bucket.delete_object(Bucket=BUCKET, Key=key(1))
        else:
            bucket.put_object(Bucket=BUCKET, Key=key(1), Body=content)
        assert words in machine("history", "verify", status=2).error
        assert machine("log").stderr == ""
    bucket.put_object(Bucket=BUCKET, Key=key(1), Body=kept[1])
    machine("history", "verify")
    bucket.delete_object(Bucket=BUCKET, Key=key(3))
    assert "the copy ends with @3:" in machine("history", "verify", status=2).error
