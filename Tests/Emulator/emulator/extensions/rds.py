"""RDS: unique resource ids, the members that moto leaves out of a description, the error for a missing parameter group,
and the source of parameters."""

from __future__ import annotations

import random
import string
from datetime import datetime

from moto.core.responses import PaginatedResult
from moto.rds.exceptions import DBParameterGroupNotFoundError
from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend
from moto.rds.responses import RDSResponse

from . import replace
from .parameters import described

# Members that RDS answers for every instance, with the default values.
COMMON = {
    "monitoring_interval": 0,
    "performance_insights_enabled": False,
    "customer_owned_ip_enabled": False,
    "activity_stream_status": "stopped",
    "backup_target": "region",
    "network_type": "IPV4",
    "dedicated_log_volume": False,
    "is_storage_config_upgrade_available": False,
    "engine_lifecycle_support": "open-source-rds-extended-support",
}


def install() -> None:
    replace(DBInstance, "__init__", with_resource_id)
    replace(RDSBackend, "describe_db_parameter_groups", with_missing_groups)
    replace(RDSResponse, "describe_db_parameters", lambda _: describe_db_parameters)


def with_resource_id(original):
    def init(instance: DBInstance, *arguments, **named) -> None:
        original(instance, *arguments, **named)
        # A new instance under an old name must differ; moto gives every instance the same id.
        instance.dbi_resource_id = "db-" + "".join(random.choices(string.ascii_uppercase + string.digits, k=26))
        for name, value in COMMON.items():
            if getattr(instance, name, None) is None:
                setattr(instance, name, value)
        if instance.engine == "postgres":
            instance.license_model = "postgresql-license"
        if instance.storage_type == "gp3":
            instance.iops, instance.storage_throughput = instance.iops or 3000, instance.storage_throughput or 125
        instance.certificate_details = {
            "CAIdentifier": instance.ca_certificate_identifier,
            "ValidTill": datetime(2027, 8, 22, 17, 8, 50),
        }

    return init


def with_missing_groups(original):
    def describe_db_parameter_groups(backend: RDSBackend, parameters: dict) -> list[DBParameterGroup]:
        groups = original(backend, parameters)
        name = parameters.get("db_parameter_group_name")
        if name and not groups:
            raise DBParameterGroupNotFoundError(name)
        return groups

    return describe_db_parameter_groups


def describe_db_parameters(handler: RDSResponse) -> PaginatedResult:
    (group,) = handler.backend.describe_db_parameter_groups({"db_parameter_group_name": handler.params["DBParameterGroupName"]})
    changed = {name: held["ParameterValue"] for name, held in group.parameters.items()}
    return PaginatedResult({"Parameters": described("rds", changed, handler.params.get("Source"))})
