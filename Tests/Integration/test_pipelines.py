"""The examples of pipelines, run on machines with empty disks: they install the release, record into one history, and compare."""

import json
import re
import subprocess
import sys

import pytest
import yaml

import releases
from access import policy
from emulator import names
from pipelines import ACTION, EXAMPLES, GitHub, Runner, installed
from releases import REPOSITORY, ROOT
from test_signing import TRUST
from tidemark import Tidemark

BUCKET = "example-history"
ADDRESS = f"s3://{BUCKET}/antenna"
BASELINE = (ROOT / "Reports/baselines/antenna/documented.yml").read_text()
RECORDER, READER = (f"arn:aws:iam::{names.ACCOUNT}:role/{name}" for name in ("recorder", "reader"))
VERSION = "0.1.0"
"""The version in the examples."""


class Team:
    """An AWS account that checks each call, a history in a bucket that was begun on a workstation, and two roles."""

    def __init__(self, stack, folder, url: str):
        self.stack, self.folder, self.url = stack, folder, url
        stack.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": stack.region})
        (folder / "workstation").mkdir()
        owner = {**stack.variables(names.RELEASER), "TIDEMARK_HISTORY": ADDRESS}
        self.workstation = Tidemark(folder / "workstation", owner)
        self.workstation.record("--release", "v9")
        for role, parts in [("recorder", ("walk", "recorder")), ("reader", ("reader",))]:
            stack.client("iam").create_role(RoleName=role, AssumeRolePolicyDocument=TRUST)
            for part in parts:
                self.allow(role, part)
        stack.verify_signatures()

    def allow(self, role: str, part: str):
        """Gives a role one of the policies that Tidemark prints."""
        document = json.dumps(policy(self.workstation, "--part", part, "--history", ADDRESS))
        self.stack.client("iam").put_role_policy(RoleName=role, PolicyName=part, PolicyDocument=document)

    def runner(self, name: str, **more: str) -> Runner:
        """An empty machine with a checkout whose script deploys a release."""
        repository = {
            "baseline.yml": BASELINE,
            "tidemark.yml": "environments:\n  antenna-production:\n    region: us-west-2\n",
            "deploy": f'#!/bin/sh\nPYTHONPATH={ROOT}/Tests/Emulator exec {sys.executable} -m emulator deploy "$1"\n',
        }
        return Runner(self.folder / name, {"AWS_ENDPOINT_URL": self.stack.endpoint, **more}, repository)

    def sign_in(self, role: str, session: str) -> dict[str, str]:
        keys = self.stack.client("sts").assume_role(RoleArn=role, RoleSessionName=session)["Credentials"]
        named = {"AccessKeyId": "ACCESS_KEY_ID", "SecretAccessKey": "SECRET_ACCESS_KEY", "SessionToken": "SESSION_TOKEN"}
        return {f"AWS_{variable}": keys[name] for name, variable in named.items()}

    def github(self, name: str, tag: str, run: int) -> GitHub:
        runner = self.runner(
            name, GITHUB_ACTIONS="true", GITHUB_REF_NAME=tag, GITHUB_ACTOR="release-bot", GITHUB_SHA="9d07b3a", GITHUB_RUN_ID=str(run),
            GITHUB_SERVER_URL="https://ci.example", GITHUB_REPOSITORY="example/antenna",
        )  # fmt: skip
        # The emulator has no attestations: this shows only that they are asked for, and how.
        runner.tool("gh", f'[ "$GH_TOKEN" = token ] && echo "gh $*" >> {runner.folder}/gh')
        values = {
            "github.run_id": str(run), "github.run_attempt": "1", "github.server_url": self.url, "github.token": "token",
            "github.base_ref": "main", "vars.RECORDER": RECORDER, "vars.READER": READER,
        }  # fmt: skip
        return GitHub(runner, values, self.sign_in)


@pytest.fixture
def team(stack, tmp_path):
    with releases.published() as url:
        yield Team(stack, tmp_path, url)
    stack.verify_signatures(False)


