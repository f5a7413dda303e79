"""RDS: each instance has a resource id of its own, and the members that moto leaves out of a description."""

from __future__ import annotations

import random
import string
from datetime import datetime

from moto.rds.models import DBInstance

from . import replace

# Members that RDS answers for every instance, with the values of one that asked for nothing special.
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


def with_resource_id(original):
    def init(instance: DBInstance, *arguments, **named) -> None:
        original(instance, *arguments, **named)
        # One created anew under an old name must be told apart; moto gives every instance the same id.
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
