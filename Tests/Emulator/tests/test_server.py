"""The server starts, answers the AWS CLI, and ends without leaving anything behind."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

AWS = shutil.which("aws", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


def serve(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "emulator", "serve", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def ends(pid):
    deadline = time.monotonic() + 60
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(pid)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_it_prints_one_line(number):
    server = serve()
    line = server.stdout.readline()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+\n", line)
    server.send_signal(number)
    out, err = server.communicate(timeout=60)
    assert (out, err, server.returncode) == ("", "", 0)


def test_it_ends_with_its_parent():
    code = (
        "import os, subprocess, sys\n"
        "server = subprocess.Popen([sys.executable, '-m', 'emulator', 'serve', '--parent-pid', str(os.getpid())],"
        " stdout=subprocess.PIPE, text=True)\n"
        "server.stdout.readline()\n"
        "print(server.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    parent = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.returncode == -signal.SIGKILL and ends(int(parent.stdout))


def test_it_ends_with_a_process_other_than_its_parent():
    other = subprocess.Popen(["sleep", "60"])
    server = serve("--parent-pid", str(other.pid))
    server.stdout.readline()
    other.kill()
    other.wait()
    assert server.wait(timeout=60) == 0
    server.communicate()


def test_it_serves_on_loopback_only():
    run = subprocess.run([sys.executable, "-m", "emulator", "serve", "--host", "0.0.0.0"], capture_output=True, text=True)
    assert run.returncode == 1 and "not a loopback address" in run.stderr and run.stdout == ""


def test_a_parent_that_has_ended_already_ends_it():
    gone = subprocess.Popen(["true"])
    gone.wait()
    server = serve("--parent-pid", str(gone.pid))
    assert server.wait(timeout=60) == 0
    server.communicate()


@pytest.mark.parametrize(
    "command, query, expected",
    [
        ("sts get-caller-identity", "Arn", "arn:aws:iam::123456789012:user/tidemark-reader"),
        ("elasticbeanstalk describe-environments", "Environments[0].VersionLabel", "v9"),
        ("rds describe-db-instances", "DBInstances[0].DBInstanceClass", "db.t4g.small"),
        ("ecs list-clusters", "length(clusterArns)", "1"),
        ("cloudwatch describe-alarms", "length(MetricAlarms)", "3"),
        ("s3api get-bucket-location --bucket antenna-static-files", "LocationConstraint", "us-west-2"),
    ],
)
def test_it_answers_the_aws_cli(stack, command, query, expected):
    run = subprocess.run(
        [AWS, *command.split(), "--query", query, "--output", "text"],
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **stack.variables()},
        capture_output=True,
        text=True,
    )
    assert (run.stdout.strip(), run.stderr, run.returncode) == (expected, "", 0)


def test_the_command_line_builds_and_changes_it(empty):
    def emulator(*arguments):
        environment = {**os.environ, "AWS_ENDPOINT_URL": empty.endpoint}
        return subprocess.run([sys.executable, "-m", "emulator", *arguments], env=environment, capture_output=True, text=True)

    assert emulator("build").returncode == 0
    again = emulator("build")
    assert again.returncode == 1 and again.stderr.startswith("emulator: the application 'antenna' exists already")
    for command in (
        ("deploy", "v10"),
        ("push", "v10"),
        ("rollback", "v9"),
        ("change-database-class", "db.t4g.medium"),
        ("open-port", "5432"),
        ("set-property", "NAME", "value"),
        ("rotate", "SENTRY_DSN"),
        ("rebuild-environment",),
        ("delete-database",),
        ("terminate-environment",),
    ):
        run = emulator(*command)
        assert (run.returncode, run.stderr) == (0, ""), command
    assert empty.client("elasticbeanstalk").describe_environments()["Environments"] == []


def test_without_an_endpoint_the_command_line_names_the_variable():
    environment = {name: value for name, value in os.environ.items() if name != "AWS_ENDPOINT_URL"}
    run = subprocess.run([sys.executable, "-m", "emulator", "build"], env=environment, capture_output=True, text=True)
    assert run.returncode == 1 and "set AWS_ENDPOINT_URL" in run.stderr
