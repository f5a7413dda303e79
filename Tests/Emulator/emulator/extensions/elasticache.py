"""ElastiCache: a replication group creates its cache clusters, in its own region, with endpoints named as in AWS."""

from __future__ import annotations

from moto.core.responses import ActionResult, PaginatedResult
from moto.elasticache.models import CacheCluster, CacheSubnetGroup, ElastiCacheBackend, ReplicationGroup
from moto.elasticache.responses import ElastiCacheResponse

from . import replace
from .cache_addresses import Addresses


def install() -> None:
    replace(ElastiCacheBackend, "create_replication_group", with_clusters)
    replace(ElastiCacheBackend, "create_cache_cluster", standing_alone)
    replace(ElastiCacheBackend, "delete_cache_cluster", really_deleted)
    replace(ElastiCacheBackend, "delete_replication_group", without_clusters)
    replace(CacheSubnetGroup, "__init__", with_zones)
    replace(ElastiCacheResponse, "describe_cache_clusters", lambda _: describe_cache_clusters)
    ElastiCacheResponse.modify_replication_group = modify_replication_group


def with_clusters(original):
    def create_replication_group(backend: ElastiCacheBackend, **named) -> ReplicationGroup:
        if named.get("num_cache_clusters") and not named.get("num_node_groups"):
            # moto counts only the replicas of a shard.
            named["replicas_per_node_group"] = named["num_cache_clusters"] - 1
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
    """moto writes us-east-1 into every address and zone, and the endpoints of TLS into a group without it."""
    addresses = addresses_of(backend, group)
    if group.cluster_enabled:
        group.configuration_endpoint["address"] = addresses.configuration
    for node_group in group.node_groups:
        if not group.cluster_enabled:
            for key, address in (("primary_endpoint", addresses.primary), ("reader_endpoint", addresses.reader)):
                node_group[f"{key}_address"] = address
                node_group[key] = {"address": address, "port": group.port}
        for number, member in enumerate(node_group["node_group_members"]):
            if zones:
                member["preferred_availability_zone"] = zones[number % len(zones)]
            member["cache_node_id"] = "0001"
            if member.get("read_endpoint"):
                member["read_endpoint"]["address"] = addresses.node(member["cache_cluster_id"])


def addresses_of(backend: ElastiCacheBackend, group: ReplicationGroup | None) -> Addresses:
    tls = group is not None and group.transit_encryption_enabled
    return Addresses(backend.region_name, group and group.replication_group_id, tls)


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
    cluster.auth_token_enabled = group.auth_token_enabled
    cluster.auth_token_last_modified_date = group.auth_token_last_modified_date
    cluster.at_rest_encryption_enabled = group.at_rest_encryption_enabled
    cluster.transit_encryption_mode = group.transit_encryption_mode
    cluster.replication_group_log_delivery_enabled = False
    complete(cluster, group.cache_parameter_group_name)
    cluster.node_info = [node(cluster, "0001", addresses_of(backend, group))]
    return cluster


def complete(cluster: CacheCluster, parameter_group: str | None) -> None:
    """Members of DescribeCacheClusters that moto does not model."""
    cluster.client_download_landing_page = "https://console.aws.amazon.com/elasticache/home#client-download:"
    cluster.security_groups = [
        {"SecurityGroupId": group_id, "Status": "active"} for group_id in cluster.security_group_ids or []
    ]
    default = "default.memcached1.6" if cluster.engine == "memcached" else "default.redis7"
    cluster.cache_parameter_group = {
        "CacheParameterGroupName": parameter_group or default,
        "ParameterApplyStatus": "in-sync",
        "CacheNodeIdsToReboot": [],
    }


