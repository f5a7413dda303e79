"""Faults that a test sets for an operation: the answers of AWS, of a proxy, or of a broken connection."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace

from . import errors
from .call import Call
from .message import Answer

INSTEAD = {
    "denied": errors.denied,
    "throttled": errors.throttled,
    "expired-token": errors.expired_token,
    "unavailable": lambda call: errors.error(call, 503, "ServiceUnavailable", "Service Unavailable"),
    "html-500": lambda call: Answer(
        500, {"Content-Type": "text/html"}, b"<html><body><h1>500 Internal Server Error</h1></body></html>\n"
    ),
    "malformed": lambda call: Answer(
        200,
        {"Content-Type": "text/xml" if xml_spoken(call) else "application/x-amz-json-1.1"},
        b"<Result><Unclosed></Result>" if xml_spoken(call) else b'{"unclosed": [}',
    ),
    # A recursive reader runs out of stack.
    "nested": lambda call: Answer(
        200,
        {"Content-Type": "text/xml" if xml_spoken(call) else "application/x-amz-json-1.1"},
        b"<a>" * 100_000 + b"</a>" * 100_000 if xml_spoken(call) else b'{"a":' * 100_000 + b"0" + b"}" * 100_000,
    ),
    # More than any service answers, and than a client should keep in memory.
    "huge": lambda call: Answer(200, {"Content-Type": "text/xml"}, b"<a>" + bytes(200 << 20)),
    "empty-200": lambda call: Answer(200, {"Content-Type": "text/xml" if xml_spoken(call) else "application/x-amz-json-1.1"}),
    "connection-closed": lambda call: Answer(0, hang_up=True),
}
AFTERWARDS = {
    # The length matches the bytes that are sent: only a reader of the document can notice.
    "truncated": lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
    # The announced length is larger: the transport can notice.
    "truncated-connection": lambda answer: replace(
        answer, body=answer.body[: len(answer.body) // 2], promised=len(answer.body)
    ),
    # The call was executed.
    "answer-lost": lambda answer: Answer(0, hang_up=True),
}
KINDS = {*INSTEAD, *AFTERWARDS, "delay", "held", "error"}


def xml_spoken(call: Call) -> bool:
    return call.protocol in ("query", "ec2", "rest-xml")


@dataclass
class Fault:
    service: str
    operation: str
    fault: str
    times: int | None = None
    """How often it applies; always by default."""
    seconds: float = 0
    page: int | None = None
    """The page of a paginated answer that it applies to, from 1; every page by default."""
    where: dict | None = None
    """Members of the request that must have these values."""
    spared: int = 0
    """How many matching calls pass before it applies."""
    code: str | None = None
    status: int = 400
    message: str = ""
    released: threading.Event = field(default_factory=threading.Event, init=False, repr=False, compare=False)
    """What a held answer waits for: other faults are set, or none."""

    def __post_init__(self) -> None:
        if self.fault not in KINDS:
            raise ValueError(f"unknown fault '{self.fault}': the faults are {', '.join(sorted(KINDS))}")
        if self.fault == "error" and not self.code:
            raise ValueError("the fault 'error' needs a code")

    def strikes(self, call: Call, page: int) -> bool:
        return (
            self.service in (call.service, "*")
            and self.operation in (call.operation, "*")
            and self.page in (None, page)
            and self.times != 0
            and all(call.parameters.get(name) == value for name, value in (self.where or {}).items())
        )

    def before(self, call: Call) -> Answer | None:
        """The answer instead of the true one, which is not computed then."""
        if self.fault == "delay":
            time.sleep(self.seconds)
        if self.fault == "held":
            self.released.wait()
        if self.fault == "error":
            return errors.error(call, self.status, self.code, self.message)
        instead = INSTEAD.get(self.fault)
        return instead(call) if instead else None

    def after(self, answer: Answer) -> Answer:
        afterwards = AFTERWARDS.get(self.fault)
        return afterwards(answer) if afterwards else answer


class Faults:
    def __init__(self) -> None:
        self.set: list[Fault] = []
        self.lock = threading.Lock()

    def replace(self, faults: list[Fault]) -> None:
        with self.lock:
            for fault in self.set:
                fault.released.set()
            self.set = faults

    def take(self, call: Call, page: int) -> Fault | None:
        """The first fault that applies to this call; its count is reduced by one."""
        if call.operation is None:
            return None
        with self.lock:
            for fault in self.set:
                if fault.strikes(call, page):
                    if fault.spared > 0:
                        fault.spared -= 1
                        continue
                    if fault.times is not None:
                        fault.times -= 1
                    return fault
        return None
