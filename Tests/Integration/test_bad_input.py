"""Every mistake is one clear line with exit status 1, and nothing is recorded or changed."""

import hashlib
import os
import shutil
import socket
import sqlite3
from contextlib import closing

import boto3
import pytest

from emulator import names
from log import count
from tidemark import SHIPPED

RECORD = ("record", "-e", "antenna-production")
REPORTS = [("show",), ("who", "v9"), ("drift", "--baseline", SHIPPED)]


def files(folder):
    """Every file below a folder by its bytes."""
    return {path: hashlib.sha256(path.read_bytes()).digest() for path in folder.rglob("*") if path.is_file()}


def refused(tidemark, *arguments, **options):
    """Runs what must be refused: one line of what failed, why and what to do, and no file touched."""
    before = files(tidemark.folder)
    error = tidemark(*arguments, status=1, **options).error
    assert files(tidemark.folder) == before
    assert ": " in error and not error.endswith(".") and "Error(" not in error and "Swift" not in error
    assert not error[0].isupper(), error
    return error


# Who calls, and where


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


NO_KEYS = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
CALLS = {
    "no credentials": (NO_KEYS, ["no AWS credentials", "AWS_ACCESS_KEY_ID"]),
    "half a credential": ({"AWS_SECRET_ACCESS_KEY": None}, ["AWS_SECRET_ACCESS_KEY", "set both"]),
    "the other half": ({"AWS_ACCESS_KEY_ID": None}, ["AWS_ACCESS_KEY_ID", "set both"]),
    "empty credentials": (dict.fromkeys(NO_KEYS, ""), ["no AWS credentials"]),
    "no URL": ({"AWS_ENDPOINT_URL": "localhost:5000"}, ["AWS_ENDPOINT_URL", "http"]),
    "another scheme": ({"AWS_ENDPOINT_URL": "ftp://127.0.0.1"}, ["AWS_ENDPOINT_URL", "http"]),
    "a port that is none": ({"AWS_ENDPOINT_URL": "http://127.0.0.1:99999"}, ["AWS_ENDPOINT_URL", "http"]),
    "no region": ({"AWS_REGION": None, "AWS_DEFAULT_REGION": None}, ["region", "--region"]),
    "a region that is none": ({"AWS_REGION": "us west"}, ["'us west'", "AWS_REGION"]),
    "an unreadable CA bundle": ({"AWS_CA_BUNDLE": "/nowhere", "AWS_ENDPOINT_URL": "https://127.0.0.1:9"}, [""]),
}


@pytest.mark.parametrize("case", CALLS)
def test_a_call_that_cannot_be_made_is_said(standing, copied, case):
    variables, expected = CALLS[case]
    copied.history.unlink()
    error = refused(copied, *RECORD, variables=variables)
    assert all(text in error for text in expected), error


def test_a_refused_connection_is_said(copied):
    error = refused(copied, *RECORD, variables={"AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"})
    assert "connect" in error.lower() and "AWS_ENDPOINT_URL" in error


def test_an_endpoint_that_answers_web_pages_is_said(standing, copied):
    stack, _ = standing
    stack.set_faults({
        "service": "*", "operation": "*", "fault": "error", "code": "x", "status": 200, "message": "<html>",
    })  # fmt: skip
    try:
        error = refused(copied, *RECORD)
    finally:
        stack.clear_faults()
    assert "the caller's identity cannot be established" in error and "AWS_ENDPOINT_URL" in error


# Which environment


def test_an_unknown_eb_environment_is_said(copied):
    copied.history.unlink()
    error = refused(copied, *RECORD, "--eb-environment", "antenna-staging")
    assert "'antenna-staging'" in error and names.ACCOUNT in error and names.REGION in error
    assert "--eb-environment" in error and "elasticbeanstalk:DescribeEnvironments" in error


def test_a_name_is_the_eb_environment_s_unless_another_is_given(copied):
    assert "'antenna-staging'" in refused(copied, "record", "-e", "antenna-staging")


