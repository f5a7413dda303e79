"""Runs the program as a user does, with only the environment that the test passes."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

BINARY = os.environ.get("TIDEMARK")
SHIPPED = "shipped:antenna/documented"

# With a key, secrets can be compared.
KEYED = {"TIDEMARK_KEY": "a-key-for-the-tests-only"}


@dataclass(frozen=True)
class Result:
    status: int
    stdout: str
    stderr: str

    @property
    def json(self) -> dict:
        return json.loads(self.stdout)

    @property
    def error(self) -> str:
        """The single line of an error; fails if there is other output."""
        assert self.stdout == "" and self.stderr.count("\n") == 1 and self.stderr.endswith("\n"), self
        assert self.stderr.startswith("tidemark: "), self
        return self.stderr.removeprefix("tidemark: ").rstrip("\n")


class Tidemark:
    """A command in a folder of its own, which is also HOME: `tidemark('show', 'antenna-postgres')`."""

    user: dict = {}
    """Arguments of `Popen` that choose the user; empty for the user who runs the tests."""

    def __init__(self, folder: Path, variables: dict[str, str], binary: str | None = BINARY):
        if not binary:
            raise RuntimeError("no program to test: set TIDEMARK to the path of a built tidemark")
        self.folder = folder
        self.variables = {**variables, "HOME": str(folder), "XDG_CACHE_HOME": f"{folder}-cache"}
        self.binary = binary

    def __call__(self, *arguments: str, status: int | None = 0, variables: dict[str, str | None] = {}) -> Result:
        """Runs to the end. `variables` are added, or removed if None; `status` None accepts any."""
        done = subprocess.run(
            [self.binary, *arguments], cwd=self.folder, env=self.environment(variables), capture_output=True, timeout=600,
            **self.user,
        )  # fmt: skip
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert status is None or result.status == status, (arguments, result)
        return result

    def start(self, *arguments: str, **more) -> subprocess.Popen:
        """Starts the program without waiting for it; `more` is for `Popen`."""
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
        return subprocess.Popen([self.binary, *arguments], cwd=self.folder, env=self.environment({}), **streams)

    def environment(self, variables: dict[str, str | None]) -> dict[str, str]:
        return {name: value for name, value in {**self.variables, **variables}.items() if value is not None}

    def declare_plain(self, environment: str = "antenna-production") -> None:
        """Writes a tidemark.yml that declares the variables of the Antenna baselines plain."""
        text = f"environments:\n  {environment}:\n    plain: [ shipped:antenna ]\n"
        (self.folder / "tidemark.yml").write_text(text)

    def record(self, *arguments: str, **more) -> Result:
        return self("record", "-e", "antenna-production", *arguments, **more)

    def show(self, *arguments: str) -> dict:
        return self("show", "--format", "json", *arguments).json

    def drift(self, *arguments: str, **more) -> Result:
        return self("drift", "--baseline", SHIPPED, *arguments, **more)

    @property
    def marks(self) -> Path:
        """The folder of the marks of verified histories, beside the command's folder."""
        return Path(self.variables["XDG_CACHE_HOME"]) / "tidemark"

    @property
    def history(self) -> Path:
        return self.folder / "tidemark.sqlite"
