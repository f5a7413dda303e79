"""IAM decides by the permission and the resource that AWS documents."""

import json

import pytest
from botocore.exceptions import ClientError

from emulator import names

USER = "narrow"
ARN = f"arn:aws:ecr:{names.REGION}:{names.ACCOUNT}:repository"
BUCKET = f"arn:aws:s3:::{names.STATIC_BUCKET}"

# A call, the permission for it, and its resource.
NEEDED = [
    ("cloudwatch", "describe_alarms", {}, "cloudwatch:DescribeAlarms", "*"),
    ("elbv2", "describe_load_balancers", {}, "elasticloadbalancing:DescribeLoadBalancers", "*"),
    ("ecr", "describe_repositories", {"repositoryNames": ["antenna-backend"]}, "ecr:DescribeRepositories", f"{ARN}/antenna-backend"),
    ("ecr", "describe_repositories", {}, "ecr:DescribeRepositories", f"{ARN}/*"),
    ("ecr", "list_images", {"repositoryName": "antenna-backend"}, "ecr:ListImages", f"{ARN}/antenna-backend"),
    ("ecr", "get_authorization_token", {}, "ecr:GetAuthorizationToken", "*"),
    ("s3", "list_buckets", {}, "s3:ListAllMyBuckets", "*"),
    ("s3", "head_bucket", {}, "s3:ListBucket", BUCKET),
    ("s3", "list_objects_v2", {}, "s3:ListBucket", BUCKET),
    ("s3", "get_bucket_location", {}, "s3:GetBucketLocation", BUCKET),
    ("s3", "get_bucket_cors", {}, "s3:GetBucketCORS", BUCKET),
    ("s3", "get_bucket_encryption", {}, "s3:GetEncryptionConfiguration", BUCKET),
    ("s3", "get_bucket_lifecycle_configuration", {}, "s3:GetLifecycleConfiguration", BUCKET),
    ("s3", "get_bucket_ownership_controls", {}, "s3:GetBucketOwnershipControls", BUCKET),
    ("s3", "get_bucket_policy_status", {}, "s3:GetBucketPolicyStatus", BUCKET),
    ("s3", "get_public_access_block", {}, "s3:GetBucketPublicAccessBlock", BUCKET),
    ("s3", "get_object", {"Key": "logo.svg"}, "s3:GetObject", f"{BUCKET}/logo.svg"),
    ("s3", "head_object", {"Key": "logo.svg"}, "s3:GetObject", f"{BUCKET}/logo.svg"),
    ("secretsmanager", "describe_secret", {"SecretId": "login"}, "secretsmanager:DescribeSecret", "arn:aws:secretsmanager:*:secret:login"),
]  # fmt: skip


@pytest.fixture
def guarded(stack):
    stack.client("s3").put_object(Bucket=names.STATIC_BUCKET, Key="logo.svg", Body=b"<svg/>")
    stack.client("secretsmanager").create_secret(Name="login", SecretString="not-planted-1")
    iam = stack.client("iam")
    iam.create_user(UserName=USER)
    iam.create_access_key(UserName=USER)
    stack.verify_signatures()
    yield stack
    stack.verify_signatures(False)


def allow(stack, *statements: tuple[str, str]) -> None:
    document = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": [action], "Resource": [resource]} for action, resource in statements],
    }
    stack.client("iam").put_user_policy(UserName=USER, PolicyName="narrow", PolicyDocument=json.dumps(document))


def outcome(stack, service: str, name: str, parameters: dict) -> str:
    """The error's code; "" if there is no error."""
    bucket = {"Bucket": names.STATIC_BUCKET} if service == "s3" and name != "list_buckets" else {}
    try:
        getattr(stack.client(service, USER), name)(**bucket, **parameters)
        return ""
    except ClientError as error:
        return error.response["Error"]["Code"]


def is_denied(code: str) -> bool:
    # An answer to HEAD has no body, and botocore uses the status as the code.
    return code in ("AccessDenied", "AccessDeniedException", "403")


@pytest.mark.parametrize("service, name, parameters, action, resource", NEEDED)
def test_a_call_is_allowed_by_its_own_permission_on_its_own_resource(guarded, service, name, parameters, action, resource):
    allow(guarded, (action, resource))
    assert not is_denied(outcome(guarded, service, name, parameters))
    for others in ((f"{action}s", resource), (action, f"{resource}s" if resource != "*" else "arn:aws:s3:::nothing")):
        allow(guarded, others)
        assert is_denied(outcome(guarded, service, name, parameters)), others


def test_a_call_about_several_resources_needs_all_of_them(guarded):
    parameters = {"repositoryNames": ["antenna-backend", "antenna-awscli"]}
    allow(guarded, ("ecr:DescribeRepositories", f"{ARN}/antenna-backend"))
    assert is_denied(outcome(guarded, "ecr", "describe_repositories", parameters))
    allow(guarded, ("ecr:DescribeRepositories", f"{ARN}/antenna-*"))
    assert outcome(guarded, "ecr", "describe_repositories", parameters) == ""


def test_a_dot_in_a_policy_matches_only_a_dot(guarded):
    allow(guarded, ("s3:ListBucket", BUCKET.replace("-", ".")))
    assert is_denied(outcome(guarded, "s3", "list_objects_v2", {}))
    allow(guarded, ("s3:List?ucket", BUCKET.replace("-", "?")))
    assert outcome(guarded, "s3", "list_objects_v2", {}) == ""


@pytest.mark.parametrize(
    "service, name, code",
    [
        ("rds", "describe_db_instances", "AccessDenied"),
        ("ec2", "describe_instances", "UnauthorizedOperation"),
        ("ecs", "list_clusters", "AccessDeniedException"),
        ("logs", "describe_log_groups", "AccessDeniedException"),
        ("s3", "list_buckets", "AccessDenied"),
    ],
)
def test_a_refusal_has_the_services_own_form(guarded, service, name, code):
    assert outcome(guarded, service, name, {}) == code
    with pytest.raises(ClientError, match=f"user/{USER} is not authorized to perform: {service}:"):
        getattr(guarded.client(service, USER), name)()


def test_a_buckets_policy_denies_by_the_permission_and_by_an_absent_header(stack):
    s3 = stack.client("s3")
    denied = [
        (["s3:PutObject"], f"{BUCKET}/log/*", {"Condition": {"Null": {"s3:if-none-match": "true"}}}),
        (["s3:DeleteObject*"], f"{BUCKET}/log/*", {}),
        (["s3:PutLifecycleConfiguration", "s3:PutBucketVersioning"], BUCKET, {}),
    ]
    statements = [
        {"Effect": "Deny", "Principal": "*", "Action": actions, "Resource": resource, **more} for actions, resource, more in denied
    ]
    s3.put_bucket_policy(Bucket=names.STATIC_BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": statements}))
    at = {"Bucket": names.STATIC_BUCKET}
    s3.put_object(**at, Key="log/1", IfNoneMatch="*")
    s3.put_object(**at, Key="other")
    s3.delete_object(**at, Key="other")
    assert [one["Key"] for one in s3.list_objects_v2(**at, Prefix="log/")["Contents"]] == ["log/1"]
    rule = {"ID": "tidy", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
    for call, parameters in (
        (s3.put_object, {"Key": "log/1"}),
        (s3.delete_object, {"Key": "log/1"}),
        (s3.put_bucket_lifecycle_configuration, {"LifecycleConfiguration": {"Rules": [rule]}}),
        (s3.put_bucket_versioning, {"VersioningConfiguration": {"Status": "Enabled"}}),
    ):
        with pytest.raises(ClientError, match="AccessDenied"):
            call(**at, **parameters)
