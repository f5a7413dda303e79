"""What a test can ask of the emulator beside AWS's APIs; each function takes the endpoint's URL first."""

from __future__ import annotations

import json
import urllib.request

from . import names
from .names import ENVIRONMENT


class ControlError(Exception):
    """The emulator refused a control, and says why."""


def ask(endpoint: str, method: str, control: str, value: object = None) -> object:
    request = urllib.request.Request(
        f"{endpoint}/_emulator/{control}", None if value is None else json.dumps(value).encode(), method=method
    )
    # No proxy: an http_proxy in the environment must not see what is meant for loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise ControlError(json.load(refused)["error"]) from refused


def reset(endpoint: str) -> None:
    """Empties the account and forgets faults, forced pages and recorded calls."""
    ask(endpoint, "POST", "reset")


def save(endpoint: str, name: str = names.DOCUMENTED) -> None:
    """Keeps the account as it is now, for `restore`."""
    ask(endpoint, "PUT", "saved", name)


def restore(endpoint: str, name: str = names.DOCUMENTED) -> bool:
    """Puts back the account that was saved under a name, and forgets what `reset` forgets; false where none was."""
    return ask(endpoint, "POST", "restore", name)


def set_faults(endpoint: str, *faults: dict) -> None:
    """Replaces all faults: `set_faults(url, fault("rds", "DescribeDBInstances", "denied"))`."""
    ask(endpoint, "PUT", "faults", list(faults))


def fault(service: str, operation: str, kind: str, **more: object) -> dict:
    """A fault of `faults.py`; `more` is `times`, `spared`, `seconds`, `page`, `where`, `code`, `status` or `message`."""
    return {"service": service, "operation": operation, "fault": kind, **more}


def clear_faults(endpoint: str) -> None:
    ask(endpoint, "DELETE", "faults")


def calls(endpoint: str, service: str | None = None, operation: str | None = None) -> list[dict]:
    """The AWS calls since the last reset or `clear_calls`, oldest first."""
    return [
        call
        for call in ask(endpoint, "GET", "calls")
        if service in (None, call["service"]) and operation in (None, call["operation"])
    ]


def clear_calls(endpoint: str) -> None:
    ask(endpoint, "DELETE", "calls")


def force_page_size(endpoint: str, service: str, operation: str, size: int) -> None:
    """Cuts the answers of an operation into pages, whether or not the caller names a limit."""
    ask(endpoint, "PUT", "pages", [{"service": service, "operation": operation, "size": size}])


def clear_pages(endpoint: str) -> None:
    ask(endpoint, "DELETE", "pages")


def hold_updates(endpoint: str, name: str = ENVIRONMENT) -> None:
    """The next update stays in `Updating`, its configuration `pending`, until `release_updates`."""
    ask(endpoint, "PUT", "environment", {"name": name, "hold": True})


def release_updates(endpoint: str, name: str = ENVIRONMENT) -> None:
    ask(endpoint, "PUT", "environment", {"name": name, "release": True})


def fail_next_deployment(endpoint: str, name: str = ENVIRONMENT) -> None:
    """The next deployment fails: the old version keeps running, and its draft stays as a `failed` configuration."""
    ask(endpoint, "PUT", "environment", {"name": name, "fail_next_deployment": True})


def set_environment(endpoint: str, name: str = ENVIRONMENT, **members: object) -> None:
    """Sets `status`, `health`, `health_status` or `causes`, as AWS does when something happens; `managed_update` is the
    description of a platform update that EB will make, or None."""
    ask(endpoint, "PUT", "environment", {"name": name, **members})


def verify_signatures(endpoint: str, verified: bool = True) -> None:
    """Has moto refuse a request whose signature is wrong, or that the caller's IAM policies do not allow."""
    ask(endpoint, "PUT", "signatures", verified)
