"""The local copy of a history in a bucket: damaged, foreign, read offline, and compared with the bucket."""

import hashlib
import sqlite3

import pytest
from emulator import names

from bucket import ADDRESS, BUCKET, bucket  # noqa: F401
from tidemark import Tidemark

ENTRIES = "team/antenna/antenna-production/entries"
DAMAGE = b"no database, and longer than the header of one would be" * 10


def key(number: int) -> str:
    return f"{ENTRIES}/{number:012}"


class Machine(Tidemark):
    def copy(self, address: str = ADDRESS):
        return self.marks / f"{hashlib.sha256(address.encode()).hexdigest()}.sqlite"

    def damage(self, statement: str) -> None:
        with sqlite3.connect(self.copy()) as damaged:
            damaged.execute("DROP TRIGGER log_entry_is_never_updated")
            damaged.execute(statement)
        damaged.close()


@pytest.fixture
def machine(bucket, stack, tmp_path) -> Machine:
    folder = tmp_path / "machine"
    folder.mkdir()
    machine = Machine(folder, {**stack.variables(names.RELEASER), "TIDEMARK_HISTORY": ADDRESS})
    machine.record("--release", "v9")
    machine("log")
    return machine


def test_a_damaged_copy_is_set_aside_under_a_number_and_its_head_must_be_in_the_bucket(machine, bucket):
    head = machine.record("--format", "json").json["head"]
    machine("log")
    for number in range(2):
        machine.damage("DELETE FROM index_current")
        aside = f"{machine.copy()}.aside" + ("-2" if number else "")
        assert f"; what was there is now '{aside}'\n" in machine("log").stderr
    end = machine("log", "--format", "json", "--limit", "2").json["entries"][1]["hash"]
    removed = bucket.get_object(Bucket=BUCKET, Key=key(2))["Body"].read()
    bucket.delete_object(Bucket=BUCKET, Key=key(2))
    machine.damage("DELETE FROM index_current")
    for command in [("log",), ("record", "-e", "antenna-production"), ("log",)]:
        stderr = machine(*command, status=1).stderr
        assert f"the copy ends with @2:{head}, which the history does not have: it ends with @1:{end}" in stderr
    bucket.put_object(Bucket=BUCKET, Key=key(2), Body=removed)
    assert machine("log", "--format", "json").json["entries"][0]["hash"] == head


def test_offline_reads_the_copy_of_the_address_and_no_other(machine):
    other = f"s3://{BUCKET}/team/other"
    machine.copy(other).write_bytes(machine.copy().read_bytes())
    error = machine("log", "--offline", "--history", other, status=1).stderr.splitlines()[-1]
    assert error == (
        f"tidemark: the local copy of '{other}' is damaged: it is that of '{ADDRESS}': leave out --offline, "
        "which makes the copy again"
    )
    assert machine.copy(other).exists()


def test_what_to_do_about_a_damaged_copy_is_to_make_it_again(machine):
    remedy = "leave out --offline, which makes the copy again"
    machine.damage("UPDATE log_entry SET header = '{}' WHERE seq = 1")
    for command in [("log",), ("who", "v9"), ("history", "verify"), ("history", "export")]:
        result = machine(*command, "--offline", status=None)
        assert result.status == (2 if "verify" in command else 1), command
        assert result.stderr.splitlines()[-1].endswith(f": {remedy}"), result
    machine("log", status=None)
    machine("log")
    machine.damage("DELETE FROM index_release")
    assert machine.record("--verify", status=1).stderr.splitlines()[-1].endswith(": run the command again, which makes the copy again")
    assert "recorded" in machine.record("--verify").stdout
    machine.copy().write_bytes(DAMAGE)
    assert machine("log", "--offline", status=1).stderr.splitlines()[-1].endswith(f": {remedy}")
    error = machine("history", "rebuild", status=1).stderr.splitlines()[-1]
    assert error == (
        f"tidemark: '{ADDRESS}' cannot be rebuilt: only its local copy has an index, and a damaged copy is made again: "
        "run 'tidemark history verify'"
    )
