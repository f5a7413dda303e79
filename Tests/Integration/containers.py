"""Changes to the containers on the instances."""

from __future__ import annotations

from emulator import names


def run_instead(stack, changed, **more):
    """Replaces the running tasks by as many others; `changed` returns their container definitions."""
    ecs = stack.client("ecs")
    (cluster,) = [one for one in ecs.list_clusters()["clusterArns"] if f"/awseb-{names.ENVIRONMENT}-" in one]
    arns = ecs.list_tasks(cluster=cluster)["taskArns"]
    task = ecs.describe_tasks(cluster=cluster, tasks=arns)["tasks"][0]
    definition = ecs.describe_task_definition(taskDefinition=task["taskDefinitionArn"])["taskDefinition"]
    registered = ecs.register_task_definition(
        family=definition["family"], containerDefinitions=changed(definition["containerDefinitions"]), **more
    )["taskDefinition"]["taskDefinitionArn"]
    for arn in arns:
        ecs.stop_task(cluster=cluster, task=arn)
    ecs.run_task(cluster=cluster, taskDefinition=registered, count=len(arns))
