"""IAM's decisions by the permission that the call needs, with the error that the service itself returns.

moto derives the permission's name from the signature (`monitoring:`), uses `s3:ListBucket` for several calls about a
bucket, checks permissions of ECR and Secrets Manager on `*`, and writes every refusal in XML. It rebuilds the signed
URL from the parameters, with a plus sign for a space and slashes as they are, where AWS uses the bytes that were sent.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from moto.iam.access_control import IAMPolicyStatement, IAMRequest, IAMRequestBase, S3IAMRequest

from . import replace

if TYPE_CHECKING:
    from ..call import Call


class Decision:
    """The decision about the call that moto answers now; it answers one at a time."""

    current: Decision | None = None

    def __init__(self, call: Call):
        self.call = call
        self.is_denied = False


@contextmanager
def deciding(call: Call):
    """Applies while moto answers a call."""
    Decision.current = Decision(call)
    try:
        yield Decision.current
    finally:
        Decision.current = None


def install() -> None:
    replace(IAMRequestBase, "check_action_permitted", by_the_call)
    replace(IAMRequestBase, "check_signature", over_the_bytes)
    for cls in (IAMRequest, S3IAMRequest):
        replace(cls, "_raise_access_denied", noted)
    replace(IAMPolicyStatement, "_match", lambda _: staticmethod(match))


def by_the_call(original):
    # Imported late: the extensions come before the modules that use them.
    from ..permissions import action, resources

    def check_action_permitted(request: IAMRequestBase, resource: str) -> None:
        call = Decision.current.call if Decision.current else None
        if call is None or call.operation is None:
            return original(request, resource)
        request._action = action(call)
        for one in resources(call) or [resource]:
            original(request, one)

    return check_action_permitted


def over_the_bytes(original):
    def check_signature(request: IAMRequestBase) -> None:
        if Decision.current:
            request._body = Decision.current.call.request.body
            request._path = Decision.current.call.request.target
        original(request)

    return check_signature


def noted(original):
    def raise_access_denied(request: IAMRequestBase) -> None:
        if Decision.current:
            Decision.current.is_denied = True
        original(request)

    return raise_access_denied


def match(pattern: str, text: str) -> re.Match[str] | None:
    """Only `*` and `?` are wildcards; moto lets the dot of a name match any character."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text)
