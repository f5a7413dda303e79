"""The operations that moto lacks answer as the services' references describe."""

import datetime
import json
from xml.etree import ElementTree

import pytest
from botocore.exceptions import ClientError

from emulator.clients import session
from emulator.names import RELEASER
from test_changes import environment
from test_stack import tasks


def test_a_replaced_task_is_listed_as_stopped(stack):
    ecs = stack.client("ecs")
    (cluster,) = ecs.list_clusters()["clusterArns"]
    (old,) = tasks(stack)
    stack.deploy("v10")
    stopped = ecs.list_tasks(cluster=cluster, desiredStatus="STOPPED")["taskArns"]
    assert stopped == [old["taskArn"]] != ecs.list_tasks(cluster=cluster)["taskArns"]
    (described,) = ecs.describe_tasks(cluster=cluster, tasks=stopped)["tasks"]
    assert described["lastStatus"] == "STOPPED" and described["containers"][0]["lastStatus"] == "STOPPED"


def test_an_unknown_task_is_a_failure(stack):
    ecs = stack.client("ecs")
    (cluster,) = ecs.list_clusters()["clusterArns"]
    answer = ecs.describe_tasks(cluster=cluster, tasks=["0123456789abcdef"])
    assert answer["tasks"] == [] and answer["failures"] == [{"arn": "0123456789abcdef", "reason": "MISSING"}]


def test_the_status_of_a_bucket_policy_says_whether_it_is_public(stack):
    s3 = stack.client("s3")
    assert s3.get_bucket_policy_status(Bucket="antenna-static-files")["PolicyStatus"] == {"IsPublic": True}
    bundles = s3.get_bucket_policy_status(Bucket="elasticbeanstalk-us-west-2-123456789012")
    assert bundles["PolicyStatus"] == {"IsPublic": False}


def test_a_bucket_answers_in_its_region_and_is_located_from_all(stack):
    s3 = session(RELEASER).client("s3", region_name="eu-west-1", endpoint_url=stack.endpoint)
    stack.clear_calls()
    assert s3.get_bucket_location(Bucket="antenna-static-files")["LocationConstraint"] == "us-west-2"
    # boto3 follows the redirect, and uses the bucket's region from then on.
    s3.get_bucket_policy(Bucket="antenna-static-files")
    assert s3.head_bucket(Bucket="antenna-static-files")["BucketRegion"] == "us-west-2"
    regions = [(call["operation"], call["region"]) for call in stack.calls("s3")]
    assert regions == [
        ("GetBucketLocation", "eu-west-1"),
        ("GetBucketPolicy", "eu-west-1"),
        ("GetBucketPolicy", "us-west-2"),
        ("HeadBucket", "us-west-2"),
    ]


def test_the_root_of_every_answer_about_a_bucket_is_that_of_the_api_reference(stack):
    s3, roots = stack.client("s3"), []

    def note(response_dict, **_):
        roots.append(ElementTree.fromstring(response_dict["body"]).tag.partition("}")[2])

    s3.meta.events.register("before-parse.s3", note)
    try:
        for ask in (s3.get_bucket_versioning, s3.get_bucket_acl, s3.get_bucket_location, s3.list_objects_v2):
            ask(Bucket="antenna-static-files")
    finally:
        s3.meta.events.unregister("before-parse.s3", note)
    assert roots == ["VersioningConfiguration", "AccessControlPolicy", "LocationConstraint", "ListBucketResult"]


def test_calls_of_s3_are_distinguished(stack):
    s3, bucket = stack.client("s3"), "antenna-static-files"
    s3.put_object(Bucket=bucket, Key="static/a", Body=b"a")
    s3.copy_object(Bucket=bucket, Key="static/b", CopySource=f"{bucket}/static/a")
    s3.get_object(Bucket=bucket, Key="static/b")
    s3.list_objects_v2(Bucket=bucket)
    for ask in (s3.get_bucket_lifecycle_configuration, s3.get_bucket_notification_configuration, s3.get_bucket_acl):
        try:
            ask(Bucket=bucket)
        except ClientError as absent:
            assert absent.response["Error"]["Code"].startswith("NoSuch")
    assert [call["operation"] for call in stack.calls("s3")] == [
        "PutObject",
        "CopyObject",
        "GetObject",
        "ListObjectsV2",
        "GetBucketLifecycleConfiguration",
        "GetBucketNotificationConfiguration",
        "GetBucketAcl",
    ]


def test_the_task_definition_has_the_environment_of_the_properties(stack):
    (task,) = tasks(stack)
    definition = stack.client("ecs").describe_task_definition(taskDefinition=task["taskDefinitionArn"])["taskDefinition"]
    assert len(definition["containerDefinitions"]) == 5
    variables = {one["name"] for one in definition["containerDefinitions"][0]["environment"]}
    assert {"GUNICORN_WORKERS", "DATABASE_URL"} <= variables


def test_cloudtrail_records_who_updated_the_environment(stack):
    stack.deploy("v10")
    trail = stack.client("cloudtrail", "tidemark-reader")
    found = trail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "UpdateEnvironment"}])
    (event,) = found["Events"]
    assert (event["Username"], event["ReadOnly"]) == ("release-bot", "false")
    record = json.loads(event["CloudTrailEvent"])
    assert record["userIdentity"]["arn"] == "arn:aws:iam::123456789012:user/release-bot"
    assert record["requestParameters"] == {"environmentName": "antenna-production", "versionLabel": "v10"}
    assert record["responseElements"]["environmentId"] == environment(stack)[0]["EnvironmentId"]
    assert trail.lookup_events(StartTime=event["EventTime"] + datetime.timedelta(hours=1))["Events"] == []
    iam = [{"AttributeKey": "EventSource", "AttributeValue": "iam.amazonaws.com"}]
    assert trail.lookup_events(LookupAttributes=iam)["Events"] == [], "IAM's events are in us-east-1"


def test_cloudtrail_pages_by_fifty(stack):
    for _ in range(51):
        stack.client("rds").describe_db_instances()
    assert len(stack.client("cloudtrail").lookup_events()["Events"]) == 50


@pytest.mark.parametrize(
    "service, operation, parameters",
    [
        ("elasticbeanstalk", "describe_environments", {}),
        ("elasticbeanstalk", "describe_configuration_settings", {"ApplicationName": "antenna", "EnvironmentName": "antenna-production"}),
        ("elasticache", "describe_replication_groups", {}),
        ("elasticache", "describe_cache_clusters", {}),
        ("ec2", "describe_instances", {}),
        ("ec2", "describe_security_groups", {}),
        ("ec2", "describe_route_tables", {}),
        ("autoscaling", "describe_auto_scaling_groups", {}),
        ("ecr", "describe_images", {"repositoryName": "antenna-backend"}),
        ("logs", "describe_log_groups", {}),
        ("cloudwatch", "describe_alarms", {}),
    ],
)
def test_two_reads_of_an_unchanged_stack_agree(stack, service, operation, parameters):
    first, second = (getattr(stack.client(service), operation)(**parameters) for _ in range(2))
    assert {**first, "ResponseMetadata": None} == {**second, "ResponseMetadata": None}


def test_a_secret_is_described_as_in_the_api_reference(stack):
    client = stack.client("secretsmanager")
    arn = client.create_secret(Name="antenna/database", SecretString="not-planted-1")["ARN"]
    raw = {}
    client.meta.events.register("after-call", lambda http_response, **_: raw.update(json.loads(http_response.content)))
    client.describe_secret(SecretId=arn)
    members = set(client.meta.service_model.operation_model("DescribeSecret").output_shape.members)
    assert set(raw) <= members and raw["ARN"] == arn
