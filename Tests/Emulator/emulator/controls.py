"""Client of the emulator's own requests; the first argument of each function is the endpoint's URL."""

from __future__ import annotations

import json
import urllib.request

from . import names
from .names import ENVIRONMENT


class ControlError(Exception):
    """The emulator refused a control; the message has the reason."""


def send(endpoint: str, method: str, control: str, value: object = None) -> object:
    request = urllib.request.Request(
        f"{endpoint}/_emulator/{control}", None if value is None else json.dumps(value).encode(), method=method
    )
    # Without a proxy: an http_proxy in the environment must not see requests to loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise ControlError(json.load(refused)["error"]) from refused


def reset(endpoint: str) -> None:
    """Empties the account, and removes faults, forced pages and recorded calls."""
    send(endpoint, "POST", "reset")


def save(endpoint: str, name: str = names.DOCUMENTED) -> None:
    """Saves the account for `restore`."""
    send(endpoint, "PUT", "saved", name)


def restore(endpoint: str, name: str = names.DOCUMENTED) -> bool:
    """Restores the account saved under a name, and removes what `reset` removes; false if there is none."""
    return send(endpoint, "POST", "restore", name)


def set_faults(endpoint: str, *faults: dict) -> None:
    """Replaces all faults: `set_faults(url, fault("rds", "DescribeDBInstances", "denied"))`."""
    send(endpoint, "PUT", "faults", list(faults))


def fault(service: str, operation: str, kind: str, **more: object) -> dict:
    """A fault of `faults.py`; `more` is `times`, `spared`, `seconds`, `page`, `where`, `code`, `status` or `message`."""
    return {"service": service, "operation": operation, "fault": kind, **more}


def clear_faults(endpoint: str) -> None:
    send(endpoint, "DELETE", "faults")


def calls(endpoint: str, service: str | None = None, operation: str | None = None) -> list[dict]:
    """The AWS calls since the last reset or `clear_calls`, oldest first."""
    return [
        call
        for call in send(endpoint, "GET", "calls")
        if service in (None, call["service"]) and operation in (None, call["operation"])
    ]


def clear_calls(endpoint: str) -> None:
    send(endpoint, "DELETE", "calls")


def force_page_size(endpoint: str, service: str, operation: str, size: int) -> None:
    """Splits the answers of an operation into pages, whether or not the caller sets a limit."""
    send(endpoint, "PUT", "pages", [{"service": service, "operation": operation, "size": size}])


def clear_pages(endpoint: str) -> None:
    send(endpoint, "DELETE", "pages")


def hold_updates(endpoint: str, name: str = ENVIRONMENT) -> None:
    """The next update stays in `Updating`, with a `pending` configuration, until `release_updates`."""
    send(endpoint, "PUT", "environment", {"name": name, "hold": True})


def release_updates(endpoint: str, name: str = ENVIRONMENT) -> None:
    send(endpoint, "PUT", "environment", {"name": name, "release": True})


def fail_next_deployment(endpoint: str, name: str = ENVIRONMENT) -> None:
    """The next deployment fails: the old version keeps running, and the draft stays as a `failed` configuration."""
    send(endpoint, "PUT", "environment", {"name": name, "fail_next_deployment": True})


def set_environment(endpoint: str, name: str = ENVIRONMENT, **members: object) -> None:
    """Sets `status`, `health`, `health_status` or `causes`, which only AWS sets; `managed_update` is the description of
    a planned platform update, or None."""
    send(endpoint, "PUT", "environment", {"name": name, **members})


def verify_signatures(endpoint: str, verified: bool = True) -> None:
    """Has moto refuse requests with a wrong signature, or without permission in the caller's IAM policies."""
    send(endpoint, "PUT", "signatures", verified)
