"""What CI runners take for a command in the log of a job, by their own rules."""

from __future__ import annotations

import re

REGISTERED = {
    "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "internal-set-repo-path", "notice",
    "remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning",
}  # fmt: skip
"""Of GitHub: https://github.com/actions/runner, ActionCommandManager and its extensions."""


def commands(stream: str) -> list[str]:
    """The name of each command in a stream, line by line."""
    return [name for line in re.split(r"\r\n|\r|\n", stream) for name in of_line(line)]


def of_line(line: str) -> list[str]:
    github = second_version(line) or first_version(line)
    others = [f"{runner}[" for runner in ("##vso", "##teamcity") if f"{runner}[" in line.lower()]
    # The page that shows a log folds and colours lines by these, whether they are registered or not.
    shown = ["##["] if "##[" in line else []
    return ([github] if github else []) + others + shown


def second_version(line: str) -> str | None:
    """`ActionCommand.TryParseV2`: `::name key=value::data` behind white space."""
    line = line.strip()
    if not line.startswith("::"):
        return None
    head, found, _ = line[2:].partition("::")
    name = head.split(" ")[0].lower()
    return name if found and name in REGISTERED else None


def first_version(line: str) -> str | None:
    """`ActionCommand.TryParse`: `##[name key=value]data` anywhere."""
    _, found, rest = line.partition("##[")
    head, closed, _ = rest.partition("]")
    name = head.split(" ")[0].lower()
    return name if found and closed and name in REGISTERED else None
