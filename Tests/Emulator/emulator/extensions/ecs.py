"""ECS: a task has every container of its definition, each with the digest that its tag had at the start."""

from __future__ import annotations

import uuid

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecr.models import ecr_backends
from moto.ecs.models import EC2ContainerServiceBackend, Task
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.moto_api import state_manager

from . import replace
from .ecr import resolve


def install() -> None:
    replace(Task, "__init__", with_containers)
    replace(EC2ContainerServiceBackend, "stop_task", with_stopped_containers)
    replace(EC2ContainerServiceBackend, "list_tasks", with_running_tasks)
    replace(EC2ContainerServiceResponse, "describe_tasks", with_failures)
    # moto moves a task one step towards STOPPED each time it is described.
    state_manager.set_transition("ecs::task", {"progression": "manual", "times": 10**9})


def with_containers(original):
    def init(task: Task, cluster, task_definition, *arguments, **named) -> None:
        original(task, cluster, task_definition, *arguments, **named)
        now = utcnow()
        task.created_at = task.started_at = task.connectivity_at = now
        task.pull_started_at = task.pull_stopped_at = now
        task.connectivity = "CONNECTED"
        task.version = 1
        task.launch_type = task.launch_type or "EC2"
        task.health_status = "UNKNOWN"
        task.enable_execute_command = False
        task.attributes = [{"name": "ecs.cpu-architecture", "value": "x86_64"}]
        registry = ecr_backends[task._account_id][task.region_name]
        task.containers = [
            container(task, cluster.name, definition, resolve(registry, definition["image"]))
            for definition in task_definition.container_definitions
        ]
        task.cpu = str(sum(definition.get("cpu") or 0 for definition in task_definition.container_definitions))
        task.memory = str(sum(definition.get("memory") or 0 for definition in task_definition.container_definitions))

    return init


def container(task: Task, cluster: str, definition: dict, digest: str | None) -> dict:
    arn = f"arn:aws:ecs:{task.region_name}:{task._account_id}:container/{cluster}/{task.id}/{uuid.uuid4()}"
    described = {
        "containerArn": arn,
        "taskArn": task.task_arn,
        "name": definition["name"],
        "image": definition["image"],
        "runtimeId": uuid.uuid4().hex + uuid.uuid4().hex,
        "lastStatus": "RUNNING",
        "networkBindings": [
            {
                "bindIP": "0.0.0.0",
                "containerPort": mapping["containerPort"],
                "hostPort": mapping.get("hostPort", mapping["containerPort"]),
                "protocol": mapping.get("protocol", "tcp"),
            }
            for mapping in definition.get("portMappings", [])
        ],
        "networkInterfaces": [],
        "healthStatus": "UNKNOWN",
        "cpu": str(definition.get("cpu") or 0),
        "memory": str(definition["memory"]) if definition.get("memory") else None,
    }
    # Images of other registries have a digest too, which this registry does not know.
    return described if digest is None else {**described, "imageDigest": digest}


def with_stopped_containers(original):
    def stop_task(backend: EC2ContainerServiceBackend, cluster_str, task_str, reason) -> Task:
        task = original(backend, cluster_str, task_str, reason)
        task.stopping_at = task.stopped_at = task.execution_stopped_at = utcnow()
        task.stop_code = "UserInitiated"
        for container in task.containers:
            container.update(lastStatus="STOPPED", exitCode=0)
        return task

    return stop_task


def with_running_tasks(original):
    def list_tasks(backend: EC2ContainerServiceBackend, *arguments) -> list[Task]:
        # Without a status, the tasks that should run are listed.
        *others, status = arguments
        return original(backend, *others, status or "RUNNING")

    return list_tasks


def with_failures(original):
    def describe_tasks(handler: EC2ContainerServiceResponse) -> ActionResult:
        answer = original(handler)
        found = {task.id for task in answer.result["tasks"]}
        answer.result["failures"] = [
            {"arn": name, "reason": "MISSING"}
            for name in handler._get_param("tasks", [])
            if name.rpartition("/")[2] not in found
        ]
        return answer

    return describe_tasks
