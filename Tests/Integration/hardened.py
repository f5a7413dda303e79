"""The documented stack with every improvement of the guide's section 9."""

from __future__ import annotations

from emulator import names
from emulator.properties import values
from emulator.stack import build_alarms, create_database, create_redis, network_of, policy_document
from redeployed import PROPERTIES, SETUP, upload

SECRETS = "aws:elasticbeanstalk:application:environmentsecrets"
MOVED = (
    "DJANGO_SECRET_KEY", "DJANGO_AWS_ACCESS_KEY_ID", "DJANGO_AWS_SECRET_ACCESS_KEY", "POSTGRES_PASSWORD", "DATABASE_URL",
    "SENDGRID_API_KEY", "SENTRY_DSN",
)  # fmt: skip
TOPIC = f"arn:aws:sns:{names.REGION}:{names.ACCOUNT}:antenna-alarms"
ALARMS = {
    "antenna-workers": ("Antenna/Celery", "WorkersOnline", "EnvironmentName", names.ENVIRONMENT),
    "antenna-beat": ("Antenna/Celery", "BeatSchedulesRun", "EnvironmentName", names.ENVIRONMENT),
    "antenna-queue": ("Antenna/Celery", "QueueLength", "EnvironmentName", names.ENVIRONMENT),
    "antenna-broker": ("AWS/ElastiCache", "CurrConnections", "CacheClusterId", f"{names.REDIS}-001"),
}


def harden(stack) -> None:
    stack.terminate_environment()
    make_database_private(stack)
    make_redis_available(stack)
    restrict_roles(stack)
    for repository in (names.BACKEND_REPOSITORY, names.AWSCLI_REPOSITORY):
        stack.client("ecr").put_image_tag_mutability(repositoryName=repository, imageTagMutability="IMMUTABLE")
    upload(stack, without_secrets(stack))
    stack.create_environment(names.FIRST_RELEASE, balanced_options(stack))
    build_alarms(stack.endpoint)
    for name in ALARMS:
        put_alarm(stack, name)


def make_database_private(stack) -> None:
    """Makes RDS Multi-AZ with automated backups, in private subnets, without a public address."""
    rds = stack.client("rds")
    (group,) = rds.describe_db_instances(DBInstanceIdentifier=names.DATABASE)["DBInstances"][0]["VpcSecurityGroups"]
    stack.delete_database()
    rds.delete_db_subnet_group(DBSubnetGroupName=names.DATABASE_SUBNETS)
    rds.create_db_subnet_group(
        DBSubnetGroupName=names.DATABASE_SUBNETS,
        DBSubnetGroupDescription="Private subnets of the default VPC",
        SubnetIds=network_of(stack.endpoint).private,
    )
    create_database(stack.endpoint, group["VpcSecurityGroupId"])
    rds.modify_db_instance(
        DBInstanceIdentifier=names.DATABASE, MultiAZ=True, PubliclyAccessible=False, BackupRetentionPeriod=7,
        ApplyImmediately=True,
    )  # fmt: skip


def make_redis_available(stack) -> None:
    """Gives ElastiCache Multi-AZ and automatic failover, which need a second node."""
    stack.client("elasticache").delete_replication_group(ReplicationGroupId=names.REDIS)
    create_redis(stack.endpoint, stack.group_id(names.REDIS_GROUP), nodes=2)


def restrict_roles(stack) -> None:
    """Replaces Elastic Beanstalk's broad policies by the environment's own."""
    iam = stack.client("iam")
    bucket = {
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:PutObject"],
        "Resource": f"arn:aws:s3:::{names.STATIC_BUCKET}/*",
    }
    metrics = {
        "Effect": "Allow",
        "Action": "cloudwatch:PutMetricData",
        "Resource": "*",
        "Condition": {"StringEquals": {"cloudwatch:namespace": "Antenna/Celery"}},
    }
    groups = {
        "Effect": "Allow",
        "Action": "autoscaling:*",
        "Resource": f"arn:aws:autoscaling:{names.REGION}:{names.ACCOUNT}:autoScalingGroup:*:autoScalingGroupName/awseb-*",
    }
    for role, statements in ((names.INSTANCE_PROFILE, (bucket, metrics)), (names.SERVICE_ROLE, (groups,))):
        for policy in iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]:
            if policy["PolicyName"] != "AmazonEC2ContainerRegistryReadOnly":
                iam.detach_role_policy(RoleName=role, PolicyArn=policy["PolicyArn"])
        iam.put_role_policy(RoleName=role, PolicyName="antenna", PolicyDocument=policy_document(*statements))


def without_secrets(stack):
    """Removes every secret property from the bundle; Redis keeps its address, with certificate verification."""
    addresses = stack.addresses()

    def alter(files):
        properties = {name: value for name, value in values(addresses).items() if name not in MOVED}
        redis = f"rediss://{addresses['redis']}:6379/0?ssl_cert_reqs=required"
        files[SETUP]["option_settings"][PROPERTIES] = {**properties, "REDIS_URL": redis, "CELERY_BROKER_URL": redis}

    return alter


def balanced_options(stack) -> list[dict]:
    """Options of a load-balanced environment with rolling deployments and secrets from Secrets Manager."""
    secrets = stack.client("secretsmanager")
    chosen = {
        "aws:elasticbeanstalk:environment": {"EnvironmentType": "LoadBalanced", "LoadBalancerType": "application"},
        "aws:autoscaling:asg": {"MinSize": "2", "MaxSize": "4"},
        "aws:elasticbeanstalk:command": {"DeploymentPolicy": "RollingWithAdditionalBatch"},
        SECRETS: {
            name: secrets.create_secret(Name=f"antenna/{name}", SecretString="not-planted")["ARN"] for name in MOVED
        },
    }
    return [
        {"Namespace": namespace, "OptionName": name, "Value": value}
        for namespace, options in chosen.items()
        for name, value in options.items()
    ]


def put_alarm(stack, name: str, actions: tuple[str, ...] = (TOPIC,)) -> None:
    namespace, metric, dimension, value = ALARMS[name]
    stack.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        Namespace=namespace,
        MetricName=metric,
        Dimensions=[{"Name": dimension, "Value": value}],
        Statistic="Average",
        Period=60,
        EvaluationPeriods=5,
        Threshold=1,
        ComparisonOperator="LessThanThreshold",
        AlarmActions=list(actions),
    )
