"""A break for each statement of the Antenna guide's baseline, for that baseline and those that extend it."""

from __future__ import annotations

from breakers import (
    attached,
    database,
    database_in,
    encrypted_otherwise,
    first,
    instance,
    of_every_instance,
    of_one_instance,
    one_instance,
    opened,
    option,
    own,
    redis,
    rule,
    shut_in,
    subnets_in,
    tags_are,
    trusting,
)
from breaks import Break, answered, changed
from containers import run_instead
from emulator import names
from emulator.stack import network_of
from redeployed import DOCKERRUN, SETUP, deployed_label, redeployed, upload, with_container, with_image, with_property

OTHER = "10.9.0.0/24"
HEALTH_CHECK = ("aws:elasticbeanstalk:application", "Application Healthcheck URL")


def ran_by_hand(name):
    """Replaces the container's task by one that was started by hand, with another tag."""

    def changed_definitions(containers):
        return [
            {**one, "image": one["image"].rpartition(":")[0] + ":by-hand"} if one["name"] == name else one
            for one in containers
        ]

    return changed(lambda stack: run_instead(stack, changed_definitions), "ecs")


def run_beside(stack):
    run_instead(stack, lambda all: [*all, {**all[-1], "name": "shell"}])


def with_setup(alter):
    return redeployed(lambda files: alter(files[SETUP]))


def the_helper_from_elsewhere(files):
    """The file still names the repository, so that the repository does not become gone too."""
    *_, awscli = files[DOCKERRUN]["containerDefinitions"]
    files[DOCKERRUN]["Image"] = {"Name": awscli["image"]}
    awscli["image"] = awscli["image"].replace(names.AWSCLI_REPOSITORY, names.BACKEND_REPOSITORY)


def mistyped(files):
    files[SETUP]["option_settings"]["aws:autoscaling:asg"] = {"MaxSise": "2"}


def upload_mistyped(stack):
    """Uploads the bundle of the deployed version again, with a wrong type in it."""
    upload(stack, mistyped, deployed_label(stack, names.ENVIRONMENT))


def without_address(one, _):
    one.pop("PublicIpAddress")
    for interface in one["NetworkInterfaces"]:
        interface.pop("Association")
        for address in interface["PrivateIpAddresses"]:
            address.pop("Association")


def another_vpc(stack):
    """Creates a VPC whose subnet has a route to the internet."""
    ec2 = stack.client("ec2")
    vpc = ec2.create_vpc(CidrBlock=OTHER)["Vpc"]["VpcId"]
    ec2.create_subnet(VpcId=vpc, CidrBlock=OTHER)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    (table,) = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    ec2.create_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)


def moved_there(one, stack):
    filters = [{"Name": "cidr-block", "Values": [OTHER]}]
    (subnet,) = stack.client("ec2").describe_subnets(Filters=filters)["Subnets"]
    one.update(VpcId=subnet["VpcId"], SubnetId=subnet["SubnetId"])


def another_profile(stack):
    """Answers with another profile of the same role; moto cannot change the profile of an instance."""
    iam = stack.client("iam")
    iam.create_instance_profile(InstanceProfileName="another")
    iam.add_role_to_instance_profile(InstanceProfileName="another", RoleName=names.INSTANCE_PROFILE)
    chosen = ("aws:autoscaling:launchconfiguration", "IamInstanceProfile", "another")
    stack.client("elasticbeanstalk").update_environment(
        EnvironmentName=names.ENVIRONMENT, OptionSettings=[dict(zip(("Namespace", "OptionName", "Value"), chosen))]
    )


def with_another_profile(one, _):
    """Answers with both profiles: no environment has instances with two profiles."""
    one.update(IamInstanceProfile={"Arn": f"arn:aws:iam::{names.ACCOUNT}:instance-profile/another"})


def another_group(stack):
    groups = [stack.instance_group(), *(stack.group_id(name) for name in (names.EGRESS_GROUP, names.DATABASE_GROUP))]
    stack.client("ec2").modify_instance_attribute(InstanceId=one_instance(stack), Groups=groups)


def closed_to_the_web(stack):
    stack.client("ec2").revoke_security_group_ingress(GroupId=stack.instance_group(), IpPermissions=rule(80))


