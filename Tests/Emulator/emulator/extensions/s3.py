"""S3: GetBucketPolicyStatus, which moto takes for a request to list the bucket's objects."""

from __future__ import annotations

import json

from moto.s3.exceptions import NoSuchBucketPolicy
from moto.s3.responses import S3Response

from . import replace


def install() -> None:
    replace(S3Response, "_bucket_response_get", with_policy_status)


def with_policy_status(original):
    def bucket_response_get(ask: S3Response, bucket_name: str, querystring: dict):
        if "policyStatus" not in querystring:
            return original(ask, bucket_name, querystring)
        ask.data["Action"] = "GetBucketPolicyStatus"
        ask._authenticate_and_authorize_s3_action(bucket_name=bucket_name)
        policy = ask.backend.get_bucket_policy(bucket_name)
        if not policy:
            raise NoSuchBucketPolicy(bucket_name=bucket_name)
        public = str(is_public(json.loads(policy))).lower()
        namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
        return 200, {}, f'<PolicyStatus xmlns="{namespace}"><IsPublic>{public}</IsPublic></PolicyStatus>'

    return bucket_response_get


def is_public(policy: dict) -> bool:
    """Whether everyone is allowed something without a condition; AWS also weighs the condition ("The meaning of public")."""
    return any(
        statement["Effect"] == "Allow"
        and statement.get("Principal") in ("*", {"AWS": "*"})
        and not statement.get("Condition")
        for statement in policy["Statement"]
    )
