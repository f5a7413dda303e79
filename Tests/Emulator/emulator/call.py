"""A request parsed as an AWS call: its service, its operation, its parameters, and the key that signed it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl

from botocore.exceptions import UnknownServiceError
from moto.core.model import ServiceModel
from moto.core.parse import PROTOCOL_PARSERS, RequestParserError
from moto.core.request import determine_request_protocol
from moto.core.utils import get_service_model
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request as WerkzeugRequest

from .message import Request

# Names of services in signatures that differ from botocore's.
SERVICE_BY_SIGNING_NAME = {"monitoring": "cloudwatch", "elasticloadbalancing": "elbv2"}

SCOPE = re.compile(r"(?:Credential=|^)(?P<key>[^/,\s]+)/(?P<date>\d{8})/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")


@dataclass(frozen=True)
class Call:
    request: Request
    service: str | None
    operation: str | None
    parameters: dict
    access_key: str | None
    region: str | None

    @property
    def signed(self) -> bool:
        return self.access_key is not None

    @property
    def model(self) -> ServiceModel:
        return get_service_model(self.service)

    @property
    def protocol(self) -> str:
        return determine_request_protocol(self.model, self.request.header("content-type"))


def of_layer(request: Request) -> Call:
    """The download of a layer, which does not call an operation."""
    return Call(request, "ecr", "download", {"digest": request.path.rpartition("/")[2]}, None, None)


def recognise(request: Request) -> Call:
    key, region, signing_name = credential(request)
    service = SERVICE_BY_SIGNING_NAME.get(signing_name, signing_name)
    if service is None and action(request).startswith("AssumeRole"):
        service = "sts"  # The one unsigned call: AssumeRoleWithWebIdentity.
    try:
        operation = operation_of(service, request) if service else None
    except UnknownServiceError:
        operation = None
    call = Call(request, service, operation, {}, key, region)
    return Call(request, service, operation, parameters(call) if operation else {}, key, region)


def credential(request: Request) -> tuple[str | None, str | None, str | None]:
    presigned = parse_qs(request.query).get("X-Amz-Credential", [""])[0]
    scope = SCOPE.search(request.header("authorization") or presigned)
    return (scope["key"], scope["region"], scope["service"]) if scope else (None, None, None)


def action(request: Request) -> str:
    if request.header("content-type").startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(request.body.decode())).get("Action", "")
    return dict(parse_qsl(request.query)).get("Action", "")


def operation_of(service: str, request: Request) -> str | None:
    target = request.header("x-amz-target")
    if target:
        return target.rpartition(".")[2]
    rpc = re.fullmatch(r"/service/[^/]+/operation/([^/]+)", request.path)
    if rpc:
        return rpc[1]
    return action(request) or rest_operation(service, request)


def rest_operation(service: str, request: Request) -> str | None:
    present = {name for name, _ in parse_qsl(request.query, keep_blank_values=True)}
    present |= set(request.headers)
    for method, path, needed, name in rest_operations(service):
        if method == request.method and needed <= present and path.fullmatch(request.path):
            return name
    return None


@functools.cache
def rest_operations(service: str) -> list[tuple[str, re.Pattern[str], set[str], str]]:
    """The REST operations of a service, the most specific first."""
    model = get_service_model(service)
    found = []
    for name in model.operation_names:
        if model.operation_model(name).deprecated:
            continue  # GetBucketLifecycle and other old operations share the address of their replacements.
        http = model.operation_model(name).http
        uri, _, query = http["requestUri"].partition("?")
        pattern = re.sub(r"\\{(\w+)(\\\+)?\\}", lambda part: f"(?P<{part[1]}>{'.+' if part[2] else '[^/]+'})", re.escape(uri))
        needed = {part.partition("=")[0] for part in query.split("&") if part}
        # A required member distinguishes operations too: UploadPart and CopyObject from PutObject.
        shape = model.operation_model(name).input_shape
        if shape is not None:
            needed |= {
                member.serialization["name"].lower() if member.serialization["location"] == "header" else member.serialization["name"]
                for key, member in shape.members.items()
                if key in shape.required_members and member.serialization.get("location") in ("querystring", "header")
            }
        found.append((http["method"], re.compile(pattern.rstrip("/") + "/?"), needed, name))
    # ListObjects has no mark of its own: it sorts last among equals.
    return sorted(found, key=lambda entry: (-len(entry[2]), -entry[1].groups, entry[3]))


def parameters(call: Call) -> dict:
    """The parameters of the call by botocore's names; empty if the operation is not in the model."""
    if call.operation not in call.model.operation_names or call.protocol not in PROTOCOL_PARSERS:
        return {}
    operation = call.model.operation_model(call.operation)
    if operation.input_shape is None:
        return {}
    # moto's parser reads every REST body as a document; a payload of bytes, such as an object's content, is not one.
    payload = operation.input_shape.serialization.get("payload")
    bytes_alone = payload is not None and operation.input_shape.members[payload].type_name in ("blob", "string")
    request = WerkzeugRequest(
        EnvironBuilder(
            method=call.request.method,
            path=call.request.path,
            query_string=call.request.query,
            data=b"" if bytes_alone else call.request.body,
            headers=list(call.request.headers.items()),
        ).get_environ()
    )
    url = {}
    if call.protocol.startswith("rest"):
        path = next(entry[1] for entry in rest_operations(call.service) if entry[3] == call.operation)
        url = path.fullmatch(call.request.path).groupdict()
    described = {
        "method": request.method,
        "values": request.values,
        "headers": request.headers,
        "body": request.data,
        "url_path": request.path,
        "url_params": url,
    }
    try:
        return PROTOCOL_PARSERS[call.protocol](operation).parse(described)
    except (RequestParserError, ValueError) as wrong:
        # The record says what was wrong; moto decides how the service answers such a request.
        return {"unparsed": str(wrong)}
