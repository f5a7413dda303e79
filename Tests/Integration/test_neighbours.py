"""Two environments whose names begin with each other's: each is shown with all of its resources and none of the
other's."""

import pytest

from emulator import images
from log import root
from neighbours import NAMES, REGISTRY, Neighbours
from shop import REGION
from tidemark import Tidemark


@pytest.fixture
def neighbours(empty):
    return Neighbours(empty.endpoint)


def record(tidemark, name: str, *more: str) -> dict:
    recorded = tidemark("record", "-e", name, "--format", "json", *more).json
    assert recorded["coverage"]["gaps"] == []
    return recorded


def owner(label: str) -> str | None:
    """The environment that a label belongs to."""
    return next((name for name in sorted(NAMES, key=len, reverse=True) if name in label), None)


@pytest.mark.parametrize("name", NAMES)
def test_each_environment_has_its_own_resources_only(neighbours, tmp_path, name):
    tidemark = Tidemark(tmp_path, neighbours.variables)
    record(tidemark, name)
    shown = tidemark.show()["resources"]
    found = {(one["kind"], one["identity"]) for one in shown}
    assert found == neighbours.made[name] | neighbours.made_by_beanstalk(name) | neighbours.shared
    assert {owner(one["label"]) for one in shown} <= {None, name}
    assert not any(kind.startswith("elasticache.") for kind, _ in found)
    instances = [one["description"] for one in shown if one["kind"] == "ec2.instance"]
    assert {one["Placement"]["AvailabilityZone"] for one in instances} == {f"{REGION}a", f"{REGION}b"}
    (database,) = [one["description"] for one in shown if one["kind"] == "rds.db-instance"]
    assert (database["Engine"], database["MultiAZ"]) == ("mysql", True)


@pytest.mark.parametrize("name, other", [NAMES, NAMES[::-1]])
def test_changes_of_the_other_environment_are_no_changes(neighbours, tmp_path, name, other):
    tidemark = Tidemark(tmp_path, neighbours.variables)
    before = record(tidemark, name)["root"]
    change(neighbours, other)
    assert record(tidemark, name)["changed"] == [] and root(tidemark.history) == before
    change(neighbours, name)
    kinds = {one["facet"].partition("/")[0] for one in record(tidemark, name)["changed"]}
    assert kinds == {
        "cloudwatch.alarm", "ec2.security-group", "ecr.tag", "elbv2.listener", "iam.role", "logs.log-group",
        "rds.db-instance", "rds.db-parameter-group", "rds.db-subnet-group", "s3.bucket",
        # It lists the host of the deleted database as not followed.
        "elasticbeanstalk.environment",
    }  # fmt: skip


def change(neighbours, name: str) -> None:
    """Changes one resource of every kind whose resources have names."""
    neighbours.client("rds").delete_db_instance(DBInstanceIdentifier=f"{name}-db", SkipFinalSnapshot=True)
    neighbours.client("cloudwatch").delete_alarms(AlarmNames=[name])
    neighbours.client("s3").put_bucket_versioning(
        Bucket=f"{name}-static", VersioningConfiguration={"Status": "Enabled"}
    )
    ecr = neighbours.client("ecr")
    images.put(ecr, name, images.build(name, "v11"), "v11")
    neighbours.client("iam").put_role_policy(
        RoleName=f"{name}-service",
        PolicyName="more",
        PolicyDocument='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}',
    )
    elbv2 = neighbours.client("elbv2")
    (balancer,) = [arn for kind, arn in neighbours.made_by_beanstalk(name) if kind == "elbv2.load-balancer"]
    for listener in elbv2.describe_listeners(LoadBalancerArn=balancer)["Listeners"]:
        elbv2.delete_listener(ListenerArn=listener["ListenerArn"])
    logs = neighbours.client("logs")
    group, *_ = logs.describe_log_groups(logGroupNamePrefix=f"/aws/elasticbeanstalk/{name}/")["logGroups"]
    logs.delete_log_group(logGroupName=group["logGroupName"])


def test_an_image_of_the_other_repository_is_not_matched(neighbours, tmp_path):
    tidemark = Tidemark(tmp_path, neighbours.variables)
    record(tidemark, "shop", "--release", "1")
    assert "shop-admin" not in tidemark("who", "v1").stdout
    (found,) = {one["repository"] for one in tidemark("tags", "--format", "json").json["tags"]}
    assert found == f"{REGISTRY}/shop"
