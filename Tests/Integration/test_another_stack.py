"""A stack that this project did not build: other names, another region, load-balanced, and no property that names a
database."""

import pytest

from emulator import names
from log import check
from parity import cut
from shop import REGION, SIGN_IN_SECRET, Shop
from tidemark import Tidemark


@pytest.fixture
def shop(empty, tmp_path):
    shop = Shop(empty.endpoint)
    return Tidemark(tmp_path, shop.variables), shop


def record(tidemark, *more, **options):
    where = ("--eb-environment", "shop-live", "--region", REGION, "--history", "shop.sqlite")
    return tidemark("record", "-e", "the-shop", *where, *more, **options)


def resources(tidemark, *which):
    return tidemark("show", *which, "--history", "shop.sqlite", "--format", "json").json["resources"]


def by_kind(tidemark):
    """The resources of each kind by identity."""
    found = {}
    for resource in resources(tidemark):
        found.setdefault(resource["kind"], {})[resource["identity"]] = resource
    return found


def fact(resource, name):
    return resource["facts"][name]["value"]


def test_another_stack_is_recorded_without_a_failure(shop):
    tidemark, _ = shop
    receipt = record(tidemark, "--release", "2026.11", "--by", "release-bot", "--format", "json", "--strict").json
    assert receipt["coverage"]["gaps"] == [] and receipt["binding"]["region"] == REGION
    assert receipt["binding"]["account"] == names.ACCOUNT and receipt["environment"] == "the-shop"
    counts = {kind: len(found) for kind, found in by_kind(tidemark).items()}
    # No property names the database, so nothing refers to it.
    assert "rds.db-instance" not in counts
    assert counts.items() >= {
        "autoscaling.auto-scaling-group": 1,
        "ec2.instance": 2,
        "ec2.route-table": 3,
        "ec2.security-group": 2,
        "ec2.subnet": 4,
        "ec2.vpc": 1,
        "ecs.cluster": 1,
        # Nothing was deployed to it yet.
        "elasticbeanstalk.application": 1,
        "elasticbeanstalk.environment": 1,
        "elbv2.listener": 2,
        "elbv2.load-balancer": 1,
        "elbv2.target-group": 1,
    }.items()
    assert record(tidemark, "--format", "json").json["root"] == receipt["root"]
    assert check(tidemark.folder / "shop.sqlite") == 3
    assert "release-bot" in tidemark("who", "2026.11", "--history", "shop.sqlite").stdout


def test_a_neighbour_with_a_longer_name_is_not_shown(shop):
    tidemark, shop = shop
    record(tidemark, "--strict")
    found = by_kind(tidemark)
    for kind in ("ec2.instance", "ec2.route-table", "ec2.security-group", "ec2.subnet", "elbv2.load-balancer"):
        for resource in found[kind].values():
            assert resource["description"]["VpcId"] == shop.vpc, resource["label"]
    assert list(found["elasticbeanstalk.environment"]) == ["shop-live"]


def test_public_and_private_subnets_are_distinguished(shop):
    tidemark, shop = shop
    record(tidemark, "--strict")
    found = by_kind(tidemark)
    tiers = {identity: fact(subnet, "subnet-tier") for identity, subnet in found["ec2.subnet"].items()}
    assert tiers == {subnet: tier for tier, subnets in shop.subnets.items() for subnet in subnets}
    instances = found["ec2.instance"].values()
    assert {one["description"]["Placement"]["AvailabilityZone"][-1] for one in instances} == {"a", "b"}
    assert [(fact(one, "public-ip"), fact(one, "subnet-tier")) for one in instances] == [(False, "private")] * 2
    (vpc,) = found["ec2.vpc"].values()
    assert vpc["description"]["IsDefault"] is False
    routes = sorted(route for table in found["ec2.route-table"].values() for route in fact(table, "routes"))
    assert [route.rpartition(" ")[0] for route in routes] == [
        "0.0.0.0/0 to NAT gateway",
        "0.0.0.0/0 to internet gateway",
        *["10.20.0.0/16 to"] * 3,
    ]


