"""The environment properties of the guide's section 4, with planted secrets, and some that the guide does not list."""

from __future__ import annotations

import re
from urllib.parse import quote

from .names import REGION, STATIC_BUCKET
from .secrets import GENERATIONS, planted

# {place} is a planted secret, {place!url} the same percent-encoded, <name> an address of the stack.
TEMPLATES = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "DJANGO_SECRET_KEY": "{django-secret-key}",
    "DJANGO_ALLOWED_HOSTS": "api.antenna.example.org,antenna-production.us-west-2.elasticbeanstalk.com",
    "DJANGO_SECURE_SSL_REDIRECT": "False",
    "DJANGO_ADMIN_URL": "{django-admin-url}/",
    "DJANGO_DEBUG": "False",
    "EB_HEALTHCHECK": "1",
    "DJANGO_AWS_ACCESS_KEY_ID": "{aws-access-key-id}",
    "DJANGO_AWS_SECRET_ACCESS_KEY": "{aws-secret-access-key}",
    "DJANGO_AWS_STORAGE_BUCKET_NAME": STATIC_BUCKET,
    "DJANGO_AWS_S3_REGION_NAME": REGION,
    "POSTGRES_DB": "antenna",
    "POSTGRES_USER": "{postgres-user}",
    "POSTGRES_PASSWORD": "{postgres-password}",
    "POSTGRES_HOST": "<database>",
    "POSTGRES_PORT": "5432",
    "DATABASE_URL": "postgres://{database-url-user}:{database-url-password!url}@<database>:5432/antenna",
    "REDIS_URL": "rediss://:{redis-token}@<redis>:6379/0?ssl_cert_reqs=none",
    "CELERY_BROKER_URL": "rediss://:{celery-broker-token}@<redis>:6379/0?ssl_cert_reqs=none",
    "SENDGRID_API_KEY": "SG.{sendgrid-api-key}",
    "SENTRY_DSN": "https://{sentry-dsn-key}@o4504.ingest.sentry.example/{sentry-dsn-path}",
    "PARTNER_WEBHOOK": "https://{webhook-user}:{webhook-password}@hooks.example.org/in/{webhook-path}"
    "?sig={webhook-query}#{webhook-fragment}",
    "GEODATA": "{unlisted-property}",
    "FEATURE_BLOB": '{"mode": "fast", "signing": "{json-property}"}',
}

PART = re.compile(r"\{([a-z][a-z-]+)(!url)?\}")


def value(name: str, addresses: dict[str, str], generation: int = 0) -> str:
    def secret(part: re.Match[str]) -> str:
        text = planted(part[1], generation)
        return quote(text, safe="") if part[2] else text

    template = re.sub(r"<(\w+)>", lambda part: addresses[part[1]], TEMPLATES[name])
    return PART.sub(secret, template)


def values(addresses: dict[str, str]) -> dict[str, str]:
    return {name: value(name, addresses) for name in TEMPLATES}


def is_secret(name: str) -> bool:
    return bool(PART.search(TEMPLATES.get(name, "")))


def next_value(name: str, current: str, addresses: dict[str, str]) -> str:
    """The value after `current` when the secret in a property is rotated."""
    if not is_secret(name):
        raise ValueError(f"the property '{name}' holds no planted secret")
    for generation in range(GENERATIONS - 1):
        if value(name, addresses, generation) == current:
            return value(name, addresses, generation + 1)
    raise ValueError(f"the property '{name}' has a value that was not planted, or its last one")
