"""A hostile pull request under the workflow that the README documents, with secrets planted on the runner."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from journals import beside, forged
from refused import files
from runner import commands

README = Path(__file__).resolve().parents[2] / "README.md"
PLANTED = "planted-secret-{}-0123456789abcdef"
COMMANDS = "##[stop-commands]x ##vso[task.setvariable variable=x]y ::set-output name=x::y"

# Expectations of the pull request: true, false, and with a pattern of exponential time.
BASELINE = f"""
environment: antenna-production
documents: "guide {COMMANDS}"
expect:
  - name: database
    resource: rds.db-instance
    where: {{ DBInstanceIdentifier: antenna-postgres }}
    is: {{ Engine: postgres }}
    why: "{COMMANDS}"
  - name: class
    resource: rds.db-instance
    where: {{ DBInstanceIdentifier: antenna-postgres }}
    is: {{ DBInstanceClass: {{ matches: '((((.*)*)*)*)*!' }} }}
    why: "\\n{COMMANDS}\\n  {COMMANDS}"
    fix: "{COMMANDS}"
"""

PROJECT = """
history: ../head/tidemark.sqlite
environments:
  antenna-production:
    profile: attacker
    role: arn:aws:iam::123456789012:role/attacker
    plain: [ DJANGO_SECRET_KEY, DATABASE_URL ]
    baseline: /proc/self/environ
