"""Two snapshots of an unchanged stack have one root, and the second adds only its entry."""

import json
from copy import deepcopy
from datetime import UTC, datetime

import pytest

from altered import altered, reverse
from emulator import names
from hardened import put_alarm
from log import bodies, check, count

TABLES = ("log_entry", "log_content", "index_version", "index_resource", "index_facet", "index_release")


def counts(tidemark):
    return {table: count(tidemark.history, table) for table in TABLES}


def assert_nothing_changed(tidemark, before):
    assert counts(tidemark) == {**before, "log_entry": before["log_entry"] + 1}
    first, second = bodies(tidemark.history, "snapshot")
    assert first["root"] == second["root"] and second["changed"] == []
    assert check(tidemark.history) == before["log_entry"] + 1


def test_an_unchanged_stack_adds_one_entry_and_no_content(tidemark):
    tidemark.record()
    before = counts(tidemark)
    tidemark.record()
    assert_nothing_changed(tidemark, before)


def test_volatile_members_change_nothing(stack, tidemark):
    stack.set_environment(managed_update="Platform update to 3.5.1")
    tidemark.record()
    before = counts(tidemark)
    stack.set_environment(managed_update="Platform update to 3.5.1", health="Red", health_status="Severe", status="Updating")
    stack.client("rds").stop_db_instance(DBInstanceIdentifier="antenna-postgres")
    stack.client("cloudwatch").set_alarm_state(
        AlarmName="antenna-database-cpu", StateValue="ALARM", StateReason="2 datapoints were greater than the threshold"
    )

    def in_maintenance(operation, answered):
        answer = deepcopy(answered)
        for group in answer.get("ReplicationGroups", []):
            group["Status"] = group["NodeGroups"][0]["Status"] = "snapshotting"
            group["NodeGroups"][0]["NodeGroupMembers"][0]["CurrentRole"] = "replica"
        for cluster in answer.get("CacheClusters", []):
            cluster["CacheClusterStatus"] = cluster["CacheNodes"][0]["CacheNodeStatus"] = "snapshotting"
        for database in answer.get("DBInstances", []):
            database["AutomaticRestartTime"] = datetime.now(UTC)
        for action in answer.get("ManagedActions", []):
            action["WindowStartTime"], action["Status"] = datetime.now(UTC), "Pending"
        return answer

    with altered(stack.endpoint, in_maintenance) as (endpoint, operations):
        tidemark.record("--strict", variables={"AWS_ENDPOINT_URL": endpoint})
    assert operations == {"DescribeReplicationGroups", "DescribeCacheClusters", "DescribeDBInstances", "DescribeEnvironmentManagedActions"}
    assert_nothing_changed(tidemark, before)
    readings = {(one["resource"].partition(".")[0], one["name"]): one["value"] for one in tidemark.show()["readings"]}
    (deployment,) = readings.pop(("elasticbeanstalk", "deployments")).values()
    assert deployment == {"DeploymentId": 1, "Status": "Deployed", "VersionLabel": "v9"}
    assert {key: value for key, value in readings.items() if key[0] not in ("cloudwatch", "ecs")} == {
        ("autoscaling", "DesiredCapacity"): 1,
        ("ec2", "State.Name"): "running",
        ("elasticbeanstalk", "Health"): "Red",
        ("elasticbeanstalk", "HealthStatus"): "Severe",
        ("elasticbeanstalk", "Status"): "Updating",
        ("rds", "DBInstanceStatus"): "stopped",
        ("rds", "CertificateDetails.ValidTill"): "2027-08-22T17:08:50Z",
        ("elasticache", "Status"): "snapshotting",
        ("elasticache", "NodeGroups[].NodeGroupMembers[].CurrentRole"): {"antenna-redis-001": "replica"},
        ("elasticache", "PreferredAvailabilityZone"): "us-west-2a",
        ("elasticache", "CacheNodes[].CustomerAvailabilityZone"): {"0001": "us-west-2a"},
        ("elasticache", "CacheClusterStatus"): "snapshotting",
    }
    alarms = [one for one in tidemark.show()["readings"] if one["name"] == "StateValue"]
    assert {one["resource"].rpartition("/")[2] for one in alarms if one["value"] == "ALARM"} == {"antenna-database-cpu"}


