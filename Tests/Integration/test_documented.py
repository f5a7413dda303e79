"""The shipped baseline of the Antenna guide: what is broken is found, and nothing else with it."""

from __future__ import annotations

import json

import pytest

from containers import run_instead
from emulator import names

def ecr(stack):
    return stack.client("ecr")


def iam(stack):
    return stack.client("iam")


def trust(service):
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}],
        }
    )


def policy(action):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})


def with_image(name, repository):
    def changed(containers):
        registry = containers[0]["image"].split("/")[0]
        return [
            {**container, "image": f"{registry}/{repository}:v9"} if container["name"] == name else container
            for container in containers
        ]

    return lambda stack: run_instead(stack, changed)


def without(name):
    return lambda stack: run_instead(stack, lambda all: [one for one in all if one["name"] != name])


# What is broken, and of which expectation, by which change at which path, that is a finding.
BROKEN = {
    "another image": (with_image("flower", "antenna-awscli"), [("flower", "changed", "image")]),
    "the helper from elsewhere": (with_image("awscli", "antenna-backend"), [("awscli", "changed", "image")]),
    **{
        f"no {name}": (without(name), [(name, "missing", None)])
        for name in names.CONTAINERS
    },
    "immutable tags": (
        lambda stack: ecr(stack).put_image_tag_mutability(
            repositoryName=names.BACKEND_REPOSITORY, imageTagMutability="IMMUTABLE"
        ),
        [("backend-images", "changed", "mutable")],
    ),
    "a policy more": (
        lambda stack: iam(stack).attach_role_policy(
            RoleName=names.INSTANCE_PROFILE, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess"
        ),
        [("instance-role", "changed", "policies")],
    ),
    "an inline policy": (
        lambda stack: iam(stack).put_role_policy(
            RoleName=names.INSTANCE_PROFILE, PolicyName="more", PolicyDocument=policy("s3:*")
        ),
        [("instance-role", "changed", "policies")],
    ),
    "a policy less": (
        lambda stack: iam(stack).detach_role_policy(
            RoleName=names.SERVICE_ROLE,
            PolicyArn="arn:aws:iam::aws:policy/service-role/AWSElasticBeanstalkService",
        ),
        [("service-role", "changed", "policies")],
    ),
    "trust in another service": (
        lambda stack: iam(stack).update_assume_role_policy(
            RoleName=names.SERVICE_ROLE, PolicyDocument=trust("ecs.amazonaws.com")
        ),
        [("service-role", "changed", "trusts")],
    ),
    "another database host": (
        lambda stack: stack.set_property("POSTGRES_HOST", "db.example"),
        [("database-variables", "changed", "properties.POSTGRES_HOST")],
    ),
    "Redis without TLS": (
        lambda stack: stack.set_property("REDIS_URL", "redis://cache.example:6379/0"),
        [("redis-variables", "changed", "properties.REDIS_URL")],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_found_and_nothing_else(stack, recorded, case):
    breaks, expected = BROKEN[case]
    breaks(stack)
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    found = [
        (one["name"], finding["change"], finding["path"])
        for one in report["expectations"]
        for finding in one["findings"]
    ]
    assert found == expected


def test_what_refers_to_a_deleted_database_says_so(stack, recorded):
    stack.delete_database()
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    (missing,) = [one["name"] for one in report["expectations"] if one["verdict"] == "drifted"]
    unseen = {one["name"]: one["findings"][0] for one in report["expectations"] if one["verdict"] == "unseen"}
    assert missing == "database" and set(unseen) == {"database-variables", "database-access", "outbound-group"}
    for finding in unseen.values():
        assert finding["reason"] == "it refers to 'database', which is not there"
        assert finding["remedy"] == "see 'database'"
