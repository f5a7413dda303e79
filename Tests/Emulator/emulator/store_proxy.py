"""A proxy before a store of objects, such as a bucket of S3: it counts requests, and loses, delays and refuses some.

A test decides for each request of the bucket, and every other request is forwarded to another endpoint.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

from .call import credential
from .message import Answer, Request
from .proxy import forwarded, serving

Forward = Callable[[], Answer]
"""Executes the request in the store, and returns the answer."""
Fault = Callable[[Forward], Answer]


@dataclass(frozen=True)
class StoreRequest:
    method: str
    """GET, PUT or LIST."""
    key: str
    """The key of the object, or the prefix of a listing and the key that it begins after."""
    number: int
    """The number of earlier requests with the same method and key."""
    client: str
    """The access key id."""
    client_number: int
    """The number of earlier requests of this client."""


Choice = Callable[[StoreRequest], Fault | None]


def whole(_: StoreRequest) -> None:
    """No fault."""


class StoreProxy:
    """`choose` may be replaced while the proxy runs."""

    def __init__(self, store: str, bucket: str, others: Callable[[Request], Answer] | None = None, choose: Choice = whole):
        self.store, self.bucket, self.others, self.choose = store, bucket, others, choose
        self.requests: list[StoreRequest] = []
        self.late = LateRequests()
        self.counts: Counter[tuple] = Counter()
        self.lock = threading.Lock()

    def answer(self, request: Request) -> Answer:
        if self.others and not request.path.startswith(f"/{self.bucket}"):
            return self.others(request)
        fault = self.choose(self.counted(request))
        forward = lambda: forwarded(self.store, request, keeps_host=True)  # noqa: E731
        return fault(forward) if fault else forward()

    def counted(self, request: Request) -> StoreRequest:
        query = parse_qs(request.query)
        method = "LIST" if "list-type" in query else request.method
        listed = "|".join(query.get(name, [""])[0] for name in ("prefix", "start-after"))
        key = listed if method == "LIST" else unquote(request.path.removeprefix(f"/{self.bucket}/"))
        client = credential(request)[0] or ""
        with self.lock:
            found = StoreRequest(method, key, self.counts[method, key], client, self.counts[client])
            self.counts[method, key] += 1
            self.counts[client] += 1
            self.requests.append(found)
        return found

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serves inside the `with` block; yields the URL."""
        with serving(self.answer) as url:
            try:
                yield url
            finally:
                self.late.finish()


class LateRequests:
    """Requests that reach the store after their client has given up."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []
        self.released = threading.Event()

    def after(self, seconds: float | None) -> Fault:
        """Closes the connection, and executes the request later: after some seconds, or when `release` is called."""

        def fault(forward: Forward) -> Answer:
            def execute() -> None:
                self.released.wait(seconds)
                forward()

            thread = threading.Thread(target=execute)
            self.threads.append(thread)
            thread.start()
            return Answer(0, hang_up=True)

        return fault

    def release(self) -> None:
        """Executes the requests that wait, and returns when they are executed."""
        self.released.set()
        for thread in self.threads:
            thread.join()
        self.threads.clear()
        self.released.clear()

    finish = release


# MARK: Faults


def lost(forward: Forward) -> Answer:
    """The request is executed, and the connection closed without an answer."""
    forward()
    return Answer(0, hang_up=True)


def reset(forward: Forward) -> Answer:
    """The request is executed, and the connection reset."""
    forward()
    return Answer(0, resets=True)


def dropped(_: Forward) -> Answer:
    """The request is not executed."""
    return Answer(0, hang_up=True)


def stalled(ended: threading.Event) -> Fault:
    """The request is executed, and the answer waits for an event."""

    def fault(forward: Forward) -> Answer:
        forward()
        ended.wait()
        return Answer(0, hang_up=True)

    return fault


def during(action: Callable[[], object], fault: Fault) -> Fault:
    """A fault that strikes after something else was done."""

    def acting(forward: Forward) -> Answer:
        action()
        return fault(forward)

    return acting


def failed(status: int, code: str, is_executed: bool = True) -> Fault:
    """The answer is an error, although the request was executed, or because it was not."""

    def fault(forward: Forward) -> Answer:
        if is_executed:
            forward()
        return error(status, code)

    return fault


def error(status: int, code: str) -> Answer:
    body = f"<Error><Code>{code}</Code><Message>set by a test</Message></Error>"
    return Answer(status, {"Content-Type": "application/xml"}, body.encode())
