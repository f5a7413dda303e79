"""The stack matches the Antenna deployment guide; section numbers are the guide's."""

import io
import json
import zipfile
from urllib.parse import urlsplit

import pytest
import yaml

from emulator.changes import addresses, group_id, instance_group
from emulator.stack import AlreadyBuilt, build


def options(stack, status="deployed"):
    sets = stack.client("elasticbeanstalk").describe_configuration_settings(
        ApplicationName="antenna", EnvironmentName="antenna-production"
    )["ConfigurationSettings"]
    held = next(one for one in sets if one["DeploymentStatus"] == status)
    return {(one["Namespace"], one["OptionName"]): one.get("Value") for one in held["OptionSettings"]}


def properties(stack):
    found = options(stack)
    return {name: value for (space, name), value in found.items() if space.endswith("application:environment")}


def test_3_1_a_single_instance_of_ecs_on_amazon_linux_2(stack):
    (environment,) = stack.client("elasticbeanstalk").describe_environments()["Environments"]
    assert environment["SolutionStackName"].endswith("running ECS")
    assert "Amazon Linux 2 v" in environment["SolutionStackName"]
    assert environment["PlatformArn"].startswith("arn:aws:elasticbeanstalk:us-west-2::platform/ECS running on")
    assert (environment["Status"], environment["Health"], environment["HealthStatus"]) == ("Ready", "Green", "Ok")
    assert environment["AbortableOperationInProgress"] is False
    assert environment["Tier"] == {"Name": "WebServer", "Type": "Standard", "Version": "1.0"}
    found = options(stack)
    assert found["aws:elasticbeanstalk:environment", "EnvironmentType"] == "SingleInstance"
    assert found["aws:autoscaling:launchconfiguration", "InstanceType"] == "t3.large"
    assert found["aws:elasticbeanstalk:application", "Application Healthcheck URL"] == "/api/v2/"
    assert 60 <= len(found) <= 120


def test_3_2_five_containers_run_with_their_digests(stack):
    (task,) = tasks(stack)
    registry = "123456789012.dkr.ecr.us-west-2.amazonaws.com"
    assert [(one["name"], one["image"]) for one in task["containers"]] == [
        ("django", f"{registry}/antenna-backend:v9"),
        ("celeryworker", f"{registry}/antenna-backend:v9"),
        ("celerybeat", f"{registry}/antenna-backend:v9"),
        ("flower", f"{registry}/antenna-backend:v9"),
        ("awscli", f"{registry}/antenna-awscli:latest"),
    ]
    assert {one["imageDigest"] for one in task["containers"][:4]} == {stack.digest_of("v9")}
    (binding,) = task["containers"][0]["networkBindings"]
    assert (binding["hostPort"], binding["containerPort"]) == (80, 5000)


def tasks(stack):
    ecs = stack.client("ecs")
    (cluster,) = ecs.list_clusters()["clusterArns"]
    assert cluster.rpartition("/")[2].startswith("awseb-antenna-production-")
    running = ecs.list_tasks(cluster=cluster, desiredStatus="RUNNING")["taskArns"]
    return ecs.describe_tasks(cluster=cluster, tasks=running)["tasks"]


def test_describing_a_running_task_does_not_stop_it(stack):
    first, *_, last = [tasks(stack)[0]["lastStatus"] for _ in range(5)]
    assert first == last == "RUNNING"


def test_the_container_instance_is_the_environments_instance(stack):
    ecs, beanstalk = stack.client("ecs"), stack.client("elasticbeanstalk")
    (cluster,) = ecs.list_clusters()["clusterArns"]
    arns = ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]
    (held,) = ecs.describe_container_instances(cluster=cluster, containerInstances=arns)["containerInstances"]
    resources = beanstalk.describe_environment_resources(EnvironmentName="antenna-production")["EnvironmentResources"]
    assert resources["Instances"] == [{"Id": held["ec2InstanceId"]}]
    (group,) = stack.client("autoscaling").describe_auto_scaling_groups(
        AutoScalingGroupNames=[resources["AutoScalingGroups"][0]["Name"]]
    )["AutoScalingGroups"]
    assert [one["InstanceId"] for one in group["Instances"]] == [held["ec2InstanceId"]]


def test_3_3_mutable_repositories_encrypted_with_aes256(stack):
    repositories = stack.client("ecr").describe_repositories()["repositories"]
    assert {one["repositoryName"] for one in repositories} == {"antenna-backend", "antenna-awscli"}
    assert all(one["imageTagMutability"] == "MUTABLE" for one in repositories)
    assert all(one["encryptionConfiguration"]["encryptionType"] == "AES256" for one in repositories)
    images = stack.client("ecr").batch_get_image(
        repositoryName="antenna-backend", imageIds=[{"imageTag": "v9"}, {"imageTag": "v10"}]
    )["images"]
    assert len({one["imageId"]["imageDigest"] for one in images}) == 2
    assert json.loads(images[0]["imageManifest"])["schemaVersion"] == 2


