"""Builds the stack of the Antenna deployment guide; section numbers are the guide's."""

from __future__ import annotations

import json
from dataclasses import dataclass

from . import images
from .clients import client
from .names import (
    ACCOUNT,
    APPLICATION,
    AWSCLI_REPOSITORY,
    AWSCLI_TAG,
    BACKEND_REPOSITORY,
    BUNDLE_BUCKET,
    DATABASE,
    DATABASE_GROUP,
    DATABASE_PARAMETERS,
    DATABASE_SUBNETS,
    EGRESS_GROUP,
    ENVIRONMENT,
    FIRST_RELEASE,
    INSTANCE_PROFILE,
    INSTANCE_TYPE,
    NEXT_RELEASE,
    READER,
    REDIS,
    REDIS_GROUP,
    REDIS_PARAMETERS,
    REDIS_SUBNETS,
    REGION,
    RELEASER,
    SERVICE_ROLE,
    STATIC_BUCKET,
)
from .secrets import planted

EVERYWHERE = "0.0.0.0/0"


class AlreadyBuilt(Exception):
    """The account has a stack already; reset the emulator first."""


@dataclass(frozen=True)
class Network:
    vpc: str
    public: list[str]
    private: list[str]


def build(endpoint: str, release: str = FIRST_RELEASE) -> None:
    """Builds everything, and deploys `release`."""
    from .changes import create_environment, register_version

    beanstalk = client(endpoint, "elasticbeanstalk")
    if beanstalk.describe_applications(ApplicationNames=[APPLICATION])["Applications"]:
        raise AlreadyBuilt(f"the application '{APPLICATION}' exists already: reset the emulator to build again")
    build_users(endpoint)
    build_roles(endpoint)
    network = build_network(endpoint)
    build_registry(endpoint)
    build_buckets(endpoint)
    build_database(endpoint, network)
    build_redis(endpoint, network)
    client(endpoint, "ec2").create_security_group(
        GroupName=EGRESS_GROUP, Description="Outbound egress for App Runner", VpcId=network.vpc
    )
    beanstalk.create_application(ApplicationName=APPLICATION, Description="Antenna backend")
    register_version(endpoint, release)
    create_environment(endpoint, release)
    build_alarms(endpoint)


