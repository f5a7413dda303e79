"""A staging environment beside production, in the same account, VPC and repositories."""

from __future__ import annotations

from contextlib import contextmanager
from unittest.mock import patch

from emulator import names
from emulator.bundle import source_bundle
from emulator.properties import values
from emulator.stack import build_database, build_redis, network_of

LABEL = "staging-v9"
BUCKET = "antenna-staging-files"
DATABASE = "antenna-staging-postgres"

# The names that the emulator uses while it builds staging.
NAMES = {
    "DATABASE": DATABASE,
    "DATABASE_GROUP": "antenna-staging-rds",
    "DATABASE_PARAMETERS": "antenna-staging-postgres16",
    "DATABASE_SUBNETS": "antenna-staging-postgres-public",
    "REDIS": "antenna-staging-redis",
    "REDIS_GROUP": "antenna-staging-redis",
    "REDIS_PARAMETERS": "antenna-staging-redis7",
    "REDIS_SUBNETS": "antenna-staging-redis-private",
    "ENVIRONMENT": names.STAGING,
    "INSTANCE_TYPE": "t3.medium",
}


def build_staging(stack) -> None:
    with patched("emulator.stack"), patched("emulator.changes"):
        network = network_of(stack.endpoint)
        build_database(stack.endpoint, network)
        build_redis(stack.endpoint, network)
        stack.client("rds").modify_db_instance(
            DBInstanceIdentifier=DATABASE, DBInstanceClass="db.t4g.micro", ApplyImmediately=True
        )
        stack.client("s3").create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": names.REGION}
        )
        register(stack)
        stack.create_environment(LABEL)


def patched(module: str):
    held = __import__(module, fromlist=["_"])
    return patch.multiple(module, **{name: value for name, value in NAMES.items() if hasattr(held, name)})


@contextmanager
def named_as_here():
    """Makes all changes inside the `with` block apply to staging instead of production."""
    with patched("emulator.names"), patched("emulator.stack"), patched("emulator.changes"):
        yield


def register(stack) -> None:
    """Registers the version that production runs, with staging's own properties in the bundle."""
    properties = values(stack.addresses()) | {
        "DJANGO_SETTINGS_MODULE": "config.settings.staging",
        "DJANGO_ALLOWED_HOSTS": f"{names.STAGING}.{names.REGION}.elasticbeanstalk.com",
        "DJANGO_AWS_STORAGE_BUCKET_NAME": BUCKET,
    }
    key = names.bundle_key(LABEL)
    stack.client("s3").put_object(
        Bucket=names.BUNDLE_BUCKET, Key=key, Body=source_bundle(names.FIRST_RELEASE, properties)
    )
    stack.client("elasticbeanstalk").create_application_version(
        ApplicationName=names.APPLICATION,
        VersionLabel=LABEL,
        SourceBundle={"S3Bucket": names.BUNDLE_BUCKET, "S3Key": key},
        Process=True,
    )