def test_another_region_has_no_such_environment(copied):
    copied.history.unlink()
    assert "eu-west-1" in refused(copied, *RECORD, "--region", "eu-west-1")


def test_a_bound_environment_is_not_looked_for_in_another_region(copied):
    error = refused(copied, *RECORD, "--region", "eu-west-1")
    assert "bound to" in error and "us-west-2" in error and "eu-west-1" in error


def test_a_bound_environment_is_not_looked_for_in_another_account(standing, copied):
    stack, _ = standing
    role = stack.client("sts").assume_role(RoleArn="arn:aws:iam::210987654321:role/other", RoleSessionName="test")
    keys = role["Credentials"]
    variables = {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }
    there = boto3.client(
        "sts", endpoint_url=stack.endpoint, region_name=stack.region, aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"],
    )  # fmt: skip
    assert there.get_caller_identity()["Account"] == "210987654321"
    error = refused(copied, *RECORD, variables=variables)
    assert "210987654321" in error and names.ACCOUNT in error and "-e NAME" in error


def test_no_name_and_no_history_to_take_it_from(copied):
    copied.history.unlink()
    assert "-e" in refused(copied, "record")


@pytest.mark.parametrize("name", ["a b", "../up", "-x", "x" * 300, "a\nb"])
def test_a_name_that_is_none_is_refused(copied, name):
    refused(copied, "record", f"--environment={name}")


# Which history


