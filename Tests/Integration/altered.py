"""An endpoint in front of the emulator that alters its answers, as AWS is free to do."""

from __future__ import annotations

import copy
import ssl
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import Callable

from emulator.call import recognise
from emulator.message import Answer, Request
from emulator.pages import parse, serialize
from emulator.server import Server


@contextmanager
def serving(answer: Callable[[Request], Answer], tls: ssl.SSLContext | None = None):
    """Serves on loopback while the `with` lasts; gives its URL, by the name of localhost."""
    server = Server(("127.0.0.1", 0), answer)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def forwarded(endpoint: str, request: Request) -> Answer:
    """What the endpoint answers to the same request."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    headers = {name: value for name, value in request.headers.items() if name not in ("host", "connection")}
    asked = urllib.request.Request(endpoint + request.target, request.body or None, headers, method=request.method)
    try:
        answered = opener.open(asked, timeout=60)
    except urllib.error.HTTPError as error:
        answered = error
    with answered:
        return Answer(answered.status, dict(answered.headers), answered.read())


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
