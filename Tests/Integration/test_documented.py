"""Whatever the baseline of the Antenna guide states is broken once, and found, and nothing else with it."""

from __future__ import annotations

import json

import pytest

from breaks import changed, held, stated
from containers import run_instead
from documented_breaks import documented_breaks
from emulator import names
from emulator.fixtures import documented

BREAKS = documented_breaks()


@pytest.fixture(scope="module")
def guided(emulator, tmp_path_factory):
    with held(documented(emulator.endpoint), tmp_path_factory.mktemp("guided"), "documented", "--release", "v9") as one:
        yield one


def test_everything_that_is_stated_is_broken_once():
    statements = stated("documented")
    assert len(statements) == len(set(statements)) and set(statements) == set(BREAKS)


# Each is mended before the next, which would find it otherwise.
@pytest.mark.parametrize("statement", BREAKS, ids=" ".join)
def test_what_is_broken_is_found_and_nothing_else(emulator, guided, statement):
    documented(emulator.endpoint)
    assert guided.found(BREAKS[statement]) == [statement]


def test_what_is_mended_is_found_no_more(emulator, guided):
    documented(emulator.endpoint)
    assert guided.found(changed(lambda stack: None)) == []


@pytest.mark.parametrize("name", names.CONTAINERS)
def test_a_container_that_is_gone_is_missing(stack, recorded, name):
    run_instead(stack, lambda all: [one for one in all if one["name"] != name])
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    found = {one["name"]: one["findings"] for one in report["expectations"] if one["findings"]}
    assert found.keys() == {name, "deployed-images"}
    assert [(finding["change"], finding["path"]) for finding in found[name]] == [("missing", None)]
    assert {finding["remedy"] for finding in found["deployed-images"]} == {f"see '{name}'"}


def test_a_policy_that_is_inline_or_gone_is_found(stack, recorded):
    iam = stack.client("iam")
    more = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    iam.put_role_policy(RoleName=names.INSTANCE_PROFILE, PolicyName="more", PolicyDocument=json.dumps(more))
    iam.detach_role_policy(
        RoleName=names.SERVICE_ROLE, PolicyArn="arn:aws:iam::aws:policy/service-role/AWSElasticBeanstalkService"
    )
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    found = {one["name"]: finding for one in report["expectations"] for finding in one["findings"]}
    assert found["instance-role"]["extra"] == ["inline more"] and found["service-role"]["missing"] == [
        "AWSElasticBeanstalkService"
    ]
    assert found.keys() == {"instance-role", "service-role"}


def test_what_refers_to_a_deleted_database_says_so(stack, recorded):
    stack.delete_database()
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    (missing,) = [one["name"] for one in report["expectations"] if one["verdict"] == "drifted"]
    unseen = {one["name"]: one["findings"][0] for one in report["expectations"] if one["verdict"] == "unseen"}
    assert missing == "database"
    directly = {"database-variables", "database-access", "database-subnets", "vpc"}
    assert set(unseen) == {*directly, "instance", "redis-subnets"}
    for name in directly:
        assert unseen[name]["reason"] == "it refers to 'database', which is missing"
        assert unseen[name]["remedy"] == "see 'database'"
