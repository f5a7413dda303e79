"""The record of every AWS call that reached the endpoint, for tests that count or compare calls."""

from __future__ import annotations

from collections import deque

from .call import Call


class Record:
    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=20_000)

    def add(self, call: Call) -> None:
        self.calls.append(call)

    def clear(self) -> None:
        self.calls.clear()

    def described(self) -> list[dict]:
        return [
            {
                "service": call.service,
                "operation": call.operation,
                "parameters": call.parameters,
                "signed": call.signed,
                "accessKey": call.access_key,
                "region": call.region,
                "connection": call.request.connection,
                "method": call.request.method,
                "target": call.request.target,
                "headers": call.request.headers,
            }
            for call in list(self.calls)
        ]
