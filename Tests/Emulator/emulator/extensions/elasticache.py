"""ElastiCache: a replication group creates its cache clusters, in its own region."""

from __future__ import annotations

from moto.core.responses import PaginatedResult
from moto.elasticache.models import CacheCluster, CacheSubnetGroup, ElastiCacheBackend, ReplicationGroup
from moto.elasticache.responses import ElastiCacheResponse

from . import replace

REGION_IN_ADDRESS = {"us-west-2": "usw2", "us-east-1": "use1", "eu-west-1": "euw1"}


def install() -> None:
    replace(ElastiCacheBackend, "create_replication_group", with_clusters)
    replace(ElastiCacheBackend, "delete_replication_group", without_clusters)
    replace(CacheSubnetGroup, "__init__", with_zones)
    replace(ElastiCacheResponse, "describe_cache_clusters", lambda _: describe_cache_clusters)


def with_clusters(original):
    def create_replication_group(backend: ElastiCacheBackend, **named) -> ReplicationGroup:
        group = original(backend, **named)
        group.auto_minor_version_upgrade = group.auto_minor_version_upgrade is not False
        if group.transit_encryption_enabled:
            group.transit_encryption_mode = group.transit_encryption_mode or "required"
        subnets = backend.cache_subnet_groups.get(group.cache_subnet_group_name)
        zones = [subnet["subnet_availability_zone"]["name"] for subnet in subnets.subnets] if subnets else []
        relocate(backend, group, zones)
        for node_group in group.node_groups:
            for member in node_group["node_group_members"]:
                cluster = member_cluster(backend, group, member)
                backend.cache_clusters[cluster.cache_cluster_id] = cluster
        return group

    return create_replication_group


def relocate(backend: ElastiCacheBackend, group: ReplicationGroup, zones: list[str]) -> None:
    """moto writes us-east-1 into every address and zone."""
    short = REGION_IN_ADDRESS.get(backend.region_name, "use1")

    def here(address: str) -> str:
        return address.replace(".use1.", f".{short}.")

    for node_group in group.node_groups:
        for key in ("primary_endpoint", "reader_endpoint"):
            address = node_group.get(f"{key}_address")
            if address:
                node_group[f"{key}_address"] = here(address)
                node_group[key] = {"address": here(address), "port": group.port}
        for number, member in enumerate(node_group["node_group_members"]):
            if zones:
                member["preferred_availability_zone"] = zones[number % len(zones)]
            member["cache_node_id"] = "0001"
            if member.get("read_endpoint"):
                # `ID.GROUP.hash.region…`: real addresses of a member have its id in place of the group's.
                domain = here(member["read_endpoint"]["address"]).split(".", 2)[2]
                member["read_endpoint"]["address"] = f"{member['cache_cluster_id']}.{domain}"


def member_cluster(backend: ElastiCacheBackend, group: ReplicationGroup, member: dict) -> CacheCluster:
    cluster = CacheCluster(
        account_id=backend.account_id,
        region_name=backend.region_name,
        cache_cluster_id=member["cache_cluster_id"],
        cache_node_type=group.cache_node_type,
        replication_group_id=group.replication_group_id,
        az_mode=None,
        preferred_availability_zone=member["preferred_availability_zone"],
        num_cache_nodes=1,
        engine=group.engine,
        engine_version=group.engine_version,
        cache_parameter_group_name=None,
        cache_subnet_group_name=group.cache_subnet_group_name,
        transit_encryption_enabled=group.transit_encryption_enabled,
        network_type=group.network_type,
        ip_discovery=group.ip_discovery,
        snapshot_name=None,
        preferred_maintenance_window=group.preferred_maintenance_window or "sun:09:00-sun:10:00",
        port=group.port,
        notification_topic_arn=None,
        auto_minor_version_upgrade=group.auto_minor_version_upgrade,
        snapshot_retention_limit=group.snapshot_retention_limit,
        snapshot_window=group.snapshot_window,
        auth_token=None,
        outpost_mode=None,
        preferred_outpost_arn=None,
        preferred_availability_zones=None,
        cache_security_group_names=None,
        security_group_ids=group.security_group_ids,
        tags=group.tags,
        snapshot_arns=None,
        preferred_outpost_arns=None,
        log_delivery_configurations=[],
        cache_node_ids_to_remove=None,
        cache_node_ids_to_reboot=None,
    )
    # What DescribeCacheClusters answers and moto does not model.
    cluster.auth_token_enabled = group.auth_token_enabled
    cluster.auth_token_last_modified_date = group.auth_token_last_modified_date
    cluster.at_rest_encryption_enabled = group.at_rest_encryption_enabled
    cluster.transit_encryption_mode = group.transit_encryption_mode
    cluster.replication_group_log_delivery_enabled = False
    cluster.client_download_landing_page = "https://console.aws.amazon.com/elasticache/home#client-download:"
    cluster.security_groups = [
        {"SecurityGroupId": group_id, "Status": "active"} for group_id in group.security_group_ids or []
    ]
    cluster.cache_parameter_group = {
        "CacheParameterGroupName": group.cache_parameter_group_name or "default.redis7",
        "ParameterApplyStatus": "in-sync",
        "CacheNodeIdsToReboot": [],
    }
    # Answered under ShowCacheNodeInfo only; see `describe_cache_clusters`.
    cluster.node_info = [
        {
            "CacheNodeId": "0001",
            "CacheNodeStatus": "available",
            "CacheNodeCreateTime": cluster.cache_cluster_create_time,
            "Endpoint": {"Address": member.get("read_endpoint", {}).get("address"), "Port": group.port},
            "ParameterGroupStatus": "in-sync",
            "CustomerAvailabilityZone": member["preferred_availability_zone"],
        }
    ]
    return cluster


def without_clusters(original):
    def delete_replication_group(backend: ElastiCacheBackend, replication_group_id, *arguments, **named):
        group = original(backend, replication_group_id, *arguments, **named)
        for name in group.member_clusters:
            backend.cache_clusters.pop(name, None)
        return group

    return delete_replication_group


def with_zones(original):
    def init(group: CacheSubnetGroup, *arguments, **named) -> None:
        original(group, *arguments, **named)
        for subnet in group.subnets:
            zone = subnet.get("subnet_availability_zone")
            if isinstance(zone, str):
                # The API has a structure here; moto's plain text is dropped on its way out.
                subnet["subnet_availability_zone"] = {"name": zone}

    return init


def describe_cache_clusters(ask: ElastiCacheResponse) -> PaginatedResult:
    """Nodes are answered where they are asked for, and members of a replication group can be left out."""
    clusters = ask.elasticache_backend.describe_cache_clusters(cache_cluster_id=ask._get_param("CacheClusterId"))
    if ask._get_bool_param("ShowCacheClustersNotInReplicationGroups"):
        clusters = [cluster for cluster in clusters if not getattr(cluster, "replication_group_id", None)]
    with_nodes = ask._get_bool_param("ShowCacheNodeInfo")
    for cluster in clusters:
        cluster.cache_nodes = getattr(cluster, "node_info", None) if with_nodes else None
    return PaginatedResult({"CacheClusters": clusters})
