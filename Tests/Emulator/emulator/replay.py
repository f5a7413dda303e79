"""An endpoint that repeats the emulator's answers in a fraction of a millisecond, so that only added delays take
time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from .call import credential
from .extensions.ecr_layers import PREFIX
from .message import Answer, Request
from .proxy import forwarded, serving
from .server import HOP_BY_HOP

# A request without its signature and time: method, target, operation, region, service, body.
Key = tuple[str, str, str, str | None, str | None, bytes]
Answers = dict[Key, Answer]
# The endpoint's own URL in an answer that is repeated by another endpoint, in as many bytes.
SOMEWHERE = b"http://localhost:00000"


def key(request: Request) -> Key:
    if request.path.startswith(PREFIX):
        # The query is its signature and time.
        return (request.method, request.path, "", None, None, request.body)
    _, region, service = credential(request)
    return (request.method, request.target, request.header("x-amz-target"), region, service, request.body)


@contextmanager
def capturing(endpoint: str) -> Iterator[tuple[str, Answers]]:
    """Forwards to the emulator inside the `with` block; yields its URL and the answers so far."""
    answers: Answers = {}

    def answer(request: Request) -> Answer:
        answered = forwarded(endpoint, request)
        here = f"http://{request.header('host')}".encode()
        answers[key(request)] = replace(answered, body=answered.body.replace(here, SOMEWHERE))
        return answered

    with serving(answer) as url:
        yield url, answers


@dataclass(frozen=True)
class Reply:
    """The bytes on the wire."""

    sent: bytes
    closes: bool = False
    """Whether the connection ends after it."""
    resets: bool = False
    """Whether the connection is reset: bytes that have not arrived yet are lost."""
    pieces: int = 1
    """The number of pieces in which it is sent, some milliseconds apart."""


def reply(answer: Answer) -> Reply:
    """The complete answer, with its length."""
    headers = {name: value for name, value in answer.headers.items() if name.lower() not in HOP_BY_HOP}
    headers = {name: value for name, value in headers.items() if name.lower() != "content-length"}
    headers["Content-Length"] = str(len(answer.body))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return Reply(f"HTTP/1.1 {answer.status} Replayed\r\n{head}\r\n".encode("latin-1") + answer.body)


UNKNOWN_CALL = Answer(500, {"Content-Type": "text/plain"}, b"no answer was captured for this call\n")


class Replay:
    """An HTTP/1.1 server on loopback, on a thread of its own."""

    def __init__(self, respond: Callable[[Request], Awaitable[Reply]]):
        """Calls `respond` on that thread, for all connections concurrently."""
        self.respond = respond
        self.loop = asyncio.new_event_loop()
        self.tasks: set[asyncio.Task] = set()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = self.wait(asyncio.start_server(self.connected, "127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    def wait(self, coroutine: Awaitable):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout=30)

    def stop(self) -> None:
        self.wait(self.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=30)
        self.loop.close()

    async def close(self) -> None:
        self.server.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def at_home(self, answered: Reply) -> Reply:
        """The reply with this endpoint's URL."""
        assert len(self.url) == len(SOMEWHERE), self.url
        return replace(answered, sent=answered.sent.replace(SOMEWHERE, self.url.encode()))

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self.tasks.add(task)
        try:
            while request := await read(reader):
                answered = await self.respond(request)
                await send(self.at_home(answered), writer)
                if answered.closes or answered.resets:
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # The client has closed the connection, or this server ends.
        finally:
            self.tasks.discard(task)
            writer.close()


async def send(answered: Reply, writer: asyncio.StreamWriter) -> None:
    size = -(-len(answered.sent) // answered.pieces) or 1
    for start in range(0, len(answered.sent), size):
        if start:
            await asyncio.sleep(0.005)
        writer.write(answered.sent[start : start + size])
        await writer.drain()
    if answered.resets:
        writer.transport.abort()


async def read(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection; None at its end."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, target, headers, body, connection=0)
