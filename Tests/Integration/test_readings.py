"""What changes by itself: the states of tasks, and the deployments that Elastic Beanstalk counts."""

from __future__ import annotations

import json

from log import root, rows

HEALTH = "aws:elasticbeanstalk:healthreporting:system"


def readings(tidemark, name: str) -> dict[str, dict]:
    """The newest values of a reading by the identity of its resource."""
    found = rows(
        tidemark.history,
        f"SELECT identity, value, max(seq) FROM reading_history WHERE name = '{name}' GROUP BY identity",
    )
    return {identity: json.loads(value) for identity, value, _ in found if value}


def test_the_tasks_of_each_container_are_readings(stack, tidemark):
    tidemark.record("--strict")
    ecs = stack.client("ecs")
    (cluster,) = ecs.list_clusters()["clusterArns"]
    (arn,) = ecs.list_tasks(cluster=cluster)["taskArns"]
    (task,) = ecs.describe_tasks(cluster=cluster, tasks=[arn])["tasks"]
    django = next(one for one in task["containers"] if one["name"] == "django")
    (state,) = readings(tidemark, "tasks")["django"].values()
    assert state.pop("startedAt").endswith("Z")
    assert state == {
        "architecture": "amd64", "definition": task["taskDefinitionArn"], "digest": django["imageDigest"],
        "healthStatus": "UNKNOWN", "image": django["image"], "lastStatus": "RUNNING",
    }  # fmt: skip
    assert readings(tidemark, "stoppedTasks") == {}
    before = root(tidemark.history)
    stack.rollback("v9")
    tidemark.record("--strict")
    stopped = readings(tidemark, "stoppedTasks")
    assert set(stopped) == set(readings(tidemark, "tasks")) and set(stopped["flower"]) == {arn}
    ended = stopped["flower"][arn]
    assert (ended["exitCode"], ended["stopCode"]) == (0, "UserInitiated") and ended["stoppedAt"].endswith("Z")
    # Two walks of an unchanged stack.
    after = root(tidemark.history)
    changes = rows(tidemark.history, "SELECT count(*) FROM reading_history")
    tidemark.record("--strict")
    assert root(tidemark.history) == after != before
    assert rows(tidemark.history, "SELECT count(*) FROM reading_history") == changes


def test_the_deployment_of_each_instance_is_a_reading(stack, tidemark):
    tidemark.record("--strict")
    (first,) = readings(tidemark, "deployments")["antenna-production"].values()
    assert (first["VersionLabel"], first["Status"]) == ("v9", "Deployed")
    # Two deployments between two snapshots are two more.
    stack.deploy("v10")
    stack.rollback("v9")
    tidemark.record("--strict")
    (second,) = readings(tidemark, "deployments")["antenna-production"].values()
    assert second == {**first, "DeploymentId": first["DeploymentId"] + 2}
    basic = [{"Namespace": HEALTH, "OptionName": "SystemType", "Value": "basic"}]
    stack.client("elasticbeanstalk").update_environment(EnvironmentName=stack.environment, OptionSettings=basic)
    assert "all answered" in tidemark.record("--strict").stdout
    newest = "SELECT value FROM reading_history WHERE name = 'deployments' ORDER BY seq DESC LIMIT 1"
    assert rows(tidemark.history, newest) == [(None,)]