def build_users(endpoint: str) -> None:
    """The user that releases, and the read-only user."""
    iam = client(endpoint, "iam")
    reading = [
        {"Effect": "Allow", "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], "Resource": "*"},
        {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": f"arn:aws:s3:::{BUNDLE_BUCKET}/*"},
    ]
    for name, policy in ((RELEASER, "AdministratorAccess"), (READER, "SecurityAudit")):
        iam.create_user(UserName=name)
        iam.attach_user_policy(UserName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
        iam.create_access_key(UserName=name)
    iam.put_user_policy(UserName=READER, PolicyName="tidemark", PolicyDocument=policy_document(*reading))


def policy_document(*statements: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def build_roles(endpoint: str) -> None:
    """5.3 and 5.4: the instance profile's role and the service role, as Elastic Beanstalk's console creates them."""
    iam = client(endpoint, "iam")
    instance = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    service = {
        "Effect": "Allow",
        "Principal": {"Service": "elasticbeanstalk.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "elasticbeanstalk"}},
    }
    attached = {
        INSTANCE_PROFILE: (
            instance,
            "AWSElasticBeanstalkWebTier",
            "AWSElasticBeanstalkWorkerTier",
            "AmazonEC2ContainerRegistryReadOnly",
            "CloudWatchAgentServerPolicy",
        ),
        SERVICE_ROLE: (
            service,
            "service-role/AWSElasticBeanstalkEnhancedHealth",
            "service-role/AWSElasticBeanstalkService",
        ),
    }
    for role, (trust, *policies) in attached.items():
        iam.create_role(RoleName=role, AssumeRolePolicyDocument=policy_document(trust))
        for policy in policies:
            iam.attach_role_policy(RoleName=role, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    iam.create_instance_profile(InstanceProfileName=INSTANCE_PROFILE)
    iam.add_role_to_instance_profile(InstanceProfileName=INSTANCE_PROFILE, RoleName=INSTANCE_PROFILE)


def build_network(endpoint: str) -> Network:
    """5.5: the default VPC with its public subnets, and additional private ones."""
    ec2 = client(endpoint, "ec2")
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    public = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.create_route(RouteTableId=tables[0]["RouteTableId"], DestinationCidrBlock=EVERYWHERE, GatewayId=gateway)
    private_table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    private = []
    for number, zone in enumerate(("a", "b")):
        subnet = ec2.create_subnet(
            VpcId=vpc,
            CidrBlock=f"172.31.{128 + 16 * number}.0/20",
            AvailabilityZone=f"{REGION}{zone}",
            TagSpecifications=[
                {"ResourceType": "subnet", "Tags": [{"Key": "Name", "Value": f"antenna-private-{zone}"}]}
            ],
        )["Subnet"]["SubnetId"]
        ec2.associate_route_table(RouteTableId=private_table, SubnetId=subnet)
        private.append(subnet)
    public.sort(key=lambda subnet: subnet["AvailabilityZone"])
    return Network(vpc, [subnet["SubnetId"] for subnet in public[:3]], private)


def network_of(endpoint: str) -> Network:
    """The network that `build_network` created."""
    ec2 = client(endpoint, "ec2")
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    subnets.sort(key=lambda subnet: subnet["AvailabilityZone"])
    public = [subnet["SubnetId"] for subnet in subnets if subnet["DefaultForAz"]]
    return Network(vpc, public[:3], [subnet["SubnetId"] for subnet in subnets if not subnet["DefaultForAz"]])


def build_registry(endpoint: str) -> None:
    """3.3: two repositories, mutable, encrypted with AES-256, and the images of two releases."""
    ecr = client(endpoint, "ecr")
    for repository in (BACKEND_REPOSITORY, AWSCLI_REPOSITORY):
        ecr.create_repository(
            repositoryName=repository,
            imageTagMutability="MUTABLE",
            encryptionConfiguration={"encryptionType": "AES256"},
            imageScanningConfiguration={"scanOnPush": False},
        )
    for repository, tag in (
        (AWSCLI_REPOSITORY, AWSCLI_TAG),
        (BACKEND_REPOSITORY, FIRST_RELEASE),
        (BACKEND_REPOSITORY, NEXT_RELEASE),
    ):
        images.put(ecr, repository, images.build(repository, tag), tag)


def build_buckets(endpoint: str) -> None:
    """The bucket of static files, and Elastic Beanstalk's bucket of source bundles."""
    s3 = client(endpoint, "s3")
    for bucket in (STATIC_BUCKET, BUNDLE_BUCKET):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_encryption(
            Bucket=bucket,
            ServerSideEncryptionConfiguration={
                "Rules": [
                    {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
                ]
            },
        )
        s3.put_bucket_ownership_controls(
            Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
        )
    s3.put_public_access_block(
        Bucket=STATIC_BUCKET,
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True,
            "IgnorePublicAcls": True,
            "BlockPublicPolicy": False,
            "RestrictPublicBuckets": False,
        },
    )
    s3.put_bucket_policy(
        Bucket=STATIC_BUCKET,
        Policy=policy_document(
            {
                "Sid": "PublicReadStatic",
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": f"arn:aws:s3:::{STATIC_BUCKET}/static/*",
            },
            {
                "Sid": "ReadThroughTheCDN",
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": f"arn:aws:s3:::{STATIC_BUCKET}/media/*",
                "Condition": {"StringEquals": {"aws:Referer": planted("bucket-policy-referer")}},
            },
        ),
    )
    s3.put_bucket_policy(
        Bucket=BUNDLE_BUCKET,
        Policy=policy_document(
            {
                "Sid": "eb-ad78f54a-f239-4c90-adda-49e5f56cb51e",
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/{INSTANCE_PROFILE}"},
                "Action": "s3:PutObject",
                "Resource": f"arn:aws:s3:::{BUNDLE_BUCKET}/resources/environments/logs/*",
            },
            {
                "Sid": "eb-58950a8c-feb6-11e2-89e0-0800277d041b",
                "Effect": "Deny",
                "Principal": {"AWS": "*"},
                "Action": "s3:DeleteBucket",
                "Resource": f"arn:aws:s3:::{BUNDLE_BUCKET}",
            },
        ),
    )


def build_database(endpoint: str, network: Network) -> None:
    """5.1: PostgreSQL, in public subnets, publicly accessible, with access for the instance only."""
    ec2, rds = client(endpoint, "ec2"), client(endpoint, "rds")
    group = ec2.create_security_group(
        GroupName=DATABASE_GROUP, Description="Antenna PostgreSQL", VpcId=network.vpc
    )["GroupId"]
    rds.create_db_subnet_group(
        DBSubnetGroupName=DATABASE_SUBNETS,
        DBSubnetGroupDescription="Public subnets of the default VPC",
        SubnetIds=network.public,
    )
    rds.create_db_parameter_group(
        DBParameterGroupName=DATABASE_PARAMETERS, DBParameterGroupFamily="postgres16", Description="Antenna PostgreSQL"
    )
    rds.modify_db_parameter_group(
        DBParameterGroupName=DATABASE_PARAMETERS,
        Parameters=[
            {"ParameterName": name, "ParameterValue": value, "ApplyMethod": "immediate"}
            for name, value in (("log_statement", "ddl"), ("search_path", planted("database-parameter")))
        ],
    )
    create_database(endpoint, group)


def create_database(endpoint: str, group: str) -> None:
    client(endpoint, "rds").create_db_instance(
        DBInstanceIdentifier=DATABASE,
        DBName="antenna",
        Engine="postgres",
        EngineVersion="16.3",
        DBInstanceClass="db.t4g.small",
        AllocatedStorage=20,
        StorageType="gp3",
        StorageEncrypted=True,
        KmsKeyId=f"arn:aws:kms:{REGION}:{ACCOUNT}:key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
        CACertificateIdentifier="rds-ca-rsa2048-g1",
        PreferredBackupWindow="08:15-08:45",
        PreferredMaintenanceWindow="sun:09:10-sun:09:40",
        MasterUsername="postgres",
        MasterUserPassword=planted("database-master-password"),
        MultiAZ=False,
        PubliclyAccessible=True,
        DBSubnetGroupName=DATABASE_SUBNETS,
        DBParameterGroupName=DATABASE_PARAMETERS,
        VpcSecurityGroupIds=[group],
        AvailabilityZone=f"{REGION}a",
        BackupRetentionPeriod=1,
        AutoMinorVersionUpgrade=True,
        Tags=[{"Key": "project", "Value": "antenna"}],
    )


def build_redis(endpoint: str, network: Network) -> None:
    """5.2: Redis 7.1 with TLS, one node, in private subnets, with access for the instance only."""
    ec2, elasticache = client(endpoint, "ec2"), client(endpoint, "elasticache")
    group = ec2.create_security_group(GroupName=REDIS_GROUP, Description="Antenna Redis", VpcId=network.vpc)["GroupId"]
    elasticache.create_cache_subnet_group(
        CacheSubnetGroupName=REDIS_SUBNETS,
        CacheSubnetGroupDescription="Private subnets of the default VPC",
        SubnetIds=network.private,
    )
    elasticache.create_cache_parameter_group(
        CacheParameterGroupName=REDIS_PARAMETERS, CacheParameterGroupFamily="redis7", Description="Antenna Redis"
    )
    renamed = f"flushall {planted('cache-parameter')}"
    elasticache.modify_cache_parameter_group(
        CacheParameterGroupName=REDIS_PARAMETERS,
        ParameterNameValues=[
            {"ParameterName": name, "ParameterValue": value}
            for name, value in (("maxmemory-policy", "noeviction"), ("rename-commands", renamed))
        ],
    )
    create_redis(endpoint, group)


def create_redis(endpoint: str, group: str, nodes: int = 1) -> None:
    """With more than one node it fails over by itself to another zone."""
    client(endpoint, "elasticache").create_replication_group(
        ReplicationGroupId=REDIS,
        ReplicationGroupDescription="Celery broker and Django cache",
        Engine="redis",
        EngineVersion="7.1",
        CacheNodeType="cache.t4g.micro",
        NumCacheClusters=nodes,
        AutomaticFailoverEnabled=nodes > 1,
        MultiAZEnabled=nodes > 1,
        TransitEncryptionEnabled=True,
        AtRestEncryptionEnabled=True,
        AuthToken=planted("redis-token"),
        CacheSubnetGroupName=REDIS_SUBNETS,
        CacheParameterGroupName=REDIS_PARAMETERS,
        SecurityGroupIds=[group],
        SnapshotWindow="05:00-06:00",
        PreferredMaintenanceWindow="sun:09:00-sun:10:00",
    )


def build_alarms(endpoint: str) -> None:
    """Alarms on what the guide monitors with CloudWatch: the environment's health, the database and Redis."""
    cloudwatch = client(endpoint, "cloudwatch")
    for name, namespace, metric, dimension, value, threshold in (
        ("antenna-environment-health", "AWS/ElasticBeanstalk", "EnvironmentHealth", "EnvironmentName", ENVIRONMENT, 15),
        ("antenna-database-cpu", "AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", DATABASE, 80),
        ("antenna-redis-memory", "AWS/ElastiCache", "DatabaseMemoryUsagePercentage", "CacheClusterId", f"{REDIS}-001", 80),
    ):
        cloudwatch.put_metric_alarm(
            AlarmName=name,
            Namespace=namespace,
            MetricName=metric,
            Dimensions=[{"Name": dimension, "Value": value}],
            Statistic="Average",
            Period=300,
            EvaluationPeriods=2,
            Threshold=threshold,
            ComparisonOperator="GreaterThanThreshold",
            TreatMissingData="missing",
        )


def environment_options(groups: str, network: Network) -> list[dict]:
    """3.1, 5.3 and 5.5: the options chosen at the creation of the environment."""
    chosen = {
        "aws:autoscaling:launchconfiguration": {
            "IamInstanceProfile": INSTANCE_PROFILE,
            "InstanceType": INSTANCE_TYPE,
            "SecurityGroups": groups,
        },
        "aws:ec2:vpc": {
            "VPCId": network.vpc,
            "Subnets": ",".join(network.public),
            "AssociatePublicIpAddress": "true",
        },
        "aws:elasticbeanstalk:environment": {"EnvironmentType": "SingleInstance", "ServiceRole": SERVICE_ROLE},
        "aws:elasticbeanstalk:cloudwatch:logs": {"StreamLogs": "true", "RetentionInDays": "30"},
        "aws:elasticbeanstalk:cloudwatch:logs:health": {"HealthStreamingEnabled": "true", "RetentionInDays": "30"},
        "aws:elasticbeanstalk:managedactions": {
            "ManagedActionsEnabled": "true",
            "PreferredStartTime": "Sun:10:00",
            "ServiceRoleForManagedUpdates": SERVICE_ROLE,
        },
        "aws:elasticbeanstalk:managedactions:platformupdate": {"UpdateLevel": "minor"},
    }
    return [
        {"Namespace": namespace, "OptionName": name, "Value": value}
        for namespace, names in chosen.items()
        for name, value in names.items()
    ]
