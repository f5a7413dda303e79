"""The changes of the stack under which runs with faults are tried, and the correct report of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from emulator.replay import Answers
from log import bodies
from tidemark import Tidemark

State = dict[tuple[str, str, str], str]


@dataclass
class Truth:
    """The stack as it is, and the correct report of it."""

    name: str
    change: tuple[str, ...]
    drifted: set[str] = field(default_factory=set)
    """The expectations that have drifted."""
    unchecked: set[str] = field(default_factory=set)
    """The expectations that refer to a resource that is gone."""
    since: set[str] = field(default_factory=set)
    """The expectations that have drifted since a snapshot of the documented stack."""
    answers: Answers = field(default_factory=dict)
    states: dict[bool, State] = field(default_factory=dict)
    """The recorded state without faults: from an empty history (False), and after a snapshot of the documented stack
    (True)."""

    # What `record --strict` exits with if everything was seen: 3 where a host leads to no resource.
    status: int = 0

    lost: set[tuple[str, str]] = field(default_factory=set)
    """What `diff` then reports as gone, left or replaced, with its label."""

    def drifts(self, known: bool) -> set[str]:
        return self.drifted | (self.since if known else set())

    def verdict(self, expectation: str, known: bool) -> str:
        if expectation in self.drifts(known):
            return "drifted"
        return "not checked" if expectation in self.unchecked else "in sync"


TRUTHS = [
    Truth("as documented", ()),
    Truth("deployed", ("deploy", "v10"), since={"release.unrecorded"}),
    Truth("larger database", ("change_database_class", "db.t4g.medium"), {"database"}),
    Truth("open port", ("open_port", 5432), {"database-access"}),
    Truth(
        "no database",
        ("delete_database",),
        {"database"},
        {"database-access", "database-subnets", "database-variables", "instance", "redis-subnets", "vpc"},
        status=3,
    ),
]


def state(history: Path) -> State:
    """Every facet of the history with the hash of its content."""
    found: State = {}
    for body in bodies(history, "snapshot"):
        for kind, identity, facet, digest in body["changed"]:
            found[kind, identity, facet] = digest
            if digest is None:
                del found[kind, identity, facet]
    return found


def lost(tidemark: Tidemark) -> set[tuple[str, str]]:
    """What `diff` reports as gone, replaced, or no longer part of the environment since the first snapshot."""
    found = tidemark("diff", "@1", "--format", "json").json["resources"]
    return {(one["change"], one["label"]) for one in found if one["change"] in ("gone", "left", "replaced")}
