"""boto3 clients of the emulator."""

from __future__ import annotations

import functools
import os

import boto3
from botocore.config import Config

from .extensions.keys import key_id, secret_key
from .names import READER, REGION, RELEASER


def endpoint_from_environment() -> str:
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    if not endpoint:
        raise SystemExit("emulator: no endpoint: set AWS_ENDPOINT_URL to the line that 'python -m emulator serve' prints")
    return endpoint


@functools.cache
def session(user: str) -> boto3.Session:
    return boto3.Session(aws_access_key_id=key_id(user), aws_secret_access_key=secret_key(user), region_name=REGION)


@functools.cache
def client(endpoint: str, service: str, user: str = RELEASER):
    """A client as a user of the stack. Cached, because creating one takes longer than most calls."""
    return session(user).client(
        service,
        endpoint_url=endpoint,
        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, max_pool_connections=20),
    )


def credentials(user: str = READER) -> dict[str, str]:
    """The environment variables for a program that calls as a user of the stack."""
    return {
        "AWS_ACCESS_KEY_ID": key_id(user),
        "AWS_SECRET_ACCESS_KEY": secret_key(user),
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }
