"""Parsers of the commands that CI runners find in a job's log."""

from __future__ import annotations

import re

REGISTERED = {
    "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "internal-set-repo-path", "notice",
    "remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning",
}  # fmt: skip
"""The commands of GitHub: https://github.com/actions/runner, ActionCommandManager and its extensions."""


def commands(stream: str) -> list[str]:
    """The name of each command in a stream, by line."""
    return [name for line in re.split(r"\r\n|\r|\n", stream) for name in of_line(line)]


def of_line(line: str) -> list[str]:
    github = second_version(line) or first_version(line)
    others = [f"{runner}[" for runner in ("##vso", "##teamcity") if f"{runner}[" in line.lower()]
    # The log viewer folds and colours lines by these, registered or not.
    shown = ["##["] if "##[" in line else []
    return ([github] if github else []) + others + shown


def second_version(line: str) -> str | None:
    """`ActionCommand.TryParseV2`: `::name key=value::data` after optional white space."""
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
