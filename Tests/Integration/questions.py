"""The questions of a walk after the first two, and what is unseen when one of them is not answered."""

from __future__ import annotations

from emulator.controls import fault
from emulator.faults import KINDS

# What strikes a call dead. A delayed answer is an answer; a huge and a held one take their time.
DEADLY = sorted(KINDS - {"delay", "held", "huge"})

EB = "elasticbeanstalk.environment/antenna-production"
APPLICATION = "elasticbeanstalk.application/antenna"
VERSION = "elasticbeanstalk.application-version/antenna-production"
BUNDLE = "elasticbeanstalk.bundle/antenna-production"
BUNDLE_BUCKET = "s3.bucket/elasticbeanstalk-us-west-2-123456789012"
DATABASE = "rds.db-instance/antenna-postgres"
DATABASE_GROUP = "ec2.security-group/antenna-rds"
DATABASE_SUBNETS = "rds.db-subnet-group/antenna-postgres-public"
DATABASE_PARAMETERS = "rds.db-parameter-group/antenna-postgres16"
REDIS = "elasticache.replication-group/antenna-redis"
NODE = "elasticache.cache-cluster/antenna-redis-001"
REDIS_GROUP = "ec2.security-group/antenna-redis"
REDIS_SUBNETS = "elasticache.cache-subnet-group/antenna-redis-private"
REDIS_PARAMETERS = "elasticache.cache-parameter-group/antenna-redis7"
EGRESS_GROUP = "ec2.security-group/antenna-apprunner-egress"
INSTANCE_GROUP = "ec2.security-group/awseb"
CONTAINERS = [f"ecs.container/{name}" for name in ("awscli", "celerybeat", "celeryworker", "django", "flower")]
BUCKETS = ["s3.bucket/antenna-static-files", BUNDLE_BUCKET]
REPOSITORIES = ["ecr.repository/antenna-awscli", "ecr.repository/antenna-backend"]
TAGS = ["ecr.tag/antenna-awscli:latest", "ecr.tag/antenna-backend:v10", "ecr.tag/antenna-backend:v9"]
IMAGES = ["ecr.image/antenna-awscli", "ecr.image/antenna-backend"]
CLUSTER = "ecs.cluster/awseb"
DEFINITION = "ecs.task-definition/awseb"
INSTANCE_PROFILE = "iam.instance-profile/aws-elasticbeanstalk-ec2-role"
INSTANCE_ROLE = "iam.role/aws-elasticbeanstalk-ec2-role"
GROUP = "autoscaling.auto-scaling-group"
INSTANCE = "ec2.instance"
SUBNET = "ec2.subnet"
VPC = "ec2.vpc"
ROUTE_TABLE = "ec2.route-table"
SERVICE_ROLE = "iam.role/aws-elasticbeanstalk-service-role"
ROLES = [INSTANCE_ROLE, SERVICE_ROLE]
INSTANCE_POLICIES = [
    "iam.policy/AWSElasticBeanstalkWebTier",
    "iam.policy/AWSElasticBeanstalkWorkerTier",
    "iam.policy/AmazonEC2ContainerRegistryReadOnly",
    "iam.policy/CloudWatchAgentServerPolicy",
]
SERVICE_POLICIES = ["iam.policy/AWSElasticBeanstalkEnhancedHealth", "iam.policy/AWSElasticBeanstalkService"]
POLICIES = INSTANCE_POLICIES + SERVICE_POLICIES
DATABASE_ALARM = "cloudwatch.alarm/antenna-database-cpu"
REDIS_ALARM = "cloudwatch.alarm/antenna-redis-memory"
ALARMS = ["cloudwatch.alarm/antenna-environment-health", DATABASE_ALARM, REDIS_ALARM]
LOGS = [
    f"logs.log-group//aws/elasticbeanstalk/antenna-production/{name}"
    for name in (
        "environment-health.log",
        "var/log/docker-events.log",
        "var/log/eb-ecs-mgr.log",
        "var/log/eb-engine.log",
        "var/log/eb-hooks.log",
        "var/log/ecs/ecs-agent.log",
    )
]