def another_program_s(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (x)")
        database.commit()


def newer(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
        database.commit()


def garbage(path):
    path.write_bytes(b"this is a text and no database\n" * 100)


def truncated(path):
    path.write_bytes(path.read_bytes()[:5000])


HISTORIES = {
    "no SQLite": (garbage, "no history"),
    "another program's": (lambda path: (path.unlink(), another_program_s(path)), "another program's"),
    "a newer tidemark's": (newer, "newer tidemark"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "tidemark.sqlite"),
    "cut short": (truncated, "damaged"),
}


@pytest.mark.parametrize("command", [RECORD, *REPORTS], ids=["record", "show", "who", "drift"])
@pytest.mark.parametrize("case", HISTORIES)
def test_a_file_that_is_no_history_is_left_alone(copied, case, command):
    make, expected = HISTORIES[case]
    make(copied.history)
    error = refused(copied, *command)
    assert "tidemark.sqlite" in error and expected in error, error


@pytest.mark.parametrize("command", REPORTS, ids=["show", "who", "drift"])
def test_a_history_that_is_not_there_is_said(copied, command):
    copied.history.unlink()
    assert "no history at" in refused(copied, *command)
    copied.history.touch()
    assert "empty" in refused(copied, *command)


def test_an_empty_file_becomes_a_history(copied):
    copied.history.write_bytes(b"")
    copied.record()
    assert count(copied.history, "entry") == 2


def test_a_history_in_a_folder_that_is_not_there(copied):
    error = refused(copied, *RECORD, "--history", "nowhere/h.sqlite")
    assert "nowhere/h.sqlite" in error and "folder" in error


@pytest.mark.parametrize("history", ["h.sqlite", "tidemark.sqlite"])
def test_a_folder_in_which_nothing_may_be_written(copied, history):
    """Root may write anywhere, so its tests run the program as nobody."""
    for folder in copied.folder.parents[:2]:
        folder.chmod(0o755)
    binary = shutil.copy(copied.binary, copied.folder / "tidemark")
    os.chmod(binary, 0o555)
    copied.history.chmod(0o444)
    copied.folder.chmod(0o555)
    before = files(copied.folder)
    nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    process = copied.start(*RECORD, "--history", history, executable=binary, **nobody)
    error = process.communicate(timeout=60)[1].decode()
    copied.folder.chmod(0o755)
    assert process.returncode == 1 and error.count("\n") == 1
    assert error.startswith(f"tidemark: '{history}' cannot be ") and "permissions" in error
    assert files(copied.folder) == before


def test_a_bucket_is_no_history_yet(copied):
    assert "bucket" in refused(copied, *RECORD, "--history", "s3://bucket/prefix")


# Which baseline

ENVIRONMENT = "environment: antenna-production\n"
DATABASE = ENVIRONMENT + "expect:\n  - name: database\n    resource: rds.db-instance\n"
BASELINES = {
    "an unknown key": (DATABASE + "    is: { Engine: postgres }\n    wheer: { a: b }\n", ":6:5: ", "wheer"),
    "an unknown key at the top": (DATABASE + "    is: { Engine: postgres }\nexpects: []\n", ":6:1: ", "expects"),
    "an unknown kind": (
        ENVIRONMENT + "expect:\n  - name: x\n    resource: rds.dbinstance\n    is: { a: b }\n",
        ":4:15: ",
        "'rds.db-instance'",
    ),
    "a misspelled attribute": (DATABASE + "    is:\n      DBInstanceClas: x\n", ":6:7: ", "'DBInstanceClass'"),
    "a misspelled condition": (
        DATABASE + "    where: { DBInstanceIdentifer: x }\n    is: { Engine: a }\n",
        ":5:14: ",
        "'DBInstanceIdentifier'",
    ),
    "a misspelled member": (DATABASE + "    is:\n      Endpoint: { Prt: 1 }\n", ":6:7: ", "'Port'"),
    "nothing expected": (DATABASE, ":3:5: ", "'is:'"),
    "no name": (ENVIRONMENT + "expect:\n  - resource: rds.db-instance\n    is: { Engine: a }\n", ":3:5: ", "name"),
    "a name twice": (
        DATABASE + "    is: { Engine: a }\n  - name: database\n    resource: rds.db-instance\n    is: { Engine: a }\n",
        ":6:5: ",
        "twice",
    ),
    "a key twice": (DATABASE + "    is: { Engine: a }\n    is: { Engine: b }\n", ":", "twice"),
    "no environment": ("expect:\n  - name: x\n    resource: rds.db-instance\n    is: { Engine: a }\n", ":1:1: ", "env"),
    "a broken pattern": (DATABASE + "    is: { Engine: { matches: '(' } }\n", ":5:30: ", "regular expression"),
    "a reference": (DATABASE + "    is: { Engine: '${other.name}' }\n", ":5:19: ", "references"),
    "no YAML": (ENVIRONMENT + "expect: [\n", ":", "not YAML"),
    "a tab": (ENVIRONMENT + "expect:\n\t- name: x\n", ":3:1: ", "not YAML"),
    "a list": ("- a\n- b\n", ":1:1: ", "map"),
    "nothing": ("", ":1:1: ", "empty"),
    "a comment": ("# nothing\n", ":1:1: ", "empty"),
    "no expectations": (ENVIRONMENT + "expect: []\n", ":2:9: ", "expect"),
}


@pytest.mark.parametrize("case", BASELINES)
def test_a_mistake_in_a_baseline_is_said_with_its_place(copied, case):
    text, place, expected = BASELINES[case]
    (copied.folder / "b.yml").write_text(text)
    error = refused(copied, "drift", "--baseline", "b.yml")
    assert error.startswith(f"b.yml{place}") and expected in error, error


def test_every_mistake_is_said_in_one_run(copied):
    (copied.folder / "b.yml").write_text(DATABASE + "    is: { Egnine: a, PublicAccess: b }\n    wheer: {}\n    becuase: x\n")
    result = copied("drift", "--baseline", "b.yml", status=1)
    lines = result.stderr.splitlines()
    assert result.stdout == "" and len(lines) == 4
    assert [line.split(":")[2] for line in lines] == ["5", "5", "6", "7"]


def test_a_baseline_that_is_not_there(copied):
    assert "'missing.yml'" in refused(copied, "drift", "--baseline", "missing.yml")
    assert "antenna/documented" in refused(copied, "drift", "--baseline", "shipped:antenna/undocumented")
    assert "'.'" in refused(copied, "drift", "--baseline", ".")


def test_a_baseline_that_is_no_text(copied):
    (copied.folder / "b.yml").write_bytes(bytes(range(256)) * 10)
    assert "UTF-8" in refused(copied, "drift", "--baseline", "b.yml")


def test_a_baseline_of_another_environment(copied):
    (copied.folder / "b.yml").write_text(DATABASE.replace("production", "staging") + "    is: { Engine: a }\n")
    error = refused(copied, "drift", "--baseline", "b.yml")
    assert "'antenna-staging'" in error and "'antenna-production'" in error


def test_a_baseline_that_multiplies_itself(copied):
    bomb = "".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    text = ENVIRONMENT + f"documents: x\nexpect:\n- is:\n   a: &a0 [1]\nbomb:\n{bomb}"
    (copied.folder / "b.yml").write_text(text)
    copied("drift", "--baseline", "b.yml", status=1)


# What is asked for


@pytest.mark.parametrize("moment", ["@", "@x", "@-1", "latest~x", "latest~-1", "release:", "~1", "v9~"])
def test_a_moment_that_is_none(copied, moment):
    assert "is no moment" in refused(copied, "show", f"--at={moment}")


@pytest.mark.parametrize("moment", ["@42", "latest~7", "release:v8", "yesterday", "2001-01-01T00:00:00Z"])
def test_a_moment_that_never_was(copied, moment):
    assert moment.partition("Z")[0] in refused(copied, "show", "--at", moment)
    refused(copied, "drift", "--baseline", SHIPPED, "--at", moment)


def test_an_unknown_release(copied):
    assert "'v8'" in refused(copied, "who", "v8")


def test_an_unknown_resource_names_those_there_are(copied):
    error = refused(copied, "show", "antenna-mysql")
    assert "'antenna-mysql'" in error and "rds.db-instance/antenna-postgres" in error
    assert "names 3 resources" in refused(copied, "show", "ec2.security-group")


@pytest.mark.parametrize("command", REPORTS, ids=["show", "who", "drift"])
def test_an_unknown_environment(copied, command):
    error = refused(copied, *command, "-e", "unknown")
    assert "'unknown'" in error and "'antenna-production'" in error


@pytest.mark.parametrize("command", [("show",), ("record",)], ids=["show", "record"])
def test_two_environments_and_no_choice(copied, command):
    copied("record", "-e", "another", "--eb-environment", "antenna-production")
    error = refused(copied, *command)
    assert "'another'" in error and "'antenna-production'" in error and "-e" in error
    assert copied.drift("-e", "another", "--format", "json").json["environment"] == "another"
    copied.drift()


def test_control_characters_do_not_reach_the_terminal(copied):
    evil = "\x1b[2J\nx"
    for command in (
        ("who", evil),
        ("show", evil),
        ("show", "--at", evil),
        ("show", "--history", evil),
        ("drift", "--baseline", evil),
        (*RECORD, "--eb-environment", evil),
        (*RECORD, "--region", evil),
        (*RECORD, "--key-file", evil),
    ):
        assert "\x1b" not in refused(copied, *command)


# Usage

USAGE = {
    "--by without a release": (*RECORD, "--by", "release-bot"),
    "an unknown option": ("show", "--frobnicate"),
    "an unknown command": ("frobnicate",),
    "an invalid format": ("show", "--format", "xml"),
    "no baseline": ("drift",),
    "no label": ("who",),
    "two resources": ("show", "a", "b"),
    "a value that is missing": ("show", "--at"),
    "an age that is none": ("drift", "--baseline", SHIPPED, "--max-age", "soon"),
}


@pytest.mark.parametrize("case", USAGE)
def test_a_usage_error_is_64(copied, case):
    before = files(copied.folder)
    result = copied(*USAGE[case], status=64)
    assert result.stdout == "" and result.stderr.startswith("Error: ") and "Usage: tidemark" in result.stderr
    assert files(copied.folder) == before
