"""What does not depend on how busy the machine is: instructions, bytes, memory and sizes."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

from . import targets
from .commands import Tidemark
from .measure import Command, Measurement, Row, instructions_of, memory_of
from .stories import Programs, Story
from .targets import Target

APPENDS = 100


def growth(program: Path, long: Story, short: Story, suffix: str) -> list[Measurement]:
    """The instructions of readers whose answers are as long for both histories."""
    ours, other = Tidemark(program, long), Tidemark(program, short)
    pairs = [
        ("log (20)", ours.log(20), other.log(20)),
        ("show RESOURCE", ours.resource(), other.resource()),
        ("show, whole state", ours.state(), other.state()),
        ("diff, of 20 snapshots", ours.diff(20), other.diff(20)),
    ]
    return [
        instructions(f"{what}{suffix}", one, two, long, short, targets.READ_GROWTH) for what, one, two in pairs
    ]


def growth_by_index(program: Path, long: Story, short: Story) -> list[Measurement]:
    ours, other = Tidemark(program, long), Tidemark(program, short)
    target = targets.READ_GROWTH
    return [
        instructions("who TAG, warm", ours.who(long.tag), other.who(short.tag), long, short, target),
        instructions("tags REPO:TAG, warm", ours.tag(), other.tag(), long, short, target),
        instructions("drift, ten findings", ours.drift(), other.drift(), long, short, targets.DRIFT_GROWTH),
    ]


def instructions(what: str, ours: Command, other: Command, long: Story, short: Story, target: Target) -> Measurement:
    def rows(_: int) -> Iterator[Row]:
        for command in (ours, other):
            command.run()
        name = f"at {short.snapshots}"
        yield Row(title, "M instr.", instructions_of(ours), name, instructions_of(other), target)

    title = f"{what}, at {long.snapshots}"
    return Measurement(title, rows, (long, short))


def memory(programs: Programs, long: Story, short: Story) -> list[Measurement]:
    """The peak memory of every reader."""

    def of(what: str, ours: Command, other: Command) -> Measurement:
        def rows(_: int) -> Iterator[Row]:
            figures = [memory_of(ours), memory_of(other)]
            yield Row(f"{what}, memory", "MiB", figures[0], f"at {short.snapshots}", figures[1], targets.READER_MEMORY)

        return Measurement(f"{what}, memory", rows, (long, short))

    ours, other = Tidemark(programs.tidemark, long), Tidemark(programs.tidemark, short)
    return [
        of("log, all", ours.log(long.snapshots), other.log(short.snapshots)),
        of("show, whole state", ours.state(), other.state()),
        of("diff, of 20 snapshots", ours.diff(20), other.diff(20)),
        of("who TAG, cold", ours.cold(ours.who(long.tag)), other.cold(other.who(short.tag))),
        of("tags REPO --all, cold", ours.cold(ours.tags()), other.cold(other.tags())),
        of("drift, ten findings", ours.drift(), other.drift()),
        of("history verify", ours.verify(), other.verify()),
    ]


def sizes(*stories: Story) -> list[Measurement]:
    def of(story: Story) -> Measurement:
        def rows(_: int) -> Iterator[Row]:
            packed = sum(file.stat().st_size for file in (story.git / ".git").rglob("*") if file.is_file())
            size = story.history.stat().st_size
            yield Row(f"the file, {story.name}", "MiB", size / 2**20, ".git, packed", packed / 2**20, targets.SIZE)

        return Measurement(f"the file, {story.name}", rows, (story,))

    return [of(story) for story in stories]


def append_growth(programs: Programs, counted: Programs, long: Story, short: Story) -> Measurement:
    """The transaction alone, each on a copy of the history."""
    what = f"append, {long.name}"

    def rows(_: int) -> Iterator[Row]:
        name, growth = f"at {short.snapshots}", targets.APPEND_GROWTH
        yield Row(what, "M instr.", *around(name, [append_instructions(counted.maker, one) for one in (long, short)]), growth)
        costs = [append_bytes(programs.maker, one) for one in (long, short)]
        for index, (direction, target) in enumerate((("read", targets.APPEND_READING), ("written", growth))):
            figures = [cost[index] for cost in costs]
            yield Row(f"{what}, {direction}", "KiB", *around(name, figures), target)

    return Measurement(what, rows, (long, short))


def around(name: str, figures: list[float]) -> tuple[float, str, float]:
    return figures[0], name, figures[1]


def append_instructions(maker: Path, story: Story) -> float:
    """The difference of a process that appends and one that only makes the observation."""
    append, observe = (instructions_of(on_copy(maker, story, mode, 1)) for mode in ("append", "observe"))
    return append - observe


def append_bytes(maker: Path, story: Story) -> list[float]:
    """The mean KiB that an append reads and writes: a page that is full is split by one of them."""
    lines = on_copy(maker, story, "append", APPENDS).run().stdout.splitlines()
    costs = [[float(figure) for figure in line.split()] for line in lines]
    return [statistics.mean(column) / 1024 for column in list(zip(*costs))[:2]]


def on_copy(maker: Path, story: Story, mode: str, count: int) -> Command:
    copy = story.folder / "copy.sqlite"

    def prepare() -> None:
        shutil.copy(story.history, copy)

    return Command(mode, [str(maker), mode, str(count), str(copy)], story.folder, "", prepare=prepare)
