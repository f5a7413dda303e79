"""The endpoint's steps: controls, the record of calls, faults, pages, and then moto."""

from __future__ import annotations

import logging
import threading
from html import escape

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.test import run_wsgi_app

from . import errors, extensions
from .call import Call, of_layer, recognise
from .control_requests import ControlRequests
from .extensions import access_control, bucket_policy, ecr_layers
from .faults import Faults
from .message import Answer, Request
from .pages import Pages
from .record import Record

log = logging.getLogger("emulator")


class Endpoint:
    host = "127.0.0.1"
    port = 0

    def __init__(self) -> None:
        extensions.install()
        self.moto = DomainDispatcherApplication(create_backend_app)
        # moto's backends and its serializer share state without locks.
        self.lock = threading.Lock()
        self.record = Record()
        self.faults = Faults()
        self.pages = Pages()
        self.controls = ControlRequests(self)

    def answer(self, request: Request) -> Answer:
        if request.path.startswith("/_emulator/"):
            with self.lock:
                return self.controls.answer(request)
        if request.path.startswith(ecr_layers.PREFIX):
            self.record.add(of_layer(request))
            with self.lock:
                return ecr_layers.download(request)
        call = recognise(request)
        self.record.add(call)
        fault = self.faults.take(call, self.pages.number(call))
        answer = fault.before(call) if fault else None
        if answer is None:
            answer = self.pages.answer(call, lambda: self.call_moto(call))
        extensions.cloudtrail.observe(call, answer)
        return fault.after(answer) if fault else answer

    def call_moto(self, call: Call) -> Answer:
        request = call.request
        with self.lock, access_control.deciding(call) as decision:
            try:
                if bucket_policy.denies(call):
                    return errors.denied(call)
                environ = request.environ(self.host, self.port)
                body, status, headers = run_wsgi_app(self.moto, environ, buffered=True)
                if decision.is_denied:
                    return errors.denied(call)
                return Answer(int(status.split()[0]), dict(headers.items()), b"".join(body))
            except Exception as failed:
                # moto's own server does the same without the cause: a call of an operation that moto lacks ends here.
                log.exception("moto failed: %s %s", request.method, request.target)
                return Answer(500, {"Content-Type": "text/html"}, f"<h1>{escape(repr(failed))}</h1>\n".encode())
