"""Parameter groups of RDS and ElastiCache: their parameters, and which of them were changed."""

from __future__ import annotations

# Some parameters of each service in its own description: data type, allowed values, default.
KNOWN = {
    "rds": {
        "rds.force_ssl": ("boolean", "0,1", "1"),
        "log_statement": ("string", "none,ddl,mod,all", None),
        "max_connections": ("integer", "6-8388607", "LEAST({DBInstanceClassMemory/9531392},5000)"),
        "shared_preload_libraries": ("list", "auto_explain,pg_cron,pg_stat_statements", "pg_stat_statements"),
        "search_path": ("string", None, None),
    },
    "elasticache": {
        "maxmemory-policy": ("string", "volatile-lru,allkeys-lru,volatile-ttl,noeviction", "volatile-lru"),
        "timeout": ("integer", "0,20-", "0"),
        "rename-commands": ("string", None, None),
    },
}


def described(service: str, changed: dict[str, str], source: str | None) -> list[dict]:
    """The parameters of a group, or those of one source."""
    described = []
    for name, (data_type, allowed, default) in KNOWN[service].items():
        is_changed = name in changed
        value = changed.get(name, default)
        parameter = {
            "ParameterName": name,
            "ParameterValue": value,
            "Description": f"What {name} is for.",
            "Source": "user" if is_changed else "engine-default" if service == "rds" else "system",
            "DataType": data_type,
            "AllowedValues": allowed,
            "IsModifiable": True,
        }
        if source is None or source == parameter["Source"]:
            described.append({key: held for key, held in parameter.items() if held is not None})
    return described