def test_load_balancers_and_launch_templates_equal_the_answers_of_boto3(shop):
    tidemark, shop = shop
    record(tidemark, "--strict")
    found = by_kind(tidemark)
    elbv2, autoscaling = shop.client("elbv2"), shop.client("autoscaling")
    (balancer,) = found["elbv2.load-balancer"]
    (answer,) = elbv2.describe_load_balancers(LoadBalancerArns=[balancer])["LoadBalancers"]
    expected = {("elbv2.load-balancer", balancer): without(answer, "State")}
    for listener in elbv2.describe_listeners(LoadBalancerArn=balancer)["Listeners"]:
        for action in listener["DefaultActions"]:
            if "AuthenticateOidcConfig" in action:
                action["AuthenticateOidcConfig"]["ClientSecret"] = {"redacted": True}
        expected["elbv2.listener", listener["ListenerArn"]] = listener
    for group in elbv2.describe_target_groups(LoadBalancerArn=balancer)["TargetGroups"]:
        expected["elbv2.target-group", group["TargetGroupArn"]] = group
    (group,) = found["autoscaling.auto-scaling-group"]
    (answer,) = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[group])["AutoScalingGroups"]
    expected["autoscaling.auto-scaling-group", group] = without(answer, "DesiredCapacity", "Instances")
    for (kind, identity), description in expected.items():
        assert cut(found[kind][identity]["description"]) == cut(description)
    assert len(expected) == 5


def without(answer, *members):
    return {name: member for name, member in answer.items() if name not in members}


def test_the_secret_of_a_sign_in_is_not_stored(shop):
    tidemark, _ = shop
    assert SIGN_IN_SECRET not in record(tidemark, "--verbose").stderr
    (listener,) = [one for one in by_kind(tidemark)["elbv2.listener"].values() if one["description"]["Port"] == 443]
    (action, _) = sorted(listener["description"]["DefaultActions"], key=lambda action: action["Order"])
    assert action["AuthenticateOidcConfig"]["ClientSecret"] == {"redacted": True}
    assert SIGN_IN_SECRET.encode() not in (tidemark.folder / "shop.sqlite").read_bytes()


def test_a_deleted_listener_is_gone_and_its_load_balancer_is_not(shop):
    tidemark, shop = shop
    record(tidemark)
    elbv2 = shop.client("elbv2")
    (listener,) = [arn for arn, one in by_kind(tidemark)["elbv2.listener"].items() if one["description"]["Port"] == 443]
    elbv2.delete_listener(ListenerArn=listener)
    changed = record(tidemark, "--strict", "--format", "json").json["changed"]
    assert changed == [{"facet": f"elbv2.listener/{listener} description", "content": None}]
    assert len(by_kind(tidemark)["elbv2.listener"]) == 1 and len(by_kind(tidemark)["elbv2.load-balancer"]) == 1


def test_a_database_named_by_any_property_is_found(shop):
    tidemark, shop = shop
    record(tidemark)
    (database,) = shop.client("rds").describe_db_instances(DBInstanceIdentifier="orders")["DBInstances"]
    shop.set_property("JDBC", f"jdbc:mysql://{database['Endpoint']['Address']}:3306/orders?user=root")
    record(tidemark, "--strict")
    assert list(by_kind(tidemark)["rds.db-instance"]) == ["orders"]
    (shown,) = resources(tidemark, "orders")
    assert shown["description"]["Engine"] == "mysql" and shown["description"]["MultiAZ"] is True
    (group,) = resources(tidemark, "ec2.security-group/shop")
    assert group["identity"] == shop.group and fact(group, "ingress") == [
        "all from ec2.security-group/shop",
        "icmp from 192.0.2.0/24",
        "tcp 3306-3310 from 2001:db8::/32",
    ]


def test_its_own_baseline_is_evaluated(shop):
    tidemark, _ = shop
    record(tidemark)
    (tidemark.folder / "shop.yml").write_text(
        "environment: the-shop\n"
        "expect:\n"
        "  - name: platform\n"
        "    resource: elasticbeanstalk.environment\n"
        "    is: { SolutionStackName: { matches: '.*running ECS' }, properties: { GREETING: { present: true } } }\n"
        "  - name: balancer\n"
        "    resource: elbv2.load-balancer\n"
        "    is: { Scheme: internet-facing }\n"
        "  - name: balancer-access\n"
        "    resource: ec2.security-group\n"
        "    where: { GroupId: '${balancer.SecurityGroups}' }\n"
        "    is: { ingress: [ tcp 80 from 0.0.0.0/0 ] }\n"
        "  - name: instance-access\n"
        "    resource: ec2.security-group\n"
        "    where: { GroupName: { matches: '.*-AWSEBSecurityGroup-.*' } }\n"
        "    is: { ingress: [ 'tcp 80 from ${balancer-access}' ] }\n"
    )
    assert "4 in sync" in tidemark("drift", "--baseline", "shop.yml", "--history", "shop.sqlite").stdout