def test_what_aws_moves_and_another_spelling_of_a_policy_change_nothing(stack, tidemark):
    iam, moving = stack.client("iam"), {"zones": ["us-west-2a", "us-west-2b"], "size": 20, "until": datetime(2027, 8, 22)}

    def document(statements):
        return json.dumps({"Version": "2012-10-17", "Statement": statements})

    def put(listed):
        allowed = {"Effect": "Allow", "Action": listed("sqs:SendMessage"), "Resource": listed("*")}
        trusted = {"Effect": "Allow", "Principal": {"Service": listed("ec2.amazonaws.com")}, "Action": listed("sts:AssumeRole")}
        role = {"RoleName": names.INSTANCE_PROFILE}
        iam.put_role_policy(**role, PolicyName="app", PolicyDocument=document(listed(allowed)))
        iam.update_assume_role_policy(**role, PolicyDocument=document(listed(trusted)))
        put_alarm(stack, "antenna-workers")

    def moved(operation, answered):
        answer = deepcopy(answered)
        for database in answer.get("DBInstances", []):
            database |= {"MultiAZ": True, "AllocatedStorage": moving["size"], "MaxAllocatedStorage": 100}
            database["AvailabilityZone"], database["SecondaryAvailabilityZone"] = moving["zones"]
            database["CertificateDetails"]["ValidTill"] = moving["until"]
        return answer

    put(lambda one: [one])
    with altered(stack.endpoint, moved) as (endpoint, _):
        there = {"AWS_ENDPOINT_URL": endpoint}
        tidemark("init", "antenna-production", "--region", "us-west-2", variables=there)
        tidemark("record", variables=there)
        before = counts(tidemark)
        moving |= {"zones": ["us-west-2b", "us-west-2a"], "size": 25, "until": datetime(2028, 8, 22)}
        put(lambda one: one)
        tidemark("record", variables=there)
    assert_nothing_changed(tidemark, before)
    assert " 0 drifted, 0 unseen" in tidemark("drift").stdout


def test_addresses_that_others_take_in_a_subnet_change_nothing(stack, tidemark):
    tidemark.record()
    before = counts(tidemark)
    ec2 = stack.client("ec2")
    (instance,) = ec2.describe_instances()["Reservations"][0]["Instances"]
    (subnet,) = ec2.describe_subnets(SubnetIds=[instance["SubnetId"]])["Subnets"]
    ec2.create_network_interface(SubnetId=subnet["SubnetId"])
    (now,) = ec2.describe_subnets(SubnetIds=[instance["SubnetId"]])["Subnets"]
    assert now["AvailableIpAddressCount"] < subnet["AvailableIpAddressCount"]
    tidemark.record()
    assert_nothing_changed(tidemark, before)


def test_the_time_of_the_last_backup_is_not_part_of_the_database(stack, tidemark):
    tidemark.record()
    (database,) = stack.client("rds").describe_db_instances()["DBInstances"]
    assert "LatestRestorableTime" in database
    assert "LatestRestorableTime" not in tidemark.show("antenna-postgres")["resources"][0]["description"]


def test_lists_in_another_order_change_nothing(stack, tidemark):
    # A second rule and a second tag, so that every kind of list has more than one element.
    stack.open_port(5432, to="10.0.0.0/8")
    stack.open_port(5432, to="10.1.0.0/16")
    stack.open_port(5433, to="10.0.0.0/8")
    stack.client("ec2").create_tags(
        Resources=[stack.group_id("antenna-rds")], Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    )
    tidemark.record()
    before = counts(tidemark)
    with altered(stack.endpoint, lambda _, answer: reverse(answer)) as (endpoint, turned):
        tidemark.record("--strict", variables={"AWS_ENDPOINT_URL": endpoint})
    assert turned >= {"DescribeConfigurationSettings", "DescribeDBInstances", "DescribeSecurityGroups"}
    assert turned >= {"DescribeAutoScalingGroups", "DescribeInstances", "DescribeRouteTables"}
    assert_nothing_changed(tidemark, before)


@pytest.mark.parametrize("label", ["v9", "v10"])
def test_a_release_without_a_change_adds_one_row(tidemark, label):
    tidemark.record("--release", "v9")
    before = counts(tidemark)
    tidemark.record("--release", label)
    assert counts(tidemark) == {**before, "log_entry": before["log_entry"] + 1, "index_release": before["index_release"] + 1}
