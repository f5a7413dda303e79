"""The operations that moto lacks answer as the services' references describe."""

import datetime
import json
from xml.etree import ElementTree

import pytest
from botocore.exceptions import ClientError

from emulator.clients import session
from emulator.names import RELEASER
from test_changes import environment, running
from test_stack import options, tasks


def settings(stack):
    return stack.client("elasticbeanstalk").describe_configuration_settings(
        ApplicationName="antenna", EnvironmentName="antenna-production"
    )["ConfigurationSettings"]


def test_environments_are_found_by_each_filter(stack):
    (held,) = environment(stack)
    for parameters in (
        {"EnvironmentNames": ["antenna-production"]},
        {"EnvironmentIds": [held["EnvironmentId"]]},
        {"ApplicationName": "antenna"},
        {"VersionLabel": "v9"},
    ):
        assert environment(stack, **parameters) == [held], parameters
    for parameters in ({"EnvironmentNames": ["other"]}, {"ApplicationName": "other"}, {"VersionLabel": "v10"}):
        assert environment(stack, **parameters) == [], parameters


def test_deleted_environments_are_listed_back_to_a_moment(stack):
    stack.terminate_environment()
    now = datetime.datetime.now(datetime.timezone.utc)
    hour = datetime.timedelta(hours=1)
    assert len(environment(stack, IncludeDeleted=True, IncludedDeletedBackTo=now - hour)) == 1
    assert environment(stack, IncludeDeleted=True, IncludedDeletedBackTo=now + hour) == []


def test_an_unknown_environment_is_an_invalid_parameter(stack):
    with pytest.raises(ClientError) as refused:
        stack.client("elasticbeanstalk").describe_configuration_settings(ApplicationName="antenna", EnvironmentName="other")
    assert refused.value.response["Error"]["Code"] == "InvalidParameterValue"
    assert refused.value.response["Error"]["Message"] == "No Environment found for EnvironmentName = 'other'."


def test_a_held_update_shows_a_pending_configuration(stack):
    stack.hold_updates()
    stack.deploy("v10")
    (held,) = environment(stack)
    assert (held["Status"], held["AbortableOperationInProgress"], held["VersionLabel"]) == ("Updating", True, "v9")
    assert [one["DeploymentStatus"] for one in settings(stack)] == ["deployed", "pending"]
    assert running(stack)["django"][0] == "v9"
    with pytest.raises(ClientError, match="invalid state"):
        stack.set_property("A", "1")
    stack.release_updates()
    assert [one["DeploymentStatus"] for one in settings(stack)] == ["deployed"]
    assert environment(stack)[0]["Status"] == "Ready" and running(stack)["django"][0] == "v10"


def test_a_failed_deployment_keeps_the_old_version_running(stack):
    stack.fail_next_deployment()
    stack.deploy("v10")
    (held,) = environment(stack)
    assert (held["Status"], held["Health"], held["HealthStatus"], held["VersionLabel"]) == ("Ready", "Red", "Degraded", "v9")
    assert [one["DeploymentStatus"] for one in settings(stack)] == ["deployed", "failed"]
    assert "v10.zip" in options(stack, "failed")["aws:cloudformation:template:parameter", "AppSource"]
    assert running(stack)["django"][0] == "v9"
    client = stack.client("elasticbeanstalk")
    errors = client.describe_events(EnvironmentName="antenna-production", Severity="ERROR")["Events"]
    assert errors[0]["Message"] == "Failed to deploy application." and errors[0]["VersionLabel"] == "v10"
    (instance,) = client.describe_instances_health(EnvironmentName="antenna-production", AttributeNames=["All"])["InstanceHealthList"]
    assert instance["Deployment"]["Status"] == "Failed"
    stack.deploy("v10")
    assert environment(stack)[0]["Health"] == "Green" and running(stack)["django"][0] == "v10"


def test_health_can_be_set_and_is_described(stack):
    stack.set_environment(health="Yellow", health_status="Warning", causes=["High memory"])
    health = stack.client("elasticbeanstalk").describe_environment_health(
        EnvironmentName="antenna-production", AttributeNames=["All"]
    )
    assert (health["Color"], health["HealthStatus"], health["Causes"]) == ("Yellow", "Warning", ["High memory"])
    assert environment(stack)[0]["Health"] == "Yellow"


def test_events_come_newest_first_with_their_request(stack):
    stack.deploy("v10")
    events = stack.client("elasticbeanstalk").describe_events(EnvironmentName="antenna-production")["Events"]
    assert events[0]["Message"] == "Environment update completed successfully."
    assert [one["EventDate"] for one in events] == sorted((one["EventDate"] for one in events), reverse=True)
    assert len({one["RequestId"] for one in events}) == len(events)
    paged = stack.client("elasticbeanstalk").get_paginator("describe_events")
    pages = list(paged.paginate(EnvironmentName="antenna-production", PaginationConfig={"PageSize": 4}))
    assert [one for page in pages for one in page["Events"]] == events and len(pages) > 1


