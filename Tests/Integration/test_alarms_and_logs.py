"""Selection of an environment's alarms and log groups, and the changes of them."""

from __future__ import annotations


def alarm(stack, name, dimensions, namespace="AWS/EC2"):
    stack.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        Namespace=namespace,
        MetricName="CPUUtilization",
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
        Statistic="Average",
        Period=60,
        EvaluationPeriods=3,
        DatapointsToAlarm=2,
        Threshold=0.5,
        ComparisonOperator="LessThanThreshold",
    )


def names(tidemark, kind="cloudwatch.alarm"):
    return {one["identity"] for one in tidemark.show()["resources"] if one["kind"] == kind}


def made_of(stack):
    return stack.client("elasticbeanstalk").describe_environment_resources(EnvironmentName=stack.environment)[
        "EnvironmentResources"
    ]


def test_alarms_are_found_by_their_dimensions(stack, tidemark):
    resources = made_of(stack)
    (cluster,) = stack.client("ecs").list_clusters()["clusterArns"]
    (environment,) = stack.client("elasticbeanstalk").describe_environments()["Environments"]
    ours = {
        "group": {"AutoScalingGroupName": resources["AutoScalingGroups"][0]["Name"]},
        "instance": {"InstanceId": resources["Instances"][0]["Id"]},
        "cluster": {"ClusterName": cluster.rpartition("/")[2]},
        "logs": {"LogGroupName": "/aws/elasticbeanstalk/antenna-production/var/log/eb-engine.log"},
        f"awseb-{environment['EnvironmentId']}-stack-AWSEBCloudwatchAlarmHigh-1X": {},
    }
    for name, dimensions in ours.items():
        alarm(stack, name, dimensions)
    others = {
        "another-environment": {"EnvironmentName": "antenna"},
        "antenna-production-2": {"EnvironmentName": "antenna-production-2"},
        "another-database": {"DBInstanceIdentifier": "antenna-postgres-2"},
        "another-cache": {"CacheClusterId": "antenna-redis-2-001"},
        "another-cluster": {"ClusterName": "awseb-antenna-abcdefghij"},
        "another-log": {"LogGroupName": "/aws/elasticbeanstalk/antenna-production-2/var/log/eb-engine.log"},
        "awseb-e-abcdefghij-stack-AWSEBCloudwatchAlarmHigh-1X": {},
    }
    for name, dimensions in others.items():
        alarm(stack, name, dimensions)
    tidemark.record("--strict")
    built = {"antenna-environment-health", "antenna-database-cpu", "antenna-redis-memory"}
    assert names(tidemark) == {*ours, *built}
    (shown,) = tidemark.show("cloudwatch.alarm/instance")["resources"]
    facts = {name: fact["value"] for name, fact in shown["facts"].items()}
    assert facts["watches"] == [f"AWS/EC2 CPUUtilization InstanceId={resources['Instances'][0]['Id']}"]
    assert facts["condition"] == "CPUUtilization < 0.5 for 2 of 3 x 60 s"


def test_every_page_of_alarms_is_read(stack, tidemark):
    for number in range(230):
        alarm(stack, f"other-{number:03}", {"InstanceId": "i-0123456789abcdef0"})
    alarm(stack, "zz-last", {"EnvironmentName": "antenna-production"})
    tidemark.record("--strict")
    assert "zz-last" in names(tidemark) and len(names(tidemark)) == 4


def test_a_deleted_alarm_is_gone_and_one_with_another_dimension_has_left(stack, recorded):
    alarm(stack, "antenna-database-cpu", {"DBInstanceIdentifier": "another"}, "AWS/RDS")
    stack.client("cloudwatch").delete_alarms(AlarmNames=["antenna-redis-memory"])
    changed = recorded.record("--format", "json").json["changed"]
    assert {one["facet"]: one["content"] is None for one in changed} == {
        "cloudwatch.alarm/antenna-database-cpu description": False,
        "cloudwatch.alarm/antenna-database-cpu reach": False,
        "cloudwatch.alarm/antenna-redis-memory description": True,
        "cloudwatch.alarm/antenna-redis-memory reach": False,
    }
    assert names(recorded) == {"antenna-database-cpu", "antenna-environment-health"}
    assert recorded.record("--format", "json").json["changed"] == []


def test_log_groups_of_an_environment_with_a_longer_name_are_not_included(stack, tidemark):
    logs = stack.client("logs")
    for name in ("antenna", "antenna-production-2"):
        logs.create_log_group(logGroupName=f"/aws/elasticbeanstalk/{name}/var/log/eb-engine.log")
    tidemark.record("--strict")
    prefix = "/aws/elasticbeanstalk/antenna-production/"
    assert len(names(tidemark, "logs.log-group")) == 6
    assert all(name.startswith(prefix) for name in names(tidemark, "logs.log-group"))
    health = f"{prefix}environment-health.log"
    logs.delete_retention_policy(logGroupName=health)
    logs.delete_log_group(logGroupName=f"{prefix}var/log/eb-hooks.log")
    changed = tidemark.record("--format", "json").json["changed"]
    assert {one["facet"]: one["content"] is None for one in changed} == {
        f"logs.log-group/{health} description": False,
        f"logs.log-group/{prefix}var/log/eb-hooks.log description": True,
        f"logs.log-group/{prefix}var/log/eb-hooks.log incarnation": True,
    }
    (shown,) = tidemark.show(health)["resources"]
    assert shown["facts"]["retention-days"]["value"] == "for ever"