"""


class Runner:
    """A CI runner: its folders, its environment with planted secrets, and the workflow of the README."""

    def __init__(self, folder: Path, recorded, binary: str):
        self.folder, self.binary = folder, binary
        self.origin, self.work, self.temp = folder / "origin", folder / "work", folder / "temp"
        self.origin.mkdir(), self.work.mkdir(), self.temp.mkdir()
        self.home = folder / "home"
        (self.home / ".aws").mkdir(parents=True)
        (self.home / ".aws" / "credentials").write_text(f"[attacker]\naws_secret_access_key = {self.planted('file')}\n")
        self.history = self.temp / "tidemark" / "tidemark.sqlite"
        self.history.parent.mkdir()
        self.history.write_bytes(recorded.history.read_bytes())
        self.summary = self.temp / "summary.md"
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("tidemark.yml", "environments:\n  antenna-production:\n    region: us-west-2\n")
        self.commit("baseline.yml", BASELINE)
        self.git("checkout", "--quiet", "-b", "pull-request")

    @staticmethod
    def planted(name: str) -> str:
        return PLANTED.format(name)

    def git(self, *arguments):
        author = ["-c", "user.name=release-bot", "-c", "user.email=release-bot@example.com"]
        subprocess.run(["git", *author, *arguments], cwd=self.origin, check=True, capture_output=True)

    def commit(self, name: str, text: str | bytes):
        path = self.origin / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--message", name)

    def link(self, name: str, target: str):
        (self.origin / name).unlink(missing_ok=True)
        (self.origin / name).symlink_to(target)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--message", name)

    @property
    def variables(self):
        secrets = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "TIDEMARK_KEY", "GITHUB_TOKEN", "DEPLOY_KEY"]
        return {
            "PATH": f"{Path(self.binary).parent}:{os.environ['PATH']}", "HOME": str(self.home), "CI": "true",
            "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(self.work), "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.summary), "AWS_ACCESS_KEY_ID": self.planted("AWS_ACCESS_KEY_ID"),
            **{name: self.planted(name) for name in secrets},
        }  # fmt: skip

    def run(self):
        """Runs the documented steps until one fails; returns the exit status of each step that ran, and all output."""
        (workflow,) = [
            block for block in re.findall(r"```yaml\n(.*?)```", README.read_text(), re.S) if "on: pull_request" in block
        ]
        statuses, output = [], ""
        for step in yaml.safe_load(workflow)["jobs"]["drift"]["steps"]:
            if "checkout" in step.get("uses", ""):
                branch = "main" if "ref" in step["with"] else "pull-request"
                clone = ["git", "clone", "--quiet", "--branch", branch, self.origin, self.work / step["with"]["path"]]
                subprocess.run(clone, check=True)
                token = f"\n[http]\n\textraheader = {self.planted('checkout')}\n"
                with open(self.work / step["with"]["path"] / ".git" / "config", "a") as config:
                    config.write(token)
            elif "run" in step:
                done = subprocess.run(
                    ["bash", "-e", "-o", "pipefail", "-c", step["run"]], cwd=self.work, env=self.variables,
                    capture_output=True, text=True, timeout=60,
                )  # fmt: skip
                statuses.append(done.returncode)
                output += done.stdout + done.stderr
                if done.returncode:
                    break
        return statuses, output


@pytest.fixture
def runner(copied, tmp_path_factory):
    return Runner(tmp_path_factory.mktemp("runner"), copied, copied.binary)


def attack(runner, other: bytes):
    """Makes every attack at once that needs no change of the baseline."""
    runner.commit("tidemark.yml", PROJECT)
    runner.commit("tidemark.sqlite", other)
    for name in ("tidemark.sqlite-journal", "tidemark.sqlite-wal", "summary.md-journal"):
        runner.commit(name, forged(other))
    runner.link("tidemark", "/proc/self")
    runner.link("drift.md", str(runner.home / ".aws" / "credentials"))


def assert_unharmed(runner, before, statuses, output, expected):
    assert statuses == expected, output
    written = runner.summary.read_text() if runner.summary.exists() else ""
    assert "planted-secret" not in output + written
    for name in ("history", "home"):
        assert {path: digest for path, digest in files(runner.folder).items() if outside(runner, path)} == before, name


def outside(runner, path):
    """The hash of every file that no step may write: all but the checkouts and the report."""
    return not path.is_relative_to(runner.work) and path != runner.summary


def snapshot(runner):
    return {path: digest for path, digest in files(runner.folder).items() if outside(runner, path)}


@pytest.fixture
def other(copied, tmp_path_factory):
    """Another history, with the content that the attacker wants."""
    path = tmp_path_factory.mktemp("other") / "other.sqlite"
    copied.record("--history", str(path), "--release", "forged")
    return path.read_bytes()


def test_the_documented_workflow_is_unaffected(runner, other):
    attack(runner, other)
    # A careless restore puts the journal beside the history itself.
    beside(runner.history).write_bytes(forged(other))
    before = snapshot(runner)
    statuses, output = runner.run()
    # The pattern matches no text, so the class has drifted in the first snapshot already.
    assert_unharmed(runner, before, statuses, output, [0, 2])
    assert "forged" not in output and "whole without it" in output
    assert set(commands(output)) <= {"error", "warning", "notice"}
    assert "DBInstanceClass" in runner.summary.read_text()


@pytest.mark.parametrize(
    "target", ["/proc/self/environ", ".git/config", "../base/.git/config", "{home}/.aws/credentials", "{history}"]
)
def test_a_linked_baseline_ends_the_check(runner, other, target):
    attack(runner, other)
    runner.link("baseline.yml", target.format(home=runner.home, history=runner.history))
    before = snapshot(runner)
    statuses, output = runner.run()
    assert_unharmed(runner, before, statuses, output, [1])
    assert commands(output) == []


@pytest.mark.parametrize(
    "text",
    [
        "extends: /proc/self/environ\n", "extends: .git/config\n", "extends: ../base/.git/config\n",
        "extends: {home}/.aws/credentials\n", "extends: tidemark/environ\n", "\x01{commands}\n", "a: b: {commands}\n",
        "{commands}: {commands}\n", "environment: '{commands}'\nexpect: []\n",
    ],
)  # fmt: skip
def test_a_baseline_outside_of_the_checkout_ends_the_check(runner, other, text):
    attack(runner, other)
    runner.commit("baseline.yml", text.format(home=runner.home, commands=COMMANDS))
    before = snapshot(runner)
    statuses, output = runner.run()
    assert_unharmed(runner, before, statuses, output, [1])
    assert commands(output) == []


def test_other_commands_refuse_the_project_of_the_pull_request(runner, other, copied):
    attack(runner, other)
    runner.run()
    before = snapshot(runner)
    for command in (
        "record -e antenna-production", "drift", "baseline check", "log", "doctor", "policy",
        "accept 0123456789ab --because x --until 2099-01-01 --owner x",
    ):  # fmt: skip
        done = subprocess.run(
            [runner.binary, *command.split()], cwd=runner.work / "head", env=runner.variables, capture_output=True,
            text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 1 and "in tidemark.yml cannot be used in CI" in done.stderr, done
        assert_unharmed(runner, before, [1], done.stdout + done.stderr, [1])
