"""A resource that was gone and could not be looked up again: `diff` reports neither a change nor its absence."""

import pytest

from emulator.names import BUNDLE_BUCKET, FIRST_RELEASE, bundle_key
from log import root
from questions import strike


def delete_bundle(stack):
    stack.client("s3").delete_object(Bucket=BUNDLE_BUCKET, Key=bundle_key(FIRST_RELEASE))


def delete_tag(stack):
    stack.client("ecr").batch_delete_image(repositoryName="antenna-backend", imageIds=[{"imageTag": "v9"}])


def delete_alarms(stack):
    cloudwatch = stack.client("cloudwatch")
    alarms = cloudwatch.describe_alarms()["MetricAlarms"]
    cloudwatch.delete_alarms(AlarmNames=[alarm["AlarmName"] for alarm in alarms])


@pytest.mark.parametrize(
    "delete, service, operation, hidden",
    [
        (delete_bundle, "s3", "GetObject", "elasticbeanstalk.bundle/*"),
        (delete_tag, "ecr", "ListImages", "ecr.tag/"),
        (delete_alarms, "cloudwatch", "DescribeAlarms", "cloudwatch.alarm/*"),
        (lambda stack: stack.delete_database(), "rds", "DescribeDBInstances", "rds.db-instance/antenna-postgres description"),
    ],
)  # fmt: skip
def test_a_resource_that_was_gone_and_then_denied_is_not_compared(stack, recorded, delete, service, operation, hidden):
    delete(stack)
    recorded.record()
    before = root(recorded.history)
    strike(stack, service, operation, "denied")
    assert "changed   nothing in what was seen; " in recorded.record().stdout
    assert root(recorded.history) == before
    for moments in [("latest~1", "latest"), ("latest", "latest~1")]:
        text = recorded("diff", *moments, "--exit-code", status=3).stdout
        assert "\nnothing differs in what was seen; " in text
        assert f"{service}:{operation}" in text and hidden in text
    report = recorded("diff", "latest~1", "--format", "json").json
    assert (report["differs"], report["complete"], report["resources"]) == (False, False, [])
    stack.clear_faults()
    recorded.record()
    assert root(recorded.history) == before
    assert "\nnothing differs\n" in recorded("diff", "latest~2", "--exit-code").stdout


def test_a_resource_that_was_never_seen_was_neither_added_nor_removed(stack, keyed):
    strike(stack, "rds", "DescribeDBInstances", "denied")
    keyed.record()
    stack.clear_faults()
    keyed.record()
    text = keyed("diff", "latest~1").stdout
    assert "appeared  rds.db-instance/" not in text and "rds.db-instance/antenna-postgres description" in text
