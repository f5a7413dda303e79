"""A user whose only permissions are those of one policy; moto checks each call as IAM does."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from emulator import clients, controls

USER = "least"


def policy(tidemark, *options: str) -> dict:
    """The policy that `tidemark policy` prints."""
    return json.loads(tidemark("policy", *options).stdout)


def actions(allowed: dict) -> list[str]:
    return sorted(action for statement in allowed["Statement"] for action in statement["Action"])


def without(allowed: dict, action: str) -> dict:
    """The policy without one action."""
    statements = [
        {**statement, "Action": [one for one in statement["Action"] if one != action]}
        for statement in allowed["Statement"]
    ]
    return {**allowed, "Statement": [statement for statement in statements if statement["Action"]]}


def with_resource(allowed: dict, resource: str, other: str) -> dict:
    """The policy with one resource replaced by another."""
    changed = copy.deepcopy(allowed)
    for statement in changed["Statement"]:
        statement["Resource"] = [other if one == resource else one for one in statement["Resource"]]
    return changed


@contextmanager
def least(endpoint: str, iam) -> Iterator[Callable[[dict], dict[str, str]]]:
    """Has moto check each call inside the `with` block; yields a function that sets the policy and returns the user's
    variables.

    `iam` is a client of a user who may do everything, also while moto checks.
    """
    iam.create_user(UserName=USER)
    iam.create_access_key(UserName=USER)

    def allow(document: dict) -> dict[str, str]:
        iam.put_user_policy(UserName=USER, PolicyName="tidemark", PolicyDocument=json.dumps(document))
        keys = clients.credentials(USER)
        return {name: keys[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}

    controls.verify_signatures(endpoint)
    try:
        yield allow
    finally:
        controls.verify_signatures(endpoint, False)
