"""What section 9 of the Antenna guide recommends: all of it done is in sync, and each part that is not is found alone."""

from __future__ import annotations

import pytest

from breakers import attached, database, database_in, first, option, redis, rule, tags_are
from breaks import ANTENNA, Break, answered, changed, findings, held, inherited, stated
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
    """The bundle sets the property again."""
    return redeployed(lambda files: files[SETUP]["option_settings"][PROPERTIES].update({name: value}))


def with_another_host(files):
    """The true one is named beside it: no URL leads to the database any more, and it would be found to be gone."""
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
    """Beside the environment's, in the same security group."""
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
    # One has a password, of the other no certificate is verified.
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
    # One is of Elastic Beanstalk and keeps to its log groups, the other is not and lets everything be changed.
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
    with held(stack, tmp_path_factory.mktemp(HARDENED), HARDENED, *RUN) as one:
        one.tidemark("record", "-e", names.STAGING)
        yield one


def test_everything_that_is_stated_is_broken_once():
    statements = stated(HARDENED) + inherited(HARDENED)
    assert len(statements) == len(set(statements)) and set(statements) == set(BREAKS)
    assert set(ALARMED.values()) == set(ALARMS)


def test_with_all_of_it_done_nothing_is_found(advised):
    report = advised.drift()
    assert report["verdict"] == "in sync" and findings(report) == []


# As the program merges the two baselines; the statements are read without it.
def test_every_expectation_that_is_reported_is_broken(advised):
    assert {one["name"] for one in advised.drift()["expectations"]} == {name for name, _ in BREAKS}


# Each is mended before the next, which would find it otherwise.
@pytest.mark.parametrize("statement", BREAKS, ids=" ".join)
def test_what_is_left_out_is_found_and_nothing_else(advised, statement):
    advised.standing.stack.restore(HARDENED)
    assert advised.found(BREAKS[statement]) == [statement]


def test_what_is_mended_is_found_no_more(advised):
    advised.standing.stack.restore(HARDENED)
    assert advised.found(Break()) == []


# The documented stack does nothing of it yet.
def test_what_drifts_from_it_is_the_roadmap(recorded):
    report = recorded("drift", "--baseline", "shipped:antenna/hardened", "--format", "json", status=2).json
    drifted = {one["name"] for one in report["expectations"] if one["verdict"] == "drifted"}
    assert drifted == {name for name, _ in stated(HARDENED)}
    assert report["counts"]["drifted"] == len(drifted) and report["counts"]["unseen"] == 0
    told = f"{len(drifted)} of {len(report['expectations'])} expectations"
    assert told == "25 of 45 expectations" and told in (ANTENNA / "README.md").read_text()


def test_the_roadmap_gets_shorter_with_each_step(stack, recorded):
    before = recorded("drift", "--baseline", "shipped:antenna/hardened", status=2).stdout
    for repository in (names.BACKEND_REPOSITORY, names.AWSCLI_REPOSITORY):
        tags_are("IMMUTABLE", repository).change(stack)
    recorded.record(*RUN)
    after = recorded("drift", "--baseline", "shipped:antenna/hardened", status=2).stdout
    assert "20 in sync, 25 drifted" in before and "23 in sync, 22 drifted" in after
