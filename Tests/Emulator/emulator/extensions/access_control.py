"""IAM's decisions, by the permission that the call needs, and told as the service itself tells them.

moto makes the permission's name of that in the signature (`monitoring:`), takes several questions about a bucket for
`s3:ListBucket`, asks for a permission of ECR and Secrets Manager on `*`, and writes every refusal in XML. What was signed
it puts together from the parameters, with a plus sign for a space, where AWS takes the bytes that were sent.
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
    """What is decided about the call that moto is answering; it answers one at a time."""

    current: Decision | None = None

    def __init__(self, call: Call):
        self.call = call
        self.is_denied = False


@contextmanager
def deciding(call: Call):
    """While moto answers a call."""
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

    def check_action_permitted(ask: IAMRequestBase, resource: str) -> None:
        call = Decision.current.call if Decision.current else None
        if call is None or call.operation is None:
            return original(ask, resource)
        ask._action = action(call)
        for one in resources(call) or [resource]:
            original(ask, one)

    return check_action_permitted


def over_the_bytes(original):
    def check_signature(ask: IAMRequestBase) -> None:
        if Decision.current:
            ask._body = Decision.current.call.request.body
        original(ask)

    return check_signature


def noted(original):
    def raise_access_denied(ask: IAMRequestBase) -> None:
        if Decision.current:
            Decision.current.is_denied = True
        original(ask)

    return raise_access_denied


def match(pattern: str, text: str) -> re.Match[str] | None:
    """`*` and `?` stand for others, and no other character does: moto has the dot of a name stand for any."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text)
