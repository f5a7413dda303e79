"""`show` prints what boto3 returns from the same endpoint, after the documented cuts."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest
import yaml
from botocore.exceptions import ClientError
from emulator.clients import session
from emulator.names import RELEASER

PROPERTIES = "aws:elasticbeanstalk:application:environment"
TEMPLATE = "aws:cloudformation:template:parameter"
# From the design, not from the program.
PLAIN = {
    "DJANGO_SETTINGS_MODULE",
    "DJANGO_ALLOWED_HOSTS",
    "DJANGO_SECURE_SSL_REDIRECT",
    "DJANGO_DEBUG",
    "EB_HEALTHCHECK",
    "DJANGO_AWS_STORAGE_BUCKET_NAME",
    "DJANGO_AWS_S3_REGION_NAME",
    "POSTGRES_DB",
    "POSTGRES_HOST",
    "POSTGRES_PORT",
    # Parameters of Elastic Beanstalk's own stack.
    "InstancePort",
    "InstanceTypeFamily",
}
REDACTED = {"redacted": True}
VOLATILE = {
    "elasticbeanstalk.environment": {
        "Status",
        "Health",
        "HealthStatus",
        "AbortableOperationInProgress",
        "DateUpdated",
    },
    "elasticbeanstalk.application": {"DateUpdated"},
    "elasticbeanstalk.application-version": {"DateUpdated"},
    "rds.db-instance": {
        "LatestRestorableTime",
        "DBInstanceStatus",
        "PercentProgress",
        "StatusInfos",
        "AutomaticRestartTime",
        "StorageVolumeStatus",
        "IsStorageConfigUpgradeAvailable",
    },
    "elasticache.replication-group": {"Status"},
    "elasticache.cache-cluster": {"CacheClusterStatus"},
    "ec2.security-group": set(),
    "ec2.vpc": set(),
    "ec2.subnet": {"AvailableIpAddressCount"},
    "ec2.route-table": set(),
    "ec2.internet-gateway": set(),
    "ec2.instance": {"State", "StateReason", "StateTransitionReason"},
    "autoscaling.auto-scaling-group": {"DesiredCapacity", "Instances"},
}


def cut(value):
    """RFC 3339 for times, no empty lists, one order for lists."""
    if isinstance(value, datetime):
        text = value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return text.replace(".000Z", "Z")
    if isinstance(value, dict):
        return {name: cut(member) for name, member in value.items() if member != []}
    if isinstance(value, list):
        return sorted((cut(element) for element in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


def described(kind, answer):
    return cut({name: value for name, value in answer.items() if name not in VOLATILE[kind]})


def option(given):
    """The option as it must be stored: a URL without user info, unknown parameters, and a path other than a database's
    name."""
    namespace, name, value = given["Namespace"], given["OptionName"], given.get("Value")
    if namespace == "aws:elasticbeanstalk:customoption":
        return {**given, "Value": REDACTED}
    if value is None or namespace not in (PROPERTIES, TEMPLATE) or name in PLAIN:
        return given
    url = re.fullmatch(r"(\w+://)(?:([^@/]*)@)?([\w.-]+(?::\d+)?)(/[^?]*)?(?:\?(.*))?", value)
    expected = {
        "DATABASE_URL": lambda: f"{url[1]}REDACTED@{url[3]}{url[4]}",
        "REDIS_URL": lambda: f"{url[1]}REDACTED@{url[3]}{url[4]}?{url[5]}",
        "CELERY_BROKER_URL": lambda: f"{url[1]}REDACTED@{url[3]}{url[4]}?{url[5]}",
        "SENTRY_DSN": lambda: f"{url[1]}REDACTED@{url[3]}/REDACTED",
        "AppSource": lambda: presigned(url),
        "HooksPkgUrl": lambda: presigned(url),
    }.get(name)
    return {**given, "Value": expected() if expected else REDACTED}


def presigned(url):
    return f"{url[1]}{url[3]}/REDACTED" + ("?REDACTED" if url[5] else "")


@pytest.fixture
def shown(standing):
    _, tidemark = standing
    return {(one["kind"], one["identity"]): one["description"] for one in tidemark.show()["resources"]}


def test_the_environment_equals_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    eb = stack.client("elasticbeanstalk")
    kind, name = "elasticbeanstalk.environment", stack.environment
    (answer,) = eb.describe_environments(EnvironmentNames=[name])["Environments"]
    resources = eb.describe_environment_resources(EnvironmentName=name)["EnvironmentResources"]
    sets = eb.describe_configuration_settings(ApplicationName=stack.application, EnvironmentName=name)
    (settings,) = [one for one in sets["ConfigurationSettings"] if one["DeploymentStatus"] == "deployed"]
    options = eb.describe_configuration_options(ApplicationName=stack.application, EnvironmentName=name)["Options"]
    platform = eb.describe_platform_version(PlatformArn=answer["PlatformArn"])["PlatformDescription"]
    expected = {
        **described(kind, answer),
        # Options that could be set do not belong to the environment.
        "ConfigurationOptions": cut(
            [{key: one[key] for key in ("Namespace", "Name", "DefaultValue") if key in one} for one in options]
        ),
        "EnvironmentResources": cut(resources),
        "PlatformDescription": cut({key: value for key, value in platform.items() if key != "DateUpdated"}),
        "OptionSettings": cut([option(one) for one in settings["OptionSettings"]]),
    }
    assert cut(shown[kind, name]) == expected
    values = [one.get("Value") for one in expected["OptionSettings"]]
    assert REDACTED in values and any(isinstance(value, str) and "REDACTED" in value for value in values)


def test_the_application_and_its_deployed_version_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    eb = stack.client("elasticbeanstalk")
    (application,) = eb.describe_applications(ApplicationNames=[stack.application])["Applications"]
    (version,) = eb.describe_application_versions(ApplicationName=stack.application, VersionLabels=["v9"])[
        "ApplicationVersions"
    ]
    for kind, name, answer in (
        ("elasticbeanstalk.application", stack.application, application),
        ("elasticbeanstalk.application-version", stack.environment, version),
    ):
        assert cut(shown[kind, name]) == described(kind, answer)


def test_a_managed_action_equals_the_answer_of_boto3(stack, tidemark):
    stack.set_environment(managed_update="Platform update to 3.5.1")
    (action,) = stack.client("elasticbeanstalk").describe_environment_managed_actions(
        EnvironmentName=stack.environment
    )["ManagedActions"]
    tidemark.record()
    (environment,) = tidemark.show("elasticbeanstalk.environment")["resources"]
    kept = {key: value for key, value in action.items() if key not in ("Status", "WindowStartTime")}
    assert environment["description"]["ManagedActions"] == [kept]


def unpacked(body):
    with zipfile.ZipFile(io.BytesIO(body)) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def test_the_bundle_equals_the_unpacked_object(standing, shown):
    stack, _ = standing
    answer = stack.client("s3").get_object(
        Bucket=shown["elasticbeanstalk.application-version", stack.environment]["SourceBundle"]["S3Bucket"],
        Key=shown["elasticbeanstalk.application-version", stack.environment]["SourceBundle"]["S3Key"],
    )
    files = unpacked(answer.pop("Body").read())
    del answer["ResponseMetadata"]
    # boto3 requests the object's checksum as well.
    answer = {name: value for name, value in answer.items() if not name.startswith("Checksum")}
    answer["Metadata"] = REDACTED
    bundle = dict(shown["elasticbeanstalk.bundle", stack.environment])
    assert bundle.pop("Files") == sorted(files)
    assert bundle.pop("EBIgnore") == files[".ebignore"].split()
    dockerrun, (config,) = bundle.pop("Dockerrun"), bundle.pop("EBExtensions")
    assert cut(bundle) == cut(answer)

    written = json.loads(files["Dockerrun.aws.json"])
    for container in written["containerDefinitions"]:
        for name in container.keys() & {"command", "entryPoint"}:
            container[name] = REDACTED
        for variable in container.get("environment", []):
            variable["value"] = REDACTED
    assert cut(dockerrun) == cut(written)

    written = yaml.safe_load(files[".ebextensions/00_setup.config"])
    options = [
        {"Namespace": namespace, "OptionName": name, "Value": value}
        for namespace, values in written["option_settings"].items()
        for name, value in values.items()
    ]
    assert cut(config.pop("option_settings")) == cut([option(one) for one in options])
    assert config.pop("File") == "00_setup.config" and config.keys() == written.keys() - {"option_settings"}
    assert config["packages"] == [
        {"Manager": "rpm", "Name": "agent", "Versions": REDACTED},
        {"Manager": "yum", "Name": "jq"},
    ]
    assert config["sources"] == [
        {"Path": "/opt/antenna/geo", "URL": "https://REDACTED@downloads.example.org/REDACTED"}
    ]
    assert config["Resources"] == [
        {"Name": "PartnerTopic", "Other": [{"Name": "Properties", "Value": REDACTED}], "Type": "AWS::SNS::Topic"}
    ]
    secret = {"command", "content", "env", "test"}
    for section, key in (("commands", "Name"), ("container_commands", "Name"), ("files", "Path")):
        found = {one.pop(key): one for one in config[section]}
        for name, members in written[section].items():
            source = members.get("source")
            expected = {member: REDACTED if member in secret else value for member, value in members.items()}
            if source:
                expected["source"] = re.sub(r"(?<=\w)/.*", "/REDACTED?REDACTED", source)
            assert found.pop(name) == expected
        assert found == {}


def test_deployed_settings_are_shown_while_others_are_pending(stack, tidemark):
    stack.hold_updates()
    stack.set_property("DJANGO_DEBUG", "True")
    sets = stack.client("elasticbeanstalk").describe_configuration_settings(
        ApplicationName=stack.application, EnvironmentName=stack.environment
    )["ConfigurationSettings"]
    assert len(sets) == 2
    tidemark.record()
    (environment,) = tidemark.show("elasticbeanstalk.environment")["resources"]
    assert environment["facts"]["properties"]["value"]["DJANGO_DEBUG"] == "False"
    stack.release_updates()
    tidemark.record()
    (environment,) = tidemark.show("elasticbeanstalk.environment")["resources"]
    assert environment["facts"]["properties"]["value"]["DJANGO_DEBUG"] == "True"


def test_the_database_equals_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    (answer,) = stack.client("rds").describe_db_instances(DBInstanceIdentifier="antenna-postgres")["DBInstances"]
    assert cut(shown["rds.db-instance", "antenna-postgres"]) == described("rds.db-instance", answer)


def without(value, *names):
    """The value without members of these names at any depth."""
    if isinstance(value, dict):
        return {name: without(member, *names) for name, member in value.items() if name not in names}
    return [without(element, *names) for element in value] if isinstance(value, list) else value


def test_redis_and_its_node_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    client = stack.client("elasticache")
    (group,) = client.describe_replication_groups(ReplicationGroupId="antenna-redis")["ReplicationGroups"]
    kind = "elasticache.replication-group"
    assert cut(shown[kind, "antenna-redis"]) == without(described(kind, group), "Status", "CurrentRole")
    (node,) = client.describe_cache_clusters(CacheClusterId="antenna-redis-001", ShowCacheNodeInfo=True)["CacheClusters"]
    kind = "elasticache.cache-cluster"
    assert cut(shown[kind, "antenna-redis-001"]) == without(described(kind, node), "CacheNodeStatus")


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
def test_changed_parameters_equal_the_answer_of_boto3(standing, shown, service, kind, identity, operation, name):
    stack, _ = standing
    answer = getattr(stack.client(service), operation)(**{name: identity}, Source="user")["Parameters"]
    free = ("search_path", "rename-commands")
    expected = [{**one, "ParameterValue": REDACTED} if one["ParameterName"] in free else one for one in answer]
    assert len(answer) == 2 and cut(shown[kind, identity]["Parameters"]) == cut(expected)


def test_every_security_group_equals_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    groups = {identity for kind, identity in shown if kind == "ec2.security-group"}
    answers = stack.client("ec2").describe_security_groups(GroupIds=sorted(groups))["SecurityGroups"]
    assert {answer["GroupId"] for answer in answers} == groups != set()
    for answer in answers:
        assert cut(shown["ec2.security-group", answer["GroupId"]]) == described("ec2.security-group", answer)


def test_the_network_equals_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    ec2 = stack.client("ec2")

    def identities(kind):
        return sorted(identity for found, identity in shown if found == kind)

    (vpc,) = identities("ec2.vpc")
    answers = {("ec2.vpc", vpc): ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]}
    for subnet in ec2.describe_subnets(SubnetIds=identities("ec2.subnet"))["Subnets"]:
        answers["ec2.subnet", subnet["SubnetId"]] = subnet
    for table in ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]:
        answers["ec2.route-table", f"{vpc}/{table['RouteTableId']}"] = table
    for gateway in ec2.describe_internet_gateways(InternetGatewayIds=identities("ec2.internet-gateway"))[
        "InternetGateways"
    ]:
        answers["ec2.internet-gateway", gateway["InternetGatewayId"]] = gateway
    network = ("ec2.vpc", "ec2.subnet", "ec2.route-table", "ec2.internet-gateway")
    assert set(answers) == {one for one in shown if one[0] in network}
    for (kind, identity), answer in answers.items():
        assert cut(shown[kind, identity]) == described(kind, answer)


def test_the_instance_and_its_group_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    answer = stack.client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"][0]
    name = answer["AutoScalingGroupName"]
    kind = "autoscaling.auto-scaling-group"
    assert cut(shown[kind, name]) == described(kind, answer)
    instance = stack.instance_id()
    answer = stack.client("ec2").describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    # The progress of attaching is removed from the inner lists too.
    del answer["MetadataOptions"]["State"]
    for device in answer["BlockDeviceMappings"]:
        del device["Ebs"]["AttachTime"], device["Ebs"]["Status"]
    for interface in answer["NetworkInterfaces"]:
        del interface["Status"], interface["Attachment"]["AttachTime"], interface["Attachment"]["Status"]
    assert cut(shown["ec2.instance", instance]) == described("ec2.instance", answer)


def test_resources_outside_the_environment_are_not_shown(standing, shown):
    stack, _ = standing
    everything = stack.client("ec2").describe_security_groups()["SecurityGroups"]
    names = {answer["GroupName"] for answer in everything if ("ec2.security-group", answer["GroupId"]) in shown}
    assert len(everything) > len(names) and {name.partition("-e-")[0] for name in names} == {
        "awseb",
        "antenna-rds",
        "antenna-redis",
        "antenna-apprunner-egress",
    }


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


def test_alarms_and_log_groups_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    state = {"StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp", "StateTransitionedTimestamp"}
    alarms = stack.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert {alarm["AlarmName"] for alarm in alarms} == {name for kind, name in shown if kind == "cloudwatch.alarm"}
    for alarm in alarms:
        expected = cut({name: value for name, value in alarm.items() if name not in state})
        assert cut(shown["cloudwatch.alarm", alarm["AlarmName"]]) == expected
    groups = stack.client("logs").describe_log_groups()["logGroups"]
    assert {group["logGroupName"] for group in groups} == {name for kind, name in shown if kind == "logs.log-group"}
    for group in groups:
        expected = cut({name: value for name, value in group.items() if name != "storedBytes"})
        assert cut(shown["logs.log-group", group["logGroupName"]]) == expected


def test_profiles_and_policies_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    iam = stack.client("iam")
    (profile,) = [identity for kind, identity in shown if kind == "iam.instance-profile"]
    answer = iam.get_instance_profile(InstanceProfileName=profile)["InstanceProfile"]
    of_profile = {"RoleName", "RoleId", "Arn", "Path", "CreateDate"}
    answer["Roles"] = [{name: role[name] for name in of_profile} for role in answer["Roles"]]
    assert cut(shown["iam.instance-profile", profile]) == cut(answer)
    policies = [identity for kind, identity in shown if kind == "iam.policy"]
    assert policies
    for arn in policies:
        answer = iam.get_policy(PolicyArn=arn)["Policy"]
        version = iam.get_policy_version(PolicyArn=arn, VersionId=answer["DefaultVersionId"])["PolicyVersion"]
        counts = {"AttachmentCount", "PermissionsBoundaryUsageCount"}
        expected = {name: value for name, value in answer.items() if name not in counts}
        assert cut(shown["iam.policy", arn]) == cut({**expected, "PolicyVersion": version})


def test_roles_equal_the_answer_of_boto3(stack, tidemark):
    iam = stack.client("iam")
    name = "aws-elasticbeanstalk-service-role"
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}
    iam.put_role_policy(RoleName=name, PolicyName="more", PolicyDocument=json.dumps(document))
    iam.tag_role(RoleName=name, Tags=[{"Key": "project", "Value": "antenna"}])
    tidemark.record("--strict")
    roles = [one for one in tidemark.show()["resources"] if one["kind"] == "iam.role"]
    shown = {one["identity"]: one["description"] for one in roles}
    for role in ("aws-elasticbeanstalk-ec2-role", name):
        answer = iam.get_role(RoleName=role)["Role"]
        answer.pop("RoleLastUsed", None)
        inline = []
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
            found = iam.get_role_policy(RoleName=role, PolicyName=policy)
            inline.append({key: value for key, value in found.items() if key != "ResponseMetadata"})
        expected = {
            **answer,
            "AttachedManagedPolicies": iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"],
            "RolePolicyList": inline,
        }
        assert cut(shown[role]) == cut(expected)
    assert len(inline) == 1


def variable(given):
    value = option({"Namespace": PROPERTIES, "OptionName": given["name"], "Value": given["value"]})["Value"]
    return {**given, "value": value}


def container(given):
    """The definition as it must be stored: without commands and secret variables."""
    hidden = {name: REDACTED for name in ("command", "entryPoint") if given.get(name)}
    return {**given, **hidden, "environment": [variable(one) for one in given["environment"]]}


def test_cluster_and_task_definition_equal_the_answer_of_boto3(stack, tidemark):
    tidemark.record("--strict")
    shown = {(one["kind"], one["identity"]): one["description"] for one in tidemark.show()["resources"]}
    ecs = stack.client("ecs")
    (name,) = [identity for kind, identity in shown if kind == "ecs.cluster"]
    (cluster,) = ecs.describe_clusters(clusters=[name], include=["SETTINGS", "CONFIGURATIONS", "TAGS"])["clusters"]
    kept = {"clusterArn", "clusterName", "settings", "configuration", "tags", "capacityProviders"}
    expected = cut({member: value for member, value in cluster.items() if member in kept})
    assert cut(shown["ecs.cluster", name]) == expected
    (family,) = [identity for kind, identity in shown if kind == "ecs.task-definition"]
    (arn,) = ecs.list_tasks(cluster=name)["taskArns"]
    (task,) = ecs.describe_tasks(cluster=name, tasks=[arn])["tasks"]
    definition = ecs.describe_task_definition(taskDefinition=task["taskDefinitionArn"])["taskDefinition"]
    definition["containerDefinitions"] = [container(one) for one in definition["containerDefinitions"]]
    assert cut(shown["ecs.task-definition", family]) == cut(definition)
    assert len(definition["containerDefinitions"]) == 5


def test_containers_repositories_and_tags_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    ecs, ecr = stack.client("ecs"), stack.client("ecr")
    (cluster,) = [identity for kind, identity in shown if kind == "ecs.cluster"]
    tasks = ecs.describe_tasks(cluster=cluster, tasks=ecs.list_tasks(cluster=cluster)["taskArns"])["tasks"]
    running = {name: one for (kind, name), one in shown.items() if kind == "ecs.container"}
    assert len(running) == 5
    for name, found in running.items():
        # The members that distinguish deployments; the task's identity is a reading.
        kept = {
            (task["taskDefinitionArn"], one["name"], one["image"], one["imageDigest"])
            for task in tasks
            for one in task["containers"]
            if one["name"] == name
        }
        found = {
            (task["taskDefinitionArn"], one["name"], one["image"], one["imageDigest"])
            for task in found["tasks"]
            for one in task["containers"]
        }
        assert found == kept
    repositories = {uri: one for (kind, uri), one in shown.items() if kind == "ecr.repository"}
    for answer in ecr.describe_repositories()["repositories"]:
        assert cut(repositories.pop(answer["repositoryUri"])) == cut(answer)
        listed = ecr.list_images(repositoryName=answer["repositoryName"], filter={"tagStatus": "TAGGED"})["imageIds"]
        for image in listed:
            assert cut(shown["ecr.tag", f"{answer['repositoryUri']}:{image['imageTag']}"]) == cut(image)
    assert repositories == {}


def test_running_images_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    moving = {"imageTags", "imageScanStatus", "imageScanFindingsSummary", "lastRecordedPullTime"}
    images = [identity for kind, identity in shown if kind == "ecr.image"]
    assert len(images) == 2
    for uri in images:
        (found,) = shown["ecr.image", uri]["imageDetails"]
        name, digest = uri.partition("/")[2], found["imageDigest"]
        parameters = {"repositoryName": name, "imageIds": [{"imageDigest": digest}]}
        (answer,) = stack.client("ecr").describe_images(**parameters)["imageDetails"]
        assert cut(found) == cut({member: value for member, value in answer.items() if member not in moving})


def test_a_repository_s_policies_are_parsed_documents(stack, tidemark):
    ecr = stack.client("ecr")
    expire = {"selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5}}
    rules = [{"rulePriority": number, **expire, "action": {"type": "expire"}} for number in (2, 1)]
    ecr.put_lifecycle_policy(repositoryName="antenna-backend", lifecyclePolicyText=json.dumps({"rules": rules}))
    pull = {"Sid": "pull", "Effect": "Allow", "Principal": "*", "Action": ["ecr:BatchGetImage"]}
    policy = {"Version": "2012-10-17", "Statement": [pull]}
    ecr.set_repository_policy(repositoryName="antenna-backend", policyText=json.dumps(policy))
    tidemark.record("--strict")
    (shown,) = tidemark.show("ecr.repository/antenna-backend")["resources"]
    assert cut(shown["description"]["lifecyclePolicyText"]) == cut({"rules": rules})
    assert cut(shown["description"]["policyText"]) == cut(policy)
    (other,) = tidemark.show("ecr.repository/antenna-awscli")["resources"]
    assert not {"lifecyclePolicyText", "policyText"} & set(other["description"])
    ecr.delete_lifecycle_policy(repositoryName="antenna-backend")
    receipt = tidemark.record("--format", "json").json
    (change,) = receipt["changed"]
    assert change["facet"].endswith("/antenna-backend lifecyclePolicyText") and change["content"] is None
