"""Runs commands in turn, A B A B, so that a machine that becomes slower or faster affects all alike."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from .stories import Story
from .targets import Target

# The seconds after which a comparison has enough rounds, if it has this many.
ENOUGH_SECONDS = 20
ENOUGH_ROUNDS = 5


class WrongAnswer(Exception):
    """A command does not give the answer, so it cannot be compared."""


@dataclass(frozen=True)
class Command:
    name: str
    arguments: list[str]
    folder: Path
    # Text that the output must contain, so that only commands that answer are compared.
    answer: str
    variables: dict[str, str] = field(default_factory=dict)
    # Whether the last word is the milliseconds to use; otherwise the whole process is timed.
    is_timed_by_itself: bool = False
    # A step before each run that is not measured.
    prepare: Callable[[], None] = lambda: None

    def environment(self) -> dict[str, str]:
        """Nothing of this process's variables, in particular not CI, where Tidemark keeps no marks of what it verified."""
        home = str(self.folder)
        return {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": home, "XDG_CACHE_HOME": f"{home}/.cache", **self.variables
        }

    def named(self, name: str) -> Command:
        return replace(self, name=name)

    def run(self, *prefix: str) -> subprocess.CompletedProcess[str]:
        """The answer, checked."""
        self.prepare()
        done = subprocess.run(
            [*prefix, *self.arguments], cwd=self.folder, env=self.environment(), capture_output=True, text=True
        )
        if done.returncode != 0 or self.answer not in done.stdout:
            raise WrongAnswer(f"{self.arguments} ended with {done.returncode}: {done.stderr}{done.stdout[:2000]}")
        return done


@dataclass(frozen=True)
class Row:
    """A figure of Tidemark beside another one."""

    what: str
    unit: str
    ours: float
    beside: str
    other: float
    target: Target | None = None

    @property
    def holds(self) -> bool | None:
        return self.target and self.ours <= self.target.limit(self.other)

    @property
    def fails(self) -> bool:
        return self.target is not None and self.ours > self.target.gate * self.target.limit(self.other)


@dataclass(frozen=True)
class Measurement:
    """Yields the rows of one subject when it is measured, in at most so many rounds."""

    what: str
    rows: Callable[[int], Iterator[Row]]
    # The stories that must have been made.
    stories: tuple[Story, ...] = ()


# A command to compare with, and the target of Tidemark's beside it.
Alternative = tuple[Command, Target | None]


def times(what: str, stories: tuple[Story, ...], ours: Command, *others: Alternative) -> Measurement:
    def rows(rounds: int) -> Iterator[Row]:
        own, *medians = medians_of([ours, *(other for other, _ in others)], rounds)
        for (other, target), median in zip(others, medians):
            yield Row(what, "ms", own, other.name, median, target)

    return Measurement(what, rows, stories)


def medians_of(commands: list[Command], rounds: int) -> list[float]:
    """After a first run of each, which fills the caches and checks the answer."""
    for command in commands:
        command.run()
    measured: list[list[float]] = [[] for _ in commands]
    start = time.monotonic()
    for number in range(rounds):
        for command, milliseconds in zip(commands, measured):
            milliseconds.append(milliseconds_of(command))
        if number + 1 >= ENOUGH_ROUNDS and time.monotonic() - start > ENOUGH_SECONDS:
            break
    return [statistics.median(milliseconds) for milliseconds in measured]


def milliseconds_of(command: Command) -> float:
    if command.is_timed_by_itself:
        return float(command.run().stdout.split()[-1])
    command.prepare()
    with open(os.devnull, "r+b") as null:
        start = time.perf_counter()
        subprocess.run(
            command.arguments, cwd=command.folder, env=command.environment(), stdin=null, stdout=null, stderr=null, check=True
        )
        return (time.perf_counter() - start) * 1000


def memory_of(command: Command) -> float:
    """The peak memory in MiB.

    By GNU time, because the kernel reports at least this process's own memory for a child.
    """
    with tempfile.NamedTemporaryFile("r") as report:
        command.run("/usr/bin/time", "--format=%M", f"--output={report.name}")
        return int(report.read()) / 1024


def instructions_of(command: Command) -> float:
    """The instructions in millions, by callgrind: the same on a machine that is busy."""
    variables = {**command.variables, "SWIFT_DETERMINISTIC_HASHING": "1"}
    with tempfile.NamedTemporaryFile("r") as report:
        replace(command, variables=variables).run("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={report.name}")
        return int(re.findall(r"Collected : (\d+)", report.read())[-1]) / 1e6
