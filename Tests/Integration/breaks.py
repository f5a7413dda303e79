"""Breaking one thing of a standing stack, to see that a baseline finds exactly that."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

import yaml

from altered import forwarded, serving
from emulator import names
from emulator.call import credential, recognise
from emulator.message import Answer, Request
from emulator.pages import parse, serialize
from tidemark import KEYED, Tidemark

ANTENNA = Path(__file__).resolve().parents[2] / "Reports/baselines/antenna"


@dataclass(frozen=True)
class Break:
    """A change of the stack, with the services whose answers it changes; answers that are altered on their way; what is said
    of the release; or another history."""

    change: Callable | None = None
    services: tuple[str, ...] = ()
    answers: dict[str, Callable[[dict, object], None]] = field(default_factory=dict)
    release: tuple[str, ...] | None = None
    history: str = "tidemark.sqlite"


def changed(change: Callable, *services: str) -> Break:
    """Really changed, in the emulator."""
    return Break(change, services)


def answered(**answers: Callable[[dict, object], None]) -> Break:
    """Operations by name, each with what is done to its answer, which has boto3's shape, given the stack."""
    return Break(answers=answers)


class Standing:
    """An endpoint that answers as the emulator did before; only of what is broken it asks again.

    A walk asks ninety questions, and a break changes the answer to a few: so a break costs a third of the time.
    """

    def __init__(self, stack):
        self.stack = stack
        self.kept: dict[tuple, Answer] = {}
        self.broken = Break()

    def answer(self, request: Request) -> Answer:
        is_changed = credential(request)[2] in self.broken.services
        true = forwarded(self.stack.endpoint, request) if is_changed else self.kept_answer(request)
        if not self.broken.answers or true.status >= 300:
            return true
        call = recognise(request)
        alter = self.broken.answers.get(call.operation)
        if not alter:
            return true
        result = parse(call, true)
        alter(result, self.stack)
        return serialize(call, result)

    def kept_answer(self, request: Request) -> Answer:
        asked = (request.method, request.target, request.header("x-amz-target"), request.body)
        if asked not in self.kept:
            self.kept[asked] = forwarded(self.stack.endpoint, request)
        return self.kept[asked]


class Held:
    """A standing stack, a history of it, and a baseline that it is held against."""

    def __init__(self, standing: Standing, tidemark: Tidemark, baseline: str, release: tuple[str, ...]):
        self.standing = standing
        self.tidemark = tidemark
        self.baseline = baseline
        self.release = release

    def found(self, broken: Break) -> list[tuple[str, str | None]]:
        """What the baseline finds when this alone is broken; what was broken before must have been mended."""
        self.standing.broken = broken
        if broken.change:
            broken.change(self.standing.stack)
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
def held(stack, folder: Path, baseline: str, *release: str):
    """Serves the stack while the `with` lasts, and records it with a release."""
    standing = Standing(stack)
    with serving(standing.answer) as url:
        tidemark = Tidemark(folder, {**stack.variables(), **KEYED, "AWS_ENDPOINT_URL": url})
        held = Held(standing, tidemark, baseline, release)
        held.record(*release)
        yield held


def shipped(name: str) -> dict:
    return yaml.load((ANTENNA / f"{name}.yml").read_text(), Loader=yaml.BaseLoader)


def stated(name: str) -> list[tuple[str, str]]:
    """Everything that a shipped baseline states itself: each expectation with each of its paths, as findings have them."""
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
    """What holds too, since the baseline that it extends states it, and it neither removes nor states otherwise."""
    baseline = shipped(name)
    if "extends" not in baseline:
        return []
    base = baseline["extends"].removesuffix(".yml")
    instead = set(stated(name))
    removed = baseline.get("remove", [])
    return [one for one in stated(base) + inherited(base) if one not in instead and one[0] not in removed]


REMARKS = {"section", "why", "fix", "severity"}
OPERATORS = {"equals", "one-of", "includes", "excludes", "matches", "at-least", "at-most", "present", "not"}


def paths(value, prefix: str) -> list[str]:
    """The paths of which something is expected below `is` or `readings`."""
    if not isinstance(value, dict) or set(value) <= OPERATORS and value:
        return [prefix.removeprefix("is.")]
    return [path for name, inner in value.items() for path in paths(inner, f"{prefix}.{name}")]


def findings(report: dict) -> list[tuple[str, str | None]]:
    """What a drift report finds: each expectation with the path; of what nothing expects, the kind."""
    return [
        (one["name"], one["kind"] if one["source"] == "unexpected" else finding["path"])
        for one in report["expectations"]
        for finding in one["findings"]
    ]
