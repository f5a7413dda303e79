"""IAM's decisions: moto takes the name in the signature for that of the permission, which CloudWatch's is not."""

from __future__ import annotations

from moto.iam.access_control import IAMRequestBase

from . import replace

PERMISSION_PREFIX = {"monitoring": "cloudwatch"}


def install() -> None:
    replace(IAMRequestBase, "__init__", with_permission)


def with_permission(original):
    def init(ask: IAMRequestBase, *arguments, **named) -> None:
        original(ask, *arguments, **named)
        service, _, action = ask._action.partition(":")
        ask._action = f"{PERMISSION_PREFIX.get(service, service)}:{action}"

    return init