def test_versions_are_listed_newest_first_and_need_a_bundle(stack):
    stack.deploy("v10")
    client = stack.client("elasticbeanstalk")
    versions = client.describe_application_versions(ApplicationName="antenna")["ApplicationVersions"]
    assert [(one["VersionLabel"], one["Status"]) for one in versions] == [("v10", "PROCESSED"), ("v9", "PROCESSED")]
    assert client.describe_applications()["Applications"][0]["Versions"] == ["v10", "v9"]
    with pytest.raises(ClientError, match="Unable to download from S3"):
        client.create_application_version(
            ApplicationName="antenna", VersionLabel="v0", SourceBundle={"S3Bucket": "antenna-static-files", "S3Key": "no"}
        )


def test_tags_of_an_environment_are_listed(stack):
    arn = environment(stack)[0]["EnvironmentArn"]
    held = stack.client("elasticbeanstalk").list_tags_for_resource(ResourceArn=arn)["ResourceTags"]
    assert {"Key": "project", "Value": "antenna"} in held


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


# MARK: ElastiCache and RDS


def group(stack, name):
    (found,) = stack.client("elasticache").describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"]
    return found


@pytest.mark.parametrize(
    "parameters, hosts",
    [
        (
            {"TransitEncryptionEnabled": True},
            ["master.g.abc123", "replica.g.abc123", "g-001.g.abc123", "g-002.g.abc123"],
        ),
        (
            {"TransitEncryptionEnabled": False},
            ["g.abc123.ng.0001", "g-ro.abc123.ng.0001", "g-001.abc123.0001", "g-002.abc123.0001"],
        ),
    ],
)
def test_the_hosts_of_a_group_are_named_as_aws_names_them(stack, parameters, hosts):
    client = stack.client("elasticache")
    client.create_replication_group(
        ReplicationGroupId="g", ReplicationGroupDescription="g", Engine="redis", NumCacheClusters=2, **parameters
    )
    (shard,) = group(stack, "g")["NodeGroups"]
    found = [shard["PrimaryEndpoint"], shard["ReaderEndpoint"], *(one["ReadEndpoint"] for one in shard["NodeGroupMembers"])]
    assert [one["Address"] for one in found] == [f"{host}.usw2.cache.amazonaws.com" for host in hosts]
    for name, host in zip(group(stack, "g")["MemberClusters"], hosts[2:], strict=True):
        (cluster,) = client.describe_cache_clusters(CacheClusterId=name, ShowCacheNodeInfo=True)["CacheClusters"]
        assert cluster["CacheNodes"][0]["Endpoint"]["Address"] == f"{host}.usw2.cache.amazonaws.com"


@pytest.mark.parametrize("tls, host", [(True, "clustercfg.g.abc123"), (False, "g.abc123.clustercfg")])
def test_a_group_in_cluster_mode_has_one_endpoint(stack, tls, host):
    stack.client("elasticache").create_replication_group(
        ReplicationGroupId="g",
        ReplicationGroupDescription="g",
        Engine="redis",
        ClusterMode="enabled",
        NumNodeGroups=2,
        TransitEncryptionEnabled=tls,
    )
    found = group(stack, "g")
    assert found["ConfigurationEndpoint"]["Address"] == f"{host}.usw2.cache.amazonaws.com"
    assert found["MemberClusters"] == ["g-0001-001", "g-0002-001"]


def test_a_memcached_cluster_has_a_configuration_endpoint(stack):
    client = stack.client("elasticache")
    client.create_cache_cluster(CacheClusterId="m", Engine="memcached", NumCacheNodes=2, CacheNodeType="cache.t4g.micro")
    (cluster,) = client.describe_cache_clusters(CacheClusterId="m", ShowCacheNodeInfo=True)["CacheClusters"]
    assert cluster["ConfigurationEndpoint"]["Address"] == "m.abc123.cfg.usw2.cache.amazonaws.com"
    addresses = [one["Endpoint"]["Address"] for one in cluster["CacheNodes"]]
    assert addresses == ["m.abc123.0001.usw2.cache.amazonaws.com", "m.abc123.0002.usw2.cache.amazonaws.com"]
    client.delete_cache_cluster(CacheClusterId="m")
    assert code_of(lambda: client.describe_cache_clusters(CacheClusterId="m")) == "CacheClusterNotFound"


def test_a_change_of_a_group_reaches_its_clusters(stack):
    client = stack.client("elasticache")
    client.modify_replication_group(
        ReplicationGroupId="antenna-redis",
        AutomaticFailoverEnabled=True,
        EngineVersion="7.2",
        SecurityGroupIds=["sg-1"],
        CacheNodeType="cache.m7g.large",
    )
    found = group(stack, "antenna-redis")
    (cluster,) = client.describe_cache_clusters(CacheClusterId="antenna-redis-001")["CacheClusters"]
    assert (found["AutomaticFailover"], found["MultiAZ"]) == ("enabled", "disabled")
    assert found["CacheNodeType"] == cluster["CacheNodeType"] == "cache.m7g.large"
    assert cluster["EngineVersion"] == "7.2" and cluster["SecurityGroups"] == [{"SecurityGroupId": "sg-1", "Status": "active"}]
    client.delete_replication_group(ReplicationGroupId="antenna-redis")
    assert code_of(lambda: group(stack, "antenna-redis")) == "ReplicationGroupNotFoundFault"
    assert client.describe_cache_clusters()["CacheClusters"] == []


