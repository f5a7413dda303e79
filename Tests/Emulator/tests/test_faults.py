"""Each fault as a client sees it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError, HTTPClientError
from botocore.parsers import ResponseParserError

from emulator.controls import ControlError, fault
from test_wire import raw

CALLS = {
    "rds": ("describe_db_instances", {}),
    "elasticbeanstalk": ("describe_environments", {}),
    "ec2": ("describe_instances", {}),
    "ecr": ("describe_repositories", {}),
    "s3": ("list_buckets", {}),
    "cloudwatch": ("describe_alarms", {}),
}


def call(stack, service):
    name, query = CALLS[service]
    return getattr(stack.client(service), name)(**query)


def operation(service):
    return {
        "rds": "DescribeDBInstances",
        "elasticbeanstalk": "DescribeEnvironments",
        "ec2": "DescribeInstances",
        "ecr": "DescribeRepositories",
        "s3": "ListBuckets",
        "cloudwatch": "DescribeAlarms",
    }[service]


def refused(stack, service, kind, **more):
    stack.set_faults(fault(service, operation(service), kind, **more))
    with pytest.raises(ClientError) as answer:
        call(stack, service)
    response = answer.value.response
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]


@pytest.mark.parametrize(
    "service, expected",
    [
        ("rds", ("AccessDenied", 403)),
        ("elasticbeanstalk", ("AccessDenied", 403)),
        ("ec2", ("UnauthorizedOperation", 403)),
        ("ecr", ("AccessDeniedException", 400)),
        ("s3", ("AccessDenied", 403)),
        ("cloudwatch", ("AccessDenied", 400)),
    ],
)
def test_denied_is_an_error_of_the_service(stack, service, expected):
    assert refused(stack, service, "denied") == expected


@pytest.mark.parametrize(
    "service, expected",
    [
        ("rds", ("Throttling", 400)),
        ("ec2", ("RequestLimitExceeded", 503)),
        ("ecr", ("ThrottlingException", 400)),
        ("s3", ("SlowDown", 503)),
    ],
)
def test_throttled_is_an_error_of_the_service(stack, service, expected):
    assert refused(stack, service, "throttled") == expected


@pytest.mark.parametrize(
    "service, expected",
    [
        ("rds", ("ExpiredToken", 403)),
        ("ec2", ("RequestExpired", 400)),
        ("ecr", ("ExpiredTokenException", 400)),
        ("s3", ("ExpiredToken", 400)),
    ],
)
def test_an_expired_token_is_an_error(stack, service, expected):
    assert refused(stack, service, "expired-token") == expected


def test_an_error_can_have_any_code(stack):
    assert refused(stack, "rds", "error", code="DBInstanceNotFound", status=404) == ("DBInstanceNotFound", 404)


@pytest.mark.parametrize("kind", ["malformed", "truncated"])
def test_an_answer_that_no_reader_can_parse(stack, kind):
    """boto3 reports the first two, takes S3's for a server's error and JSON's for an empty answer."""
    stack.set_faults(*(fault(service, operation(service), kind) for service in ("rds", "ec2", "s3", "ecr")))
    for service in ("rds", "ec2"):
        with pytest.raises(ResponseParserError):
            call(stack, service)
    with pytest.raises(ClientError, match="500"):
        call(stack, "s3")
    assert "repositories" not in call(stack, "ecr")


def test_a_truncated_answer_has_a_matching_length(stack):
    whole = raw(stack, "rds", "Action=DescribeDBInstances&Version=2014-10-31").body
    stack.set_faults(fault("rds", "DescribeDBInstances", "truncated"))
    answer = raw(stack, "rds", "Action=DescribeDBInstances&Version=2014-10-31")
    assert answer.status == 200 and abs(len(answer.body) - len(whole) // 2) < 50 and whole[:300] == answer.body[:300]


@pytest.mark.parametrize("service", ["rds", "ecr"])
def test_a_truncated_connection_announced_a_larger_length(stack, service):
    stack.set_faults(fault(service, operation(service), "truncated-connection"))
    with pytest.raises(HTTPClientError):
        call(stack, service)


def test_a_connection_can_be_closed(stack):
    stack.set_faults(fault("rds", "DescribeDBInstances", "connection-closed"))
    with pytest.raises(HTTPClientError):
        call(stack, "rds")


def test_a_delay_applies_to_its_operation_only(stack):
    stack.set_faults(fault("rds", "DescribeDBInstances", "delay", seconds=0.3))
    call(stack, "ec2")
    start = time.monotonic()
    assert call(stack, "rds")["DBInstances"]
    assert time.monotonic() - start >= 0.3


@pytest.mark.parametrize("release", [lambda stack: stack.clear_faults(), lambda stack: stack.set_faults()], ids=["clear", "set"])
def test_a_held_answer_comes_when_the_faults_change_and_blocks_no_other(stack, release):
    stack.set_faults(fault("rds", "DescribeDBInstances", "held"))
    with ThreadPoolExecutor(1) as caller:
        held = caller.submit(call, stack, "rds")
        while not stack.calls("rds", "DescribeDBInstances"):
            assert not held.done()
        call(stack, "ec2")
        assert not held.done()
        release(stack)
        assert held.result(timeout=60)["DBInstances"]


def test_a_fault_applies_a_number_of_times(stack):
    stack.set_faults(fault("rds", "DescribeDBInstances", "denied", times=2))
    outcomes = []
    for _ in range(3):
        try:
            call(stack, "rds")
            outcomes.append("answered")
        except ClientError:
            outcomes.append("denied")
    assert outcomes == ["denied", "denied", "answered"]


def test_a_fault_applies_after_a_number_of_calls(stack):
    stack.set_faults(fault("*", "*", "expired-token", spared=2))
    call(stack, "rds")
    call(stack, "ec2")
    for service, code in (("rds", "ExpiredToken"), ("ec2", "RequestExpired")):
        with pytest.raises(ClientError, match=code):
            call(stack, service)


def test_a_fault_applies_to_the_second_page(stack):
    stack.force_page_size("ec2", "DescribeSecurityGroups", 2)
    stack.set_faults(fault("ec2", "DescribeSecurityGroups", "denied", page=2))
    first = stack.client("ec2").describe_security_groups()
    assert len(first["SecurityGroups"]) == 2
    with pytest.raises(ClientError, match="UnauthorizedOperation"):
        stack.client("ec2").describe_security_groups(NextToken=first["NextToken"])


def test_a_fault_applies_by_a_parameter(stack):
    stack.set_faults(fault("s3", "GetBucketPolicy", "denied", where={"Bucket": "antenna-static-files"}))
    s3 = stack.client("s3")
    assert s3.get_bucket_policy(Bucket="elasticbeanstalk-us-west-2-123456789012")["Policy"]
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.get_bucket_policy(Bucket="antenna-static-files")


def test_cleared_faults_no_longer_apply(stack):
    stack.set_faults(fault("rds", "DescribeDBInstances", "denied"))
    stack.clear_faults()
    assert call(stack, "rds")["DBInstances"]


def test_a_fault_of_an_unknown_kind_is_refused(stack):
    with pytest.raises(ControlError, match="unknown fault 'gone'"):
        stack.set_faults(fault("rds", "DescribeDBInstances", "gone"))
