"""The identity providers of GitHub Actions and GitLab, on loopback over TLS, with keys that are made at the start."""

from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from authority import Authority
from emulator.message import Answer, Request
from emulator.proxy import serving

SHA = "9d07b3a1f2c4e5d6b7a8091a2b3c4d5e6f708192"
BEARER = "bearer-of-the-job"


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def number(value: int) -> str:
    return encoded(value.to_bytes((value.bit_length() + 7) // 8))


def decoded(part: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Key:
    """A key of an issuer."""

    def __init__(self, name: str):
        self.name = name
        self.private = rsa.generate_private_key(65537, 2048)

    @property
    def public(self) -> dict:
        numbers = self.private.public_key().public_numbers()
        return {
            "kty": "RSA", "alg": "RS256", "use": "sig", "kid": self.name, "n": number(numbers.n), "e": number(numbers.e),
        }  # fmt: skip

    def sign(self, claims: dict, header: dict = {}) -> str:
        head = {"typ": "JWT", "alg": "RS256", "x5t": "2m3USeDoCVmc7N-zvbai19DCUDo", "kid": self.name, **header}
        message = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims))
        signature = self.private.sign(message.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{message}.{encoded(signature)}"


@dataclass
class Issuer:
    """The issuer of GitHub Enterprise Server and GitLab at once: both publish their keys in the same way."""

    url: str
    authority: Path
    keys: list[Key] = field(default_factory=lambda: [Key("key-1")])
    forge: Callable[[Issuer, str], str] | None = None
    """Makes another token than the one for the audience."""
    asked: list[str] = field(default_factory=list)
    """The audiences that were asked for."""
    tokens: list[str] = field(default_factory=list)

    def answer(self, request: Request) -> Answer:
        path = urlsplit(request.target).path
        if path == "/.well-known/openid-configuration":
            return document({**fixture("github-configuration"), "issuer": self.url, "jwks_uri": f"{self.url}/keys"})
        if path == "/keys":
            return document({"keys": [key.public for key in self.keys]})
        if path == "/token" and request.headers.get("authorization") == f"bearer {BEARER}":
            (audience,) = parse_qs(urlsplit(request.target).query)["audience"]
            self.asked.append(audience)
            token = self.forge(self, audience) if self.forge else self.github(audience)
            self.tokens.append(token)
            return document({"count": len(token), "value": token})
        return Answer(404, {}, b"")

    def github(self, audience, key: Key | None = None, header: dict = {}, **claims) -> str:
        """A token of GitHub Actions for a job that deploys to an environment."""
        now = int(time.time())
        reference = "acme/antenna/.github/workflows/deploy.yml@refs/tags/v10"
        payload = {
            **fixture("github-payload"),
            "actor": "release-bot", "aud": audience, "base_ref": "", "environment": "production",
            "event_name": "push", "exp": now + 300, "head_ref": "", "iat": now, "iss": self.url, "nbf": now - 300,
            "job_workflow_ref": reference, "job_workflow_sha": SHA, "jti": str(uuid.uuid4()), "ref": "refs/tags/v10",
            "ref_type": "tag", "repository": "acme/antenna", "repository_owner": "acme", "run_id": "77",
            "run_number": "12", "sha": SHA, "sub": "repo:acme/antenna:environment:production", "workflow": "deploy",
            "workflow_ref": reference, "workflow_sha": SHA, **claims,
        }  # fmt: skip
        return (key or self.keys[-1]).sign(payload, header)

    def gitlab(self, audience="tidemark", **claims) -> str:
        """An ID token of a job in GitLab."""
        now = int(time.time())
        payload = {
            **fixture("gitlab-payload"),
            "aud": audience, "exp": now + 3600, "iat": now, "iss": self.url, "nbf": now - 5, "jti": str(uuid.uuid4()),
            "project_path": "acme/antenna", "namespace_path": "acme", "user_login": "release-bot", "sha": SHA,
            "environment": "production", "ci_config_sha": SHA,
            "ci_config_ref_uri": "gitlab.example.com/acme/antenna//.gitlab-ci.yml@refs/tags/v10", **claims,
        }  # fmt: skip
        return self.keys[-1].sign(payload)

    @property
    def job(self) -> dict[str, str]:
        """The variables of a job in GitHub Actions that may ask for tokens."""
        return {
            "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_ACTOR": "release-bot", "GITHUB_SHA": SHA,
            "GITHUB_RUN_ID": "77", "GITHUB_RUN_ATTEMPT": "1", "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "acme/antenna", "GITHUB_EVENT_NAME": "push", "SSL_CERT_FILE": str(self.authority),
            "ACTIONS_ID_TOKEN_REQUEST_URL": f"{self.url}/token?api-version=2.0",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": BEARER,
        }  # fmt: skip

    @property
    def gitlab_job(self) -> dict[str, str]:
        return {
            "CI": "true", "GITLAB_CI": "true", "GITLAB_USER_LOGIN": "release-bot", "CI_COMMIT_SHA": SHA,
            "CI_PIPELINE_ID": "574", "CI_PIPELINE_URL": "https://gitlab.com/acme/antenna/-/pipelines/574",
            "SSL_CERT_FILE": str(self.authority), "TIDEMARK_ID_TOKEN": self.gitlab(),
        }  # fmt: skip


def fixture(name: str) -> dict:
    return json.loads((Path(__file__).parent.parent / f"Fixtures/identity/{name}.json").read_text())


def document(value: dict) -> Answer:
    return Answer(200, {"Content-Type": "application/json"}, json.dumps(value).encode())


@contextmanager
def issuing(folder: Path) -> Iterator[Issuer]:
    """An issuer inside the `with` block."""
    authority = Authority(folder, "localhost")
    issuers: list[Issuer] = []
    with serving(lambda request: issuers[0].answer(request), authority.context) as url:
        issuers.append(Issuer(url, authority.file))
        yield issuers[0]
