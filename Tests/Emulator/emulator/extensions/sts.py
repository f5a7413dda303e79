"""STS: AssumeRoleWithWebIdentity needs no credentials; moto requires them if it verifies signatures."""

from __future__ import annotations

from moto.sts.responses import TokenResponse

from . import replace


def install() -> None:
    replace(TokenResponse, "_authenticate_and_authorize_normal_action", unless_unsigned)


def unless_unsigned(original):
    def authenticate(handler: TokenResponse, resource: str = "*") -> None:
        if handler._get_action() != "AssumeRoleWithWebIdentity":
            original(handler, resource)

    return authenticate
