"""The planted secrets: a distinct, recognisable, high-entropy value for every place that holds a secret.

They are computed, so that the server, a test and the command line agree on them, and no scanner of repositories takes
one for a leaked credential. `every_form` lists what a test must look for.
"""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import quote

# How often one secret can be rotated before the values of `every_form` are used up.
GENERATIONS = 6

PLACES = {
    "django-secret-key": "property DJANGO_SECRET_KEY",
    "django-admin-url": "property DJANGO_ADMIN_URL",
    "aws-access-key-id": "property DJANGO_AWS_ACCESS_KEY_ID",
    "aws-secret-access-key": "property DJANGO_AWS_SECRET_ACCESS_KEY",
    "postgres-user": "property POSTGRES_USER",
    "postgres-password": "property POSTGRES_PASSWORD",
    "database-url-user": "user name in DATABASE_URL",
    "database-url-password": "password in DATABASE_URL",
    "redis-token": "password in REDIS_URL, the AUTH token of the replication group",
    "celery-broker-token": "password in CELERY_BROKER_URL",
    "sendgrid-api-key": "property SENDGRID_API_KEY",
    "sentry-dsn-key": "user name in SENTRY_DSN",
    "sentry-dsn-path": "path of SENTRY_DSN",
    "webhook-user": "user name in PARTNER_WEBHOOK, a property the guide does not list",
    "webhook-password": "password in PARTNER_WEBHOOK",
    "webhook-path": "path of PARTNER_WEBHOOK",
    "webhook-query": "query of PARTNER_WEBHOOK",
    "webhook-fragment": "fragment of PARTNER_WEBHOOK",
    "unlisted-property": "property GEODATA, a property whose name says nothing",
    "json-property": "inside the JSON text of the property FEATURE_BLOB",
    "app-source-credential": "access key in the presigned AppSource URL",
    "app-source-signature": "signature in the presigned AppSource URL",
    "app-source-token": "session token in the presigned AppSource URL",
    "dockerrun-django-environment": "environment of the container django in Dockerrun.aws.json and its task definition",
    "dockerrun-celerybeat-environment": "environment of the container celerybeat, as a URL's password",
    "dockerrun-flower-command": "command of the container flower",
    "dockerrun-awscli-command": "command of the container awscli",
    "dockerrun-celeryworker-entry-point": "entry point of the container celeryworker",
    "ebextensions-file-content": "content of a file in .ebextensions/00_setup.config",
    "ebextensions-file-source": "presigned source of a file in .ebextensions/00_setup.config",
    "ebextensions-command": "text of a command in .ebextensions/00_setup.config",
    "ebextensions-container-command": "text of a container command in .ebextensions/00_setup.config",
    "ebextensions-command-environment": "env of a container command in .ebextensions/00_setup.config",
    "ebextensions-custom-option": "value of a custom option in .ebextensions/00_setup.config",
    "ebextensions-package": "password in the address of a package in .ebextensions/00_setup.config",
    "ebextensions-source": "password in the address of a source in .ebextensions/00_setup.config",
    "ebextensions-resource": "property of a resource in .ebextensions/00_setup.config",
    "image-variable": "variable in the configuration of an image",
    "image-command": "command in the configuration of an image",
    "image-label": "label in the configuration of an image",
    "image-argument": "build argument in the history of an image",
    "layer-signature": "signature in the presigned URL of an image's configuration",
    "layer-token": "session token in the presigned URL of an image's configuration",
    "bundle-metadata": "metadata of the source bundle's object in S3",
    "database-master-password": "master password given to RDS",
    "database-parameter": "free text in a parameter of the database",
    "cache-parameter": "name that hides a command, in a parameter of Redis",
    "bucket-policy-referer": "header that a statement of the static files' bucket wants",
    "user-data": "user data of the EC2 instance and its launch template",
}

# Values with characters that URLs, JSON and XML escape, where such a value is possible.
AWKWARD = {"postgres-password": "/@:&<%\"", "django-secret-key": "$&<>'\"=,", "database-url-password": "/@:#?"}


def planted(place: str, generation: int = 0) -> str:
    """The secret of a place; `generation` counts its rotations."""
    if place not in PLACES:
        raise KeyError(f"no secret is planted at '{place}'")
    if not 0 <= generation < GENERATIONS:
        raise ValueError(f"'{place}' cannot be rotated {generation} times: only {GENERATIONS - 1} values are planted")
    digest = hashlib.sha512(f"tidemark emulator {place} {generation}".encode()).digest()
    letters = base64.b64encode(digest, altchars=b"xy").decode().rstrip("=")
    return f"Pl4nt{letters[:31]}{AWKWARD.get(place, '')}"


def every_form(value: str) -> set[str]:
    """The forms of a value: plain, in a URL, in JSON, in XML and in base64."""
    forms = {
        value,
        quote(value, safe=""),
        quote(value),
        json.dumps(value)[1:-1],
        value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
    }
    for shift in range(3):
        # Base64 of a text that contains the value at any offset: the middle does not depend on the surrounding text.
        encoded = base64.b64encode(b"\0" * shift + value.encode()).decode()
        forms.add(encoded[4:-4])
    return forms


def every_secret() -> list[str]:
    """Every planted value of every generation, in plain text."""
    return [planted(place, generation) for place in PLACES for generation in range(GENERATIONS)]
