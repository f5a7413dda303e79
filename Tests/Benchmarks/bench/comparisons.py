"""The times of Tidemark's commands beside those of their alternatives."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from . import targets
from .commands import DATABASE, Git, SQLite, Tidemark
from .measure import Command, Measurement, Row, times
from .stories import Stories, Story
from .targets import Target

DURABLE = ["-c core.fsync=all", "-c core.fsyncMethod=fsync"]
HERE = Path(__file__).parent


def reads(stories: Stories, long: Story, fleet: Story, wide: Story, short: Story) -> list[Measurement]:
    ours, git, sqlite = Tidemark(stories.programs.tidemark, long), Git(long), SQLite(long)
    wider = Tidemark(stories.programs.tidemark, wide)
    everything, cold = long.snapshots, (ours.verify(), targets.COLD)
    return [
        startup(ours, git),
        *small(stories, long, ""),
        *small(stories, fleet, ", fleet"),
        times("log, all", (long,), ours.log(everything), (git.log(everything), targets.ALL_ENTRIES), (sqlite.log(everything), None)),
        verification(stories, long, ""),
        verification(stories, fleet, ", fleet"),
        times("who TAG, warm", (long,), ours.who(long.tag), (git.who(long.tag), targets.WARM), (sqlite.who(long.tag), None)),
        times("who TAG, often deployed, warm", (long,), ours.who("stable"), (git.who("stable"), targets.WARM)),
        times("who TAG, cold", (long,), ours.cold(ours.who(long.tag)), cold),
        times("tags REPO --all, warm", (long,), ours.tags(), (git.tags(), targets.WARM), (sqlite.tags(), None)),
        times("tags REPO --all, cold", (long,), ours.cold(ours.tags()), cold),
        times("drift, ten findings", (long, short), ours.drift(), (at(short, Tidemark(stories.programs.tidemark, short).drift()), None)),
        times("show, whole state, 5,000 tags", (wide,), wider.state(), (Git(wide).state(), None)),
        times("who TAG, 5,000 tags, warm", (wide,), wider.who(wide.tag), (Git(wide).who(wide.tag), None)),
        times("tags REPO --all, 5,000 tags, warm", (wide,), wider.tags(), (Git(wide).tags(), None)),
        evaluation(stories, resources=10_000, expectations=2000),
    ]


def small(stories: Stories, story: Story, suffix: str) -> list[Measurement]:
    """What reads one moment or two, however long the history is."""
    ours, git, sqlite = Tidemark(stories.programs.tidemark, story), Git(story), SQLite(story)
    start, far = ours.version(), story.seq - 1
    return [
        times(f"log (20){suffix}", (story,), ours.log(20), (start, targets.ONE_ANSWER), (git.log(20), None), (sqlite.log(20), None)),
        times(f"show RESOURCE{suffix}", (story,), ours.resource(), (start, targets.ONE_RESOURCE), (git.resource(), None), (sqlite.resource(), None)),
        times(f"show, whole state{suffix}", (story,), ours.state(), (start, targets.WHOLE_STATE), (git.state(), None), (sqlite.state(), None)),
        times(f"diff, of 20 snapshots{suffix}", (story,), ours.diff(20), (start, targets.TWO_STATES), (git.diff(20), None)),
        # Everything differs, and is printed.
        times(f"diff, of {far} snapshots{suffix}", (story,), ours.diff(far), (start, None), (git.diff(far), None)),
    ]


def verification(stories: Stories, story: Story, suffix: str) -> Measurement:
    verify = Tidemark(stories.programs.tidemark, story).verify()
    return times(f"history verify{suffix}", (story,), verify, (Git(story).fsck(), targets.VERIFICATION))


def at(story: Story, command: Command) -> Command:
    return command.named(f"at {story.snapshots}")


def startup(ours: Tidemark, git: Git) -> Measurement:
    sqlite = Command("sqlite3", ["sqlite3", "--version"], ours.story.folder, "3.")
    python = Command("python, boto3", [sys.executable, "-c", "import boto3; print('boto3')"], ours.story.folder, "boto3")
    return times("--version", (ours.story,), ours.version(), (git.version(), None), (sqlite, None), (python, None))


def evaluation(stories: Stories, resources: int, expectations: int) -> Measurement:
    """A baseline evaluated on a snapshot, both in memory; Python compares values only."""
    folder = stories.folder / "drift"
    folder.mkdir()
    subprocess.run([stories.programs.drifter, "write", str(resources), str(expectations), str(folder)], check=True)
    script = [sys.executable, str(HERE / "compare.py"), str(folder)]
    answer = f"{expectations} expectations, {expectations // 10} findings"
    ours = Command("tidemark", [str(stories.programs.drifter), "compare", str(folder)], folder, answer, is_timed_by_itself=True)
    python = Command("python, values alone", script, folder, answer, is_timed_by_itself=True)
    return times(f"drift, {expectations} of {resources}", (), ours, (python, targets.EVALUATION))


def append(stories: Stories, story: Story, target: Target | None) -> Measurement:
    """Another snapshot with one changed facet, on a copy of the story."""

    def rows(rounds: int) -> Iterator[Row]:
        copy = story.copied(stories.folder / "appending")
        arguments = [str(stories.programs.maker), "append", "1", str(copy.history)]
        ours = Command("tidemark", arguments, copy.folder, ".", is_timed_by_itself=True)
        dump = Dump(copy.git)
        others = (dump.commit("git, as durable", *DURABLE), target), (dump.commit("git add, commit"), None)
        yield from times(what, (), ours, *others).rows(rounds)

    what = f"append, {story.name}"
    return Measurement(what, rows, (story,))


class Dump:
    """A script's dump of an environment into files, and its commit."""

    def __init__(self, folder: Path):
        self.folder, self.numbers = folder, itertools.count(100)

    def write(self) -> None:
        """Writes every file again; one has changed."""
        for file in self.folder.glob("*/*.json"):
            file.write_bytes(file.read_bytes())
        database = self.folder / "rds.db-instance" / f"{DATABASE}.description.json"
        described = json.loads(database.read_text())
        database.write_text(json.dumps({**described, "AllocatedStorage": next(self.numbers)}, indent=2, sort_keys=True))

    def commit(self, name: str, *options: str) -> Command:
        script = f"git add --all && git {' '.join(options)} commit --message=Snapshot"
        return Command(name, ["sh", "-c", script], self.folder, "1 file changed", prepare=self.write)