def test_4_every_variable_is_a_plain_text_property(stack):
    found, at = properties(stack), addresses(stack.endpoint)
    for name in (
        "DJANGO_SETTINGS_MODULE DJANGO_SECRET_KEY DJANGO_ALLOWED_HOSTS DJANGO_SECURE_SSL_REDIRECT DJANGO_ADMIN_URL "
        "DJANGO_DEBUG EB_HEALTHCHECK DJANGO_AWS_ACCESS_KEY_ID DJANGO_AWS_SECRET_ACCESS_KEY "
        "DJANGO_AWS_STORAGE_BUCKET_NAME DJANGO_AWS_S3_REGION_NAME POSTGRES_DB POSTGRES_USER POSTGRES_PASSWORD "
        "POSTGRES_HOST POSTGRES_PORT DATABASE_URL REDIS_URL CELERY_BROKER_URL SENDGRID_API_KEY SENTRY_DSN"
    ).split():
        assert found[name], name
    assert found["EB_HEALTHCHECK"] == "1"
    assert found["POSTGRES_HOST"] == urlsplit(found["DATABASE_URL"]).hostname == at["database"]
    assert at["database"].endswith(".us-west-2.rds.amazonaws.com")
    for name in ("REDIS_URL", "CELERY_BROKER_URL"):
        url = urlsplit(found[name])
        assert (url.scheme, url.hostname, url.port, url.query) == ("rediss", at["redis"], 6379, "ssl_cert_reqs=none")


def test_the_template_parameters_join_the_properties_and_presign_the_source(stack):
    found = options(stack)
    joined = found["aws:cloudformation:template:parameter", "EnvironmentVariables"]
    assert all(f"{name}={value}" in joined for name, value in properties(stack).items())
    source = found["aws:cloudformation:template:parameter", "AppSource"]
    assert "/antenna/antenna-v9.zip?" in source and "X-Amz-Signature=" in source and "X-Amz-Security-Token=" in source
    assert found["aws:cloudformation:template:parameter", "InstancePort"] == "80"
    assert found["aws:cloudformation:template:parameter", "InstanceTypeFamily"] == "t3"
    assert found["aws:cloudformation:template:parameter", "HooksPkgUrl"].startswith("https://")


def test_5_1_the_database(stack):
    (database,) = stack.client("rds").describe_db_instances()["DBInstances"]
    expected = {
        "DBInstanceIdentifier": "antenna-postgres",
        "Engine": "postgres",
        "DBInstanceClass": "db.t4g.small",
        "MultiAZ": False,
        "PubliclyAccessible": True,
    }
    assert {name: database[name] for name in expected} == expected
    (group,) = stack.client("ec2").describe_security_groups(GroupIds=[database["VpcSecurityGroups"][0]["VpcSecurityGroupId"]])["SecurityGroups"]
    assert group["GroupName"] == "antenna-rds"
    (rule,) = group["IpPermissions"]
    assert (rule["IpProtocol"], rule["FromPort"], rule["ToPort"], rule["IpRanges"]) == ("tcp", 5432, 5432, [])
    assert [one["GroupId"] for one in rule["UserIdGroupPairs"]] == [instance_group(stack.endpoint)]
    assert group["IpPermissionsEgress"][0]["IpRanges"] == [{"CidrIp": "0.0.0.0/0"}]
    assert subnets_lead_out(stack, [one["SubnetIdentifier"] for one in database["DBSubnetGroup"]["Subnets"]])


def test_5_2_redis(stack):
    client = stack.client("elasticache")
    (group,) = client.describe_replication_groups()["ReplicationGroups"]
    assert group["TransitEncryptionEnabled"] and group["AtRestEncryptionEnabled"] and group["AuthTokenEnabled"]
    assert (group["MultiAZ"], group["AutomaticFailover"], group["ClusterEnabled"]) == ("disabled", "disabled", False)
    (cluster,) = client.describe_cache_clusters(CacheClusterId=group["MemberClusters"][0])["CacheClusters"]
    assert (cluster["Engine"], cluster["EngineVersion"]) == ("redis", "7.1")
    assert (cluster["CacheNodeType"], cluster["NumCacheNodes"]) == ("cache.t4g.micro", 1)
    assert cluster["SecurityGroups"] == [{"SecurityGroupId": group_id(stack.endpoint, "antenna-redis"), "Status": "active"}]
    assert "CacheNodes" not in cluster or cluster["CacheNodes"] == []
    (shown,) = client.describe_cache_clusters(ShowCacheNodeInfo=True)["CacheClusters"]
    assert shown["CacheNodes"][0]["Endpoint"]["Port"] == 6379
    (subnets,) = client.describe_cache_subnet_groups(CacheSubnetGroupName=cluster["CacheSubnetGroupName"])["CacheSubnetGroups"]
    assert not subnets_lead_out(stack, [one["SubnetIdentifier"] for one in subnets["Subnets"]])
    assert [one["SubnetAvailabilityZone"]["Name"] for one in subnets["Subnets"]] == ["us-west-2a", "us-west-2b"]


