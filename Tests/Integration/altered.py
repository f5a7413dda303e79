"""An endpoint in front of the emulator that alters its answers, as AWS is free to do."""

from __future__ import annotations

import copy
from contextlib import contextmanager
from typing import Callable

from emulator.call import recognise
from emulator.message import Answer, Request
from emulator.pages import parse, serialize
from emulator.proxy import forwarded, serving


@contextmanager
def altered(endpoint: str, alter: Callable[[str, dict], dict]):
    """Serves on loopback while the `with` lasts; `alter` is given each operation and its answer in boto3's shape.

    Gives its URL, and the operations whose answers it altered.
    """
    operations: set[str] = set()

    def answer(request: Request) -> Answer:
        true = forwarded(endpoint, request)
        if true.status >= 300:
            return true
        call = recognise(request)
        # An object is bytes, and none of AWS's shapes.
        if call.operation == "GetObject":
            return true
        result = parse(call, true)
        other = alter(call.operation, copy.deepcopy(result))
        if other == result:
            return true
        operations.add(call.operation)
        return serialize(call, other)

    with serving(answer) as url:
        yield url, operations


def emptied(result: dict) -> dict:
    """The answer with every list in it empty, as some operations answer to those who may not see."""
    return {name: [] if isinstance(member, list) else member for name, member in result.items()}


def reverse(value):
    """Every list the other way round."""
    if isinstance(value, dict):
        return {name: reverse(member) for name, member in value.items()}
    if isinstance(value, list):
        return [reverse(element) for element in reversed(value)]
    return value
