"""Histories of a story, and the same story in git."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = "antenna-production"


@dataclass(frozen=True)
class Story:
    folder: Path
    snapshots: int
    tags: int
    seconds: float

    @property
    def history(self) -> Path:
        return self.folder / "tidemark.sqlite"

    @property
    def git(self) -> Path:
        return self.folder / "git"

    @property
    def size(self) -> str:
        git = sum(file.stat().st_size for file in (self.git / ".git").rglob("*") if file.is_file())
        return (
            f"{self.folder.name}: {self.snapshots} snapshots, {self.tags} tags, made in {self.seconds:.0f} s; "
            f"{self.history.stat().st_size / 2**20:.1f} MiB, in git {git / 2**20:.1f} MiB"
        )

    @property
    def middle(self) -> int:
        """The number of releases up to one in the middle, which is the only one of its label."""
        return self.snapshots // 40 | 1

    @property
    def tag(self) -> str:
        return f"v{9 + self.middle}"

    @property
    def seq(self) -> int:
        """The entry of that release; the entry before the first snapshot is the binding."""
        return self.middle * 20


class Stories:
    def __init__(self, folder: Path, tidemark: Path, maker: Path, drifter: Path, stack):
        self.folder, self.tidemark, self.maker, self.drifter = folder, tidemark, maker, drifter
        self.variables = stack.variables()
        self.recorded = folder / "recorded"
        self.recorded.mkdir()
        self.record = [str(tidemark), "record", "-e", ENVIRONMENT]
        subprocess.run(
            [*self.record, "--release", "v9"], cwd=self.recorded, env={**os.environ, **self.variables}, check=True, stdout=subprocess.DEVNULL
        )

    def make(self, name: str, snapshots: int, tags: int) -> Story:
        """A history, and a git repository, packed as git does by itself."""
        story = Story(self.folder / name, snapshots, tags, 0)
        story.git.mkdir(parents=True)
        start = time.monotonic()
        self.run(story, "git", "init", "--quiet", "--initial-branch=main")
        template = self.recorded / "tidemark.sqlite"
        with subprocess.Popen(
            [self.maker, "make", template, str(snapshots), str(tags), story.history], stdout=subprocess.PIPE
        ) as making:
            self.run(story, "git", "fast-import", "--quiet", stdin=making.stdout)
        if making.returncode != 0:
            raise RuntimeError(f"'benchmark-history make' ended with {making.returncode}")
        seconds = time.monotonic() - start
        self.run(story, "git", "gc", "--quiet")
        self.run(story, "git", "reset", "--quiet", "--hard", "main")
        for name, value in (("user.name", "release-bot"), ("user.email", "release-bot@example.com")):
            self.run(story, "git", "config", name, value)
        return Story(story.folder, snapshots, tags, seconds)

    def run(self, story: Story, *command: str, **more) -> None:
        subprocess.run(command, cwd=story.git, check=True, **more)

    def questions(self) -> list:
        """The calls of a walk, from the history."""
        with sqlite3.connect(self.recorded / "tidemark.sqlite") as history:
            ((questions,),) = history.execute(
                "SELECT bytes FROM index_walk JOIN log_content ON id = questions WHERE encoding = 1 ORDER BY seq DESC LIMIT 1"
            )
        return json.loads(zlib.decompress(questions))
