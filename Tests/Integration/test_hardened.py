"""What section 9 of the Antenna guide recommends: with all of it the stack is in sync, and each missing part is found
alone."""

from __future__ import annotations

import pytest

from breakers import attached, database, database_in, first, option, redis, rule, tags_are
from breaks import ANTENNA, Break, answered, changed, checking, findings, inherited, is_only, stated
from documented_breaks import documented_breaks
from emulator import names
from emulator.fixtures import documented
from emulator.stack import policy_document
from hardened import ALARMS, SECRETS, harden, put_alarm
from redeployed import PROPERTIES, SETUP, redeployed, with_property
from staging import build_staging

HARDENED = "hardened"
RUN = ("--release", "v9", "--url", "https://ci.example/runs/77")


def with_added(name, value="not-planted"):
    """Sets the property in the bundle again."""
    return redeployed(lambda files: files[SETUP]["option_settings"][PROPERTIES].update({name: value}))


def with_another_host(files):
    """Names the database's own address beside another host; without any URL of it the database would become gone."""
    properties = files[SETUP]["option_settings"][PROPERTIES]
    properties.update(POSTGRES_HOST="db.example", REPORTS_HOST=properties["POSTGRES_HOST"])


def writing(role):
    document = policy_document({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
    return changed(
        lambda stack: stack.client("iam").put_role_policy(
            RoleName=role, PolicyName="more", PolicyDocument=document
        ),
        "iam",
    )


def without_secrets(result, _):
    for settings in result["ConfigurationSettings"]:
        settings["OptionSettings"] = [one for one in settings["OptionSettings"] if one["Namespace"] != SECRETS]


def another_balancer(stack):
    """Creates a load balancer beside the environment's, in the same security group."""
    (one,) = stack.client("elbv2").describe_load_balancers()["LoadBalancers"]
    subnets = [zone["SubnetId"] for zone in one["AvailabilityZones"]]
    stack.client("elbv2").create_load_balancer(Name="another", SecurityGroups=one["SecurityGroups"], Subnets=subnets)


def listing_both(result, stack):
    balancers = stack.client("elbv2").describe_load_balancers()["LoadBalancers"]
    result["EnvironmentResources"]["LoadBalancers"] = [{"Name": one["LoadBalancerArn"]} for one in balancers]


def shut(stack):
    filters = [{"Name": "group-name", "Values": ["awseb-*-AWSEBLoadBalancerSecurityGroup-*"]}]
    (group,) = stack.client("ec2").describe_security_groups(Filters=filters)["SecurityGroups"]
    stack.client("ec2").revoke_security_group_ingress(GroupId=group["GroupId"], IpPermissions=rule(80))


def open_to_the_web(stack):
    stack.client("ec2").authorize_security_group_ingress(GroupId=stack.instance_group(), IpPermissions=rule(80))


def unalarmed(name):
    return changed(lambda stack: stack.client("cloudwatch").delete_alarms(AlarmNames=[name]), "monitoring")


def unheard(name):
    return changed(lambda stack: put_alarm(stack, name, actions=()), "monitoring")


MOVED = {
    "django-variables": ["DJANGO_SECRET_KEY"],
    "storage-variables": ["DJANGO_AWS_ACCESS_KEY_ID", "DJANGO_AWS_SECRET_ACCESS_KEY"],
    "database-variables": ["POSTGRES_PASSWORD", "DATABASE_URL"],
    "third-party-variables": ["SENDGRID_API_KEY", "SENTRY_DSN"],
}
ALARMED = {
    "worker-alarm": "antenna-workers", "beat-alarm": "antenna-beat", "queue-alarm": "antenna-queue",
    "broker-alarm": "antenna-broker",
}  # fmt: skip

OWN = {
    **{
        (name, f"properties.{variable}"): with_added(variable)
        for name, variables in MOVED.items()
        for variable in variables
    },
    # Each has another fault: no password, and no certificate verification.
    ("redis-variables", "properties.REDIS_URL"): with_property(
        "REDIS_URL", lambda url: url.replace("rediss://", "rediss://:not-planted@")
    ),
    ("redis-variables", "properties.CELERY_BROKER_URL"): with_property(
        "CELERY_BROKER_URL", lambda url: url.replace("required", "none")
    ),
    ("secrets", "count"): answered(DescribeConfigurationSettings=without_secrets),
    ("redis", "nodes"): redis(MemberClusters=[f"{names.REDIS}-001"]),
    ("redis", "multi-az"): redis(MultiAZ="disabled"),
    ("redis", "automatic-failover"): redis(AutomaticFailover="disabled"),
    ("database", "MultiAZ"): database(MultiAZ=False),
    ("database", "PubliclyAccessible"): database(PubliclyAccessible=True),
    ("database", "BackupRetentionPeriod"): database(BackupRetentionPeriod=1),
    ("database-subnets", "subnet-tier"): database_in("public"),
    # Each has another fault: a policy of Elastic Beanstalk's own, and one that allows every change.
    ("instance-role", "policies"): attached(names.INSTANCE_PROFILE, "service-role/AWSElasticBeanstalkRoleCWL"),
    ("instance-role", "broad-permissions"): writing(names.INSTANCE_PROFILE),
    ("service-role", "policies"): attached(names.SERVICE_ROLE, "service-role/AWSElasticBeanstalkRoleCWL"),
    ("service-role", "broad-permissions"): writing(names.SERVICE_ROLE),
    ("backend-images", "mutable"): tags_are("MUTABLE", names.BACKEND_REPOSITORY),
    ("awscli-images", "mutable"): tags_are("MUTABLE", names.AWSCLI_REPOSITORY),
    ("environment", "OptionSettings[aws:elasticbeanstalk:environment/EnvironmentType].Value"): option(
        "aws:elasticbeanstalk:environment", "EnvironmentType", "SingleInstance"
    ),
    ("rolling-deployments", "OptionSettings[aws:elasticbeanstalk:command/DeploymentPolicy].Value"): option(
        "aws:elasticbeanstalk:command", "DeploymentPolicy", "AllAtOnce"
    ),
    ("capacity", "MinSize"): first("DescribeAutoScalingGroups", "AutoScalingGroups", MinSize=1),
    ("load-balancer", "count"): Break(
        another_balancer, ("elasticloadbalancing",), {"DescribeEnvironmentResources": listing_both}
    ),
    ("load-balancer-access", "ingress"): changed(shut, "ec2"),
    ("instance-access", "ingress"): changed(open_to_the_web, "ec2"),
    **{(name, "count"): unalarmed(alarm) for name, alarm in ALARMED.items()},
    **{(name, "AlarmActions"): unheard(alarm) for name, alarm in ALARMED.items()},
    ("history", f"environments[{names.STAGING}]"): Break(history="alone.sqlite"),
    ("releases", "run-url"): Break(release=("--release", "v9")),
}
DOCUMENTED = documented_breaks()
BREAKS = {
    **OWN,
    **{one: DOCUMENTED[one] for one in inherited(HARDENED)},
    ("database-variables", "properties.POSTGRES_HOST"): redeployed(with_another_host),
}


@pytest.fixture(scope="module")
def advised(emulator, tmp_path_factory):
    stack = documented(emulator.endpoint)
    build_staging(stack)
    harden(stack)
    stack.save(HARDENED)
    with checking(stack, tmp_path_factory.mktemp(HARDENED), HARDENED, *RUN) as one:
        one.tidemark("record", "-e", names.STAGING, "--new-history")
        yield one


def test_every_statement_is_broken_once():
    statements = stated(HARDENED) + inherited(HARDENED)
    assert len(statements) == len(set(statements)) and set(statements) == set(BREAKS)
    assert set(ALARMED.values()) == set(ALARMS)


def test_a_stack_with_every_improvement_has_no_findings(advised):
    report = advised.drift()
    assert report["verdict"] == "in sync" and findings(report) == []


# The program merges the two baselines; the reader of statements does not.
def test_every_expectation_that_is_reported_is_broken(advised):
    assert {one["name"] for one in advised.drift()["expectations"]} == {name for name, _ in BREAKS}


# Each break is repaired before the next, so that it is not found again.
@pytest.mark.parametrize("statement", BREAKS, ids=" ".join)
def test_a_missing_improvement_is_the_only_finding(advised, statement):
    advised.endpoint.stack.restore(HARDENED)
    assert is_only(statement, advised.found(BREAKS[statement]))


def test_a_repaired_break_is_no_longer_found(advised):
    advised.endpoint.stack.restore(HARDENED)
    assert advised.found(Break()) == []


# The documented stack has none of the improvements. These may exist without a reference to them.
NOT_REFERRED_TO = {"secrets", "load-balancer-access", "worker-alarm", "beat-alarm", "queue-alarm", "broker-alarm"}


def test_the_findings_of_the_documented_stack_are_the_roadmap(recorded):
    report = recorded("drift", "--baseline", "shipped:antenna/hardened", "--format", "json", status=2).json
    found = {
        verdict: {one["name"] for one in report["expectations"] if one["verdict"] == verdict}
        for verdict in ("drifted", "unseen")
    }
    assert found["drifted"] == {name for name, _ in stated(HARDENED)} - NOT_REFERRED_TO
    assert found["unseen"] == NOT_REFERRED_TO
    summary = f"{len(found['drifted'] | NOT_REFERRED_TO)} of {len(report['expectations'])} expectations"
    assert summary == "25 of 45 expectations" and summary in (ANTENNA / "README.md").read_text()


def test_each_step_shortens_the_roadmap(stack, recorded):
    before = recorded("drift", "--baseline", "shipped:antenna/hardened", status=2).stdout
    for repository in (names.BACKEND_REPOSITORY, names.AWSCLI_REPOSITORY):
        tags_are("IMMUTABLE", repository).change(stack)
    recorded.record(*RUN)
    after = recorded("drift", "--baseline", "shipped:antenna/hardened", status=2).stdout
    assert "20 in sync, 19 drifted, 6 unseen" in before and "23 in sync, 16 drifted, 6 unseen" in after
