"""The presigned URL from which an instance fetches its source bundle, with signature and session token in plain
text."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from moto.core.utils import utcnow

from ...secrets import planted
from .state import Version


def app_source(version: Version, region: str) -> str:
    now = utcnow()
    query = {
        "X-Amz-Security-Token": planted("app-source-token"),
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": now.strftime("%Y%m%dT%H%M%SZ"),
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Expires": "604800",
        "X-Amz-Credential": f"{planted('app-source-credential')}/{now:%Y%m%d}/{region}/s3/aws4_request",
        "X-Amz-Signature": planted("app-source-signature"),
    }
    return f"https://{version.bucket}.s3.{region}.amazonaws.com/{quote(version.key)}?{urlencode(query)}"
