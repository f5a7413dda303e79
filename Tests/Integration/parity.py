"""The answers of boto3 after the documented cuts, to compare with `show`."""

import json
import re
from datetime import UTC, datetime

import pytest

PROPERTIES = "aws:elasticbeanstalk:application:environment"
TEMPLATE = "aws:cloudformation:template:parameter"
# From the design, not from the program.
PLAIN = {
    "EB_HEALTHCHECK",
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
    "ec2.prefix-list": {"State"},
    "ec2.vpc": set(),
    "ec2.subnet": {"AvailableIpAddressCount"},
    "ec2.route-table": set(),
    "ec2.internet-gateway": set(),
    "ec2.instance": {"State", "StateReason", "StateTransitionReason"},
    "autoscaling.auto-scaling-group": {"DesiredCapacity", "Instances"},
}


def cut(value):
    """RFC 3339 for times, no empty lists, one order for lists, one spelling for policies."""
    if isinstance(value, datetime):
        text = value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return text.replace(".000Z", "Z")
    if isinstance(value, dict):
        if "Statement" in value:
            value = {**value, "Statement": [statement(one) for one in listed(value["Statement"])]}
        return {name: cut(member) for name, member in value.items() if member != []}
    if isinstance(value, list):
        return sorted((cut(element) for element in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


def listed(value):
    return value if isinstance(value, list) else [value]


def statement(given):
    """A statement with lists wherever the grammar of policies allows them."""
    lists = ("Action", "NotAction", "Resource", "NotResource")
    spelled = {name: listed(value) if name in lists else value for name, value in given.items()}
    for name in {"Principal", "NotPrincipal"} & set(given):
        principal = {"AWS": "*"} if given[name] == "*" else given[name]
        spelled[name] = {kind: listed(value) for kind, value in principal.items()}
    if "Condition" in given:
        spelled["Condition"] = {
            test: {key: value if value == REDACTED else listed(value) for key, value in keys.items()}
            for test, keys in given["Condition"].items()
        }
    return spelled


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


def without(value, *names):
    """The value without members of these names at any depth."""
    if isinstance(value, dict):
        return {name: without(member, *names) for name, member in value.items() if name not in names}
    return [without(element, *names) for element in value] if isinstance(value, list) else value
