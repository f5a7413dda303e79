"""`python -m bench TIDEMARK BENCHMARK_HISTORY BENCHMARK_DRIFT`: measures, and prints a table of figures and their targets.

The exit status is 1 if a figure fails its target.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from emulator.fixtures import Emulator, documented

from . import comparisons, costs, recording, table, targets
from .latency import latency
from .measure import Measurement
from .stories import Programs, Stories, Story


def main() -> int:
    options = parser().parse_args()
    emulator = Emulator()
    try:
        with tempfile.TemporaryDirectory(prefix="tidemark-bench-") as folder:
            return run(options, Path(folder), documented(emulator.endpoint))
    finally:
        emulator.stop()


def run(options: argparse.Namespace, folder: Path, stack) -> int:
    for line in table.machine(folder):
        print(line)
    programs = Programs(options.tidemark.resolve(), options.maker.resolve(), options.drifter.resolve())
    kept = options.stories.resolve() if options.stories else folder / "stories"
    stories = Stories(folder, kept, programs, stack)
    failed = []
    with latency(stories) as far:
        everything = [*measurements(stories, options.snapshots), far]
        measured = [measurement for measurement in everything if options.only in measurement.what]
        for story in dict.fromkeys(story for measurement in measured for story in measurement.stories):
            print(stories.make(story), flush=True)
        print("\n".join(("", table.HEAD)), flush=True)
        for row in (row for measurement in measured for row in measurement.rows(options.rounds)):
            print(table.line(row), flush=True)
            failed += [row] if row.fails else []
    for row in failed:
        print(f"bench: '{row.what}' fails its target beside '{row.beside}'", file=sys.stderr)
    return 1 if failed else 0


def measurements(stories: Stories, snapshots: int) -> Iterator[Measurement]:
    def both(snapshots: int) -> tuple[Story, Story]:
        return stories.story("documented", snapshots, "tags", 300), stories.story("fleet", snapshots, "resources", 300)

    (long, fleet), (hundred, fleet_hundred), (ten, fleet_ten) = both(snapshots), both(100), both(10)
    wide = stories.story("5,000 tags", max(snapshots // 20, 40), "tags", 5000)
    programs, counted = stories.programs, stories.programs.stripped(stories.folder)
    yield from costs.sizes(long, fleet)
    yield from comparisons.reads(stories, long, fleet, wide, hundred)
    yield from costs.growth(counted.tidemark, long, hundred, "")
    yield from costs.growth(counted.tidemark, fleet, fleet_hundred, ", fleet")
    yield from costs.growth_by_index(counted.tidemark, long, hundred)
    yield from costs.memory(programs, long, hundred)
    yield costs.append_growth(programs, counted, long, ten)
    yield costs.append_growth(programs, counted, fleet, fleet_ten)
    for story, target in ((long, targets.APPEND), (fleet, targets.APPEND), (wide, None)):
        yield comparisons.append(stories, story, target)
    yield from recording.record(stories)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    top.add_argument("tidemark", type=Path, help="the release build")
    top.add_argument("maker", type=Path, help="benchmark-history, from the same build")
    top.add_argument("drifter", type=Path, help="benchmark-drift, from the same build")
    top.add_argument("--snapshots", type=int, default=10_000, help="how many the long histories have")
    top.add_argument("--rounds", type=int, default=21, help="how often each command runs at most")
    top.add_argument("--stories", type=Path, help="a folder that keeps the stories for the next run")
    top.add_argument("--only", default="", help="measure only what has this text in its name")
    return top


if __name__ == "__main__":
    sys.exit(main())
