"""`show` prints what boto3 returns about databases, caches and buckets, after the documented cuts."""

import json

import pytest
from botocore.exceptions import ClientError

from emulator.clients import session
from emulator.names import RELEASER
from parity import REDACTED, cut, described, shown, without  # noqa: F401


def test_the_database_equals_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    (answer,) = stack.client("rds").describe_db_instances(DBInstanceIdentifier="antenna-postgres")["DBInstances"]
    assert cut(shown["rds.db-instance", "antenna-postgres"]) == without(described("rds.db-instance", answer), "ValidTill")


def test_redis_and_its_node_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    client = stack.client("elasticache")
    (group,) = client.describe_replication_groups(ReplicationGroupId="antenna-redis")["ReplicationGroups"]
    kind = "elasticache.replication-group"
    assert cut(shown[kind, "antenna-redis"]) == without(described(kind, group), "Status", "CurrentRole")
    (node,) = client.describe_cache_clusters(CacheClusterId="antenna-redis-001", ShowCacheNodeInfo=True)["CacheClusters"]
    kind = "elasticache.cache-cluster"
    zones = ("PreferredAvailabilityZone", "CustomerAvailabilityZone")
    assert cut(shown[kind, "antenna-redis-001"]) == without(described(kind, node), "CacheNodeStatus", *zones)


@pytest.mark.parametrize(
    "service, kind, identity, operation, name, list",
    [
        ("rds", "rds.db-subnet-group", "antenna-postgres-public", "describe_db_subnet_groups", "DBSubnetGroupName", "DBSubnetGroups"),
        ("rds", "rds.db-parameter-group", "antenna-postgres16", "describe_db_parameter_groups", "DBParameterGroupName", "DBParameterGroups"),
        ("elasticache", "elasticache.cache-subnet-group", "antenna-redis-private", "describe_cache_subnet_groups", "CacheSubnetGroupName", "CacheSubnetGroups"),
        ("elasticache", "elasticache.cache-parameter-group", "antenna-redis7", "describe_cache_parameter_groups", "CacheParameterGroupName", "CacheParameterGroups"),
    ],
)
def test_a_group_of_databases_or_caches_equals_the_answer_of_boto3(standing, shown, service, kind, identity, operation, name, list):
    stack, _ = standing
    (answer,) = getattr(stack.client(service), operation)(**{name: identity})[list]
    assert without(cut(shown[kind, identity]), "Parameters") == cut(answer)


@pytest.mark.parametrize(
    "service, kind, identity, operation, name",
    [
        ("rds", "rds.db-parameter-group", "antenna-postgres16", "describe_db_parameters", "DBParameterGroupName"),
        (
            "elasticache",
            "elasticache.cache-parameter-group",
            "antenna-redis7",
            "describe_cache_parameters",
            "CacheParameterGroupName",
        ),
    ],
)
def test_parameters_equal_the_answer_of_boto3(standing, shown, service, kind, identity, operation, name):
    stack, _ = standing
    answer = getattr(stack.client(service), operation)(**{name: identity})["Parameters"]
    free = ("search_path", "rename-commands")
    kept = ("ParameterName", "ParameterValue", "Source", "ApplyMethod")
    expected = [{member: value for member, value in one.items() if member in kept} for one in answer]
    expected = [{**one, "ParameterValue": REDACTED} if one["ParameterName"] in free else one for one in expected]
    assert len([one for one in answer if one["Source"] == "user"]) == 2 < len(answer)
    assert cut(shown[kind, identity]["Parameters"]) == cut(expected)


# boto3's errors for a bucket without such a part.
NONE = {
    "NoSuchBucketPolicy",
    "NoSuchCORSConfiguration",
    "NoSuchLifecycleConfiguration",
    "NoSuchPublicAccessBlockConfiguration",
    "NoSuchTagSet",
    "OwnershipControlsNotFoundError",
    "ServerSideEncryptionConfigurationNotFoundError",
}


