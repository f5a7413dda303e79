"""Runs the examples of pipelines as CI systems do: each job on a runner with an empty disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from releases import REPOSITORY, ROOT

EXAMPLES = ROOT / ".github/examples"
SETUP = ROOT / ".github/actions/setup-tidemark/action.yml"
ACTION = re.compile(r"^\s*(?:- )?uses: (\S+)@(\S+)(.*)$", re.M)


def expanded(text: str, values: dict[str, str]) -> str:
    """The text with the values of its `${{ }}` expressions; an unknown one is a KeyError."""
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda found: values[found[1]], text)


@dataclass
class Runner:
    """A machine with an empty disk, except for the reader's repository, which is checked out."""

    folder: Path
    variables: dict[str, str]
    repository: dict[str, str]
    """The texts of its files, by path."""
    output: str = ""
    path: list[str] = field(default_factory=list)

    def __post_init__(self):
        for name in ("home", "work", "temp", "tools"):
            (self.folder / name).mkdir(parents=True)
        self.variables = {
            "HOME": str(self.folder / "home"),
            "RUNNER_TEMP": str(self.folder / "temp"),
            "CI": "true",
            **self.variables,
        }

    def checkout(self, path: str = "."):
        for name, text in self.repository.items():
            file = self.folder / "work" / path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            file.chmod(0o755)

    def tool(self, name: str, script: str):
        """A program on the path of the runner."""
        file = self.folder / "tools" / name
        file.write_text(f"#!/usr/bin/env bash\nset -euo pipefail\n{script}\n")
        file.chmod(0o755)

    def shell(self, script: str, *command: str, variables: dict[str, str] = {}) -> int:
        path = os.pathsep.join([*self.path, str(self.folder / "tools"), os.environ["PATH"]])
        done = subprocess.run(
            [*(command or ("bash", "-e")), "-c", script], cwd=self.folder / "work",
            env={"PATH": path, **self.variables, **variables}, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        self.output += done.stdout + done.stderr
        return done.returncode


@dataclass
class GitHub:
    """The runner of GitHub Actions: it runs the steps of a job until one fails."""

    runner: Runner
    values: dict[str, str]
    """The values of the expressions."""
    sign_in: Callable[[str, str], dict[str, str]]
    """The variables with the credentials of a role, for its ARN and the session's name."""
    uploaded: str | None = None
    """The SARIF file that was uploaded."""
    artifacts: dict[str, str] = field(default_factory=dict)
    """The files that were kept, by their names."""

    def run(self, workflow: dict) -> int:
        """The exit status of the first step that fails, or 0."""
        [job] = workflow["jobs"].values()
        summary, path = (self.runner.folder / name for name in ("summary.md", "path"))
        summary.touch(), path.touch()
        self.runner.variables |= {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_PATH": str(path), "GITHUB_ACTIONS": "true"}
        self.runner.variables |= workflow.get("env", {})
        status = 0
        for step in job["steps"]:
            condition = step.get("if", "")
            files = re.findall(r"hashFiles\('([^']+)'\)", condition)
            exist = all((self.runner.folder / "work" / file).exists() for file in files)
            if exist and (status == 0 or "always()" in condition):
                status = self.step(step) or status
                self.runner.path = [*path.read_text().split(), *self.runner.path]
                path.write_text("")
        return status

    @property
    def summary(self) -> str:
        return (self.runner.folder / "summary.md").read_text()

    def step(self, step: dict) -> int:
        given = {name: expanded(str(value), self.values) for name, value in step.get("with", {}).items()}
        if "run" in step:
            variables = {name: expanded(value, self.values) for name, value in step.get("env", {}).items()}
            return self.runner.shell(step["run"], "bash", "-eo", "pipefail", variables=variables)
        match step["uses"].partition("@")[0]:
            case "actions/checkout":
                self.runner.checkout(given.get("path", "."))
            case "aws-actions/configure-aws-credentials":
                self.runner.variables |= self.sign_in(given["role-to-assume"], given["role-session-name"])
                self.runner.variables["AWS_REGION"] = given["aws-region"]
            case "actions/upload-artifact":
                self.artifacts[given["name"]] = (self.runner.folder / "work" / given["path"]).read_text()
            case "github/codeql-action/upload-sarif":
                self.uploaded = (self.runner.folder / "work" / given["sarif_file"]).read_text()
            case action if action == f"{REPOSITORY}/.github/actions/setup-tidemark":
                return self.composite(yaml.safe_load(SETUP.read_text()), given)
            case unknown:
                raise KeyError(unknown)
        return 0

    def composite(self, action: dict, given: dict[str, str]) -> int:
        inputs = {name: expanded(str(declared.get("default", "")), self.values) for name, declared in action["inputs"].items()}
        required = {name for name, declared in action["inputs"].items() if declared.get("required")}
        assert required <= given.keys() <= inputs.keys()
        inner = GitHub(self.runner, self.values | {f"inputs.{name}": value for name, value in (inputs | given).items()}, self.sign_in)
        return next((status for step in action["runs"]["steps"] if (status := inner.step(step))), 0)


def installed(folder: Path, package: Path) -> str:
    """Unpacks a Debian package; returns the folder of its program."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
    return str(folder / "usr/bin")
