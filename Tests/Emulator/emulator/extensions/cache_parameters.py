"""ElastiCache: parameter groups, which moto lacks; every family has a default one."""

from __future__ import annotations

from moto.core.responses import ActionResult, PaginatedResult
from moto.elasticache.exceptions import ElastiCacheException, InvalidParameterValueException
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from . import replace
from .parameters import KNOWN, described

DEFAULT = "default."


class CacheParameterGroupNotFound(ElastiCacheException):
    code = "CacheParameterGroupNotFound"

    def __init__(self, name: str):
        super().__init__(f"CacheParameterGroup {name} not found.")


class CacheParameterGroup:
    def __init__(self, backend: ElastiCacheBackend, name: str, family: str, description: str) -> None:
        self.cache_parameter_group_name = name
        self.cache_parameter_group_family = family
        self.description = description
        self.is_global = False
        self.arn = f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:parametergroup:{name}"
        self.changed: dict[str, str] = {}


def install() -> None:
    replace(ElastiCacheBackend, "__init__", with_groups)
    for operation in (create, describe_groups, describe_parameters, modify, delete):
        setattr(ElastiCacheResponse, operation.operation, operation)


def with_groups(original):
    def init(backend: ElastiCacheBackend, *arguments, **named) -> None:
        original(backend, *arguments, **named)
        backend.cache_parameter_groups = {}

    return init


def answers(operation: str):
    def name(function):
        function.operation = operation
        return function

    return name


def group_of(backend: ElastiCacheBackend, name: str) -> CacheParameterGroup:
    if name in backend.cache_parameter_groups:
        return backend.cache_parameter_groups[name]
    if name.startswith(DEFAULT):
        family = name.removeprefix(DEFAULT)
        return CacheParameterGroup(backend, name, family, f"Default parameter group for {family}")
    raise CacheParameterGroupNotFound(name)


@answers("create_cache_parameter_group")
def create(handler: ElastiCacheResponse) -> ActionResult:
    backend = handler.elasticache_backend
    group = CacheParameterGroup(
        backend,
        handler._get_param("CacheParameterGroupName"),
        handler._get_param("CacheParameterGroupFamily"),
        handler._get_param("Description"),
    )
    backend.cache_parameter_groups[group.cache_parameter_group_name] = group
    return ActionResult({"CacheParameterGroup": group})


@answers("describe_cache_parameter_groups")
def describe_groups(handler: ElastiCacheResponse) -> PaginatedResult:
    backend, name = handler.elasticache_backend, handler._get_param("CacheParameterGroupName")
    groups = [group_of(backend, name)] if name else list(backend.cache_parameter_groups.values())
    return PaginatedResult({"CacheParameterGroups": groups})


@answers("describe_cache_parameters")
def describe_parameters(handler: ElastiCacheResponse) -> PaginatedResult:
    group = group_of(handler.elasticache_backend, handler._get_param("CacheParameterGroupName"))
    parameters = described("elasticache", group.changed, handler._get_param("Source"))
    return PaginatedResult({"Parameters": parameters, "CacheNodeTypeSpecificParameters": []})


@answers("modify_cache_parameter_group")
def modify(handler: ElastiCacheResponse) -> ActionResult:
    name = handler._get_param("CacheParameterGroupName")
    group = group_of(handler.elasticache_backend, name)
    if name.startswith(DEFAULT):
        raise InvalidParameterValueException("The default parameter groups cannot be modified.")
    for given in handler._get_param("ParameterNameValues", []):
        parameter = given["ParameterName"]
        if parameter not in KNOWN["elasticache"]:
            raise InvalidParameterValueException(f"Parameter {parameter} is not valid.")
        group.changed[parameter] = given["ParameterValue"]
    return ActionResult({"CacheParameterGroupName": name})


@answers("delete_cache_parameter_group")
def delete(handler: ElastiCacheResponse) -> ActionResult:
    name = handler._get_param("CacheParameterGroupName")
    handler.elasticache_backend.cache_parameter_groups.pop(group_of(handler.elasticache_backend, name).cache_parameter_group_name)
    return ActionResult({})
