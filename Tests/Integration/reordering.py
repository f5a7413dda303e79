"""An endpoint in front of the emulator that answers every list the other way round, as AWS is free to do."""

from __future__ import annotations

import threading
import urllib.request
from contextlib import contextmanager

from emulator.call import recognise
from emulator.message import Answer, Request
from emulator.pages import parse, serialize
from emulator.server import Server


@contextmanager
def reordered(endpoint: str):
    """Serves on loopback while the `with` lasts; gives its URL and the operations whose lists it turned round."""
    turned: set[str] = set()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def answer(request: Request) -> Answer:
        headers = {name: value for name, value in request.headers.items() if name not in ("host", "connection")}
        asked = urllib.request.Request(endpoint + request.target, request.body or None, headers, method=request.method)
        with opener.open(asked, timeout=60) as answered:
            true = Answer(answered.status, dict(answered.headers), answered.read())
        call = recognise(request)
        result = parse(call, true)
        backwards = reverse(result)
        if backwards != result:
            turned.add(call.operation)
        return serialize(call, backwards)

    server = Server(("127.0.0.1", 0), answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.url, turned
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def reverse(value):
    if isinstance(value, dict):
        return {name: reverse(member) for name, member in value.items()}
    if isinstance(value, list):
        return [reverse(element) for element in reversed(value)]
    return value
