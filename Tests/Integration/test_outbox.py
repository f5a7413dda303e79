"""A snapshot whose outcome is unknown, and what the next commands on the machine do about it.

The outbox has the bytes of the entry's object: a test puts them there, as a command does that got no answer for a minute.
"""

import hashlib
import shutil

import pytest
from emulator import names

from bucket import ADDRESS, BUCKET, bucket  # noqa: F401
from tidemark import Tidemark

KEY = "team/antenna/antenna-production/entries/000000000002"


class Machine(Tidemark):
    @property
    def copy(self):
        return self.marks / f"{hashlib.sha256(ADDRESS.encode()).hexdigest()}.sqlite"

    @property
    def outbox(self):
        return self.marks / f"{self.copy.name}.{hashlib.sha256(b'antenna-production').hexdigest()}.outbox"


@pytest.fixture
def machine(bucket, stack, tmp_path) -> Machine:
    """A machine with two entries and, in its outbox, release v10, which the bucket does not have."""
    folder = tmp_path / "machine"
    folder.mkdir()
    machine = Machine(folder, {**stack.variables(names.RELEASER), "TIDEMARK_HISTORY": ADDRESS})
    machine.record()
    machine("log")
    kept = folder / "kept.sqlite"
    shutil.copy(machine.copy, kept)
    machine.record("--release", "v10")
    machine.outbox.write_bytes(bucket.get_object(Bucket=BUCKET, Key=KEY)["Body"].read())
    bucket.delete_object(Bucket=BUCKET, Key=KEY)
    shutil.move(kept, machine.copy)
    return machine


def test_a_snapshot_of_unknown_outcome_is_reported_until_the_next_record_settles_it(machine):
    for command in [("log",), ("who", "antenna-production", "-e", "antenna-production"), ("log", "--offline")]:
        stderr = machine(*command, status=None).stderr
        assert "the snapshot of release 'v10' of " in stderr
        assert "@2 of 'antenna-production', waits with an unknown outcome: the next record sends it again" in stderr
    again = machine.record("--release", "v11")
    assert ", whose outcome was unknown, is recorded as @2 of 'antenna-production'\n" in again.stderr
    assert "recorded antenna-production @3, release v11" in again.stdout
    assert not machine.outbox.exists()
    assert machine("log").stderr == ""


def test_a_snapshot_whose_number_another_one_has_was_never_recorded_and_is_not_dropped_silently(machine, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    Tidemark(folder, machine.variables).record("--release", "v11")
    never = (
        ", whose outcome was unknown, was never recorded: @2 of 'antenna-production' is another entry: "
        "record the release again\n"
    )
    assert never in machine("log").stderr
    assert never in machine.record("--release", "v10").stderr
    assert machine("log").stderr == ""


def test_a_damaged_outbox_is_set_aside_and_does_not_prevent_a_record(machine):
    for number, (text, why) in enumerate([(b"", "it is empty"), (b"\x00", "it is not zlib data")]):
        machine.outbox.write_bytes(text)
        stderr = machine.record().stderr
        aside = f"{machine.outbox}.aside" + ("-2" if number else "")
        assert f"'{machine.outbox}' is not used: it has no entry of 'antenna-production' whose outcome is unknown: {why}" in stderr
        assert f"; it is now '{aside}'\n" in stderr
