"""Every service: an answer with a `RequestId` of its own, such as the events of Elastic Beanstalk, keeps it."""

from __future__ import annotations

import re

from moto.core.responses import BaseResponse
from moto.utilities.aws_headers import gen_amzn_requestid_long

# moto's expression is greedy: with two in an answer it removes everything between them.
LAST = re.compile(r"(<RequestId>)[^<]*(</RequestId>)(?!.*<RequestId>)", re.DOTALL)


def install() -> None:
    BaseResponse._enrich_response = staticmethod(enrich)


def enrich(headers: dict, body):
    if "status" in headers:
        headers["status"] = str(headers["status"])
    request_id = gen_amzn_requestid_long(headers)
    if isinstance(body, str) and "<RequestId>" in body:
        body = LAST.sub(lambda found: f"{found[1]}{request_id}{found[2]}", body, count=1)
    return headers, body
