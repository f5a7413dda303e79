"""Error documents in each service's own protocol."""

from __future__ import annotations

import json
import uuid
from xml.sax.saxutils import escape

from . import permissions
from .call import Call
from .extensions.iam import caller_arn
from .message import Answer


def error(call: Call, status: int, code: str, message: str) -> Answer:
    request_id = str(uuid.uuid4())
    if call.service == "s3":
        return xml(
            status,
            f"<Error><Code>{code}</Code><Message>{escape(message)}</Message>"
            f"<RequestId>{request_id[:8].upper()}</RequestId><HostId>{'h' * 56}</HostId></Error>",
        )
    if call.protocol == "ec2":
        return xml(
            status,
            f"<Response><Errors><Error><Code>{code}</Code><Message>{escape(message)}</Message></Error></Errors>"
            f"<RequestID>{request_id}</RequestID></Response>",
        )
    if call.protocol == "query":
        kind = "Sender" if status < 500 else "Receiver"
        namespace = call.model.metadata.get("xmlNamespace", "")
        return xml(
            status,
            f'<ErrorResponse xmlns="{namespace}"><Error><Type>{kind}</Type><Code>{code}</Code>'
            f"<Message>{escape(message)}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>",
        )
    headers = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": request_id}
    if "query" in call.model.metadata.get("protocols", []):
        # A service that used the Query protocol before has those error codes beside the ones of JSON.
        headers["x-amzn-query-error"] = f"{code.removesuffix('Exception')};{'Sender' if status < 500 else 'Receiver'}"
    return Answer(
        status,
        headers,
        json.dumps({"__type": code, "message": message}).encode(),
    )


def xml(status: int, document: str) -> Answer:
    return Answer(status, {"Content-Type": "text/xml"}, f'<?xml version="1.0" encoding="UTF-8"?>\n{document}'.encode())


def denied(call: Call) -> Answer:
    action = permissions.action(call)
    who = f"User: {caller_arn(call.access_key)} is not authorized to perform: {action}"
    if call.service == "s3":
        return error(call, 403, "AccessDenied", f"{who} because no identity-based policy allows the {action} action")
    if call.protocol == "ec2":
        return error(
            call,
            403,
            "UnauthorizedOperation",
            f"You are not authorized to perform this operation. {who} because no identity-based policy allows the {action} action",
        )
    if call.protocol == "query":
        return error(call, 403, "AccessDenied", f"{who} because no identity-based policy allows the {action} action")
    return error(call, 400, "AccessDeniedException", f"{who} on resource: * because no identity-based policy allows the {action} action")


def throttled(call: Call) -> Answer:
    if call.service == "s3":
        return error(call, 503, "SlowDown", "Please reduce your request rate.")
    if call.protocol == "ec2":
        return error(call, 503, "RequestLimitExceeded", "Request limit exceeded.")
    if call.protocol == "query":
        return error(call, 400, "Throttling", "Rate exceeded")
    return error(call, 400, "ThrottlingException", "Rate exceeded")


def expired_token(call: Call) -> Answer:
    if call.service == "s3":
        return error(call, 400, "ExpiredToken", "The provided token has expired.")
    if call.protocol == "ec2":
        return error(call, 400, "RequestExpired", "Request has expired.")
    if call.protocol == "query":
        return error(call, 403, "ExpiredToken", "The security token included in the request is expired")
    return error(call, 400, "ExpiredTokenException", "The security token included in the request is expired")
