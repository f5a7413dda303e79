"""The emulator's own requests under `/_emulator/`, for what no AWS API does. `controls.py` is their client."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from moto import settings
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.authorization import ActionAuthenticatorMixin
from moto.elasticbeanstalk.models import eb_backends

from . import saved
from .extensions import cloudtrail
from .extensions.elasticbeanstalk.state import ManagedAction
from .faults import Fault
from .message import Answer, Request
from .names import REGION

if TYPE_CHECKING:
    from .endpoint import Endpoint

log = logging.getLogger("emulator")


class ControlRequests:
    def __init__(self, endpoint: Endpoint):
        self.endpoint = endpoint
        self.saved: dict[str, bytes] = {}
        self.actions = {
            ("GET", "calls"): lambda _: endpoint.record.described(),
            ("DELETE", "calls"): lambda _: endpoint.record.clear(),
            ("PUT", "faults"): self.put_faults,
            ("DELETE", "faults"): lambda _: endpoint.faults.replace([]),
            ("PUT", "pages"): self.put_pages,
            ("DELETE", "pages"): lambda _: endpoint.pages.clear(),
            ("PUT", "environment"): self.put_environment,
            ("PUT", "signatures"): self.put_signatures,
            ("POST", "reset"): self.reset,
            ("PUT", "saved"): self.put_saved,
            ("POST", "restore"): self.restore,
        }

    def answer(self, request: Request) -> Answer:
        action = self.actions.get((request.method, request.path.removeprefix("/_emulator/")))
        if action is None:
            return reply(404, {"error": f"unknown control '{request.method} {request.path}'"})
        try:
            return reply(200, action(json.loads(request.body or b"null")))
        except (TypeError, ValueError, KeyError) as wrong:
            return reply(400, {"error": str(wrong)})
        except Exception as failed:
            log.exception("control failed")
            return reply(500, {"error": repr(failed)})

    def put_faults(self, body: list[dict]) -> None:
        self.endpoint.faults.replace([Fault(**fault) for fault in body])

    def put_pages(self, body: list[dict]) -> None:
        """Forces page sizes: `[{"service": "rds", "operation": "DescribeDBInstances", "size": 1}]`."""
        self.endpoint.pages.clear()
        for page in body:
            self.endpoint.pages.sizes[page["service"], page["operation"]] = page["size"]

    def put_environment(self, body: dict) -> None:
        """Holds, releases or fails an environment's update, or sets a member that only AWS sets."""
        backend = eb_backends[DEFAULT_ACCOUNT_ID][REGION]
        environment = backend.find(body.pop("name"))
        for action, value in body.items():
            if action == "hold":
                environment.held = value
            elif action == "release":
                backend.release(environment)
            elif action == "fail_next_deployment":
                environment.doomed = value
            elif action == "managed_update":
                environment.managed_actions = [ManagedAction(f"mua-{environment.id}", value, next_window())] if value else []
            elif action in ("status", "health", "health_status", "causes"):
                setattr(environment, action, value)
            else:
                raise ValueError(f"an environment has no control '{action}'")

    def put_signatures(self, verified: bool) -> None:
        """Sets whether moto verifies signatures and IAM policies; by default it does not."""
        settings.INITIAL_NO_AUTH_ACTION_COUNT = 0 if verified else float("inf")
        ActionAuthenticatorMixin.request_count = 0

    def reset(self, _) -> None:
        """Empties the account, and removes faults, forced pages and recorded calls."""
        saved.clear()
        self.forget()

    def put_saved(self, name: str) -> None:
        """Saves the account for `restore`."""
        self.saved[name] = saved.save()

    def restore(self, name: str) -> bool:
        """Restores the account saved under a name; false if there is none."""
        if name not in self.saved:
            return False
        saved.restore(self.saved[name])
        self.forget()
        return True

    def forget(self) -> None:
        self.put_signatures(False)
        cloudtrail.clear()
        self.endpoint.faults.replace([])
        self.endpoint.pages.clear()
        self.endpoint.record.clear()


def next_window() -> datetime:
    """The start of the environment's next weekly maintenance window."""
    return datetime.now().replace(microsecond=0) + timedelta(days=3)


def reply(status: int, value: object) -> Answer:
    return Answer(status, {"Content-Type": "application/json"}, json.dumps(value, default=str).encode())