def subnets_lead_out(stack, subnets):
    """Whether any of the subnets has a route to an internet gateway; the main table applies to subnets without their
    own."""
    tables = stack.client("ec2").describe_route_tables()["RouteTables"]
    own = {held.get("SubnetId"): table for table in tables for held in table["Associations"] if held.get("SubnetId")}
    (main,) = [table for table in tables if any(held["Main"] for held in table["Associations"])]
    return any(
        route.get("GatewayId", "").startswith("igw-") for subnet in subnets for route in own.get(subnet, main)["Routes"]
    )


def test_5_3_the_instance(stack):
    (reservation,) = stack.client("ec2").describe_instances()["Reservations"]
    (instance,) = reservation["Instances"]
    assert instance["InstanceType"] == "t3.large" and instance["PublicIpAddress"]
    assert instance["IamInstanceProfile"]["Arn"].endswith("instance-profile/aws-elasticbeanstalk-ec2-role")
    names = [group["GroupName"] for group in instance["SecurityGroups"]]
    assert len(names) == 2 and names[1] == "antenna-apprunner-egress"
    assert names[0].startswith("awseb-e-") and "-stack-AWSEBSecurityGroup-" in names[0]
    assert subnets_lead_out(stack, [instance["SubnetId"]])
    egress = stack.client("ec2").describe_security_groups(Filters=[{"Name": "group-name", "Values": [names[1]]}])
    assert egress["SecurityGroups"][0]["IpPermissions"] == []


@pytest.mark.parametrize(
    "role, service, policies",
    [
        (
            "aws-elasticbeanstalk-ec2-role",
            "ec2.amazonaws.com",
            {
                "AWSElasticBeanstalkWebTier",
                "AWSElasticBeanstalkWorkerTier",
                "AmazonEC2ContainerRegistryReadOnly",
                "CloudWatchAgentServerPolicy",
            },
        ),
        (
            "aws-elasticbeanstalk-service-role",
            "elasticbeanstalk.amazonaws.com",
            {"AWSElasticBeanstalkEnhancedHealth", "AWSElasticBeanstalkService"},
        ),
    ],
)
def test_5_4_the_roles(stack, role, service, policies):
    iam = stack.client("iam")
    trust = iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    assert trust["Statement"][0]["Principal"]["Service"] == service
    attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    assert {one["PolicyName"] for one in attached} == policies
    for one in attached:
        version = iam.get_policy(PolicyArn=one["PolicyArn"])["Policy"]["DefaultVersionId"]
        document = iam.get_policy_version(PolicyArn=one["PolicyArn"], VersionId=version)["PolicyVersion"]["Document"]
        assert document["Statement"]


def test_6_the_bundle_is_a_real_zip(stack):
    (version,) = stack.versions("v9")
    body = stack.client("s3").get_object(Bucket=version["SourceBundle"]["S3Bucket"], Key=version["SourceBundle"]["S3Key"])
    with zipfile.ZipFile(io.BytesIO(body["Body"].read())) as bundle:
        assert bundle.namelist() == ["Dockerrun.aws.json", ".ebextensions/00_setup.config", ".ebignore"]
        dockerrun = json.loads(bundle.read("Dockerrun.aws.json"))
        setup = yaml.safe_load(bundle.read(".ebextensions/00_setup.config"))
    assert dockerrun["AWSEBDockerrunVersion"] == 2 and len(dockerrun["containerDefinitions"]) == 5
    assert setup["option_settings"]["aws:elasticbeanstalk:application:environment"] == properties(stack)
    migrate = setup["container_commands"]["01_migrate"]
    assert "docker exec $(docker ps -q -f name=django) python manage.py migrate --noinput" in migrate["command"]
    assert migrate["ignoreErrors"] is True


def test_logs_alarms_and_buckets(stack):
    groups = stack.client("logs").describe_log_groups(logGroupNamePrefix="/aws/elasticbeanstalk/antenna-production/")
    assert len(groups["logGroups"]) >= 3
    alarms = stack.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert {one["Dimensions"][0]["Value"] for one in alarms} == {"antenna-production", "antenna-postgres", "antenna-redis-001"}
    names = {one["Name"] for one in stack.client("s3").list_buckets()["Buckets"]}
    assert names == {"antenna-static-files", "elasticbeanstalk-us-west-2-123456789012"}
    assert stack.client("s3").get_bucket_location(Bucket="antenna-static-files")["LocationConstraint"] == "us-west-2"


def test_the_callers_are_users_of_the_account(stack):
    for user in ("release-bot", "tidemark-reader"):
        identity = stack.client("sts", user).get_caller_identity()
        assert identity["Arn"] == f"arn:aws:iam::123456789012:user/{user}"


def test_building_twice_is_refused(stack):
    with pytest.raises(AlreadyBuilt):
        build(stack.endpoint)
