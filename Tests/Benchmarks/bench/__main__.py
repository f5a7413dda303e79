"""`python -m bench TIDEMARK BENCHMARK_HISTORY BENCHMARK_DRIFT`: measures, and prints a table of ratios.

The exit status is 1 if something exceeds its limit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from emulator.fixtures import Emulator, documented

from . import comparisons, table
from .latency import TooSlow, latency
from .measure import measure
from .stories import Stories


def main() -> int:
    options = parser().parse_args()
    emulator = Emulator()
    try:
        with tempfile.TemporaryDirectory(prefix="tidemark-bench-") as folder:
            return run(options, Path(folder), documented(emulator.endpoint))
    except TooSlow as slow:
        sys.exit(f"bench: {slow}")
    finally:
        emulator.stop()


def run(options: argparse.Namespace, folder: Path, stack) -> int:
    programs = (options.tidemark.resolve(), options.maker.resolve(), options.drifter.resolve())
    stories = Stories(folder, *programs, stack)
    long = stories.make("long", options.snapshots, tags=300)
    wide = stories.make("wide", max(options.snapshots // 20, 40), tags=5000)
    short = stories.make("short", 10, tags=300)
    for line in (*table.machine(folder), *(story.size for story in (long, wide, short))):
        print(line)
    print("\n".join(("", *table.HEAD)), flush=True)
    is_too_slow = False
    for comparison in comparisons.all_of(stories, long, wide, short):
        if options.only in comparison.what:
            measured = measure(comparison, options.rounds)
            is_too_slow = is_too_slow or measured.is_too_slow
            for line in table.lines(measured):
                print(line, flush=True)
    with latency(stories) as far:
        if options.only in far.comparison.what:
            measured = measure(far.comparison, options.rounds)
            for line in (*table.lines(measured), "", *far.lines(measured)):
                print(line, flush=True)
            far.check(measured)
    return 1 if is_too_slow else 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    top.add_argument("tidemark", type=Path, help="the release build")
    top.add_argument("maker", type=Path, help="benchmark-history, from the same build")
    top.add_argument("drifter", type=Path, help="benchmark-drift, from the same build")
    top.add_argument("--snapshots", type=int, default=10_000, help="how many the long history has")
    top.add_argument("--rounds", type=int, default=21, help="how often each command runs at most")
    top.add_argument("--only", default="", help="measure only what has this text in its name")
    return top


if __name__ == "__main__":
    sys.exit(main())