def code_of(call):
    with pytest.raises(ClientError) as refused:
        call()
    return refused.value.response["Error"]["Code"]


def test_only_changed_parameters_are_the_users(stack):
    rds, elasticache = stack.client("rds"), stack.client("elasticache")
    rds.create_db_parameter_group(DBParameterGroupName="ours", DBParameterGroupFamily="postgres16", Description="ours")
    elasticache.create_cache_parameter_group(
        CacheParameterGroupName="ours", CacheParameterGroupFamily="redis7", Description="ours"
    )
    for describe, name in (
        (rds.describe_db_parameters, "DBParameterGroupName"),
        (elasticache.describe_cache_parameters, "CacheParameterGroupName"),
    ):
        assert describe(**{name: "ours"}, Source="user")["Parameters"] == []
        assert len(describe(**{name: "ours"})["Parameters"]) >= 3
    rds.modify_db_parameter_group(
        DBParameterGroupName="ours",
        Parameters=[{"ParameterName": "log_statement", "ParameterValue": "ddl", "ApplyMethod": "immediate"}],
    )
    elasticache.modify_cache_parameter_group(
        CacheParameterGroupName="ours", ParameterNameValues=[{"ParameterName": "timeout", "ParameterValue": "60"}]
    )
    changed = [
        *rds.describe_db_parameters(DBParameterGroupName="ours", Source="user")["Parameters"],
        *elasticache.describe_cache_parameters(CacheParameterGroupName="ours", Source="user")["Parameters"],
    ]
    assert [(one["ParameterName"], one["ParameterValue"]) for one in changed] == [("log_statement", "ddl"), ("timeout", "60")]


def test_a_missing_group_is_an_error(stack):
    rds, elasticache = stack.client("rds"), stack.client("elasticache")
    for call, code in (
        (lambda: rds.describe_db_parameter_groups(DBParameterGroupName="x"), "DBParameterGroupNotFound"),
        (lambda: rds.describe_db_parameters(DBParameterGroupName="x"), "DBParameterGroupNotFound"),
        (lambda: rds.describe_db_subnet_groups(DBSubnetGroupName="x"), "DBSubnetGroupNotFoundFault"),
        (lambda: elasticache.describe_cache_parameter_groups(CacheParameterGroupName="x"), "CacheParameterGroupNotFound"),
        (lambda: elasticache.describe_cache_parameters(CacheParameterGroupName="x"), "CacheParameterGroupNotFound"),
        (lambda: elasticache.describe_cache_subnet_groups(CacheSubnetGroupName="x"), "CacheSubnetGroupNotFoundFault"),
    ):
        assert code_of(call) == code


def test_a_secret_is_described_as_in_the_api_reference(stack):
    client = stack.client("secretsmanager")
    arn = client.create_secret(Name="antenna/database", SecretString="not-planted-1")["ARN"]
    raw = {}
    client.meta.events.register("after-call", lambda http_response, **_: raw.update(json.loads(http_response.content)))
    client.describe_secret(SecretId=arn)
    members = set(client.meta.service_model.operation_model("DescribeSecret").output_shape.members)
    assert set(raw) <= members and raw["ARN"] == arn


def test_options_are_described_with_their_defaults(stack):
    stack.set_property("MADE_UP", "1")
    described = stack.client("elasticbeanstalk").describe_configuration_options(
        ApplicationName="antenna", EnvironmentName="antenna-production"
    )
    options_ = {(one["Namespace"], one["Name"]): one for one in described["Options"]}
    assert options_["aws:autoscaling:asg", "MaxSize"]["DefaultValue"] == "1"
    made_up = options_["aws:elasticbeanstalk:application:environment", "MADE_UP"]
    assert made_up["UserDefined"] and "DefaultValue" not in made_up
    assert described["PlatformArn"] == environment(stack)[0]["PlatformArn"]


def test_the_platform_is_described_by_its_arn(stack):
    eb, (held,) = stack.client("elasticbeanstalk"), environment(stack)
    platform = eb.describe_platform_version(PlatformArn=held["PlatformArn"])["PlatformDescription"]
    assert platform["SolutionStackName"] == held["SolutionStackName"]
    assert platform["PlatformVersion"] == "3.5.0"
    with pytest.raises(ClientError, match="No platform version"):
        eb.describe_platform_version(PlatformArn=held["PlatformArn"] + "9")


def test_a_managed_action_waits_for_its_window(stack):
    eb = stack.client("elasticbeanstalk")
    ask = lambda: eb.describe_environment_managed_actions(EnvironmentName="antenna-production")["ManagedActions"]  # noqa: E731
    assert ask() == []
    stack.set_environment(managed_update="Platform update to 3.5.1")
    (action,) = ask()
    assert (action["ActionDescription"], action["Status"]) == ("Platform update to 3.5.1", "Scheduled")
