"""Secrets Manager: DescribeSecret without a member that only ListSecrets answers."""

from __future__ import annotations

import json

from moto.secretsmanager.responses import SecretsManagerResponse

from . import replace


def install() -> None:
    replace(SecretsManagerResponse, "describe_secret", without_list_member)


def without_list_member(original):
    def describe_secret(handler: SecretsManagerResponse) -> str:
        answer = json.loads(original(handler))
        answer.pop("SecretVersionsToStages", None)
        return json.dumps(answer)

    return describe_secret