def node(cluster: CacheCluster, name: str, addresses: Addresses) -> dict:
    """Answered with ShowCacheNodeInfo only; see `describe_cache_clusters`."""
    return {
        "CacheNodeId": name,
        "CacheNodeStatus": "available",
        "CacheNodeCreateTime": cluster.cache_cluster_create_time,
        "Endpoint": {"Address": addresses.node(cluster.cache_cluster_id, name), "Port": cluster.port},
        "ParameterGroupStatus": "in-sync",
        "CustomerAvailabilityZone": cluster.preferred_availability_zone,
    }


def standing_alone(original):
    def create_cache_cluster(backend: ElastiCacheBackend, **named) -> CacheCluster:
        cluster = original(backend, **named)
        complete(cluster, cluster.cache_parameter_group_name)
        addresses, numbers = addresses_of(backend, None), range(1, (cluster.num_cache_nodes or 1) + 1)
        cluster.node_info = [node(cluster, f"{number:04}", addresses) for number in numbers]
        if cluster.engine == "memcached":
            address = addresses.discovery(cluster.cache_cluster_id)
            cluster.configuration_endpoint = {"Address": address, "Port": cluster.port}
        return cluster

    return create_cache_cluster


def really_deleted(original):
    def delete_cache_cluster(backend: ElastiCacheBackend, *arguments, **named) -> CacheCluster:
        cluster = original(backend, *arguments, **named)
        return backend.cache_clusters.pop(cluster.cache_cluster_id)

    return delete_cache_cluster


def without_clusters(original):
    def delete_replication_group(backend: ElastiCacheBackend, replication_group_id, *arguments, **named):
        group = original(backend, replication_group_id, *arguments, **named)
        for name in group.member_clusters:
            backend.cache_clusters.pop(name, None)
        # moto keeps the group, in the status `deleting`, for ever.
        del backend.replication_groups[replication_group_id]
        return group

    return delete_replication_group


def with_zones(original):
    def init(group: CacheSubnetGroup, *arguments, **named) -> None:
        original(group, *arguments, **named)
        for subnet in group.subnets:
            zone = subnet.get("subnet_availability_zone")
            if isinstance(zone, str):
                # The API has a structure here; moto's plain text is removed from the answer.
                subnet["subnet_availability_zone"] = {"name": zone}

    return init


def describe_cache_clusters(handler: ElastiCacheResponse) -> PaginatedResult:
    """Answers nodes on request, and can leave out members of a replication group."""
    clusters = handler.elasticache_backend.describe_cache_clusters(cache_cluster_id=handler._get_param("CacheClusterId"))
    if handler._get_bool_param("ShowCacheClustersNotInReplicationGroups"):
        clusters = [cluster for cluster in clusters if not getattr(cluster, "replication_group_id", None)]
    with_nodes = handler._get_bool_param("ShowCacheNodeInfo")
    for cluster in clusters:
        cluster.cache_nodes = getattr(cluster, "node_info", None) if with_nodes else None
    return PaginatedResult({"CacheClusters": clusters})


def modify_replication_group(handler: ElastiCacheResponse) -> ActionResult:
    """Applies every change at once, to the group and to its clusters."""
    backend = handler.elasticache_backend
    (group,) = backend.describe_replication_groups(replication_group_id=handler._get_param("ReplicationGroupId"))
    clusters = [backend.cache_clusters[name] for name in group.member_clusters]
    for name, attribute in (("AutomaticFailoverEnabled", "automatic_failover"), ("MultiAZEnabled", "multi_az")):
        if handler._get_param(name) is not None:
            setattr(group, attribute, "enabled" if handler._get_bool_param(name) else "disabled")
    for cluster in clusters:
        cluster.engine_version = handler._get_param("EngineVersion") or cluster.engine_version
        cluster.security_group_ids = handler._get_param("SecurityGroupIds") or cluster.security_group_ids
        parameters = handler._get_param("CacheParameterGroupName")
        complete(cluster, parameters or cluster.cache_parameter_group["CacheParameterGroupName"])
    node_type = handler._get_param("CacheNodeType") or group.cache_node_type
    for held in (group, *clusters):
        held.cache_node_type = node_type
    return ActionResult({"ReplicationGroup": group})