def bucket_as_boto3_has_it(s3, name):
    def ask(operation):
        try:
            answer = getattr(s3, operation)(Bucket=name)
        except ClientError as error:
            assert error.response["Error"]["Code"] in NONE
            return None
        return {member: value for member, value in answer.items() if member != "ResponseMetadata"}

    def part(operation, member):
        answer = ask(operation)
        return answer and answer[member]

    policy = part("get_bucket_policy", "Policy")
    policy = policy and json.loads(policy)
    for statement in policy["Statement"] if policy else []:
        if "aws:Referer" in statement.get("Condition", {}).get("StringEquals", {}):
            statement["Condition"]["StringEquals"]["aws:Referer"] = REDACTED
    grants = part("get_bucket_acl", "Grants")
    for grant in grants:
        grant["Grantee"].pop("DisplayName", None)
    parts = {
        "ServerSideEncryptionConfiguration": part("get_bucket_encryption", "ServerSideEncryptionConfiguration"),
        "PublicAccessBlockConfiguration": part("get_public_access_block", "PublicAccessBlockConfiguration"),
        "Policy": policy,
        "PolicyStatus": part("get_bucket_policy_status", "PolicyStatus"),
        "Grants": grants,
        "OwnershipControls": part("get_bucket_ownership_controls", "OwnershipControls"),
        "VersioningConfiguration": ask("get_bucket_versioning"),
        "LifecycleConfiguration": ask("get_bucket_lifecycle_configuration"),
        "CORSConfiguration": ask("get_bucket_cors"),
        "TagSet": part("get_bucket_tagging", "TagSet"),
    }
    return cut(ask("get_bucket_location") | {name: value for name, value in parts.items() if value is not None})


def test_the_bucket_equals_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    expected = bucket_as_boto3_has_it(stack.client("s3"), "antenna-static-files")
    assert cut(shown["s3.bucket", "antenna-static-files"]) == expected
    conditions = [one["Condition"] for one in expected["Policy"]["Statement"] if "Condition" in one]
    assert conditions == [{"StringEquals": {"aws:Referer": REDACTED}}]


def test_a_bucket_of_another_region_with_every_part_equals_the_answer_of_boto3(stack, tidemark):
    name, region = "antenna.media-eu", "eu-central-1"
    s3 = session(RELEASER).client("s3", region_name=region, endpoint_url=stack.endpoint)
    s3.create_bucket(
        Bucket=name,
        CreateBucketConfiguration={"LocationConstraint": region},
        ObjectOwnership="ObjectWriter",
        ACL="public-read",
    )
    by_key = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "arn:aws:kms:eu-central-1:123456789012:key/k"}
    s3.put_bucket_encryption(
        Bucket=name,
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": by_key, "BucketKeyEnabled": True}]
        },
    )
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_lifecycle_configuration(
        Bucket=name,
        LifecycleConfiguration={
            "Rules": [
                {"ID": "b", "Status": "Enabled", "Filter": {"Prefix": "tmp/"}, "Expiration": {"Days": 3}},
                {
                    "ID": "a",
                    "Status": "Disabled",
                    "Filter": {"And": {"Prefix": "x", "Tags": [{"Key": "k", "Value": "v & w"}]}},
                    "Transitions": [{"Days": 30, "StorageClass": "GLACIER"}],
                },
            ]
        },
    )
    rule = {"AllowedMethods": ["PUT", "GET"], "AllowedOrigins": ["https://b.example", "https://a.example"]}
    s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [rule, {**rule, "AllowedHeaders": ["*"]}]})
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [{"Key": "b", "Value": ""}, {"Key": "a", "Value": "1"}]})
    stack.set_property("MEDIA_BUCKET", name)
    assert " failed" not in tidemark.record().stdout
    (shown,) = tidemark.show(f"s3.bucket/{name}")["resources"]
    assert cut(shown["description"]) == bucket_as_boto3_has_it(s3, name)
    facts = {name: fact["value"] for name, fact in shown["facts"].items()}
    encryption = f"aws:kms {by_key['KMSMasterKeyID']}"
    assert facts == {"region": region, "public-access": "by acl", "encryption": encryption}
