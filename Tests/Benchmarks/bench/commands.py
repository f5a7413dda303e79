"""The commands on a story: Tidemark's, and those of git and sqlite3 with the same answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from .measure import Command
from .stories import Story

QUERIES = Path(__file__).parent / "queries"
REPOSITORY, DATABASE = "antenna-backend", "antenna-postgres"


@dataclass(frozen=True)
class Tidemark:
    """The commands of a build of the program."""

    program: Path
    story: Story

    def command(self, answer: str, *arguments: str) -> Command:
        return Command("tidemark", [str(self.program), *arguments], self.story.folder, answer)

    def version(self) -> Command:
        return self.command("0.", "--version").named("--version")

    def log(self, limit: int) -> Command:
        return self.command("snapshot", "log", "--limit", str(limit))

    def resource(self) -> Command:
        return self.command("db.t4g.small", "show", DATABASE, "--at", f"@{self.story.seq}")

    def state(self) -> Command:
        return self.command(DATABASE, "show", "--at", f"@{self.story.seq}")

    def diff(self, back: int) -> Command:
        return self.command("changed", "diff", f"@{self.story.seq - back}", f"@{self.story.seq}")

    def who(self, tag: str) -> Command:
        return self.command("release-bot", "who", tag)

    def tag(self) -> Command:
        return self.command(self.story.tag, "tags", f"{REPOSITORY}:{self.story.tag}")

    def tags(self) -> Command:
        return self.command(self.story.tag, "tags", REPOSITORY, "--all")

    def verify(self) -> Command:
        return self.command("", "history", "verify").named("history verify")

    def drift(self) -> Command:
        """Ten findings: four since the first snapshot, three since the fifth, three since the newest changes."""
        command = self.command("10 drifted", "drift", "--baseline", "drift.yml", "--max-age", "99999d", "--fail-on", "never")
        return replace(command, prepare=self.write_baseline)

    def write_baseline(self) -> None:
        text = (Path(__file__).parent / "drift.yml").read_text()
        for name, value in (("DISK", str(self.story.previous_disk)), ("TAG", self.story.previous_tag)):
            text = text.replace(f"PREVIOUS_{name}", value)
        (self.story.folder / "drift.yml").write_text(text)

    def cold(self, command: Command) -> Command:
        """The command without an earlier verification, as always in CI."""
        return replace(command, prepare=self.story.forget)


@dataclass(frozen=True)
class Git:
    """The commands on the story's repository."""

    story: Story

    def command(self, answer: str, *arguments: str) -> Command:
        return Command(f"git {arguments[0]}", ["git", "--no-pager", *arguments], self.story.git, answer)

    def at(self, seq: int) -> str:
        return f"main~{self.story.snapshots - seq}"

    def version(self) -> Command:
        return self.command("git version", "--version")

    def log(self, limit: int) -> Command:
        return self.command("Snapshot", "log", f"-{limit}")

    def resource(self) -> Command:
        return self.command("db.t4g.small", "show", f"{self.at(self.story.seq)}:rds.db-instance/{DATABASE}.description.json")

    def state(self) -> Command:
        return self.command(DATABASE, "archive", self.at(self.story.seq))

    def diff(self, back: int) -> Command:
        return self.command("@@", "diff", self.at(self.story.seq - back), self.at(self.story.seq))

    def who(self, tag: str) -> Command:
        return self.command(
            f"Release {tag}", "log", f"-S{REPOSITORY}:{tag}", "--format=%H %cI %cn %s", "--", "ecs.container"
        )

    def tags(self) -> Command:
        return self.command(
            self.story.tag, "log", "-p", "-U0", "--format=%H %cI", "--", f"ecr.tag/{REPOSITORY}.json"
        )

    def fsck(self) -> Command:
        return self.command("", "fsck", "--no-progress")


@dataclass(frozen=True)
class SQLite:
    """Queries on the history itself, by the sqlite3 command."""

    story: Story

    def query(self, answer: str, file: str, **parameters: object) -> Command:
        settings = [part for name, value in parameters.items() for part in ("-cmd", f".parameter set :{name} {value!r}")]
        arguments = ["sqlite3", "-readonly", *settings, str(self.story.history), f".read {QUERIES / file}"]
        return Command("sqlite3", arguments, self.story.folder, answer)

    def log(self, limit: int) -> Command:
        return self.query("snapshot", "log.sql", limit=limit)

    def state(self) -> Command:
        return self.query(DATABASE, "state.sql", identity="%")

    def resource(self) -> Command:
        return self.query("db.t4g.small", "state.sql", identity=DATABASE)

    def who(self, tag: str) -> Command:
        return self.query("release-bot", "who.sql", tag=tag)

    def tags(self) -> Command:
        return self.query(self.story.tag, "tags.sql", repository=REPOSITORY)
