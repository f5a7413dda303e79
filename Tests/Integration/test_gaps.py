"""Faults from the first record on, and changes that happen while a call fails."""

import json
import re
from dataclasses import replace

import pytest

from altered import altered, emptied
from emulator import names
from emulator.proxy import forwarded, serving
from emulator.stack import policy_document
from log import root
from questions import HIDDEN, INSTANCE_ROLE, UNSEEN, strike, unseen, verdicts


@pytest.mark.parametrize("service, operation", UNSEEN)
def test_a_first_record_with_a_denied_call_reports_nothing_missing(stack, keyed, service, operation):
    tidemark = keyed
    strike(stack, service, operation, "denied")
    tidemark.record()
    report = tidemark.drift("--format", "json", status=3).json
    assert verdicts(report, "drifted") == set() and verdicts(report, "unseen") == HIDDEN[operation]
    found = [finding for one in report["expectations"] for finding in one["findings"]]
    # An unseen facet without an expectation appears as a gap only.
    causes = {f"{service}:{operation}"} if HIDDEN[operation] else set()
    assert {re.search(r"[a-z0-9]+:[A-Z]\w+", finding["reason"])[0] for finding in found} == causes
    assert {finding["remedy"] for finding in found} == {f"allow {cause}" for cause in causes}
    stack.clear_faults()
    tidemark.record("--strict")
    tidemark.drift()
    healed = root(tidemark.history)
    tidemark.history.unlink()
    tidemark.record()
    assert healed == root(tidemark.history)


def test_a_change_during_a_fault_is_seen_after_it(stack, recorded):
    strike(stack, "rds", "DescribeDBInstances", "denied")
    stack.change_database_class("db.t4g.medium")
    recorded.record()
    recorded.drift(status=3)
    (database,) = recorded.show("antenna-postgres")["resources"]
    assert database["description"]["DBInstanceClass"] == "db.t4g.small" and database["unseen"] == ["description"]
    assert "as last seen" in recorded("show", "antenna-postgres").stdout
    stack.clear_faults()
    recorded.record()
    recorded.drift(status=2)


def test_drift_seen_during_a_fault_is_drift(stack, recorded):
    strike(stack, "iam", "GetRole", "denied")
    stack.open_port(5432)
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    assert verdicts(report, "drifted") == {"database-access"}
    assert verdicts(report, "unseen") == HIDDEN["GetRole"]


def test_a_reader_sees_what_its_permissions_allow(stack, keyed):
    """moto decides by the caller's IAM policies."""
    denial = (
        '{"Version": "2012-10-17", "Statement":'
        ' {"Effect": "Deny", "Action": "rds:DescribeDBInstances", "Resource": "*"}}'
    )
    stack.client("iam").put_user_policy(UserName=names.READER, PolicyName="no-databases", PolicyDocument=denial)
    stack.verify_signatures()
    try:
        assert "rds:DescribeDBInstances about antenna-postgres denied" in keyed.record().stdout
    finally:
        stack.verify_signatures(False)
    assert verdicts(keyed.drift("--format", "json", status=3).json, "unseen") == HIDDEN["DescribeDBInstances"]


@pytest.mark.parametrize(
    "service, operation",
    [
        ("elasticbeanstalk", "DescribeConfigurationSettings"),
        ("rds", "DescribeDBInstances"),
        ("ec2", "DescribeSecurityGroups"),
        ("ec2", "DescribeInstances"),
        ("ec2", "DescribeSubnets"),
        ("ec2", "DescribeRouteTables"),
        ("autoscaling", "DescribeAutoScalingGroups"),
    ],
)
def test_an_empty_answer_about_a_known_resource_is_doubtful(stack, recorded, service, operation):
    before = root(recorded.history)

    def alter(name, answer):
        return emptied(answer) if name == operation else answer

    with altered(stack.endpoint, alter) as (endpoint, operations):
        recorded.record(variables={"AWS_ENDPOINT_URL": endpoint})
    assert operations == {operation} and root(recorded.history) == before
    gaps = recorded.show()["coverage"]["gaps"]
    assert {gap["outcome"] for gap in gaps} == {"doubtful"}
    assert unseen(recorded.show()) == UNSEEN[service, operation]
    report = recorded.drift("--format", "json", status=3).json
    assert verdicts(report, "drifted") == set() and verdicts(report, "unseen") == HIDDEN[operation]


def test_an_environment_without_an_answer_is_not_recorded(stack, tidemark):
    with altered(stack.endpoint, lambda name, answer: emptied(answer)) as (endpoint, _):
        error = tidemark.record(status=1, variables={"AWS_ENDPOINT_URL": endpoint}).error
    assert "no Elastic Beanstalk environment 'antenna-production'" in error and not tidemark.history.exists()