RESOURCES = [
    EB, APPLICATION, VERSION, BUNDLE, DATABASE, DATABASE_GROUP, EGRESS_GROUP, INSTANCE_GROUP, CLUSTER, DEFINITION, INSTANCE_PROFILE,
    *CONTAINERS, *REPOSITORIES, *TAGS, *IMAGES, *ROLES, *POLICIES, *ALARMS, *LOGS, GROUP, INSTANCE, VPC, *BUCKETS,
    *[SUBNET] * 5, *[ROUTE_TABLE] * 2, DATABASE_SUBNETS, DATABASE_PARAMETERS, REDIS, NODE, REDIS_GROUP, REDIS_SUBNETS,
    REDIS_PARAMETERS,
]  # fmt: skip


def each(labels: list[str], *facets: str) -> dict[str, list[str]]:
    return dict.fromkeys(labels, list(facets))


BEYOND_DATABASE = each([DATABASE_GROUP, DATABASE_SUBNETS, DATABASE_PARAMETERS, DATABASE_ALARM], "reach")
# The environment runs in the database's subnets too; only Redis has private ones.
BEYOND_NODE = each([REDIS_GROUP, REDIS_SUBNETS, REDIS_PARAMETERS, REDIS_ALARM, SUBNET], "reach")
# The bundle leads to the repositories too.
WITHOUT_TASKS = each([*CONTAINERS, *IMAGES, DEFINITION], "description")
WITHOUT_CONTAINERS = {**WITHOUT_TASKS, CLUSTER: ["reach"]}

