"""A call that fails hides exactly its own facets: they are neither in sync nor gone, and the gap is reported."""

import re

import pytest

from caching import CachingEndpoint
from emulator.controls import fault
from emulator.proxy import serving
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
@pytest.fixture(scope="module")
def endpoint(standing):
    """An endpoint that repeats the stack's answers, except for those of `live` services; with its URL."""
    stack, _ = standing
    endpoint = CachingEndpoint(stack)
    with serving(endpoint.answer) as url:
        yield endpoint, url


@pytest.mark.parametrize("service, operation", UNSEEN)
def test_a_denied_call_hides_its_own_facets(struck, endpoint, service, operation):
    stack, tidemark = struck
    endpoint, tidemark.variables["AWS_ENDPOINT_URL"] = endpoint
    endpoint.live = {stack.client(service).meta.service_model.signing_name}
    assert_hidden(stack, tidemark, service, operation, "denied")
    report = tidemark.drift("--format", "json", status=3).json
    assert verdicts(report, "drifted") == set() and verdicts(report, "unseen") == HIDDEN[operation]
    reasons = [found["reason"] for one in report["expectations"] for found in one["findings"]]
    assert all(f"{action(service, operation)} " in reason for reason in reasons)


@pytest.mark.parametrize("service, operation", SPOKEN)
@pytest.mark.parametrize("kind", [kind for kind in DEADLY if kind != "denied"])
def test_a_call_that_fails_in_any_way_hides_its_own_facets(struck, service, operation, kind):
    stack, tidemark = struck
    assert_hidden(stack, tidemark, service, operation, kind)


def assert_hidden(stack, tidemark, service, operation, kind) -> None:
    """Records with a fault: the gap is reported, and unseen facets keep their last state."""
    before = root(tidemark.history)
    strike(stack, service, operation, kind)
    receipt = tidemark.record()
    assert re.search(rf"{action(service, operation)}( about \S+)? {outcome(operation, kind)}", receipt.stdout)
    assert receipt.stderr == "" and root(tidemark.history) == before
    shown = tidemark.show()
    assert len(shown["resources"]) == len(RESOURCES) and unseen(shown) == UNSEEN[service, operation]


@pytest.mark.parametrize("service, operation", SPOKEN)
def test_a_call_that_succeeds_again_changes_nothing(struck, service, operation):
    stack, tidemark = struck
    before = root(tidemark.history)
    strike(stack, service, operation, "denied")
    tidemark.record()
    stack.clear_faults()
    healed = tidemark.record("--strict", "--format", "json").json
    assert healed["coverage"]["gaps"] == [] and healed["root"] == before and healed["changed"] == []


def test_strict_recording_reports_incomplete_coverage(struck):
    stack, tidemark = struck
    strike(stack, "rds", "DescribeDBInstances", "denied")
    tidemark.record("--strict", status=3)
    assert check(tidemark.history) == 3
    text = tidemark.drift(status=3).stdout
    assert re.search(r"rds:DescribeDBInstances( about \S+)? denied", text) and "no such resource" not in text


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


@pytest.mark.parametrize(
    "service, operation, kind",
    [("sts", "GetCallerIdentity", kind) for kind in DEADLY] + [("elasticbeanstalk", "DescribeEnvironments", "denied")],
)
def test_without_caller_or_environment_nothing_is_recorded(struck, service, operation, kind):
    stack, tidemark = struck
    tidemark.history.unlink()
    strike(stack, service, operation, kind)
    error = tidemark.record("--release", "v9", status=1).error
    what = {"sts": "the caller's identity", "elasticbeanstalk": "'antenna-production'"}[service]
    assert what in error and "cannot be determined" in error
    assert list(tidemark.folder.iterdir()) == []