def with_nulls(value):
    """The value with null at the end of every list."""
    if isinstance(value, list):
        return [with_nulls(element) for element in value] + [None]
    return {name: with_nulls(member) for name, member in value.items()} if isinstance(value, dict) else value


def as_texts(value):
    """The value with every number and boolean as a text."""
    if isinstance(value, list):
        return [as_texts(element) for element in value]
    if isinstance(value, dict):
        return {name: as_texts(member) for name, member in value.items()}
    return json.dumps(value) if isinstance(value, (bool, int, float)) else value


def altering_json(stack, alter):
    def answer(request):
        true = forwarded(stack.endpoint, request)
        if true.status != 200 or not request.header("x-amz-target"):
            return true
        return replace(true, body=json.dumps(alter(json.loads(true.body))).encode())

    return serving(answer)


def test_null_in_a_list_makes_nothing_gone(standing, copied):
    stack, _ = standing
    before = len(copied.show()["resources"])
    with altering_json(stack, with_nulls) as url:
        receipt = copied.record("--format", "json", variables={"AWS_ENDPOINT_URL": url}).json
    assert len(copied.show()["resources"]) == before
    assert all(change["content"] for change in receipt["changed"])
    assert verdicts(copied.drift("--format", "json", status=None).json, "drifted") == set()


def test_scalars_of_another_type_hide_nothing(standing, copied):
    stack, _ = standing
    with altering_json(stack, as_texts) as url:
        copied.record("--strict", variables={"AWS_ENDPOINT_URL": url})
    copied.drift()


JSON_SERVICES = ("ecr", "ecs", "logs")
# The documented repositories have no policies: AWS answers with an error, which is not altered.
ANSWERED = [one for one in UNSEEN if one[0] in JSON_SERVICES and not one[1].endswith("Policy")]


@pytest.mark.parametrize("service, operation", ANSWERED)
def test_a_json_answer_without_its_member_is_doubtful(standing, copied, service, operation):
    stack, _ = standing
    before = root(copied.history)
    with altered(stack.endpoint, lambda name, answer: {} if name == operation else answer) as (endpoint, operations):
        copied.record(variables={"AWS_ENDPOINT_URL": endpoint})
    assert operations == {operation} and root(copied.history) == before
    outcomes = {(gap["operation"], gap["outcome"]) for gap in copied.show()["coverage"]["gaps"]}
    assert (operation, "doubtful") in outcomes and {one for _, one in outcomes} <= {"doubtful", "unreached"}
    assert unseen(copied.show()) == UNSEEN[service, operation]
    report = copied.drift("--format", "json", status=3 if HIDDEN[operation] else None).json
    assert verdicts(report, "drifted") == set() and verdicts(report, "unseen") == HIDDEN[operation]


@pytest.mark.parametrize(
    "operation", ["DescribeTasks", "DescribeContainerInstances", "DescribeImages", "DescribeClusters"]
)
def test_a_named_resource_that_is_neither_found_nor_failed_is_doubtful(standing, copied, operation):
    stack, _ = standing
    before = root(copied.history)

    def alter(name, answer):
        return emptied(answer) if name == operation else answer

    with altered(stack.endpoint, alter) as (endpoint, operations):
        copied.record(variables={"AWS_ENDPOINT_URL": endpoint})
    assert operations == {operation} and root(copied.history) == before
    messages = [gap["message"] for gap in copied.show()["coverage"]["gaps"] if gap["operation"] == operation]
    assert messages and all("does not say that it no longer exists" in message for message in messages)
    assert unseen(copied.show()) == next(facets for (_, name), facets in UNSEEN.items() if name == operation)


def test_an_inline_policy_without_its_document_is_doubtful(stack, recorded):
    document = policy_document({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})
    stack.client("iam").put_role_policy(RoleName=names.INSTANCE_PROFILE, PolicyName="read", PolicyDocument=document)
    recorded.record()
    before = root(recorded.history)
    with altered(stack.endpoint, lambda name, answer: {} if name == "GetRolePolicy" else answer) as (endpoint, _):
        recorded.record(variables={"AWS_ENDPOINT_URL": endpoint})
    assert root(recorded.history) == before
    assert unseen(recorded.show()) == {INSTANCE_ROLE: ["RolePolicyList"]}
    report = recorded.drift("--format", "json", status=3).json
    assert verdicts(report, "drifted") == set() and verdicts(report, "unseen") == {"instance-role"}