def example(name: str) -> str:
    """An example with the version of this release."""
    return (EXAMPLES / name).read_text().replace(VERSION, releases.version())


def readme() -> str:
    """The pipeline in the README."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    [pipeline] = [block for block in blocks if "record -e" in block]
    assert pipeline.count("\n") <= 20
    return pipeline.replace(VERSION, releases.version())


def entries(team: Team) -> list[dict]:
    return team.workstation("log", "--format", "json").json["entries"]


def test_two_empty_runners_of_github_record_their_releases_into_one_history(team):
    first, second = team.github("first", "v10", 76), team.github("second", "v11", 77)
    assert first.run(yaml.safe_load(readme())) == 0, first.runner.output
    assert second.run(yaml.safe_load(example("github-actions.yml"))) == 0, second.runner.output

    newest = entries(team)
    releases_of = [entry["release"]["label"] for entry in newest if entry.get("release")]
    assert releases_of == ["v11", "v10", "v9"] and len(newest) == 6
    assert f"recorded by arn:aws:sts::{names.ACCOUNT}:assumed-role/recorder/gha-77-1" in team.workstation("who", "v11").stdout
    assert "https://ci.example/example/antenna/actions/runs/77" in json.dumps(newest[0])
    team.workstation("history", "verify")
    for done in (first, second):
        assert "first snapshot" not in done.runner.output
        assert "in sync" in done.summary and releases.version().partition("+")[0] in done.runner.output
        archive = f"{done.runner.folder}/temp/tidemark-{releases.version()}-linux-"
        asked = (done.runner.folder / "gh").read_text()
        assert asked.startswith(f"gh attestation verify {archive}") and asked.endswith(
            f"--repo {REPOSITORY} --signer-workflow {REPOSITORY}/.github/workflows/release.yml\n"
        )
    assert json.loads(second.uploaded)["version"] == "2.1.0"


def test_a_release_is_kept_in_a_file_if_the_bucket_does_not_answer(team):
    team.stack.client("iam").delete_role_policy(RoleName="recorder", PolicyName="recorder")
    job = team.github("down", "v10", 81)
    workflow = yaml.safe_load(example("github-actions.yml"))
    [deploy] = workflow["jobs"].values()
    # The bucket answers at first.
    deploy["steps"] = [step for step in deploy["steps"] if step.get("name") != "Record what is there before the deploy"]
    assert job.run(workflow) == 1, job.runner.output
    (team.workstation.folder / "late.json").write_text(job.artifacts["late"])
    before = entries(team)
    assert "release v10" in team.workstation("history", "import", "late.json").stdout
    newest = entries(team)[0]
    assert len(before) == 2 and newest["release"]["label"] == "v10"
    assert f"assumed-role/recorder/gha-81-1" in newest["late"]["caller"] and "user/" in newest["attested"]


def test_a_release_that_was_changed_is_not_installed(team, monkeypatch, tmp_path):
    changed = tmp_path / "changed"
    changed.mkdir()
    for file in releases.FILES.iterdir():
        (changed / file.name).write_bytes(file.read_bytes() + (b"x" if file.name.endswith(".tar.gz") else b""))
    monkeypatch.setattr(releases, "FILES", changed)
    job = team.github("only", "v10", 78)
    assert job.run(yaml.safe_load(readme())) != 0
    assert "FAILED" in job.runner.output and not (job.runner.folder / "gh").exists()
    assert [entry["release"]["label"] for entry in entries(team) if entry.get("release")] == ["v9"]


def test_a_pull_request_reads_the_history_and_cannot_write_it(team):
    job = team.github("pull", "refs/pull/1/merge", 79)
    workflow = yaml.safe_load(example("github-actions-pull-request.yml"))
    assert workflow["permissions"] == {}
    [check] = workflow["jobs"].values()
    assert check["permissions"] == {"contents": "read", "id-token": "write"}
    assert check["if"] == "github.event.pull_request.head.repo.full_name == github.repository"
    assert "db.t4g.small" in BASELINE
    job.runner.repository["baseline.yml"] = BASELINE.replace("db.t4g.small", "db.t4g.large")
    before = entries(team)
    assert job.run(workflow) == 2, job.runner.output
    assert "::error " in job.runner.output and "db.t4g.large" in job.summary
    # Even if it may see everything in AWS.
    team.allow("reader", "walk")
    assert job.runner.shell("tidemark record -e antenna-production") == 1
    error = job.runner.output.splitlines()[-1]
    assert "AccessDenied" in error and "PutObject" in error and entries(team) == before


def test_the_pipeline_of_gitlab_records_a_release(team):
    text = example("gitlab-ci.yml").replace("https://github.com", team.url)
    [checksum] = [line.split()[0] for line in releases.file(".sha256").read_text().splitlines() if ".tar.gz" in line]
    text = text.replace("0" * 64, checksum)
    [job] = yaml.safe_load(text).values()
    runner = team.runner(
        "gitlab", CI_COMMIT_TAG="v10", CI_PIPELINE_ID="80", CI_JOB_ID="801", CI_COMMIT_SHA="9d07b3a",
        GITLAB_CI="true", CI_PIPELINE_URL="https://ci.example/pipelines/80", GITLAB_USER_LOGIN="release-bot", AWS_TOKEN="a.token.of-gitlab",
    )  # fmt: skip
    runner.checkout()
    runner.variables |= job["variables"]
    assert runner.shell("\n".join(job["before_script"] + job["script"]), "bash", "-eo", "pipefail") == 0, runner.output
    assert f"assumed-role/recorder/gitlab-80-801" in team.workstation("who", "v10").stdout
    assert "<testsuite" in (runner.folder / "work" / job["artifacts"]["reports"]["junit"]).read_text()


def test_the_job_of_cron_prints_nothing_until_the_environment_drifts(team):
    runner = team.runner("machine", **team.sign_in(RECORDER, "night"))
    runner.path = [installed(runner.folder / "package", releases.file(".deb"))]
    del runner.variables["CI"]
    baseline = runner.folder / "baseline.yml"
    baseline.write_text(BASELINE)
    lines = [line for line in (EXAMPLES / "cron").read_text().splitlines() if line and not line.startswith("#")]
    runner.variables |= dict(line.split("=", 1) for line in lines[:-1])
    [command] = re.findall(r"^\S+ \S+ \* \* \* tidemark (.*)$", lines[-1])
    command = command.replace("/etc/tidemark/baseline.yml", str(baseline)).replace(r"\%", "%")
    assert (runner.shell(command, "sh"), runner.output) == (0, "")
    team.stack.change_database_class("db.t4g.medium")
    runner.shell(command, "sh")
    assert "DBInstanceClass is db.t4g.medium" in runner.output
    assert len(entries(team)) == 4


# MARK: The files themselves

WORKFLOWS = sorted((ROOT / ".github").rglob("*.yml"))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_each_file_is_yaml_whose_scripts_bash_can_parse(file):
    content = yaml.safe_load(file.read_text())
    jobs = [content["runs"]] if "runs" in content else [job for job in content.get("jobs", {}).values()]
    for step in (step for job in jobs for step in job["steps"]):
        assert ("run" in step) != ("uses" in step), step
        subprocess.run(["bash", "-n", "-c", step.get("run", "")], check=True)
        # An expression in a script would be code; it belongs in `env`.
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("file", [*WORKFLOWS, ROOT / "README.md"], ids=lambda file: file.name)
def test_each_action_of_others_is_pinned_to_a_commit(file):
    for action, reference, comment in ACTION.findall(file.read_text()):
        if not action.startswith((f"{REPOSITORY}/", "./")):
            assert re.fullmatch("[0-9a-f]{40}", reference) and re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action


def test_workflows_give_their_jobs_no_more_than_is_named():
    for file in WORKFLOWS:
        content = yaml.safe_load(file.read_text())
        if "jobs" in content:
            assert content["permissions"] == {}, file
            assert all(job["permissions"] for job in content["jobs"].values()), file
