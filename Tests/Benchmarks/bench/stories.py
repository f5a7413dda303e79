"""Histories of a story, and the same story in git."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass, fields, replace
from pathlib import Path

from emulator import controls

ENVIRONMENT = "antenna-production"
# The numbers of snapshots and of the story's events: see Tests/Benchmarks/History/Story.swift.
RELEASE_PACE, DISK_PACE, FIRST_RELEASE = 20, 7, 9


@dataclass(frozen=True)
class Programs:
    tidemark: Path
    maker: Path
    drifter: Path

    def stripped(self, folder: Path) -> Programs:
        """Copies for callgrind, which gives up on the debug information of Swift's libraries."""
        programs = [getattr(self, field.name) for field in fields(self)]
        for program in programs:
            subprocess.run(["strip", "-o", folder / program.name, program], check=True)
        return Programs(*(folder / program.name for program in programs))


@dataclass(frozen=True)
class Story:
    """A story, whether or not it was made yet."""

    folder: Path
    snapshots: int
    # The number of `tags` or `resources` of the stack.
    size: str
    number: int

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def history(self) -> Path:
        return self.folder / "tidemark.sqlite"

    @property
    def git(self) -> Path:
        return self.folder / "git"

    @property
    def middle(self) -> int:
        """The number of releases up to one in the middle, which is the only one of its label."""
        return self.snapshots // (2 * RELEASE_PACE) | 1

    @property
    def tag(self) -> str:
        return label(self.middle)

    @property
    def seq(self) -> int:
        """The entry of that release; the entry before the first snapshot is the binding."""
        return self.middle * RELEASE_PACE

    @property
    def previous_tag(self) -> str:
        """The label of the release before the newest."""
        return label(self.snapshots // RELEASE_PACE - 1)

    @property
    def previous_disk(self) -> int:
        """The size of the database's disk before it changed last."""
        changes = [
            number for number in range(DISK_PACE, self.snapshots + 1, DISK_PACE) if number % RELEASE_PACE
        ]
        return 20 + changes[-2] % 80

    def copied(self, folder: Path) -> Story:
        """A copy that may be changed."""
        shutil.copytree(self.folder, folder / self.name)
        return replace(self, folder=folder / self.name)

    def forget(self) -> None:
        """Removes the marks of what was verified."""
        shutil.rmtree(self.folder / ".cache", ignore_errors=True)


def label(release: int) -> str:
    return "stable" if release % 4 == 0 else f"v{FIRST_RELEASE + release}"


class Stories:
    """The stories, in a folder that may have some already; everything else is made in another folder, that is empty."""

    def __init__(self, folder: Path, kept: Path, programs: Programs, stack):
        self.folder, self.kept, self.programs = folder, kept, programs
        self.variables = stack.variables()
        self.recorded = folder / "recorded"
        self.recorded.mkdir()
        self.record = [str(programs.tidemark), "record", "-e", ENVIRONMENT]
        controls.clear_calls(stack.endpoint)
        subprocess.run(
            [*self.record, "--release", "v9"], cwd=self.recorded, env={**os.environ, **self.variables}, check=True, stdout=subprocess.DEVNULL
        )
        self.calls = controls.calls(stack.endpoint)
        # Not changed by what is recorded later.
        self.template = folder / "template.sqlite"
        shutil.copy(self.recorded / "tidemark.sqlite", self.template)

    def story(self, name: str, snapshots: int, size: str, number: int) -> Story:
        return Story(self.kept / f"{name}-{snapshots}", snapshots, size, number)

    def make(self, story: Story) -> str:
        """Makes the history, and a git repository, packed as git does by itself; returns a line about it.

        A story that is there already is not made again.
        """
        what = f"{story.name}: {story.snapshots} snapshots, {story.number} {story.size}"
        made = story.folder / "made"
        if made.exists():
            return f"{what}, made before"
        shutil.rmtree(story.folder, ignore_errors=True)
        story.git.mkdir(parents=True)
        start = time.monotonic()
        self.run(story, "git", "init", "--quiet", "--initial-branch=main")
        size = [story.size, str(story.number)]
        with subprocess.Popen(
            [self.programs.maker, "make", self.template, str(story.snapshots), *size, story.history], stdout=subprocess.PIPE
        ) as making:
            self.run(story, "git", "fast-import", "--quiet", stdin=making.stdout)
        if making.returncode != 0:
            raise RuntimeError(f"'benchmark-history make' ended with {making.returncode}")
        seconds = time.monotonic() - start
        self.run(story, "git", "gc", "--quiet")
        self.run(story, "git", "reset", "--quiet", "--hard", "main")
        for name, value in (("user.name", "release-bot"), ("user.email", "release-bot@example.com")):
            self.run(story, "git", "config", name, value)
        made.touch()
        return f"{what}, made in {seconds:.0f} s with git's"

    def run(self, story: Story, *command: str, **more) -> None:
        subprocess.run(command, cwd=story.git, check=True, **more)

    def questions(self) -> list:
        """The questions of a walk, as the calls reached the endpoint: service, operation, parameters, and a region if it is
        another one than the environment's. Each is there once, without the question of who asks."""
        asked = [call for call in self.calls if call["operation"] != "GetCallerIdentity"]
        (home,) = {call["region"] for call in asked if call["operation"] == "DescribeEnvironments"}
        questions = [
            [call["service"], call["operation"], call["parameters"], *([] if call["region"] == home else [call["region"]])]
            for call in asked
        ]
        return [question for number, question in enumerate(questions) if question not in questions[:number]]