# By facet: what nothing else can answer. A resource that is known from before is asked for by identity all the same,
# and only whether the environment still leads to it ("reach") is unseen then.
UNSEEN = {
    ("elasticbeanstalk", "DescribeConfigurationSettings"): {
        EB: ["OptionSettings"],
        # The containers' variables name the database, Redis and the bucket too, and the instance its profile.
        **each([SERVICE_ROLE, *SERVICE_POLICIES], "reach"),
    },
    ("elasticbeanstalk", "DescribeConfigurationOptions"): {EB: ["ConfigurationOptions"]},
    ("elasticbeanstalk", "DescribePlatformVersion"): {EB: ["PlatformDescription"]},
    ("elasticbeanstalk", "DescribeEnvironmentManagedActions"): {EB: ["ManagedActions"]},
    ("elasticbeanstalk", "DescribeApplications"): {APPLICATION: ["description"]},
    ("elasticbeanstalk", "DescribeApplicationVersions"): {
        **each([VERSION, BUNDLE], "description"),
        BUNDLE_BUCKET: ["reach"],
    },
    ("s3", "GetObject"): {BUNDLE: ["description"]},
    ("elasticbeanstalk", "DescribeEnvironmentResources"): {
        EB: ["EnvironmentResources"],
        GROUP: ["reach"],
        INSTANCE: ["reach"],
        **WITHOUT_CONTAINERS,
    },
    # The groups, the subnets and the VPC are found through the option settings too, and all but the VPC's tables by
    # identity.
    ("autoscaling", "DescribeAutoScalingGroups"): {GROUP: ["description"]},
    ("ec2", "DescribeInstances"): {INSTANCE: ["description"]},
    ("ec2", "DescribeSubnets"): {SUBNET: ["description"]},
    ("ec2", "DescribeVpcs"): {VPC: ["description"], ROUTE_TABLE: ["description"]},
    ("ec2", "DescribeRouteTables"): {ROUTE_TABLE: ["description"]},
    ("rds", "DescribeDBInstances"): {DATABASE: ["description"], **BEYOND_DATABASE},
    ("rds", "DescribeDBSubnetGroups"): {DATABASE_SUBNETS: ["description"]},
    ("rds", "DescribeDBParameterGroups"): {DATABASE_PARAMETERS: ["description"]},
    ("rds", "DescribeDBParameters"): {DATABASE_PARAMETERS: ["Parameters"]},
    ("elasticache", "DescribeReplicationGroups"): {REDIS: ["description"], NODE: ["reach"], **BEYOND_NODE},
    ("elasticache", "DescribeCacheClusters"): {NODE: ["description"], **BEYOND_NODE},
    ("elasticache", "DescribeCacheSubnetGroups"): {REDIS_SUBNETS: ["description"], SUBNET: ["reach"]},
    ("elasticache", "DescribeCacheParameterGroups"): {REDIS_PARAMETERS: ["description"]},
    ("elasticache", "DescribeCacheParameters"): {REDIS_PARAMETERS: ["Parameters"]},
    ("ec2", "DescribeSecurityGroups"): {
        DATABASE_GROUP: ["description"],
        REDIS_GROUP: ["description"],
        EGRESS_GROUP: ["description"],
        INSTANCE_GROUP: ["description"],
    },
    ("ecs", "ListClusters"): WITHOUT_CONTAINERS,
    ("ecs", "ListContainerInstances"): WITHOUT_CONTAINERS,
    ("ecs", "DescribeContainerInstances"): WITHOUT_CONTAINERS,
    ("ecs", "ListTasks"): WITHOUT_TASKS,
    ("ecs", "DescribeTasks"): WITHOUT_TASKS,
    ("ecs", "DescribeClusters"): {CLUSTER: ["description"]},
    ("ecs", "DescribeTaskDefinition"): {DEFINITION: ["description"]},
    ("ecr", "DescribeRepositories"): each(REPOSITORIES + TAGS, "description"),
    ("ecr", "ListImages"): each(TAGS, "description"),
    ("ecr", "DescribeImages"): each(IMAGES, "description"),
    ("ecr", "GetLifecyclePolicy"): each(REPOSITORIES, "lifecyclePolicyText"),
    ("ecr", "GetRepositoryPolicy"): each(REPOSITORIES, "policyText"),
    ("cloudwatch", "DescribeAlarms"): each(ALARMS, "description", "reach"),
    ("logs", "DescribeLogGroups"): each(LOGS, "description"),
    ("iam", "GetInstanceProfile"): {
        INSTANCE_PROFILE: ["description"],
        **each([INSTANCE_ROLE, *INSTANCE_POLICIES], "reach"),
    },
    ("iam", "GetRole"): each(ROLES, "description"),
    ("iam", "ListAttachedRolePolicies"): {**each(ROLES, "AttachedManagedPolicies"), **each(POLICIES, "reach")},
    ("iam", "GetPolicy"): each(POLICIES, "PolicyVersion", "description"),
    ("iam", "GetPolicyVersion"): each(POLICIES, "PolicyVersion"),
    ("iam", "ListRolePolicies"): each(ROLES, "RolePolicyList"),
    ("s3", "GetBucketLocation"): each(BUCKETS, "description"),
    ("s3", "GetBucketEncryption"): each(BUCKETS, "ServerSideEncryptionConfiguration"),
    ("s3", "GetPublicAccessBlock"): each(BUCKETS, "PublicAccessBlockConfiguration"),
    ("s3", "GetBucketPolicy"): each(BUCKETS, "Policy"),
    ("s3", "GetBucketPolicyStatus"): each(BUCKETS, "PolicyStatus"),
    ("s3", "GetBucketAcl"): each(BUCKETS, "Grants"),
    ("s3", "GetBucketOwnershipControls"): each(BUCKETS, "OwnershipControls"),
    ("s3", "GetBucketVersioning"): each(BUCKETS, "VersioningConfiguration"),
    ("s3", "GetBucketLifecycleConfiguration"): each(BUCKETS, "LifecycleConfiguration"),
    ("s3", "GetBucketCors"): each(BUCKETS, "CORSConfiguration"),
    ("s3", "GetBucketTagging"): each(BUCKETS, "TagSet"),
}

# Operations of S3 whose permission has another name.
ACTIONS = {
    "GetBucketCors": "GetBucketCORS",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
}
PREFIXES = {"elbv2": "elasticloadbalancing"}


def action(service: str, operation: str) -> str:
    """The permission that a question needs, by which it is named."""
    return f"{PREFIXES.get(service, service)}:{ACTIONS.get(operation, operation)}"


