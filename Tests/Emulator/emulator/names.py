"""The names of the Antenna deployment guide's stack, and its account."""

ACCOUNT = "123456789012"
REGION = "us-west-2"

APPLICATION = "antenna"
ENVIRONMENT = "antenna-production"
STAGING = "antenna-staging"
SOLUTION_STACK = "64bit Amazon Linux 2 v3.5.0 running ECS"
INSTANCE_TYPE = "t3.large"
FIRST_RELEASE = "v9"
NEXT_RELEASE = "v10"

INSTANCE_PROFILE = "aws-elasticbeanstalk-ec2-role"
SERVICE_ROLE = "aws-elasticbeanstalk-service-role"

DATABASE = "antenna-postgres"
DATABASE_SUBNETS = "antenna-postgres-public"
DATABASE_PARAMETERS = "antenna-postgres16"
DATABASE_GROUP = "antenna-rds"
REDIS = "antenna-redis"
REDIS_SUBNETS = "antenna-redis-private"
REDIS_PARAMETERS = "antenna-redis7"
REDIS_GROUP = "antenna-redis"
EGRESS_GROUP = "antenna-apprunner-egress"

BACKEND_REPOSITORY = "antenna-backend"
AWSCLI_REPOSITORY = "antenna-awscli"
AWSCLI_TAG = "latest"
REGISTRY = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"

BUNDLE_BUCKET = f"elasticbeanstalk-{REGION}-{ACCOUNT}"
STATIC_BUCKET = "antenna-static-files"

CONTAINERS = ("django", "celeryworker", "celerybeat", "flower", "awscli")

# The name of the saved account with the guide's stack.
DOCUMENTED = "documented"

RELEASER = "release-bot"
READER = "tidemark-reader"


def bundle_key(label: str) -> str:
    return f"{APPLICATION}/{APPLICATION}-{label}.zip"
