"""Policies of buckets that deny something: by the permission that the call needs, and by its headers.

moto derives the permission of an object's policy from the method, checks no call about the bucket itself, and takes a
statement with a condition for one that always denies.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, s3_backends

from . import replace
from .access_control import match

if TYPE_CHECKING:
    from ..call import Call


def install() -> None:
    replace(FakeBucket, "get_permission", lambda _: lambda bucket, action, resource: PermissionResult.NEUTRAL)


def denies(call: Call) -> bool:
    # Imported late: the extensions come before the modules that use them.
    from ..permissions import action, resources

    if call.service != "s3" or call.operation is None:
        return False
    bucket = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets.get(call.parameters.get("Bucket"))
    if bucket is None or not bucket.policy:
        return False
    return any(
        statement["Effect"] == "Deny"
        and any(match(pattern, action(call)) for pattern in values(statement["Action"]))
        and any(match(pattern, one) for pattern in values(statement["Resource"]) for one in resources(call))
        and all(holds(operator, keys, call) for operator, keys in statement.get("Condition", {}).items())
        for statement in json.loads(bucket.policy)["Statement"]
    )


def values(one_or_several) -> list[str]:
    return [one_or_several] if isinstance(one_or_several, str) else one_or_several


def holds(operator: str, keys: dict, call: Call) -> bool:
    """The condition that a header is absent, or present."""
    if operator != "Null":
        raise ValueError(f"the emulator does not know the condition '{operator}' of a bucket's policy")
    return all(
        (call.request.header(key.removeprefix("s3:")) == "") == (value in ("true", True)) for key, value in keys.items()
    )
