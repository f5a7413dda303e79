"""The permission and resource that a call needs, where moto uses others.

Source: the "Actions" and "Resource types" tables of the Service Authorization Reference for Amazon S3, Amazon Elastic
Container Registry, AWS Secrets Manager and Elastic Load Balancing V2,
<https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>.
"""

from __future__ import annotations

from collections.abc import Callable

from moto.core import DEFAULT_ACCOUNT_ID
from moto.utilities.utils import get_partition

from .call import Call

# Prefixes in IAM that differ from botocore's name of the service.
PREFIXES = {"elbv2": "elasticloadbalancing"}

# Operations of S3 whose permission has another name.
S3_ACTIONS = {
    "GetBucketCors": "GetBucketCORS",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "HeadBucket": "ListBucket",
    "HeadObject": "GetObject",
    "ListBuckets": "ListAllMyBuckets",
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
}


def action(call: Call) -> str:
    """The permission's name, such as `rds:DescribeDBInstances` or `s3:GetEncryptionConfiguration`."""
    named = S3_ACTIONS.get(call.operation, call.operation) if call.service == "s3" else call.operation
    return f"{PREFIXES.get(call.service, call.service)}:{named}"


def resources(call: Call) -> list[str] | None:
    """The ARNs that the permission must cover; None if moto's own rule is right."""
    of_service = RESOURCES.get(call.service)
    return of_service(call) if of_service else None


def of_s3(call: Call) -> list[str]:
    bucket = call.parameters.get("Bucket")
    if bucket is None:
        return ["*"]
    key = call.parameters.get("Key")
    return [f"arn:{get_partition(call.region)}:s3:::{bucket}" + (f"/{key}" if key else "")]


def of_ecr(call: Call) -> list[str]:
    if call.operation == "GetAuthorizationToken":
        return ["*"]
    named = call.parameters.get("repositoryNames") or [call.parameters.get("repositoryName", "*")]
    registry = call.parameters.get("registryId", DEFAULT_ACCOUNT_ID)
    return [f"arn:{get_partition(call.region)}:ecr:{call.region}:{registry}:repository/{name}" for name in named]


def of_secretsmanager(call: Call) -> list[str]:
    named = call.parameters.get("SecretId")
    if named is None:
        return ["*"]
    if named.startswith("arn:"):
        return [named]
    return [f"arn:{get_partition(call.region)}:secretsmanager:{call.region}:{DEFAULT_ACCOUNT_ID}:secret:{named}"]


RESOURCES: dict[str, Callable[[Call], list[str]]] = {
    "ecr": of_ecr,
    "s3": of_s3,
    "secretsmanager": of_secretsmanager,
}
