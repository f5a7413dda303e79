"""The calls of a walk after the first two, and what is unseen when one of them fails."""

from __future__ import annotations

from emulator import images
from emulator.controls import fault
from emulator.faults import KINDS

# The faults that end a call. A delayed answer is an answer; huge and held ones take their time.
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
MANIFESTS = [
    f"ecr.manifest/{name}@{images.build(name, tag).digest[:19]}"
    for name, tag in (("antenna-awscli", "latest"), ("antenna-backend", "v9"))
]
CLUSTER = "ecs.cluster/awseb"
DEFINITION = "ecs.task-definition/awseb"
INSTANCE_PROFILE = "iam.instance-profile/aws-elasticbeanstalk-ec2-role"
INSTANCE_ROLE = "iam.role/aws-elasticbeanstalk-ec2-role"
GROUP = "autoscaling.auto-scaling-group"
INSTANCE = "ec2.instance"
SUBNET = "ec2.subnet"
VPC = "ec2.vpc"
ROUTE_TABLE = "ec2.route-table"
INTERNET_GATEWAY = "ec2.internet-gateway"
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
    *CONTAINERS, *REPOSITORIES, *TAGS, *IMAGES, *MANIFESTS, *ROLES, *POLICIES, *ALARMS, *LOGS, GROUP, INSTANCE, VPC, *BUCKETS,
    *[SUBNET] * 5, *[ROUTE_TABLE] * 2, INTERNET_GATEWAY, DATABASE_SUBNETS, DATABASE_PARAMETERS, REDIS, NODE, REDIS_GROUP, REDIS_SUBNETS,
    REDIS_PARAMETERS,
]  # fmt: skip


def each(labels: list[str], *facets: str) -> dict[str, list[str]]:
    return dict.fromkeys(labels, list(facets))


BEYOND_DATABASE = each([DATABASE_GROUP, DATABASE_SUBNETS, DATABASE_PARAMETERS, DATABASE_ALARM], "reach")
# The environment runs in the database's subnets too; only Redis has private ones.
BEYOND_NODE = each([REDIS_GROUP, REDIS_SUBNETS, REDIS_PARAMETERS, REDIS_ALARM, SUBNET], "reach")
# The bundle refers to the repositories too.
WITHOUT_TASKS = each([*CONTAINERS, *IMAGES, DEFINITION], "description")
WITHOUT_CONTAINERS = {**WITHOUT_TASKS, CLUSTER: ["reach"]}

# By call: the facets that no other call returns. A resource of an earlier snapshot is looked up by identity even so;
# only whether the environment still refers to it ("reach") is unseen then.
UNSEEN = {
    ("elasticbeanstalk", "DescribeConfigurationSettings"): {
        EB: ["OptionSettings"],
        # The containers' variables name the database, Redis and the bucket too, and the instance names its profile.
        **each([SERVICE_ROLE, *SERVICE_POLICIES], "reach"),
    },
    ("elasticbeanstalk", "DescribeConfigurationOptions"): {EB: ["ConfigurationOptions"]},
    ("elasticbeanstalk", "DescribePlatformVersion"): {EB: ["PlatformDescription"]},
    ("elasticbeanstalk", "DescribeEnvironmentManagedActions"): {EB: ["ManagedActions"]},
    # A reading: no facet depends on it.
    ("elasticbeanstalk", "DescribeInstancesHealth"): {},
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
    # The option settings name the groups, the subnets and the VPC too, and all but the VPC's tables can be looked up by
    # identity.
    ("autoscaling", "DescribeAutoScalingGroups"): {GROUP: ["description"]},
    ("ec2", "DescribeInstances"): {INSTANCE: ["description"]},
    ("ec2", "DescribeSubnets"): {SUBNET: ["description"]},
    ("ec2", "DescribeVpcs"): {VPC: ["description"], ROUTE_TABLE: ["description"], INTERNET_GATEWAY: ["reach"]},
    ("ec2", "DescribeRouteTables"): {ROUTE_TABLE: ["description"], INTERNET_GATEWAY: ["reach"]},
    ("ec2", "DescribeInternetGateways"): {INTERNET_GATEWAY: ["description"]},
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

# The permissions of S3 that are not named like their operation.
ACTIONS = {
    "GetBucketCors": "GetBucketCORS",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
}
PREFIXES = {"elbv2": "elasticloadbalancing"}


def action(service: str, operation: str) -> str:
    """The permission that a call needs."""
    return f"{PREFIXES.get(service, service)}:{ACTIONS.get(operation, operation)}"


def outcome(operation: str, kind: str) -> str:
    """The words for a call that failed by this fault."""
    # A policy or a bundle is the body itself: a broken one is an answer, though not a valid one.
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
    # The bundle's settings are compared with those in force.
    "bundle-settings",
    "bundle-secrets",
}
CONTAINED = {"django", "celeryworker", "celerybeat", "flower", "awscli"}
# The baseline also expects that there is no other container, and that each is the bundle's.
RUNNING = {*CONTAINED, "deployed-images", "unexpected"}
TIERS = {"database-subnets", "redis-subnets"}
# The resources that refer to the VPC are unseen with it.
WITHIN = {"vpc", "instance", "redis-subnets"}
POLICIED = {"instance-role", "service-role"}
HIDDEN = {
    # No expectation concerns the others yet.
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
    # The resources that refer to the database are unseen with it, and so is the VPC, which it names.
    "DescribeDBInstances": {"database", "database-access", "database-subnets", "database-variables", *WITHIN},
    "DescribeDBSubnetGroups": {"database-subnets"},
    # The resources that refer to Redis are unseen with it; its version, groups and subnets with its node.
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


MADE = (GROUP, INSTANCE, SUBNET, VPC, ROUTE_TABLE, INTERNET_GATEWAY)


def unseen(report: dict) -> dict[str, list[str]]:
    """The unseen facets of a `show` by label, or by kind if AWS generates the name; without the list of hosts that are not
    followed, which any gap at an endpoint hides too."""
    found = {one["label"]: [facet for facet in one["unseen"] if facet != "not-followed"] for one in report["resources"]}
    labels = {label: facets for label, facets in found.items() if facets}
    made = (INSTANCE_GROUP, CLUSTER, DEFINITION, *(f"{kind}/" for kind in MADE))

    def shortened(label: str) -> str:
        return next((name.rstrip("/") for name in made if label.startswith(name)), label)

    return {shortened(label): facets for label, facets in labels.items()}


def verdicts(report: dict, verdict: str) -> set[str]:
    """The names of a drift report's expectations with this verdict."""
    return {one["name"] for one in report["expectations"] if one["verdict"] == verdict}
