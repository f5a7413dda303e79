"""A stack that this project did not build: other names, another region, MySQL, no property that names a database."""

import boto3
import pytest

from emulator import names
from emulator.extensions.keys import key_id, secret_key
from log import check
from tidemark import Tidemark

REGION = "eu-central-1"


@pytest.fixture
def shop(empty, tmp_path):
    """Made with boto3 alone, by whoever holds any key."""
    session = boto3.Session(key_id("somebody"), secret_key("somebody"), region_name=REGION)

    def client(service):
        return session.client(service, endpoint_url=empty.endpoint)

    ec2, rds, eb = client("ec2"), client("rds"), client("elasticbeanstalk")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    group = ec2.create_security_group(GroupName="shop", Description="The shop's own", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[
            {
                "IpProtocol": "tcp",
                "FromPort": 3306,
                "ToPort": 3310,
                "Ipv6Ranges": [{"CidrIpv6": "2001:db8::/32", "Description": "the office"}],
            },
            {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": "192.0.2.0/24"}]},
            {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]},
        ],
    )
    rds.create_db_instance(
        DBInstanceIdentifier="orders",
        Engine="mysql",
        DBInstanceClass="db.m6g.large",
        AllocatedStorage=100,
        MasterUsername="root",
        MasterUserPassword="not-planted-1",
        VpcSecurityGroupIds=[group],
        MultiAZ=True,
    )
    eb.create_application(ApplicationName="shop")
    eb.create_environment(
        ApplicationName="shop",
        EnvironmentName="shop-live",
        SolutionStackName="64bit Amazon Linux 2 v3.5.0 running ECS",
        OptionSettings=[
            {
                "Namespace": "aws:elasticbeanstalk:application:environment",
                "OptionName": "GREETING",
                "Value": "grüß Gott, <b>&\"'\\ 日本",
            }
        ],
    )
    variables = {
        "AWS_ACCESS_KEY_ID": key_id("somebody"),
        "AWS_SECRET_ACCESS_KEY": secret_key("somebody"),
        "AWS_ENDPOINT_URL": empty.endpoint,
    }
    return Tidemark(tmp_path, variables), client


def record(tidemark, *more, **options):
    where = ("--eb-environment", "shop-live", "--region", REGION, "--history", "shop.sqlite")
    return tidemark("record", "-e", "the-shop", *where, *more, **options)


def kinds(tidemark):
    report = tidemark("show", "--history", "shop.sqlite", "--format", "json").json
    return sorted({resource["kind"] for resource in report["resources"]})


def test_another_stack_is_walked_without_failing(shop):
    tidemark, _ = shop
    receipt = record(tidemark, "--release", "2026.11", "--by", "release-bot", "--format", "json", "--strict").json
    assert receipt["coverage"]["gaps"] == [] and receipt["binding"]["region"] == REGION
    assert receipt["binding"]["account"] == names.ACCOUNT and receipt["environment"] == "the-shop"
    # No property names the database, so nothing leads to it.
    assert kinds(tidemark) == ["ec2.security-group", "elasticbeanstalk.environment"]
    assert record(tidemark, "--format", "json").json["root"] == receipt["root"]
    assert check(tidemark.folder / "shop.sqlite") == 3
    assert "release-bot" in tidemark("who", "2026.11", "--history", "shop.sqlite").stdout


def test_a_database_that_a_property_names_is_found_whatever_the_property_is_called(shop):
    tidemark, client = shop
    record(tidemark)
    (database,) = client("rds").describe_db_instances()["DBInstances"]
    client("elasticbeanstalk").update_environment(
        EnvironmentName="shop-live",
        OptionSettings=[
            {
                "Namespace": "aws:elasticbeanstalk:application:environment",
                "OptionName": "JDBC",
                "Value": f"jdbc:mysql://{database['Endpoint']['Address']}:3306/orders?user=root",
            }
        ],
    )
    record(tidemark, "--strict")
    assert "rds.db-instance" in kinds(tidemark)
    shown = tidemark("show", "orders", "--history", "shop.sqlite", "--format", "json").json["resources"][0]
    assert shown["description"]["Engine"] == "mysql" and shown["description"]["MultiAZ"] is True
    group = tidemark("show", "shop", "--history", "shop.sqlite", "--format", "json").json["resources"][0]
    assert group["facts"]["ingress"]["value"] == [
        "all from ec2.security-group/shop",
        "icmp from 192.0.2.0/24",
        "tcp 3306-3310 from 2001:db8::/32",
    ]


def test_a_baseline_of_its_own_is_held_against_it(shop):
    tidemark, _ = shop
    record(tidemark)
    (tidemark.folder / "shop.yml").write_text(
        "environment: the-shop\n"
        "expect:\n"
        "  - name: platform\n"
        "    resource: elasticbeanstalk.environment\n"
        "    is: { SolutionStackName: { matches: '.*running ECS' }, properties: { GREETING: { present: true } } }\n"
    )
    assert "1 in sync" in tidemark("drift", "--baseline", "shop.yml", "--history", "shop.sqlite").stdout
