"""Endpoints before the emulator: they forward requests, and record or alter the answers."""

from __future__ import annotations

import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .message import Answer, Request
from .server import Server


@contextmanager
def serving(answer: Callable[[Request], Answer], tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serves on loopback inside the `with` block; yields its URL, with the name of localhost."""
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


def forwarded(endpoint: str, request: Request, keeps_host: bool = False) -> Answer:
    """The endpoint's answer to the same request.

    An endpoint that verifies signatures needs the host that the client signed.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    dropped = ("connection",) if keeps_host else ("connection", "host")
    headers = {name: value for name, value in request.headers.items() if name not in dropped}
    # The emulator makes URLs that lead here too.
    headers.setdefault("x-forwarded-host", request.header("host"))
    forwarded_request = urllib.request.Request(endpoint + request.target, request.body or None, headers, method=request.method)
    try:
        answered = opener.open(forwarded_request, timeout=60)
    except urllib.error.HTTPError as error:
        answered = error
    with answered:
        return Answer(answered.status, dict(answered.headers), answered.read())
