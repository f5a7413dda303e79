"""S3: the differences between moto and AWS.

GetBucketPolicyStatus, which moto takes for a request to list the bucket's objects; the root element of
GetBucketVersioning; the redirect of a request that is signed for another region than the bucket's; the digests of an
object that is sent.
"""

from __future__ import annotations

import base64
import hashlib
import json

from moto.core.utils import extract_region_from_aws_authorization
from moto.s3.exceptions import NoSuchBucketPolicy
from moto.s3.responses import S3Response

from . import replace


def install() -> None:
    replace(S3Response, "_bucket_response_get", with_policy_status)
    replace(S3Response, "get_bucket_versioning", with_its_root)
    replace(S3Response, "_bucket_response", in_its_region)
    replace(S3Response, "_key_response", in_its_region)
    replace(S3Response, "put_object", with_digests)


def with_its_root(original):
    def get_bucket_versioning(handler: S3Response):
        status, headers, body = original(handler)
        return status, headers, body.replace("GetBucketVersioningResponse", "VersioningConfiguration")

    return get_bucket_versioning


def in_its_region(original):
    """Answers like an endpoint of an AWS region, which knows the region of every bucket."""

    def response(handler: S3Response, request, full_url: str):
        bucket = handler.backend.buckets.get(handler.bucket_name)
        signed = extract_region_from_aws_authorization(request.headers.get("Authorization", ""))
        if bucket is None or signed in (None, bucket.region_name) or "location" in request.args:
            return original(handler, request, full_url)
        return 301, {"x-amz-bucket-region": bucket.region_name}, "" if request.method == "HEAD" else MOVED

    return response


def with_digests(original):
    """Refuses an object that is not the one that the headers describe."""

    def put_object(handler: S3Response):
        sent, headers = handler.body or b"", handler.headers
        if isinstance(sent, str):
            sent = sent.encode()
        md5, sha256 = headers.get("Content-MD5"), headers.get("X-Amz-Content-SHA256", "")
        if md5 is not None and md5 != base64.b64encode(hashlib.md5(sent).digest()).decode():
            return refusal("BadDigest", "The Content-MD5 you specified did not match what we received.")
        # Other values say that the body is not signed, or is signed in chunks.
        if len(sha256) == 64 and sha256 != hashlib.sha256(sent).hexdigest():
            return refusal(
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            )
        return original(handler)

    return put_object


def refusal(code: str, message: str):
    return 400, {}, f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"


MOVED = (
    "<Error><Code>PermanentRedirect</Code><Message>The bucket you are attempting to access must be addressed using the "
    "specified endpoint. Please send all future requests to this endpoint.</Message></Error>"
)


def with_policy_status(original):
    def bucket_response_get(handler: S3Response, bucket_name: str, querystring: dict):
        if "policyStatus" not in querystring:
            return original(handler, bucket_name, querystring)
        handler.data["Action"] = "GetBucketPolicyStatus"
        handler._authenticate_and_authorize_s3_action(bucket_name=bucket_name)
        policy = handler.backend.get_bucket_policy(bucket_name)
        if not policy:
            raise NoSuchBucketPolicy(bucket_name=bucket_name)
        public = str(is_public(json.loads(policy))).lower()
        namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
        return 200, {}, f'<PolicyStatus xmlns="{namespace}"><IsPublic>{public}</IsPublic></PolicyStatus>'

    return bucket_response_get


def is_public(policy: dict) -> bool:
    """Whether everyone is allowed something without a condition; AWS also evaluates the condition ("The meaning of
    public")."""
    return any(
        statement["Effect"] == "Allow"
        and statement.get("Principal") in ("*", {"AWS": "*"})
        and not statement.get("Condition")
        for statement in policy["Statement"]
    )
