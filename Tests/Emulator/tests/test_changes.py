"""Releases and changes have the effects that people and pipelines expect."""

import pytest
from botocore.exceptions import ClientError

from test_stack import options, properties, tasks


def environment(stack, **parameters):
    return stack.client("elasticbeanstalk").describe_environments(**parameters)["Environments"]


def running(stack):
    (task,) = tasks(stack)
    return {one["name"]: (one["image"].rpartition(":")[2], one["imageDigest"]) for one in task["containers"]}


def test_a_deploy_registers_a_version_and_runs_its_images(stack):
    before = running(stack)
    stack.deploy("v10")
    after = running(stack)
    assert environment(stack)[0]["VersionLabel"] == "v10"
    assert stack.versions("v10")[0]["SourceBundle"]["S3Key"] == "antenna/antenna-v10.zip"
    assert after["django"] == ("v10", stack.digest_of("v10"))
    assert after["awscli"] == before["awscli"] and after["django"] != before["django"]
    source = options(stack)["aws:cloudformation:template:parameter", "AppSource"]
    assert "/antenna/antenna-v10.zip?" in source


def test_a_release_that_was_not_pushed_is_pushed(stack):
    assert stack.digest_of("v11") is None
    stack.deploy("v11")
    assert running(stack)["django"] == ("v11", stack.digest_of("v11"))


def test_pushing_a_tag_again_changes_nothing_that_runs(stack):
    before = running(stack)["django"]
    pushed = stack.push("v9")
    assert stack.digest_of("v9") == pushed != before[1]
    assert running(stack)["django"] == before
    images = stack.client("ecr").describe_images(repositoryName="antenna-backend", imageIds=[{"imageDigest": before[1]}])
    assert "imageTags" not in images["imageDetails"][0] or images["imageDetails"][0]["imageTags"] == []


def test_a_rollback_runs_the_tag_s_current_image(stack):
    first = running(stack)["django"]
    stack.deploy("v10")
    pushed = stack.push("v9")
    stack.rollback("v9")
    assert running(stack)["django"] == ("v9", pushed) != first


def test_a_rollback_to_an_unknown_label_is_refused(stack):
    with pytest.raises(LookupError):
        stack.rollback("v1")


def test_a_property_is_set_and_removed(stack):
    stack.set_property("POSTGRES_PORT", "6543")
    stack.set_property("NEW", "1")
    assert properties(stack)["POSTGRES_PORT"] == "6543" and properties(stack)["NEW"] == "1"
    assert "NEW=1" in options(stack)["aws:cloudformation:template:parameter", "EnvironmentVariables"]
    stack.deploy("v10")
    assert properties(stack)["POSTGRES_PORT"] == "6543", "the API wins over .ebextensions"
    stack.remove_property("POSTGRES_PORT")
    assert properties(stack)["POSTGRES_PORT"] == "5432"


def test_rotating_changes_every_secret_part_and_nothing_else(stack):
    before = properties(stack)
    stack.rotate("DATABASE_URL")
    after = properties(stack)
    assert [name for name in before if before[name] != after[name]] == ["DATABASE_URL"]
    assert before["DATABASE_URL"].rpartition("@")[2] == after["DATABASE_URL"].rpartition("@")[2]
    with pytest.raises(ValueError):
        stack.rotate("POSTGRES_PORT")


def test_a_rebuilt_environment_has_another_id_and_the_same_name(stack):
    old = environment(stack)[0]
    id = stack.rebuild_environment()
    (new,) = environment(stack)
    assert new["EnvironmentId"] == id != old["EnvironmentId"] and new["EnvironmentName"] == old["EnvironmentName"]
    assert new["VersionLabel"] == "v9" and len(running(stack)) == 5
    assert environment(stack, EnvironmentIds=[old["EnvironmentId"]]) == []
    (gone,) = environment(stack, EnvironmentIds=[old["EnvironmentId"]], IncludeDeleted=True)
    assert gone["Status"] == "Terminated"
    group = stack.client("ec2").describe_security_groups(GroupNames=["antenna-rds"])["SecurityGroups"][0]
    assert [pair["GroupId"] for rule in group["IpPermissions"] for pair in rule["UserIdGroupPairs"]] == [stack.instance_group()]


def test_a_terminated_environment_leaves_only_its_name(stack):
    instance = stack.client("ec2").describe_instances()["Reservations"][0]["Instances"][0]["InstanceId"]
    stack.terminate_environment()
    assert environment(stack) == []
    assert [one["Status"] for one in environment(stack, IncludeDeleted=True)] == ["Terminated"]
    assert stack.client("ecs").list_clusters()["clusterArns"] == []
    state = stack.client("ec2").describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]["State"]["Name"]
    assert state == "terminated"
    assert stack.client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"] == []
    with pytest.raises(ClientError, match="No Environment found for EnvironmentName = 'antenna-production'."):
        options(stack)


def test_the_database_changes_its_class(stack):
    stack.change_database_class("db.t4g.medium")
    (database,) = stack.client("rds").describe_db_instances()["DBInstances"]
    assert database["DBInstanceClass"] == "db.t4g.medium"


def test_a_port_is_opened_to_everyone(stack):
    stack.open_port(5432)
    (group,) = stack.client("ec2").describe_security_groups(GroupNames=["antenna-rds"])["SecurityGroups"]
    assert [one["CidrIp"] for rule in group["IpPermissions"] for one in rule["IpRanges"]] == ["0.0.0.0/0"]


def test_a_deleted_database_is_absent_and_a_new_one_has_another_resource_id(stack):
    rds = stack.client("rds")
    (old,) = rds.describe_db_instances()["DBInstances"]
    stack.replace_database()
    (new,) = rds.describe_db_instances()["DBInstances"]
    assert new["DBInstanceIdentifier"] == old["DBInstanceIdentifier"] and new["DbiResourceId"] != old["DbiResourceId"]
    stack.delete_database()
    assert rds.describe_db_instances()["DBInstances"] == []
    with pytest.raises(ClientError, match="DBInstanceNotFound"):
        rds.describe_db_instances(DBInstanceIdentifier="antenna-postgres")


def test_an_instance_is_replaced_by_one_that_runs_what_it_ran(stack):
    before, old = running(stack), stack.instance_id()
    address = environment(stack)[0]["EndpointURL"]
    new = stack.replace_instance()
    assert new == stack.instance_id() != old and running(stack) == before
    states = {}
    for reservation in stack.client("ec2").describe_instances(InstanceIds=[old, new])["Reservations"]:
        for instance in reservation["Instances"]:
            states[instance["InstanceId"]] = (instance["State"]["Name"], instance.get("PublicIpAddress"))
    assert states == {old: ("terminated", None), new: ("running", address)}
