"""The guide's statements about the database and Redis can be checked, and databases of other accounts are not
matched."""

from __future__ import annotations

import pytest

from emulator import names
from questions import unseen

# Sections 5.1, 5.2 and 5.5 of the guide.
GUIDE = """
environment: antenna-production
expect:
  - name: database
    resource: rds.db-instance
    is:
      Engine: postgres
      DBInstanceClass: db.t4g.small
      MultiAZ: false
      PubliclyAccessible: true
      BackupRetentionPeriod: { at-least: 1 }
      subnet-tier: public
  - name: database-subnets
    resource: rds.db-subnet-group
    where: { identity: "${database.DBSubnetGroup.DBSubnetGroupName}" }
    is: { VpcId: "${vpc}", subnet-tier: public }
  - name: database-access
    resource: ec2.security-group
    where: { GroupId: "${database.security-groups}" }
    is:
      ingress: [ "tcp 5432 from ${instance-access}" ]
      egress: [ "all to 0.0.0.0/0" ]
  - name: redis
    resource: elasticache.replication-group
    is:
      Engine: redis
      engine-version: { at-least: "7.1" }
      CacheNodeType: cache.t4g.micro
      cluster-mode: disabled
      nodes: 1
      multi-az: false
      automatic-failover: false
      tls: true
      AtRestEncryptionEnabled: true
      subnet-tier: private
  - name: redis-access
    resource: ec2.security-group
    where: { GroupId: "${redis.security-groups}" }
    is: { ingress: [ "tcp 6379 from ${instance-access}" ] }
  - name: redis-subnets
    resource: elasticache.cache-subnet-group
    where: { identity: "${redis.subnet-group}" }
    is: { VpcId: "${vpc}", subnet-tier: private }
  - name: redis-parameters
    resource: elasticache.cache-parameter-group
    is:
      Parameters[maxmemory-policy].ParameterValue: noeviction
  - name: instance-access
    resource: ec2.security-group
    where: { GroupName: { matches: "awseb-.*" } }
    is: { VpcId: "${vpc}" }
  - name: vpc
    resource: ec2.vpc
    is: { IsDefault: true }
"""


@pytest.fixture
def guided(tidemark):
    tidemark.record("--strict")
    (tidemark.folder / "guide.yml").write_text(GUIDE)
    return tidemark


def findings(tidemark, status):
    """The findings of a new snapshot under the guide's baseline, by expectation and path."""
    assert "all answered" in tidemark.record().stdout
    report = tidemark("drift", "--baseline", "guide.yml", "--format", "json", status=status).json
    return {(one["name"], found["path"]) for one in report["expectations"] for found in one["findings"]}


def test_the_documented_stack_is_as_the_guide_says(guided):
    assert findings(guided, 0) == set()


@pytest.mark.parametrize(
    "change, found",
    [
        ({"AutomaticFailoverEnabled": True, "MultiAZEnabled": True}, {"automatic-failover", "multi-az"}),
        ({"EngineVersion": "6.2"}, {"engine-version"}),
        ({"CacheNodeType": "cache.m7g.large"}, {"CacheNodeType"}),
    ],
)
def test_a_change_of_redis_is_found(stack, guided, change, found):
    stack.client("elasticache").modify_replication_group(ReplicationGroupId=names.REDIS, ApplyImmediately=True, **change)
    assert findings(guided, 2) == {("redis", path) for path in found}


def test_another_security_group_of_redis_is_found(stack, guided):
    stack.client("elasticache").modify_replication_group(
        ReplicationGroupId=names.REDIS, SecurityGroupIds=[stack.group_id(names.EGRESS_GROUP)], ApplyImmediately=True
    )
    assert findings(guided, 2) == {("redis-access", "ingress")}


def test_a_route_out_of_the_private_subnets_is_found(stack, guided):
    ec2 = stack.client("ec2")
    (gateway,) = ec2.describe_internet_gateways()["InternetGateways"]
    tables = ec2.describe_route_tables()["RouteTables"]
    (private,) = [one["RouteTableId"] for one in tables if any("SubnetId" in other for other in one["Associations"])]
    ec2.create_route(
        RouteTableId=private, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway["InternetGatewayId"]
    )
    assert findings(guided, 2) == {("redis", "subnet-tier"), ("redis-subnets", "subnet-tier")}


def test_a_changed_parameter_is_found(stack, guided):
    stack.client("elasticache").modify_cache_parameter_group(
        CacheParameterGroupName=names.REDIS_PARAMETERS,
        ParameterNameValues=[{"ParameterName": "maxmemory-policy", "ParameterValue": "allkeys-lru"}],
    )
    assert findings(guided, 2) == {("redis-parameters", "Parameters[maxmemory-policy].ParameterValue")}


