"""Runs commands in turn, A B A B, so that a machine that becomes slower or faster affects all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

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
    # Whether the last line has the milliseconds to use; otherwise the whole process is timed.
    is_timed_by_itself: bool = False
    # A step before each run that is not measured.
    prepare: Callable[[], None] = lambda: None

    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.folder), **self.variables}


@dataclass(frozen=True)
class Comparison:
    what: str
    ours: Command
    others: list[Command]
    # The most milliseconds that Tidemark may take.
    limit: float | None = None


@dataclass(frozen=True)
class Figures:
    """The cost of a command: milliseconds of each run, and the peak memory in MiB."""

    name: str
    milliseconds: list[float]
    memory: float

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)


@dataclass(frozen=True)
class Measurement:
    what: str
    ours: Figures
    others: list[Figures]
    limit: float | None

    @property
    def is_too_slow(self) -> bool:
        return self.limit is not None and self.ours.median > self.limit


def measure(comparison: Comparison, rounds: int) -> Measurement:
    commands = [comparison.ours, *comparison.others]
    memory = [memory_of(command) for command in commands]
    times: list[list[float]] = [[] for _ in commands]
    start = time.monotonic()
    for number in range(rounds):
        for index, command in enumerate(commands):
            times[index].append(milliseconds_of(command))
        if number + 1 >= ENOUGH_ROUNDS and time.monotonic() - start > ENOUGH_SECONDS:
            break
    ours, *others = (Figures(*figures) for figures in zip((one.name for one in commands), times, memory))
    return Measurement(comparison.what, ours, others, comparison.limit)


def milliseconds_of(command: Command) -> float:
    command.prepare()
    if command.is_timed_by_itself:
        done = subprocess.run(command.arguments, cwd=command.folder, env=command.environment(), capture_output=True, check=True)
        return float(done.stdout.split()[-1])
    with open(os.devnull, "r+b") as null:
        start = time.perf_counter()
        subprocess.run(
            command.arguments, cwd=command.folder, env=command.environment(), stdin=null, stdout=null, stderr=null, check=True
        )
        return (time.perf_counter() - start) * 1000


def memory_of(command: Command) -> float:
    """The peak memory of a first run, which also fills the caches and checks the answer.

    By GNU time, because the kernel reports at least this process's own memory for a child.
    """
    command.prepare()
    with tempfile.NamedTemporaryFile("r") as report:
        timed = ["/usr/bin/time", "--format=%M", f"--output={report.name}", *command.arguments]
        done = subprocess.run(timed, cwd=command.folder, env=command.environment(), capture_output=True, text=True)
        if done.returncode != 0 or command.answer not in done.stdout:
            raise WrongAnswer(f"{command.arguments} ended with {done.returncode}: {done.stderr}{done.stdout[:2000]}")
        return int(report.read()) / 1024
