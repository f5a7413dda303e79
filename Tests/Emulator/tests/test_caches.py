"""ElastiCache and RDS answer as their API references describe."""

import pytest
from botocore.exceptions import ClientError


def group(stack, name):
    (found,) = stack.client("elasticache").describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"]
    return found


@pytest.mark.parametrize(
    "parameters, hosts",
    [
        (
            {"TransitEncryptionEnabled": True},
            ["master.g.abc123", "replica.g.abc123", "g-001.g.abc123", "g-002.g.abc123"],
        ),
        (
            {"TransitEncryptionEnabled": False},
            ["g.abc123.ng.0001", "g-ro.abc123.ng.0001", "g-001.abc123.0001", "g-002.abc123.0001"],
        ),
    ],
)
def test_the_hosts_of_a_group_are_named_as_aws_names_them(stack, parameters, hosts):
    client = stack.client("elasticache")
    client.create_replication_group(
        ReplicationGroupId="g", ReplicationGroupDescription="g", Engine="redis", NumCacheClusters=2, **parameters
    )
    (shard,) = group(stack, "g")["NodeGroups"]
    found = [shard["PrimaryEndpoint"], shard["ReaderEndpoint"], *(one["ReadEndpoint"] for one in shard["NodeGroupMembers"])]
    assert [one["Address"] for one in found] == [f"{host}.usw2.cache.amazonaws.com" for host in hosts]
    for name, host in zip(group(stack, "g")["MemberClusters"], hosts[2:], strict=True):
        (cluster,) = client.describe_cache_clusters(CacheClusterId=name, ShowCacheNodeInfo=True)["CacheClusters"]
        assert cluster["CacheNodes"][0]["Endpoint"]["Address"] == f"{host}.usw2.cache.amazonaws.com"


@pytest.mark.parametrize("tls, host", [(True, "clustercfg.g.abc123"), (False, "g.abc123.clustercfg")])
def test_a_group_in_cluster_mode_has_one_endpoint(stack, tls, host):
    stack.client("elasticache").create_replication_group(
        ReplicationGroupId="g",
        ReplicationGroupDescription="g",
        Engine="redis",
        ClusterMode="enabled",
        NumNodeGroups=2,
        TransitEncryptionEnabled=tls,
    )
    found = group(stack, "g")
    assert found["ConfigurationEndpoint"]["Address"] == f"{host}.usw2.cache.amazonaws.com"
    assert found["MemberClusters"] == ["g-0001-001", "g-0002-001"]


def test_a_memcached_cluster_has_a_configuration_endpoint(stack):
    client = stack.client("elasticache")
    client.create_cache_cluster(CacheClusterId="m", Engine="memcached", NumCacheNodes=2, CacheNodeType="cache.t4g.micro")
    (cluster,) = client.describe_cache_clusters(CacheClusterId="m", ShowCacheNodeInfo=True)["CacheClusters"]
    assert cluster["ConfigurationEndpoint"]["Address"] == "m.abc123.cfg.usw2.cache.amazonaws.com"
    addresses = [one["Endpoint"]["Address"] for one in cluster["CacheNodes"]]
    assert addresses == ["m.abc123.0001.usw2.cache.amazonaws.com", "m.abc123.0002.usw2.cache.amazonaws.com"]
    client.delete_cache_cluster(CacheClusterId="m")
    assert code_of(lambda: client.describe_cache_clusters(CacheClusterId="m")) == "CacheClusterNotFound"


def test_a_change_of_a_group_reaches_its_clusters(stack):
    client = stack.client("elasticache")
    client.modify_replication_group(
        ReplicationGroupId="antenna-redis",
        AutomaticFailoverEnabled=True,
        EngineVersion="7.2",
        SecurityGroupIds=["sg-1"],
        CacheNodeType="cache.m7g.large",
    )
    found = group(stack, "antenna-redis")
    (cluster,) = client.describe_cache_clusters(CacheClusterId="antenna-redis-001")["CacheClusters"]
    assert (found["AutomaticFailover"], found["MultiAZ"]) == ("enabled", "disabled")
    assert found["CacheNodeType"] == cluster["CacheNodeType"] == "cache.m7g.large"
    assert cluster["EngineVersion"] == "7.2" and cluster["SecurityGroups"] == [{"SecurityGroupId": "sg-1", "Status": "active"}]
    client.delete_replication_group(ReplicationGroupId="antenna-redis")
    assert code_of(lambda: group(stack, "antenna-redis")) == "ReplicationGroupNotFoundFault"
    assert client.describe_cache_clusters()["CacheClusters"] == []


def code_of(call):
    with pytest.raises(ClientError) as refused:
        call()
    return refused.value.response["Error"]["Code"]


def test_only_changed_parameters_are_the_users(stack):
    rds, elasticache = stack.client("rds"), stack.client("elasticache")
    rds.create_db_parameter_group(DBParameterGroupName="ours", DBParameterGroupFamily="postgres16", Description="ours")
    elasticache.create_cache_parameter_group(
        CacheParameterGroupName="ours", CacheParameterGroupFamily="redis7", Description="ours"
    )
    for describe, name in (
        (rds.describe_db_parameters, "DBParameterGroupName"),
        (elasticache.describe_cache_parameters, "CacheParameterGroupName"),
    ):
        assert describe(**{name: "ours"}, Source="user")["Parameters"] == []
        assert len(describe(**{name: "ours"})["Parameters"]) >= 3
    rds.modify_db_parameter_group(
        DBParameterGroupName="ours",
        Parameters=[{"ParameterName": "log_statement", "ParameterValue": "ddl", "ApplyMethod": "immediate"}],
    )
    elasticache.modify_cache_parameter_group(
        CacheParameterGroupName="ours", ParameterNameValues=[{"ParameterName": "timeout", "ParameterValue": "60"}]
    )
    changed = [
        *rds.describe_db_parameters(DBParameterGroupName="ours", Source="user")["Parameters"],
        *elasticache.describe_cache_parameters(CacheParameterGroupName="ours", Source="user")["Parameters"],
    ]
    assert [(one["ParameterName"], one["ParameterValue"]) for one in changed] == [("log_statement", "ddl"), ("timeout", "60")]


def test_a_missing_group_is_an_error(stack):
    rds, elasticache = stack.client("rds"), stack.client("elasticache")
    for call, code in (
        (lambda: rds.describe_db_parameter_groups(DBParameterGroupName="x"), "DBParameterGroupNotFound"),
        (lambda: rds.describe_db_parameters(DBParameterGroupName="x"), "DBParameterGroupNotFound"),
        (lambda: rds.describe_db_subnet_groups(DBSubnetGroupName="x"), "DBSubnetGroupNotFoundFault"),
        (lambda: elasticache.describe_cache_parameter_groups(CacheParameterGroupName="x"), "CacheParameterGroupNotFound"),
        (lambda: elasticache.describe_cache_parameters(CacheParameterGroupName="x"), "CacheParameterGroupNotFound"),
        (lambda: elasticache.describe_cache_subnet_groups(CacheSubnetGroupName="x"), "CacheSubnetGroupNotFoundFault"),
    ):
        assert code_of(call) == code