def test_a_default_parameter_group_has_no_changed_parameters(stack, guided):
    stack.client("elasticache").modify_replication_group(
        ReplicationGroupId=names.REDIS, CacheParameterGroupName="default.redis7", ApplyImmediately=True
    )
    assert findings(guided, 2) == {("redis-parameters", "Parameters[maxmemory-policy].ParameterValue")}
    (group,) = guided.show("elasticache.cache-parameter-group/default.redis7")["resources"]
    assert group["facts"]["changed-parameters"]["value"] == {}
    assert group["description"]["Parameters"] != []


def test_a_deleted_replication_group_is_gone_with_its_clusters(stack, guided):
    stack.client("elasticache").delete_replication_group(ReplicationGroupId=names.REDIS)
    assert ("redis", None) in findings(guided, 2)
    assert {one["kind"] for one in guided.show()["resources"]}.isdisjoint(
        {"elasticache.replication-group", "elasticache.cache-cluster"}
    )


# MARK: Another account's


def test_a_database_of_that_name_in_another_account_is_not_matched(stack, guided):
    ours = stack.property_value("POSTGRES_HOST")
    theirs = ours.replace(".aaaaaaaaaa.", ".bbbbbbbbbb.")
    for name in ("POSTGRES_HOST", "DATABASE_URL"):
        stack.set_property(name, stack.property_value(name).replace(ours, theirs))
    output = guided.record().stdout
    assert f"\n  not followed  {theirs} (DB instance of another account, or deleted)\n" in output
    (database,) = guided.show("rds.db-instance/antenna-postgres")["resources"]
    assert (database["reached"], database["unseen"]) == (False, [])
    guided.history.unlink()
    guided.record("--strict", status=3)
    kinds = {one["kind"] for one in guided.show()["resources"]}
    assert "rds.db-instance" not in kinds and "elasticache.replication-group" in kinds
    report = guided("drift", "--baseline", "guide.yml", "--format", "json", status=None).json
    (database,) = [one for one in report["expectations"] if one["name"] == "database"]
    assert database["verdict"] != "in sync"


def test_a_redis_of_that_name_in_another_account_is_not_matched(stack, tidemark):
    for name in ("REDIS_URL", "CELERY_BROKER_URL"):
        stack.set_property(name, stack.property_value(name).replace(".abc123.", ".xyz789."))
    tidemark.record("--strict", status=3)
    assert "elasticache.replication-group" not in {one["kind"] for one in tidemark.show()["resources"]}


# MARK: Other hosts


@pytest.mark.parametrize(
    "host",
    [
        "replica.antenna-redis.abc123.usw2.cache.amazonaws.com",
        "antenna-redis.abc123.ng.0001.usw2.cache.amazonaws.com",
        "antenna-redis-ro.abc123.ng.0001.usw2.cache.amazonaws.com",
        "antenna-redis-001.antenna-redis.abc123.usw2.cache.amazonaws.com",
    ],
)
def test_each_host_of_redis_identifies_the_whole_group(stack, tidemark, host):
    for name in ("REDIS_URL", "CELERY_BROKER_URL"):
        stack.set_property(name, f"rediss://{host}:6379/0?ssl_cert_reqs=none")
    tidemark.record("--strict")
    assert {one["kind"] for one in tidemark.show()["resources"]} >= {
        "elasticache.replication-group",
        "elasticache.cache-cluster",
        "elasticache.cache-subnet-group",
        "elasticache.cache-parameter-group",
    }


def test_a_memcached_cluster_is_found_by_its_configuration_endpoint(stack, tidemark):
    stack.client("elasticache").create_cache_cluster(
        CacheClusterId="pages", Engine="memcached", NumCacheNodes=2, CacheNodeType="cache.t4g.micro"
    )
    stack.set_property("PAGES", "pages.abc123.cfg.usw2.cache.amazonaws.com:11211")
    tidemark.record("--strict")
    (pages,) = tidemark.show("elasticache.cache-cluster/pages")["resources"]
    assert [one["CacheNodeId"] for one in pages["description"]["CacheNodes"]] == ["0001", "0002"]


# MARK: Secrets


@pytest.mark.parametrize(
    "group, plain, secret",
    [
        (f"rds.db-parameter-group/{names.DATABASE_PARAMETERS}", {"log_statement": "ddl"}, "search_path"),
        (
            f"elasticache.cache-parameter-group/{names.REDIS_PARAMETERS}",
            {"maxmemory-policy": "noeviction"},
            "rename-commands",
        ),
    ],
)
def test_free_text_in_a_parameter_is_redacted(tidemark, group, plain, secret):
    tidemark.record("--strict")
    parameters = tidemark.show(group)["resources"][0]["description"]["Parameters"]
    values = {one["ParameterName"]: one["ParameterValue"] for one in parameters if one["Source"] == "user"}
    assert values == {**plain, secret: {"redacted": True}}