def outcome(operation: str, kind: str) -> str:
    """What becomes of a question that a fault strikes."""
    # A policy, and a bundle, is the body itself: one that is none is an answer, though not the one that was asked for.
    if operation in ("GetBucketPolicy", "GetObject") and kind in ("malformed", "truncated", "empty-200", "nested"):
        return "doubtful"
    return "denied" if kind == "denied" else "failed"


# By expectation of the shipped baseline.
GROUPS = {"database-access", "redis-access", "instance-access", "outbound-group", "instance"}
BUNDLED = {"bundle", "bundle-settings", "bundle-secrets", "migrations", "deployed-images"}
OPTIONS = {
    "environment",
    "health-check",
    "django-variables",
    "storage-variables",
    "database-variables",
    "redis-variables",
    "third-party-variables",
    # What the bundle sets is held against what is in force.
    "bundle-settings",
    "bundle-secrets",
}
CONTAINED = {"django", "celeryworker", "celerybeat", "flower", "awscli"}
# That there is no other container is expected too, and that each is the bundle's.
RUNNING = {*CONTAINED, "deployed-images", "unexpected"}
TIERS = {"database-subnets", "redis-subnets"}
# What refers to the VPC is unseen with it.
WITHIN = {"vpc", "instance", "redis-subnets"}
POLICIED = {"instance-role", "service-role"}
HIDDEN = {
    # Nothing is expected of the others yet.
    **{operation: set() for _, operation in UNSEEN},
    "DescribeConfigurationSettings": {*OPTIONS, "service-role"},
    "DescribeConfigurationOptions": {"bundle-settings"},
    "DescribeApplicationVersions": BUNDLED,
    "GetObject": BUNDLED,
    "DescribeEnvironmentResources": {*RUNNING, "no-load-balancer", "instance"},
    "DescribeInstances": {"instance"},
    "DescribeSubnets": TIERS,
    "DescribeVpcs": {*WITHIN, *TIERS},
    "DescribeRouteTables": {*TIERS, "instance"},
    # What refers to the database is unseen with it, and it says which VPC is meant.
    "DescribeDBInstances": {"database", "database-access", "database-subnets", "database-variables", *WITHIN},
    "DescribeDBSubnetGroups": {"database-subnets"},
    # What refers to Redis is unseen with it, and its version, groups and subnets with its node.
    "DescribeReplicationGroups": {"redis", "redis-access", "redis-subnets"},
    "DescribeCacheClusters": {"redis", "redis-access", "redis-subnets"},
    "DescribeCacheSubnetGroups": {"redis-subnets"},
    "DescribeSecurityGroups": GROUPS,
    **{operation: RUNNING for service, operation in UNSEEN if service == "ecs"},
    "DescribeClusters": set(),
    "DescribeTaskDefinition": {"django", "flower"},
    "DescribeRepositories": {*CONTAINED, "backend-images", "awscli-images"},
    "GetInstanceProfile": {"instance-profile", "instance-role"},
    "GetRole": {*POLICIED, "instance-profile"},
    "ListAttachedRolePolicies": POLICIED,
    "ListRolePolicies": POLICIED,
}


def strike(stack, service: str, operation: str, kind: str, **more) -> None:
    if kind == "error":
        more = {"code": "InternalFailure", "status": 400, "message": "it failed", **more}
    stack.set_faults(fault(service, operation, kind, **more))


def unseen(report: dict) -> dict[str, list[str]]:
    """The unseen facets of a `show` by label, or by kind where AWS makes the names."""
    labels = {one["label"]: one["unseen"] for one in report["resources"] if one["unseen"]}
    made = (INSTANCE_GROUP, CLUSTER, DEFINITION, *(f"{kind}/" for kind in (GROUP, INSTANCE, SUBNET, VPC, ROUTE_TABLE)))

    def shortened(label: str) -> str:
        return next((name.rstrip("/") for name in made if label.startswith(name)), label)

    return {shortened(label): facets for label, facets in labels.items()}


def verdicts(report: dict, verdict: str) -> set[str]:
    """The names of the expectations of a `drift` that have a verdict."""
    return {one["name"] for one in report["expectations"] if one["verdict"] == verdict}
