"""Each statement of the Antenna guide's baseline is broken once, and exactly that is found."""

from __future__ import annotations

import json

import pytest

from breaks import changed, checking, is_only, stated
from containers import run_instead
from documented_breaks import documented_breaks
from emulator import names
from emulator.fixtures import documented

BREAKS = documented_breaks()


@pytest.fixture(scope="module")
def guided(emulator, tmp_path_factory):
    with checking(documented(emulator.endpoint), tmp_path_factory.mktemp("guided"), "documented", "--release", "v9") as one:
        yield one


def test_every_statement_is_broken_once():
    statements = stated("documented")
    assert len(statements) == len(set(statements)) and set(statements) == set(BREAKS)


# Each break is repaired before the next, so that it is not found again.
@pytest.mark.parametrize("statement", BREAKS, ids=" ".join)
def test_a_break_is_the_only_finding(emulator, guided, statement):
    documented(emulator.endpoint)
    assert is_only(statement, guided.found(BREAKS[statement]))


def test_a_repaired_break_is_no_longer_found(emulator, guided):
    documented(emulator.endpoint)
    assert guided.found(changed(lambda stack: None)) == []


@pytest.mark.parametrize("name", names.CONTAINERS)
def test_a_removed_container_is_missing(stack, recorded, name):
    run_instead(stack, lambda all: [one for one in all if one["name"] != name])
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    found = {one["name"]: one["findings"] for one in report["expectations"] if one["findings"]}
    assert found.keys() == {name, "deployed-images"}
    assert [(finding["change"], finding["path"]) for finding in found[name]] == [("missing", None)]
    assert {finding["dependsOn"] for finding in found["deployed-images"]} == {name}


def test_an_inline_or_detached_policy_is_found(stack, recorded):
    iam = stack.client("iam")
    more = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    iam.put_role_policy(RoleName=names.INSTANCE_PROFILE, PolicyName="more", PolicyDocument=json.dumps(more))
    iam.detach_role_policy(
        RoleName=names.SERVICE_ROLE, PolicyArn="arn:aws:iam::aws:policy/service-role/AWSElasticBeanstalkService"
    )
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    found = {one["name"]: finding for one in report["expectations"] for finding in one["findings"]}
    assert found["instance-role"]["element"] == {"side": "unexpected", "key": "inline more"}
    assert found["service-role"]["element"] == {"side": "missing", "key": "AWSElasticBeanstalkService"}
    assert found.keys() == {"instance-role", "service-role"}


def test_references_to_a_deleted_database_report_it(stack, recorded):
    stack.delete_database()
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    (missing,) = [one["name"] for one in report["expectations"] if one["verdict"] == "drifted"]
    depending = {one["name"]: one["findings"] for one in report["expectations"] if one["verdict"] == "not checked"}
    assert missing == "database"
    assert set(depending) >= {"database-variables", "database-access", "database-subnets", "vpc"}
    assert all(finding["dependsOn"] == "database" for findings in depending.values() for finding in findings)
    unseen = [one["name"] for one in report["expectations"] if one["verdict"] == "unseen"]
    assert unseen == ["endpoint.not-followed"] and report["verdict"] == "drifted"
