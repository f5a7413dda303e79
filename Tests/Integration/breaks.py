"""Changes that break one thing of the stack, to check that a baseline finds exactly that."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

import yaml

from caching import CachingEndpoint
from emulator import names
from emulator.call import recognise
from emulator.message import Answer, Request
from emulator.pages import parse, serialize
from emulator.proxy import serving
from tidemark import KEYED, Tidemark

ANTENNA = Path(__file__).resolve().parents[2] / "Reports/baselines/antenna"


@dataclass(frozen=True)
class Break:
    """One change: of the stack, with the services whose answers it changes; of answers on their way; of the release's
    options; or of the history that is used."""

    change: Callable | None = None
    services: tuple[str, ...] = ()
    answers: dict[str, Callable[[dict, object], None]] = field(default_factory=dict)
    release: tuple[str, ...] | None = None
    history: str = "tidemark.sqlite"


def changed(change: Callable, *services: str) -> Break:
    """A change of the emulator's stack."""
    return Break(change, services)


def answered(**answers: Callable[[dict, object], None]) -> Break:
    """A change of answers: each operation with a function that gets the answer in boto3's shape, and the stack."""
    return Break(answers=answers)


class BreakableEndpoint(CachingEndpoint):
    """An endpoint that repeats the emulator's answers, except for the calls that a break concerns."""

    def __init__(self, stack):
        super().__init__(stack)
        self.broken = Break()

    def apply(self, broken: Break) -> None:
        self.broken, self.live = broken, set(broken.services)
        if broken.change:
            broken.change(self.stack)

    def answer(self, request: Request) -> Answer:
        true = super().answer(request)
        if not self.broken.answers or true.status >= 300:
            return true
        call = recognise(request)
        alter = self.broken.answers.get(call.operation)
        if not alter:
            return true
        result = parse(call, true)
        alter(result, self.stack)
        return serialize(call, result)


class BaselineCheck:
    """A stack, a history of it, and the baseline to evaluate."""

    def __init__(self, endpoint: BreakableEndpoint, tidemark: Tidemark, baseline: str, release: tuple[str, ...]):
        self.endpoint = endpoint
        self.tidemark = tidemark
        self.baseline = baseline
        self.release = release

    def found(self, broken: Break) -> list[tuple[str, str | None]]:
        """What the baseline finds when only this is broken; earlier breaks must have been repaired."""
        self.endpoint.apply(broken)
        self.record(*(self.release if broken.release is None else broken.release), "--history", broken.history)
        return findings(self.drift("--history", broken.history))

    def record(self, *arguments: str) -> None:
        self.tidemark("record", "-e", self.environment, *arguments)

    def drift(self, *arguments: str) -> dict:
        shipped = f"shipped:antenna/{self.baseline}"
        return self.tidemark("drift", "--baseline", shipped, "--format", "json", *arguments, status=None).json

    @property
    def environment(self) -> str:
        return names.STAGING if self.baseline == "staging" else names.ENVIRONMENT


@contextmanager
def checking(stack, folder: Path, baseline: str, *release: str):
    """Serves the stack inside the `with` block, and records it with a release."""
    endpoint = BreakableEndpoint(stack)
    with serving(endpoint.answer) as url:
        tidemark = Tidemark(folder, {**stack.variables(), **KEYED, "AWS_ENDPOINT_URL": url})
        check = BaselineCheck(endpoint, tidemark, baseline, release)
        tidemark.declare_plain(check.environment)
        check.record(*release)
        yield check


def shipped(name: str) -> dict:
    return yaml.load((ANTENNA / f"{name}.yml").read_text(), Loader=yaml.BaseLoader)


def stated(name: str) -> list[tuple[str, str]]:
    """What a shipped baseline states itself: each expectation with each of its paths, in the form of findings."""
    baseline = shipped(name)
    found = []
    for one in baseline.get("expect", []):
        found += [(one["name"], path) for key in ("is", "readings") for path in paths(one.get(key, {}), key)]
        found += [(one["name"], "count")] if "count" in one else []
    found += [("unexpected", kind) for kind in baseline.get("unexpected", {})]
    found += [("history", f"environments[{one}]") for one in baseline.get("history", {}).get("environments", [])]
    found += [("releases", member) for member in baseline.get("releases", {}) if member not in REMARKS]
    return found


def inherited(name: str) -> list[tuple[str, str]]:
    """What the baseline takes over unchanged from the one that it extends."""
    baseline = shipped(name)
    if "extends" not in baseline:
        return []
    base = baseline["extends"].removesuffix(".yml")
    instead = set(stated(name))
    removed = baseline.get("remove", [])
    return [one for one in stated(base) + inherited(base) if one not in instead and one[0] not in removed]


REMARKS = {"section", "why", "fix", "severity"}
OPERATORS = {"equals", "one-of", "includes", "excludes", "matches", "at-least", "at-most", "version-at-least",
             "version-at-most", "present", "not"}


def paths(value, prefix: str) -> list[str]:
    """The paths below `is` or `readings` that have an expectation."""
    if not isinstance(value, dict) or set(value) <= OPERATORS and value:
        return [prefix.removeprefix("is.")]
    return [path for name, inner in value.items() for path in paths(inner, f"{prefix}.{name}")]


def is_only(statement: tuple[str, str | None], found: list[tuple[str, str | None]]) -> bool:
    """Whether the findings are about one value or element of the statement; a replaced element is missing and unexpected."""
    (name, path), places = statement, set(found)
    return len(places) == 1 and len(found) <= 2 and all(
        one == name and (other == path or path and other and other.startswith(f"{path}[")) for one, other in places
    )


def findings(report: dict) -> list[tuple[str, str | None]]:
    """The findings of a drift report: each expectation with its path; for an unexpected resource, its kind."""
    return [
        (one["name"], one["kind"] if one["source"] == "unexpected" else finding["path"])
        for one in report["expectations"]
        for finding in one["findings"]
    ]
