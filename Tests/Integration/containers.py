"""Changes to what runs on the instances."""

from __future__ import annotations


def run_instead(stack, changed, **more):
    """Runs another task in the place of the one that runs; `changed` makes its container definitions."""
    ecs = stack.client("ecs")
    (cluster,) = ecs.list_clusters()["clusterArns"]
    (arn,) = ecs.list_tasks(cluster=cluster)["taskArns"]
    (task,) = ecs.describe_tasks(cluster=cluster, tasks=[arn])["tasks"]
    definition = ecs.describe_task_definition(taskDefinition=task["taskDefinitionArn"])["taskDefinition"]
    registered = ecs.register_task_definition(
        family=definition["family"], containerDefinitions=changed(definition["containerDefinitions"]), **more
    )["taskDefinition"]["taskDefinitionArn"]
    ecs.stop_task(cluster=cluster, task=arn)
    ecs.run_task(cluster=cluster, taskDefinition=registered)
