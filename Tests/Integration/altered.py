"""An endpoint before the emulator that alters its answers."""

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
    """Serves on loopback inside the `with` block; `alter` gets each operation and its answer in boto3's shape.

    Yields the URL, and the set of operations whose answers were altered.
    """
    operations: set[str] = set()

    def answer(request: Request) -> Answer:
        true = forwarded(endpoint, request)
        if true.status >= 300:
            return true
        call = recognise(request)
        # An object is bytes and has no shape.
        if call.operation in ("GetObject", None):
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
    """The answer with every list in it empty. Some operations answer so to a caller without permission."""
    return {name: [] if isinstance(member, list) else member for name, member in result.items()}


def reverse(value):
    """The value with every list in it reversed."""
    if isinstance(value, dict):
        return {name: reverse(member) for name, member in value.items()}
    if isinstance(value, list):
        return [reverse(element) for element in reversed(value)]
    return value
