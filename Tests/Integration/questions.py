"""The questions of a walk after the first two, and what is unseen when one of them is not answered."""

from __future__ import annotations

from emulator.controls import fault
from emulator.faults import KINDS

# What strikes a call dead; a delayed answer is an answer.
DEADLY = sorted(KINDS - {"delay"})

EB = "elasticbeanstalk.environment/antenna-production"
DATABASE = "rds.db-instance/antenna-postgres"
DATABASE_GROUP = "ec2.security-group/antenna-rds"
EGRESS_GROUP = "ec2.security-group/antenna-apprunner-egress"
INSTANCE_GROUP = "ec2.security-group/awseb"
CONTAINERS = [f"ecs.container/{name}" for name in ("awscli", "celerybeat", "celeryworker", "django", "flower")]
REPOSITORIES = ["ecr.repository/antenna-awscli", "ecr.repository/antenna-backend"]
TAGS = ["ecr.tag/antenna-awscli:latest", "ecr.tag/antenna-backend:v10", "ecr.tag/antenna-backend:v9"]
INSTANCE_ROLE = "iam.role/aws-elasticbeanstalk-ec2-role"
ROLES = [INSTANCE_ROLE, "iam.role/aws-elasticbeanstalk-service-role"]


def each(labels: list[str], facet: str) -> dict[str, list[str]]:
    return dict.fromkeys(labels, [facet])


WITHOUT_CONTAINERS = {**each(CONTAINERS, "description"), **each(REPOSITORIES, "reach")}

# By facet: what nothing else can answer. A resource that is known from before is asked for by identity all the same,
# and only whether the environment still leads to it ("reach") is unseen then.
UNSEEN = {
    ("elasticbeanstalk", "DescribeConfigurationSettings"): {
        EB: ["OptionSettings"],
        DATABASE: ["reach"],
        DATABASE_GROUP: ["reach"],
        **each(ROLES, "reach"),
    },
    ("elasticbeanstalk", "DescribeEnvironmentResources"): {
        EB: ["EnvironmentResources"],
        EGRESS_GROUP: ["reach"],
        INSTANCE_GROUP: ["reach"],
        **WITHOUT_CONTAINERS,
    },
    ("ec2", "DescribeInstances"): {EGRESS_GROUP: ["reach"], INSTANCE_GROUP: ["reach"]},
    ("rds", "DescribeDBInstances"): {DATABASE: ["description"], DATABASE_GROUP: ["reach"]},
    ("ec2", "DescribeSecurityGroups"): {
        DATABASE_GROUP: ["description"],
        EGRESS_GROUP: ["description"],
        INSTANCE_GROUP: ["description"],
    },
    ("ecs", "ListClusters"): WITHOUT_CONTAINERS,
    ("ecs", "ListContainerInstances"): WITHOUT_CONTAINERS,
    ("ecs", "DescribeContainerInstances"): WITHOUT_CONTAINERS,
    ("ecs", "ListTasks"): WITHOUT_CONTAINERS,
    ("ecs", "DescribeTasks"): WITHOUT_CONTAINERS,
    ("ecr", "DescribeRepositories"): each(REPOSITORIES + TAGS, "description"),
    ("ecr", "ListImages"): each(TAGS, "description"),
    ("iam", "GetInstanceProfile"): {INSTANCE_ROLE: ["reach"]},
    ("iam", "GetRole"): each(ROLES, "description"),
    ("iam", "ListAttachedRolePolicies"): each(ROLES, "AttachedManagedPolicies"),
    ("iam", "ListRolePolicies"): each(ROLES, "RolePolicyList"),
}

# By expectation of the shipped baseline.
GROUPS = {"database-access", "instance-access", "outbound-group"}
OPTIONS = {
    "environment",
    "instance-roles",
    "public-address",
    "health-check",
    "django-variables",
    "storage-variables",
    "database-variables",
    "redis-variables",
    "third-party-variables",
}
PULLED = {"django", "celeryworker", "celerybeat", "flower", "awscli", "backend-images", "awscli-images"}
POLICIES = {"instance-role", "service-role"}
HIDDEN = {
    "DescribeConfigurationSettings": {*OPTIONS, *POLICIES, "database", "database-access"},
    "DescribeEnvironmentResources": {*PULLED, "public-address", "instance-access", "outbound-group"},
    "DescribeInstances": {"instance-access", "outbound-group"},
    # What refers to the database is unseen with it.
    "DescribeDBInstances": {"database", "database-access", "database-variables", "outbound-group"},
    "DescribeSecurityGroups": GROUPS,
    **{operation: PULLED for service, operation in UNSEEN if service == "ecs"},
    "DescribeRepositories": PULLED,
    "ListImages": set(),
    **{operation: POLICIES for service, operation in UNSEEN if service == "iam"},
    "GetInstanceProfile": {"instance-role"},
}
# The rule for the database names the instance's group, which nothing leads to then; so does the search for the other
# group, which also needs the database's.
HIDDEN_AT_FIRST = {
    **HIDDEN,
    "DescribeConfigurationSettings": {*HIDDEN["DescribeConfigurationSettings"], "outbound-group"},
    "DescribeEnvironmentResources": {*PULLED, *GROUPS, "public-address"},
    "DescribeInstances": GROUPS,
}


def strike(stack, service: str, operation: str, kind: str, **more) -> None:
    if kind == "error":
        more = {"code": "InternalFailure", "status": 400, "message": "it failed", **more}
    stack.set_faults(fault(service, operation, kind, **more))


def unseen(report: dict) -> dict[str, list[str]]:
    """The unseen facets of a `show` by label; the instance group's name ends with random letters."""
    labels = {one["label"]: one["unseen"] for one in report["resources"] if one["unseen"]}
    return {INSTANCE_GROUP if label.startswith(INSTANCE_GROUP) else label: facets for label, facets in labels.items()}


def verdicts(report: dict, verdict: str) -> set[str]:
    """The names of the expectations of a `drift` that have a verdict."""
    return {one["name"] for one in report["expectations"] if one["verdict"] == verdict}
