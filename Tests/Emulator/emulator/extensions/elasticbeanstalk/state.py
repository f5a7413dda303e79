"""The state of Elastic Beanstalk: applications, their versions, environments, configuration sets and events."""

from __future__ import annotations

import random
import string
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from moto.core.utils import utcnow

LOWER = string.ascii_lowercase + string.digits
UPPER = string.ascii_uppercase + string.digits


def random_text(length: int, letters: str = LOWER) -> str:
    return "".join(random.choices(letters, k=length))


@dataclass
class Application:
    name: str
    arn: str
    description: str | None
    tags: dict[str, str]
    created: datetime = field(default_factory=utcnow)
    updated: datetime = field(default_factory=utcnow)
    versions: dict[str, Version] = field(default_factory=dict)


@dataclass
class Version:
    application: str
    label: str
    arn: str
    description: str | None
    bucket: str
    key: str
    status: str
    created: datetime = field(default_factory=utcnow)
    updated: datetime = field(default_factory=utcnow)


# The key of an option in Elastic Beanstalk: resource (mostly empty), namespace and name.
Key = tuple[str, str, str]
Options = dict[Key, str | None]


@dataclass
class ConfigurationSet:
    options: Options
    status: str
    created: datetime
    updated: datetime


@dataclass
class Deployment:
    number: int
    label: str | None
    status: str
    at: datetime


@dataclass
class ManagedAction:
    """A platform update that Elastic Beanstalk will make in the environment's weekly window."""

    id: str
    description: str
    window: datetime


@dataclass
class Environment:
    application: str
    name: str
    id: str
    arn: str
    description: str | None
    cname: str
    solution_stack: str
    platform_arn: str
    label: str | None
    tags: dict[str, str]
    chosen: Options
    """Options set through the API, which take precedence over those of .ebextensions."""
    created: datetime = field(default_factory=utcnow)
    updated: datetime = field(default_factory=utcnow)
    status: str = "Launching"
    health: str = "Grey"
    health_status: str = "Pending"
    causes: list[str] = field(default_factory=list)
    configurations: list[ConfigurationSet] = field(default_factory=list)
    deployments: list[Deployment] = field(default_factory=list)
    held: bool = False
    """Whether an update stays in `Updating` until it is released."""
    doomed: bool = False
    """Whether the next deployment fails."""
    managed_actions: list[ManagedAction] = field(default_factory=list)
    waiting: dict | None = None
    """The held update's new options and version label."""
    endpoint_url: str | None = None
    security_group: str = ""
    load_balancer: str = ""
    """Its ARN; empty in a single-instance environment, like the members below."""
    load_balancer_group: str = ""
    target_group: str = ""
    launch_template: str = ""
    auto_scaling_group: str = ""
    cluster: str = ""
    family: str = ""

    @property
    def stack(self) -> str:
        """The name of the CloudFormation stack, which Elastic Beanstalk uses in the names of resources."""
        return f"awseb-{self.id}-stack"


@dataclass
class Event:
    application: str
    environment: str | None
    label: str | None
    severity: str
    message: str
    at: datetime = field(default_factory=utcnow)
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    platform_arn: str | None = None
