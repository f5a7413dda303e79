"""IAM: access keys known in advance, and the managed policies that the guide names."""

from __future__ import annotations

import functools
import json

from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AccessKey, AWSManagedPolicy, IAMBackend, iam_backends
from moto.sts.models import sts_backends

from . import replace
from .keys import key_id, secret_key

# Only the guide's policies and those that tests attach: all of AWS's would make every reset slow.
POLICIES = (
    "AWSElasticBeanstalkWebTier",
    "AWSElasticBeanstalkWorkerTier",
    "AWSElasticBeanstalkEnhancedHealth",
    "AWSElasticBeanstalkService",
    "AWSElasticBeanstalkRoleCWL",
    "AmazonEC2ContainerRegistryReadOnly",
    "CloudWatchAgentServerPolicy",
    "SecurityAudit",
    "AdministratorAccess",
    "AmazonS3FullAccess",
)


def install() -> None:
    replace(IAMBackend, "_init_aws_policies", with_policies)
    replace(AccessKey, "__init__", with_known_key)


def with_policies(_):
    def init_aws_policies(backend: IAMBackend) -> list[AWSManagedPolicy]:
        return [
            AWSManagedPolicy.from_data(name, backend.account_id, backend.region_name, data)
            for name, data in policy_documents().items()
        ]

    return init_aws_policies


@functools.cache
def policy_documents() -> dict[str, dict]:
    everything = json.loads(aws_managed_policies_data)
    return {name: everything[name] for name in POLICIES}


def with_known_key(original):
    def init(key: AccessKey, user_name, *arguments, **named) -> None:
        original(key, user_name, *arguments, **named)
        if user_name is not None:
            key.access_key_id = key_id(user_name)
            key.secret_access_key = secret_key(user_name)

    return init


def caller_arn(access_key: str | None) -> str:
    """The owner of a key, as IAM's error messages and CloudTrail write it."""
    backend = iam_backends[DEFAULT_ACCOUNT_ID]["aws"]
    for user in backend.users.values():
        if any(key.access_key_id == access_key for key in user.access_keys):
            return user.arn
    role = sts_backends[DEFAULT_ACCOUNT_ID]["aws"].get_assumed_role_from_access_key(access_key)
    return role.arn if role else f"arn:aws:iam::{DEFAULT_ACCOUNT_ID}:user/moto"
