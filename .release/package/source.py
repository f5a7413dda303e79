"""The version and the time of a release, from the program and its commit."""

import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Problem(Exception):
    """The reason why the files cannot be made, in one line."""


@dataclass(frozen=True)
class Source:
    version: str
    """`0.1.0` for a commit with the tag `v0.1.0`; otherwise the program's version with the commit, such as `0.1.0-dev+g1a2b3c4d5e6f`."""
    time: int
    """The commit's time, in seconds since 1970."""

    @property
    def name(self) -> str:
        """How the files of the release begin."""
        return f"tidemark-{self.version}-linux-{platform.machine()}"

    @staticmethod
    def of(binary: Path) -> "Source":
        version = run(binary, "--version")
        tags = git("tag", "--points-at", "HEAD", "--list", "v[0-9]*").split()
        changed = git("status", "--porcelain") != ""
        time = int(git("log", "-1", "--format=%ct"))
        if f"v{version}" in tags and not changed:
            return Source(version, time)
        if tags and not changed:
            raise Problem(f"the commit has the tag '{tags[0]}', and the program is version '{version}': tag it 'v{version}'")
        commit = git("rev-parse", "--short=12", "HEAD")
        return Source(f"{version}+g{commit}{'.changed' if changed else ''}", time)


def git(*arguments: str) -> str:
    return run("git", "-C", ROOT, *arguments)


def run(*command: str | Path) -> str:
    """The output of a command, without its last newline."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
