"""An HTTP/1.1 server on loopback that keeps connections alive, unlike moto's own."""

from __future__ import annotations

import ctypes
import itertools
import logging
import os
import signal
import socket
import struct
import sys
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Callable

from .message import Answer, Request

log = logging.getLogger("emulator")


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], answer: Callable[[Request], Answer]):
        self.answer = answer
        self.connections = itertools.count(1)
        super().__init__(address, Handler)

    @property
    def url(self) -> str:
        return f"http://{self.server_address[0]}:{self.server_address[1]}"

    def handle_error(self, request, client_address) -> None:
        # Tests of faults have clients that close the connection during an answer.
        if isinstance(sys.exc_info()[1], ConnectionError):
            log.info("connection lost: %s", client_address)
        else:
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.connection_number = next(self.server.connections)

    def handle_any(self) -> None:
        request = Request(
            method=self.command,
            target=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.read_body(),
            connection=self.connection_number,
        )
        self.send(self.server.answer(request))

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = handle_any

    def read_body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(self.chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def chunks(self):
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # Trailers: moto reads none of them.

    def send(self, answer: Answer) -> None:
        if answer.hang_up or answer.resets:
            if answer.resets:
                # A socket that does not linger ends with RST, unless it was shut down before, as the server does.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                os.close(self.connection.detach())
            self.close_connection = True
            return
        length = len(answer.body) if answer.promised is None else answer.promised
        headers = {name: value for name, value in answer.headers.items() if name.lower() not in HOP_BY_HOP}
        if not any(name.lower() == "date" for name in headers):
            headers["Date"] = formatdate(usegmt=True)
        if self.command != "HEAD" or not any(name.lower() == "content-length" for name in headers):
            headers = {name: value for name, value in headers.items() if name.lower() != "content-length"}
            headers["Content-Length"] = str(length)
        head = [f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('', ''))[0]}"]
        head += [f"{name}: {value}" for name, value in headers.items()]
        if answer.promised is not None:
            self.close_connection = True
        body = b"" if self.command == "HEAD" or answer.status in (204, 304) else answer.body
        # One write, so that a small answer is one packet.
        self.wfile.write("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body)

    def log_message(self, format: str, *args) -> None:
        log.info(format, *args)


HOP_BY_HOP = {"connection", "transfer-encoding", "keep-alive"}


def start(host: str, port: int) -> Server:
    """A server that accepts connections when this returns; the caller runs `serve_forever`."""
    from .endpoint import Endpoint

    if not host.startswith("127."):
        raise ValueError(f"'{host}' is not a loopback address: the stack's planted secrets must not leave this machine")
    endpoint = Endpoint()
    server = Server((host, port), endpoint.answer)
    endpoint.host, endpoint.port = server.server_address[:2]
    return server


def serve(host: str, port: int, parent: int | None) -> None:
    """Serves until SIGTERM, SIGINT or the end of the parent; prints the endpoint once it accepts connections."""
    if parent is not None:
        end_with(parent)
    server = start(host, port)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))
    print(server.url, flush=True)
    # A signal between the last check for signals and the wait does not end the wait.
    server.serve_forever(poll_interval=1)


def end_with(parent: int) -> None:
    """Has the kernel end this process with its parent; another process is polled for instead."""
    if os.getppid() == parent:
        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)
        return
    threading.Thread(target=poll, args=(parent,), daemon=True).start()


def poll(parent: int) -> None:
    while os.path.exists(f"/proc/{parent}"):
        time.sleep(0.2)
    os._exit(0)
