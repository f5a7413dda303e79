"""Random answers built around the emulator's, with a secret at every place where README's "Secrets" promises redaction.

The places are a list of their own, written from that promise and not from the redactions of the kinds."""

from __future__ import annotations

import json
import threading

from moto.core.utils import get_service_model

from planter import Planter
from whole_secrets import WHOLE


# Every operation whose answers are described, except for GetObject, which answers with bytes.
OPERATIONS = {
    "autoscaling": ["DescribeAutoScalingGroups"],
    "cloudwatch": ["DescribeAlarms"],
    "ec2": [
        "DescribeInstances", "DescribeInternetGateways", "DescribeManagedPrefixLists", "DescribeRouteTables",
        "DescribeSecurityGroups", "DescribeSubnets", "DescribeVpcs", "GetManagedPrefixListEntries",
    ],
    "ecr": ["DescribeImages", "DescribeRepositories", "GetLifecyclePolicy", "GetRepositoryPolicy", "ListImages"],
    "ecs": [
        "DescribeClusters", "DescribeContainerInstances", "DescribeTaskDefinition", "DescribeTasks", "ListClusters",
        "ListContainerInstances", "ListTasks",
    ],
    "elasticache": [
        "DescribeCacheClusters", "DescribeCacheParameterGroups", "DescribeCacheParameters", "DescribeCacheSubnetGroups",
        "DescribeReplicationGroups",
    ],
    "elasticbeanstalk": [
        "DescribeApplicationVersions", "DescribeApplications", "DescribeConfigurationOptions", "DescribeConfigurationSettings",
        "DescribeEnvironmentManagedActions", "DescribeEnvironmentResources", "DescribeEnvironments", "DescribeInstancesHealth",
        "DescribePlatformVersion",
    ],
    "elbv2": ["DescribeListeners", "DescribeLoadBalancers", "DescribeTargetGroups"],
    "iam": [
        "GetInstanceProfile", "GetPolicy", "GetPolicyVersion", "GetRole", "GetRolePolicy", "ListAttachedRolePolicies",
        "ListRolePolicies",
    ],
    "logs": ["DescribeLogGroups"],
    "rds": ["DescribeDBInstances", "DescribeDBParameterGroups", "DescribeDBParameters", "DescribeDBSubnetGroups"],
    "s3": [
        "GetBucketAcl", "GetBucketCors", "GetBucketEncryption", "GetBucketLifecycleConfiguration", "GetBucketLocation",
        "GetBucketOwnershipControls", "GetBucketPolicy", "GetBucketPolicyStatus", "GetBucketTagging", "GetBucketVersioning",
        "GetPublicAccessBlock",
    ],
    "secretsmanager": ["DescribeSecret"],
}  # fmt: skip
SERVICES = {operation: service for service, operations in OPERATIONS.items() for operation in operations}


class Planting:
    """For `altered`: plants secrets in every answer, and collects the operations that were called."""

    def __init__(self, seed: int):
        self.seed = seed
        self.operations: set[str] = set()
        self.lock = threading.Lock()

    def __call__(self, operation: str, answer: dict) -> dict:
        service = SERVICES.get(operation)
        if service is None:
            return answer
        with self.lock:
            self.operations.add(operation)
        planter = Planter(self.seed, operation, json.dumps(answer, default=lambda time: None, sort_keys=True))
        if operation in WHOLE:
            WHOLE[operation](answer, planter)
        return planter.fill(get_service_model(service).operation_model(operation).output_shape, answer)
