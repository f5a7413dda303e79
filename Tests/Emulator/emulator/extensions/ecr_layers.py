"""Layers and configurations of images in ECR: uploads, and presigned URLs for downloads."""

from __future__ import annotations

import base64
import hashlib
import uuid
from urllib.parse import parse_qs, urlencode

from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecr.exceptions import RepositoryNotFoundException
from moto.ecr.models import Repository, ecr_backends
from moto.ecr.responses import ECRResponse

from ..message import Answer, Request
from ..secrets import planted
from . import replace

PREFIX = "/_layers/"
PART_SIZE = 20 << 20


def install() -> None:
    for operation in (initiate_layer_upload, upload_layer_part, complete_layer_upload, get_download_url_for_layer):
        replace(ECRResponse, operation.__name__, lambda _, operation=operation: operation)


class LayerError(JsonRESTError):
    code = 400


def repository_of(handler: ECRResponse) -> Repository:
    name, registry = handler._get_param("repositoryName"), handler._get_param("registryId")
    found = handler.ecr_backend.repositories.get(name)
    if found is None:
        raise RepositoryNotFoundException(name, registry or DEFAULT_ACCOUNT_ID)
    return found


def blobs(repository: Repository) -> dict[str, bytes]:
    return repository.__dict__.setdefault("blobs", {})


def initiate_layer_upload(handler: ECRResponse) -> ActionResult:
    repository = repository_of(handler)
    upload = str(uuid.uuid4())
    repository.__dict__.setdefault("uploads", {})[upload] = b""
    return ActionResult({"uploadId": upload, "partSize": PART_SIZE})


def upload_layer_part(handler: ECRResponse) -> ActionResult:
    repository, upload = repository_of(handler), handler._get_param("uploadId")
    part = base64.b64decode(handler._get_param("layerPartBlob"))
    repository.uploads[upload] += part
    return ActionResult({"uploadId": upload, "lastByteReceived": len(repository.uploads[upload]) - 1})


def complete_layer_upload(handler: ECRResponse) -> ActionResult:
    repository, upload = repository_of(handler), handler._get_param("uploadId")
    blob = repository.uploads.pop(upload)
    digest = "sha256:" + hashlib.sha256(blob).hexdigest()
    if digest not in handler._get_param("layerDigests"):
        raise LayerError("InvalidLayerException", "the digest of the layer is another one")
    blobs(repository)[digest] = blob
    return ActionResult({"uploadId": upload, "layerDigest": digest})


def get_download_url_for_layer(handler: ECRResponse) -> ActionResult:
    repository, digest = repository_of(handler), handler._get_param("layerDigest")
    if digest not in blobs(repository):
        raise LayerError("LayersNotFoundException", f"the layer with the digest '{digest}' does not exist")
    query = {
        "X-Amz-Security-Token": planted("layer-token"),
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": utcnow().strftime("%Y%m%dT%H%M%SZ"),
        "X-Amz-Expires": "3600",
        "X-Amz-Signature": planted("layer-signature"),
    }
    host = handler.headers.get("X-Forwarded-Host") or handler.headers["Host"]
    path = f"{PREFIX}{handler.current_account}/{handler.region}/{repository.name}/{digest}"
    return ActionResult({"downloadUrl": f"http://{host}{path}?{urlencode(query)}", "layerDigest": digest})


def download(request: Request) -> Answer:
    """What a presigned URL names; like S3, it needs the signature in the URL and no other."""
    account, region, name = request.path.removeprefix(PREFIX).split("/", 2)
    name, _, digest = name.rpartition("/")
    if parse_qs(request.query).get("X-Amz-Signature") != [planted("layer-signature")] or request.header("authorization"):
        return Answer(403, {"Content-Type": "application/xml"}, b"<Error><Code>AccessDenied</Code></Error>")
    repository = ecr_backends[account][region].repositories.get(name)
    blob = blobs(repository).get(digest) if repository else None
    if blob is None:
        return Answer(404, {"Content-Type": "application/xml"}, b"<Error><Code>NoSuchKey</Code></Error>")
    return Answer(200, {"Content-Type": "application/octet-stream"}, blob)
