"""What `show` gives is what boto3 gives on the same endpoint, after the documented cuts."""

import json
import re
from datetime import UTC, datetime

import pytest

PROPERTIES = "aws:elasticbeanstalk:application:environment"
TEMPLATE = "aws:cloudformation:template:parameter"
# The design's list, and not the program's.
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
    "rds.db-instance": {
        "LatestRestorableTime",
        "DBInstanceStatus",
        "PercentProgress",
        "StatusInfos",
        "IsStorageConfigUpgradeAvailable",
    },
    "ec2.security-group": set(),
}


def cut(value):
    """RFC 3339 for times, nothing for empty lists, one order for lists."""
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
    """As it should be stored: of a URL without user info, unknown parameters, and a path that is no database's name."""
    namespace, name, value = given["Namespace"], given["OptionName"], given.get("Value")
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


def test_the_environment_is_what_boto3_says(standing, shown):
    stack, _ = standing
    eb = stack.client("elasticbeanstalk")
    kind, name = "elasticbeanstalk.environment", stack.environment
    (answer,) = eb.describe_environments(EnvironmentNames=[name])["Environments"]
    resources = eb.describe_environment_resources(EnvironmentName=name)["EnvironmentResources"]
    sets = eb.describe_configuration_settings(ApplicationName=stack.application, EnvironmentName=name)
    (settings,) = [one for one in sets["ConfigurationSettings"] if one["DeploymentStatus"] == "deployed"]
    expected = {
        **described(kind, answer),
        "EnvironmentResources": cut(resources),
        "OptionSettings": cut([option(one) for one in settings["OptionSettings"]]),
    }
    assert cut(shown[kind, name]) == expected
    values = [one.get("Value") for one in expected["OptionSettings"]]
    assert REDACTED in values and any(isinstance(value, str) and "REDACTED" in value for value in values)


def test_the_deployed_settings_are_shown_while_others_are_pending(stack, tidemark):
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


def test_the_database_is_what_boto3_says(standing, shown):
    stack, _ = standing
    (answer,) = stack.client("rds").describe_db_instances(DBInstanceIdentifier="antenna-postgres")["DBInstances"]
    assert cut(shown["rds.db-instance", "antenna-postgres"]) == described("rds.db-instance", answer)


def test_every_security_group_is_what_boto3_says(standing, shown):
    stack, _ = standing
    groups = {identity for kind, identity in shown if kind == "ec2.security-group"}
    answers = stack.client("ec2").describe_security_groups(GroupIds=sorted(groups))["SecurityGroups"]
    assert len(answers) == 3
    for answer in answers:
        assert cut(shown["ec2.security-group", answer["GroupId"]]) == described("ec2.security-group", answer)


def test_nothing_is_shown_that_does_not_belong_to_the_environment(standing, shown):
    stack, _ = standing
    everything = stack.client("ec2").describe_security_groups()["SecurityGroups"]
    names = {answer["GroupName"] for answer in everything if ("ec2.security-group", answer["GroupId"]) in shown}
    assert len(everything) > 3 and {name.partition("-e-")[0] for name in names} == {
        "awseb",
        "antenna-rds",
        "antenna-apprunner-egress",
    }
