"""Pages of any paginated operation: slices of its whole answer, as botocore's paginators describe it.

moto pages some operations and ignores the limit of others. Here every operation with a paginator of botocore honours
its limit, and a test can force a small page on a caller that sets none. The rest of an answer is stored under the
token, so later changes do not affect a page.
"""

from __future__ import annotations

import functools
import secrets
from collections import OrderedDict
from typing import Callable

from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader
from botocore.parsers import create_parser
from moto.core.serialize import get_serializer_class

from . import errors
from .call import Call
from .message import Answer

PREFIX = "page-"

# AWS's default page size, for operations where a stack of this size can exceed it.
DEFAULT_SIZES = {("cloudtrail", "LookupEvents"): 50}


class Pages:
    def __init__(self) -> None:
        self.sizes: dict[tuple[str, str], int] = {}
        self.kept: OrderedDict[str, tuple[int, list, dict, int]] = OrderedDict()

    def clear(self) -> None:
        self.sizes.clear()
        self.kept.clear()

    def number(self, call: Call) -> int:
        """The number of the requested page, from 1."""
        token = self.token(call)
        if token in self.kept:
            return self.kept[token][0]
        return 1 if token is None else 2

    def token(self, call: Call) -> str | None:
        config = paginator(call)
        if config is None:
            return None
        value = call.parameters.get(config["input_token"])
        return value if isinstance(value, str) and value else None

    def answer(self, call: Call, whole: Callable[[], Answer]) -> Answer:
        token = self.token(call)
        if token in self.kept:
            number, rest, frame, size = self.kept[token]
            return self.page(call, number, rest, frame, size)
        if token is not None and token.startswith(PREFIX):
            return errors.error(call, 400, "InvalidParameterValue", "Invalid value for parameter: the token is not known")
        answer = whole()
        config = paginator(call)
        if config is None or answer.status != 200:
            return answer
        forced = self.sizes.get((call.service, call.operation))
        size = forced or int(call.parameters.get(config["limit_key"]) or DEFAULT_SIZES.get((call.service, call.operation), 0))
        if not size:
            return answer
        result = parse(call, answer)
        items = result.get(config["result_key"]) or []
        if len(items) <= size or result.get(config["output_token"]):
            return answer
        return self.page(call, 1, items, result, size)

    def page(self, call: Call, number: int, items: list, frame: dict, size: int) -> Answer:
        config = paginator(call)
        result = {**frame, config["result_key"]: items[:size]}
        if len(items) > size:
            token = PREFIX + secrets.token_urlsafe(12)
            self.kept[token] = (number + 1, items[size:], frame, size)
            while len(self.kept) > 1000:
                self.kept.popitem(last=False)
            result[config["output_token"]] = token
            if "more_results" in config:
                result[config["more_results"]] = True
        elif "more_results" in config:
            result[config["more_results"]] = False
        return serialize(call, result)


def paginator(call: Call) -> dict | None:
    """botocore's paginator of this operation; of several result keys the first is sliced."""
    if call.operation is None:
        return None
    return paginators(call.service).get(call.operation)


@functools.cache
def paginators(service: str) -> dict[str, dict]:
    try:
        described = Loader().load_service_model(service, "paginators-1")["pagination"]
    except UnknownServiceError:
        return {}
    found = {}
    for name, config in described.items():
        key = config.get("result_key")
        if not config.get("limit_key") or not isinstance(config.get("input_token"), str):
            continue
        found[name] = {**config, "result_key": key if isinstance(key, str) else key[0]}
    return found


def parse(call: Call, answer: Answer) -> dict:
    shape = call.model.operation_model(call.operation).output_shape
    parsed = create_parser(call.protocol).parse(
        {"status_code": answer.status, "headers": answer.headers, "body": answer.body}, shape
    )
    parsed.pop("ResponseMetadata", None)
    return parsed


def serialize(call: Call, result: dict) -> Answer:
    serializer = get_serializer_class(call.service, call.protocol)(operation_model=call.model.operation_model(call.operation))
    done = serializer.serialize(result)
    body = done["body"]
    return Answer(done["status_code"], dict(done["headers"]), body if isinstance(body, bytes) else body.encode())
