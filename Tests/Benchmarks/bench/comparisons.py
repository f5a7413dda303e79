"""The comparisons: each of Tidemark's commands with its alternatives."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from emulator import controls

from .measure import Command, Comparison, WrongAnswer, milliseconds_of
from .stories import ENVIRONMENT, Stories, Story

QUERIES = Path(__file__).parent / "queries"


def all_of(stories: Stories, long: Story, wide: Story, short: Story) -> list[Comparison]:
    # Reading comes first: what is written afterwards makes the histories longer.
    return [
        startup(stories, long),
        who(stories, long, long.tag, "who TAG"),
        who(stories, long, "stable", "who TAG, often deployed"),
        who(stories, wide, wide.tag, "who TAG, wide"),
        state(stories, long, "show --at @N"),
        state(stories, wide, "show --at @N, wide"),
        resource(stories, long),
        tags(stories, long, "tags REPO --all"),
        tags(stories, wide, "tags REPO --all, wide"),
        log(stories, long, 20, "log"),
        log(stories, long, long.snapshots, "log, all"),
        drift(stories, resources=10_000, expectations=2000, limit=200),
        record(stories),
        append(stories, long),
        append(stories, wide),
        growth(stories, long, short),
    ]


def tidemark(stories: Stories, story: Story, answer: str, *arguments: str) -> Command:
    return Command("tidemark", [str(stories.tidemark), *arguments], story.folder, answer)


def git(story: Story, answer: str, *arguments: str) -> Command:
    return Command(f"git {arguments[0]}", ["git", "--no-pager", *arguments], story.git, answer)


def sqlite(story: Story, answer: str, query: str, **parameters: object) -> Command:
    """The sqlite3 command with a query on the history itself."""
    settings = [part for name, value in parameters.items() for part in ("-cmd", f".parameter set :{name} {value!r}")]
    arguments = ["sqlite3", "-readonly", *settings, str(story.history), f".read {QUERIES / query}"]
    return Command("sqlite3", arguments, story.folder, answer)


def startup(stories: Stories, story: Story) -> Comparison:
    others = [
        Command("sqlite3", ["sqlite3", "--version"], story.folder, "3."),
        git(story, "git version", "--version"),
        Command("python, boto3", [sys.executable, "-c", "import boto3; print('boto3')"], story.folder, "boto3"),
    ]
    return Comparison("--version", tidemark(stories, story, "0.", "--version"), others)


# MARK: Writing


def record(stories: Stories) -> Comparison:
    """Makes the same calls to the same endpoint; boto3 makes them in turn, as a script does."""
    folder, endpoint = stories.recorded, stories.variables["AWS_ENDPOINT_URL"]
    (folder / "questions.json").write_text(json.dumps(stories.questions()))
    script = [sys.executable, str(Path(__file__).parent / "boto.py"), "questions.json", "dump.json", "1"]
    ours = Command("tidemark", stories.record, folder, "recorded", stories.variables)
    boto = Command("boto3 script", script, folder, "answers", stories.variables)
    if asked(endpoint, ours) != asked(endpoint, boto):
        raise WrongAnswer("'tidemark record' and the boto3 script do not ask the same")
    return Comparison("record, by the emulator", ours, [boto])


def asked(endpoint: str, command: Command) -> Counter:
    controls.clear_calls(endpoint)
    milliseconds_of(command)
    return Counter((call["service"], call["operation"]) for call in controls.calls(endpoint))


def append(stories: Stories, story: Story) -> Comparison:
    """Another snapshot with one changed facet. For git, all files of the dump are written again, as a script does."""
    numbers = itertools.count(20)
    database = story.git / "rds.db-instance" / "antenna-postgres.description.json"

    def dump() -> None:
        for file in story.git.glob("*/*.json"):
            file.write_bytes(file.read_bytes())
        described = json.loads(database.read_text())
        database.write_text(json.dumps({**described, "AllocatedStorage": next(numbers)}, indent=2, sort_keys=True))

    def commit(name: str, *options: str) -> Command:
        script = f"git add --all && git {' '.join(options)} commit --message=Snapshot"
        return Command(name, ["sh", "-c", script], story.git, "1 file changed", prepare=dump)

    ours = Command("tidemark", [str(stories.maker), "append", "1", str(story.history)], story.folder, ".")
    others = [commit("git add, commit"), commit("git, as durable", "-c core.fsync=all")]
    return Comparison(f"append, {story.folder.name}", ours, others)


def growth(stories: Stories, long: Story, short: Story) -> Comparison:
    def appending(name: str, story: Story) -> Command:
        return Command(name, [str(stories.maker), "append", "1", str(story.history)], story.folder, ".")

    return Comparison(
        f"append at {long.snapshots}", appending("tidemark", long), [appending(f"tidemark, at {short.snapshots}", short)]
    )


# MARK: Reading


def who(stories: Stories, story: Story, tag: str, what: str) -> Comparison:
    name = f"antenna-backend:{tag}"
    others = [
        sqlite(story, "release-bot", "who.sql", tag=tag),
        git(story, f"Release {tag}", "log", f"-S{name}", "--format=%H %cI %cn %s", "--", "ecs.container"),
    ]
    return Comparison(what, tidemark(stories, story, "release-bot", "who", tag), others)


def state(stories: Stories, story: Story, what: str) -> Comparison:
    """The whole environment at an earlier time."""
    back = f"main~{story.snapshots - story.seq}"
    others = [
        sqlite(story, "antenna-postgres", "state.sql", seq=story.seq, identity="%"),
        git(story, "antenna-postgres", "archive", back),
    ]
    return Comparison(what, tidemark(stories, story, "antenna-postgres", "show", "--at", f"@{story.seq}"), others)


def resource(stories: Stories, story: Story) -> Comparison:
    """One resource at an earlier time."""
    name, kind = "antenna-postgres", "rds.db-instance"
    back = f"main~{story.snapshots - story.seq}"
    others = [
        sqlite(story, "db.t4g.small", "state.sql", seq=story.seq, identity=name),
        git(story, "db.t4g.small", "show", f"{back}:{kind}/{name}.description.json"),
    ]
    ours = tidemark(stories, story, "db.t4g.small", "show", name, "--at", f"@{story.seq}")
    return Comparison("show RESOURCE --at @N", ours, others)


def tags(stories: Stories, story: Story, what: str) -> Comparison:
    repository = "antenna-backend"
    others = [
        sqlite(story, story.tag, "tags.sql", repository=repository),
        git(story, story.tag, "log", "-p", "-U0", "--format=%H %cI", "--", f"ecr.tag/{repository}.json"),
    ]
    return Comparison(what, tidemark(stories, story, story.tag, "tags", repository, "--all"), others)


def drift(stories: Stories, resources: int, expectations: int, limit: float) -> Comparison:
    """A baseline evaluated on a snapshot, both in memory; Python compares values only."""
    folder = stories.folder / "drift"
    folder.mkdir()
    subprocess.run([stories.drifter, "write", str(resources), str(expectations), str(folder)], check=True)
    script = [sys.executable, str(Path(__file__).parent / "compare.py"), str(folder)]
    answer = f"{expectations} expectations, {expectations // 10} findings"
    ours = Command("tidemark", [str(stories.drifter), "compare", str(folder)], folder, answer, is_timed_by_itself=True)
    python = Command("python, values alone", script, folder, answer, is_timed_by_itself=True)
    return Comparison(f"drift, {expectations} of {resources}", ours, [python], limit)


def log(stories: Stories, story: Story, limit: int, what: str) -> Comparison:
    others = [
        sqlite(story, "snapshot", "log.sql", limit=limit),
        git(story, "Snapshot", "log", f"-{limit}"),
    ]
    return Comparison(what, tidemark(stories, story, "snapshot", "log", "--limit", str(limit)), others)
