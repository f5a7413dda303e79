"""A call that fails hides exactly its own facets: they are neither in sync nor gone, and the gap is reported."""

import re

import pytest

from emulator.controls import fault
from log import check, root
from questions import DEADLY, HIDDEN, RESOURCES, UNSEEN, action, outcome, strike, unseen, verdicts


@pytest.fixture
def struck(standing, copied):
    """The stack, which may get faults, and the program with a history that saw everything."""
    stack, _ = standing
    # Faults after all attempts have failed; a test with one fault shows that there are further attempts.
    copied.variables["AWS_MAX_ATTEMPTS"] = "1"
    yield stack, copied
    stack.clear_faults()


# One call for each wire protocol: the faults belong to the protocol and the transport, not to the operation.
SPOKEN = [
    ("rds", "DescribeDBInstances"),
    ("ec2", "DescribeSecurityGroups"),
    ("ecs", "DescribeTasks"),
    ("s3", "GetBucketEncryption"),
    ("s3", "GetBucketPolicy"),
    ("s3", "GetObject"),
]
CASES = [(*question, "denied") for question in UNSEEN] + [
    (*question, kind) for question in SPOKEN for kind in DEADLY if kind != "denied"
]


@pytest.mark.parametrize("service, operation, kind", CASES)
def test_a_failed_call_hides_its_own_facets(struck, service, operation, kind):
    stack, tidemark = struck
    before = root(tidemark.history)
    name = action(service, operation)
    strike(stack, service, operation, kind)
    receipt = tidemark.record()
    assert re.search(rf"{name}( about \S+)? {outcome(operation, kind)}", receipt.stdout) and receipt.stderr == ""
    # Unseen facets keep their last state.
    assert root(tidemark.history) == before
    shown = tidemark.show()
    assert len(shown["resources"]) == len(RESOURCES) and unseen(shown) == UNSEEN[service, operation]
    report = tidemark.drift("--format", "json", status=3).json
    assert verdicts(report, "drifted") == set() and verdicts(report, "unseen") == HIDDEN[operation]
    assert all(f"{name} " in found["reason"] for one in report["expectations"] for found in one["findings"])
    stack.clear_faults()
    healed = tidemark.record("--strict", "--format", "json").json
    assert healed["coverage"]["gaps"] == [] and healed["root"] == before and healed["changed"] == []


@pytest.mark.parametrize("service, operation", SPOKEN)
def test_strict_recording_reports_incomplete_coverage(struck, service, operation):
    stack, tidemark = struck
    strike(stack, service, operation, "denied")
    tidemark.record("--strict", status=3)
    assert check(tidemark.history) == 3
    text = tidemark.drift(status=3).stdout
    assert re.search(rf"{action(service, operation)}( about \S+)? denied", text) and "no such resource" not in text


def test_one_denied_group_hides_that_group_alone(struck):
    stack, tidemark = struck
    strike(stack, "ec2", "DescribeSecurityGroups", "denied", where={"GroupIds": [stack.group_id("antenna-rds")]})
    tidemark.record()
    assert unseen(tidemark.show()) == {"ec2.security-group/antenna-rds": ["description"]}
    assert verdicts(tidemark.drift("--format", "json", status=3).json, "unseen") == {"database-access"}


def test_a_walk_of_failed_calls_is_recorded(struck):
    stack, tidemark = struck
    before = root(tidemark.history)
    stack.set_faults(*[fault(service, operation, "denied") for service, operation in UNSEEN])
    tidemark.record()
    report = tidemark.drift("--format", "json", status=3).json
    assert report["counts"]["drifted"] == 0 and root(tidemark.history) == before


def test_a_call_that_is_throttled_once_is_repeated(struck):
    stack, tidemark = struck
    stack.set_faults(*[fault(service, operation, "throttled", times=1) for service, operation in UNSEEN])
    assert "all answered" in tidemark.record("--strict", variables={"AWS_MAX_ATTEMPTS": None}).stdout


@pytest.mark.parametrize("kind", DEADLY)
@pytest.mark.parametrize(
    "service, operation", [("sts", "GetCallerIdentity"), ("elasticbeanstalk", "DescribeEnvironments")]
)
def test_without_caller_or_environment_nothing_is_recorded(struck, service, operation, kind):
    stack, tidemark = struck
    tidemark.history.unlink()
    strike(stack, service, operation, kind)
    error = tidemark.record("--release", "v9", status=1).error
    what = {"sts": "the caller's identity", "elasticbeanstalk": "'antenna-production'"}[service]
    assert what in error and "cannot be established" in error
    assert list(tidemark.folder.iterdir()) == []
