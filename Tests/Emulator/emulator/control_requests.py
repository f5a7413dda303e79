"""The emulator's own requests under `/_emulator/`: what no AWS API can ask for. `controls.py` is their client."""

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
            return told(404, {"error": f"no control is called '{request.method} {request.path}'"})
        try:
            return told(200, action(json.loads(request.body or b"null")))
        except (TypeError, ValueError, KeyError) as wrong:
            return told(400, {"error": str(wrong)})
        except Exception as failed:
            log.exception("control failed")
            return told(500, {"error": repr(failed)})

    def put_faults(self, asked: list[dict]) -> None:
        self.endpoint.faults.replace([Fault(**fault) for fault in asked])

    def put_pages(self, asked: list[dict]) -> None:
        """Forces page sizes: `[{"service": "rds", "operation": "DescribeDBInstances", "size": 1}]`."""
        self.endpoint.pages.clear()
        for page in asked:
            self.endpoint.pages.sizes[page["service"], page["operation"]] = page["size"]

    def put_environment(self, asked: dict) -> None:
        """Holds, releases or dooms an environment's update, or sets a member that AWS sets by itself."""
        backend = eb_backends[DEFAULT_ACCOUNT_ID][REGION]
        environment = backend.find(asked.pop("name"))
        for action, value in asked.items():
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
        """Whether moto verifies signatures and IAM policies, which it does not by default."""
        settings.INITIAL_NO_AUTH_ACTION_COUNT = 0 if verified else float("inf")
        ActionAuthenticatorMixin.request_count = 0

    def reset(self, _) -> None:
        """An empty account, without faults, forced pages or recorded calls."""
        saved.clear()
        self.forget()

    def put_saved(self, name: str) -> None:
        """Keeps the account as it is now, for `restore`."""
        self.saved[name] = saved.save()

    def restore(self, name: str) -> bool:
        """Puts back what was saved under a name; false where nothing was."""
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
    """When the environment's weekly window comes next; it moves as the weeks go by."""
    return datetime.now().replace(microsecond=0) + timedelta(days=3)


def told(status: int, value: object) -> Answer:
    return Answer(status, {"Content-Type": "application/json"}, json.dumps(value, default=str).encode())