PRESENT = {
    "django-variables": ("SETTINGS_MODULE", "SECRET_KEY", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "ADMIN_URL", "DEBUG"),
    "storage-variables": (
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_STORAGE_BUCKET_NAME", "AWS_S3_REGION_NAME",
    ),
}  # fmt: skip
POSTGRES = {"DB": None, "USER": None, "PASSWORD": None, "HOST": "db.example", "PORT": "5433"}


def documented_breaks() -> dict[tuple[str, str], Break]:
    """Breaks by statement. They use the values of `names` when they run, which can be another environment's."""
    return {
        ("environment", "platform"): own(
            "DescribeEnvironments",
            PlatformArn="arn:aws:elasticbeanstalk:us-west-2::platform/ECS running on 64bit Amazon Linux 2023/4.0.0",
        ),
        ("environment", "OptionSettings[aws:elasticbeanstalk:environment/EnvironmentType].Value"): option(
            "aws:elasticbeanstalk:environment", "EnvironmentType", "LoadBalanced"
        ),
        ("no-load-balancer", "EnvironmentResources.LoadBalancers"): answered(
            DescribeEnvironmentResources=lambda result, _: result["EnvironmentResources"].update(
                LoadBalancers=[{"Name": "awseb-e-a-AWSEBLoa-1"}]
            )
        ),
        ("health", "readings.Health"): changed(
            lambda stack: stack.set_environment(names.ENVIRONMENT, health="Red"), "elasticbeanstalk"
        ),
        ("health-check", f"OptionSettings[{'/'.join(HEALTH_CHECK)}].Value"): with_setup(
            lambda setup: setup["option_settings"][HEALTH_CHECK[0]].update({HEALTH_CHECK[1]: "/"})
        ),
        ("health-check", "properties.EB_HEALTHCHECK"): with_property("EB_HEALTHCHECK", "0"),
        **{
            (name, f"properties.DJANGO_{variable}"): with_property(f"DJANGO_{variable}", None)
            for name, variables in PRESENT.items()
            for variable in variables
        },
        **{
            ("database-variables", f"properties.POSTGRES_{name}"): with_property(f"POSTGRES_{name}", value)
            for name, value in POSTGRES.items()
        },
        ("database-variables", "properties.DATABASE_URL"): with_property(
            "DATABASE_URL", lambda url: url.replace("postgres:", "mysql:")
        ),
        ("redis-variables", "properties.REDIS_URL"): with_property(
            "REDIS_URL", lambda url: url.replace("rediss:", "redis:")
        ),
        ("redis-variables", "properties.CELERY_BROKER_URL"): with_property(
            "CELERY_BROKER_URL", lambda url: url.partition("?")[0]
        ),
        ("third-party-variables", "properties.SENDGRID_API_KEY"): with_property("SENDGRID_API_KEY", None),
        ("third-party-variables", "properties.SENTRY_DSN"): with_property("SENTRY_DSN", None),
        ("bundle", "Files"): redeployed(lambda files: files.pop(".ebignore")),
        ("bundle", "dockerrun-version"): redeployed(
            lambda files: files[DOCKERRUN].update(AWSEBDockerrunVersion=3)
        ),
        ("bundle-settings", "overridden"): changed(
            lambda stack: stack.set_property("DJANGO_DEBUG", "True"), "elasticbeanstalk"
        ),
        ("bundle-settings", "not-applied"): changed(upload_mistyped, "s3"),
        ("bundle-settings", "set-outside"): changed(
            lambda stack: stack.set_property("ADDED_BY_HAND", "1"), "elasticbeanstalk"
        ),
        ("bundle-secrets", "overridden-secrets"): changed(
            lambda stack: stack.rotate("DJANGO_ADMIN_URL"), "elasticbeanstalk"
        ),
        ("migrations", "container-commands"): with_setup(
            lambda setup: setup["container_commands"]["01_migrate"].update(ignoreErrors=False)
        ),
        **{("deployed-images", f"images.{name}"): ran_by_hand(name) for name in names.CONTAINERS},
        **{(name, "image"): with_image(name, names.AWSCLI_REPOSITORY) for name in names.CONTAINERS[:-1]},
        ("awscli", "image"): redeployed(the_helper_from_elsewhere),
        **{
            (name, "ports"): with_container(name, lambda container: container["portMappings"][0].update(hostPort=8080))
            for name in ("django", "flower")
        },
        ("backend-images", "mutable"): tags_are("IMMUTABLE", names.BACKEND_REPOSITORY),
        ("backend-images", "encryption"): encrypted_otherwise(names.BACKEND_REPOSITORY),
        ("awscli-images", "mutable"): tags_are("IMMUTABLE", names.AWSCLI_REPOSITORY),
        ("awscli-images", "encryption"): encrypted_otherwise(names.AWSCLI_REPOSITORY),
        ("instance", "InstanceType"): instance(InstanceType="t3.xlarge"),
        ("instance", "VpcId"): Break(another_vpc, ("ec2",), of_one_instance(moved_there).answers),
        ("instance", "subnet-tier"): of_one_instance(
            lambda one, stack: one.update(SubnetId=network_of(stack.endpoint).private[0])
        ),
        ("instance", "public-ip"): of_one_instance(without_address),
        ("instance", "security-groups"): changed(another_group, "ec2"),
        ("instance-profile", "InstanceProfileName"): Break(
            another_profile,
            ("iam", "elasticbeanstalk", "ecs"),
            of_every_instance(with_another_profile).answers,
        ),
        ("instance-profile", "roles"): answered(
            GetInstanceProfile=lambda result, _: result["InstanceProfile"]["Roles"].append(
                {**result["InstanceProfile"]["Roles"][0], "RoleName": "another"}
            )
        ),
        ("instance-role", "policies"): attached(names.INSTANCE_PROFILE, "AdministratorAccess"),
        ("instance-role", "trusts"): trusting(names.INSTANCE_PROFILE, "ec2.amazonaws.com", "lambda.amazonaws.com"),
        ("service-role", "policies"): attached(names.SERVICE_ROLE, "AdministratorAccess"),
        ("service-role", "trusts"): trusting(names.SERVICE_ROLE, "ecs.amazonaws.com"),
        ("database", "Engine"): own("DescribeDBInstances", Engine="mysql"),
        ("database", "DBInstanceClass"): database(DBInstanceClass="db.t4g.medium"),
        ("database", "MultiAZ"): database(MultiAZ=True),
        ("database", "PubliclyAccessible"): database(PubliclyAccessible=False),
        ("database-subnets", "subnet-tier"): database_in("private"),
        ("database-access", "ingress"): opened(names.DATABASE_GROUP, 5432),
        ("database-access", "egress"): shut_in(names.DATABASE_GROUP),
        ("redis", "Engine"): redis(Engine="valkey"),
        ("redis", "engine-version"): changed(
            lambda stack: stack.client("elasticache").modify_replication_group(
                ReplicationGroupId=names.REDIS, EngineVersion="6.2", ApplyImmediately=True
            ),
            "elasticache",
        ),
        ("redis", "CacheNodeType"): redis(CacheNodeType="cache.m7g.large"),
        ("redis", "cluster-mode"): redis(ClusterMode="enabled"),
        ("redis", "nodes"): redis(MemberClusters=[f"{names.REDIS}-001", f"{names.REDIS}-002"]),
        ("redis", "multi-az"): redis(MultiAZ="enabled"),
        ("redis", "automatic-failover"): redis(AutomaticFailover="enabled"),
        ("redis", "tls"): redis(TransitEncryptionEnabled=False),
        ("redis", "AtRestEncryptionEnabled"): redis(AtRestEncryptionEnabled=False),
        ("redis-subnets", "VpcId"): own("DescribeCacheSubnetGroups", VpcId="vpc-0123456789abcdef0"),
        ("redis-subnets", "subnet-tier"): own("DescribeCacheSubnetGroups", Subnets=subnets_in("public")),
        ("redis-access", "ingress"): opened(names.REDIS_GROUP, 6379),
        ("vpc", "IsDefault"): first("DescribeVpcs", "Vpcs", IsDefault=False),
        ("instance-access", "ingress"): changed(closed_to_the_web, "ec2"),
        ("outbound-group", "ingress"): opened(names.EGRESS_GROUP, 22),
        ("outbound-group", "egress"): shut_in(names.EGRESS_GROUP),
        ("unexpected", "ecs.container"): changed(run_beside, "ecs"),
    }
