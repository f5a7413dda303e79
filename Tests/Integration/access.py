"""A user who has a policy and nothing else, while moto decides as IAM does."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from emulator import clients, controls

USER = "least"


def policy(tidemark, *options: str) -> dict:
    """What the program says is needed."""
    return json.loads(tidemark("policy", *options).stdout)


def actions(allowed: dict) -> list[str]:
    return sorted(action for statement in allowed["Statement"] for action in statement["Action"])


def without(allowed: dict, action: str) -> dict:
    """The policy with one action taken away, wherever it is."""
    statements = [
        {**statement, "Action": [one for one in statement["Action"] if one != action]}
        for statement in allowed["Statement"]
    ]
    return {**allowed, "Statement": [statement for statement in statements if statement["Action"]]}


def elsewhere(allowed: dict, resource: str, other: str) -> dict:
    """The policy with another resource in place of one."""
    changed = copy.deepcopy(allowed)
    for statement in changed["Statement"]:
        statement["Resource"] = [other if one == resource else one for one in statement["Resource"]]
    return changed


@contextmanager
def least(endpoint: str, iam) -> Iterator[Callable[[dict], dict[str, str]]]:
    """While the `with` lasts, moto checks each call; gives what sets the policy and returns the user's variables.

    `iam` is a client of somebody who may do anything, also while it is checked.
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
