"""What a history in a bucket needs and does not get: nothing is lost, and a clear line each."""

import sqlite3
from contextlib import closing

import pytest

from access import least
from bucket import BUCKET, Chain, Machines, create_bucket, labels, place, proxy  # noqa: F401
from emulator import names
from emulator.controls import fault
from emulator.message import Answer
from log import sha256
from reader import as_reader
from refused import RECORD

ADDRESS = f"s3://{BUCKET}/team"
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


@pytest.fixture
def team(stack, tmp_path):
    """Machines that share a history with one release, and its chain."""
    create_bucket(stack.client("s3"), stack.region)
    machines = Machines(tmp_path, stack.variables(names.RELEASER), "team")
    machines("first").record("--release", "v9")
    return machines, Chain(stack.client("s3"), "team")


def without(action: str) -> dict:
    denied = {"Effect": "Deny", "Action": action, "Resource": [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"]}
    return {"Version": "2012-10-17", "Statement": [EVERYTHING, denied]}


WHO = f"User: arn:aws:iam::{names.ACCOUNT}:user/least is not authorized to perform"
REFUSALS = {
    "s3:ListBucket": (
        f"the history cannot be listed: AccessDenied: {WHO}: s3:ListBucket because no identity-based policy allows the "
        "s3:ListBucket action: check the permission to list the objects of the history"
    ),
    "s3:GetObject": (
        f"the history of 'antenna-production' cannot be read: AccessDenied: {WHO}: s3:GetObject because no identity-based "
        "policy allows the s3:GetObject action: check the address of the history, and the permissions to read and to list its "
        "objects"
    ),
    "s3:PutObject": (
        f"'antenna-production' was not recorded: AccessDenied: {WHO}: s3:PutObject because no identity-based policy allows "
        "the s3:PutObject action: check the permission to create objects in the history"
    ),
}


def test_a_missing_permission_is_named_and_nothing_is_recorded(stack, team):
    machines, chain = team
    with least(stack.endpoint, stack.client("iam")) as allow:
        for action, refusal in REFUSALS.items():
            for name in ("first", f"new {action}"):
                machine = machines(name, **allow(without(action)))
                assert machine.record("--release", "v10", status=1).error == refusal
                if action == "s3:PutObject":
                    assert "v9" in machine("log").stdout
                else:
                    assert machine("log", status=1).error == refusal
    assert labels(chain.check()) == ["v9"]
    machines("first").record("--release", "v10")
    assert labels(chain.check()) == ["v9", "v10"]


def test_credentials_that_expire_at_any_request_leave_a_whole_history(stack, team):
    """The exit status says whether the snapshot may have been recorded."""
    machines, chain = team
    recorded = ["v9"]
    for operation in ("GetObject", "ListObjectsV2", "PutObject"):
        for spared in range(20):
            label = f"{operation}-{spared}"
            stack.set_faults(fault("s3", operation, "expired-token", where={"Bucket": BUCKET}, spared=spared))
            result = machines("second").record("--release", label, status=None)
            stack.clear_faults()
            assert result.status == 0 or "ExpiredToken: The provided token has expired." in result.stderr.splitlines()[-1]
            recorded += [label] if result.status in (0, 5) else []
            if result.status == 0:
                break
        assert result.status == 0 and labels(chain.check()) == recorded
    assert len(recorded) > 4
    machines("third")("history", "verify")


def test_an_append_only_bucket_can_be_recorded_into(stack, team):
    machines, chain = team
    s3 = stack.client("s3")
    s3.put_bucket_policy(Bucket=BUCKET, Policy=machines("first")("policy", "--part", "bucket").stdout)
    for number in range(10, 19):
        machines("first").record("--release", f"v{number}")
    for refused in (lambda: chain.delete(2), lambda: chain.put(2, ["{}", "{}"])):
        with pytest.raises(Exception, match="AccessDenied"):
            refused()
    assert s3.list_objects_v2(Bucket=BUCKET, Prefix="team/antenna-production/packs/")["KeyCount"] == 1
    machines("second").record("--release", "v19")
    assert labels(chain.check()) == [f"v{number}" for number in range(9, 20)]


# MARK: The local copy


@pytest.fixture
def copy(place):
    """A machine with a local copy of a history with one release, and the path of the copy."""
    _, machines, chain = place
    machine = machines("first")
    machine.record("--release", "v9")
    (path,) = machine.marks.glob("*.sqlite")
    return machine, path, machines, chain


def test_a_local_copy_of_another_history_is_made_again(copy):
    machine, path, machines, chain = copy
    other = Machines(machines.folder, machines.variables, "other")("other")
    other.record("--release", "v0")
    (foreign,) = other.marks.glob("*.sqlite")
    path.write_bytes(foreign.read_bytes())
    result = machine("log", "--format", "json")
    assert [entry["seq"] for entry in result.json["entries"]] == [1, 0] and '"v0"' not in result.stdout
    address = machine.variables["TIDEMARK_HISTORY"]
    assert result.stderr == (
        f"tidemark: the local copy of '{address}' is made again: '{path}' is not the local copy of '{address}': it is that of "
        f"'s3://{BUCKET}/other'; what was there is now '{path}.aside'\n"
    )
    machine.record("--release", "v10")
    assert labels(chain.check()) == ["v9", "v10"]


def test_a_local_copy_with_an_entry_that_the_bucket_does_not_have_is_refused(copy):
    """Somebody who can write the folder of the copy has appended a release to it, in a chain that verifies."""
    machine, path, machines, chain = copy
    for seq in range(2):
        Chain(chain.s3, "forged").put(seq, chain.lines(seq))
    forger = Machines(machines.folder, machines.variables, "forged")("forger")
    head = forger.record("--release", "forged", "--format", "json").json["head"]
    (forged,) = forger.marks.glob("*.sqlite")
    path.write_bytes(forged.read_bytes())
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE replica SET address = ?", [machine.variables["TIDEMARK_HISTORY"]])
    for command in (("log",), RECORD):
        assert machine(*command, status=1).error == (
            f"the history of 'antenna-production' is not the one of the local copy: the copy ends with @2:{head}, which the history "
            f"does not have: it ends with @1:{sha256(chain.lines(1)[0])}: find out who removed or replaced entries; the copy has them"
        )
    assert labels(chain.check()) == ["v9"] and "forged" not in machines("new")("log").stdout


def test_a_folder_of_local_copies_that_cannot_be_written_is_one_line(copy):
    """What the copy has can be read, and a snapshot recorded."""
    machine, path, machines, chain = copy
    for folder in (machine.marks.parent, machine.marks):
        folder.chmod(0o755)
    path.chmod(0o644)
    with as_reader(machine) as reader:
        assert "v9" in reader("log").stdout
        reader.record("--release", "v10")
        for command in (("log",), RECORD):
            assert reader(*command, status=1).error == (
                f"the local copy of '{machine.variables['TIDEMARK_HISTORY']}' cannot be brought up to date: '{path}' cannot be written: "
                "this user may not write it: check its permissions, set TIDEMARK_CACHE to another folder, or pass --offline to read "
                "the copy as it is"
            )
        assert "v9" in reader("log", "--offline").stdout
    assert labels(chain.check()) == ["v9", "v10"]
    assert "v10" in machine("log").stdout


# MARK: Listings


def test_a_listing_of_more_than_a_page_is_read_to_its_end(place):
    _, machines, chain = place
    machines("first").record("--release", "v9")
    # Keys of something else, after those of the entries.
    for number in range(1_001):
        chain.s3.put_object(Bucket=BUCKET, Key=f"{chain.folder}~{number:04}", Body=b"")
    machines("second").record("--release", "v10")
    assert [entry["seq"] for entry in machines("third")("log", "--format", "json").json["entries"]] == [2, 1, 0]
    chain.append_mark(4, chain.lines(2)[0])
    assert machines("third")("log", status=1).error == (
        "the history of 'antenna-production' is not whole: it has entry @4, and lacks entry @3: find out who removed or replaced "
        "objects of the history; 'tidemark history repair' on a machine with a whole local copy mends it"
    )


def test_a_listing_that_lags_hides_no_entry_of_a_named_environment(place):
    proxy, machines, chain = place
    machines("first").record("--release", "v9")
    nothing = b"<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>"
    proxy.choose = lambda request: (lambda _: Answer(200, {}, nothing)) if request.method == "LIST" else None
    for name in ("first", "second"):
        machines(name).record("--release", name)
    found = machines("third")("log", "-e", "antenna-production", "--format", "json").json["entries"]
    assert [entry["seq"] for entry in found] == [3, 2, 1, 0]
    assert labels(chain.check()) == ["v9", "first", "second"]
