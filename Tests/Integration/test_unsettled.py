"""An environment during a deploy: every report marks it as unsettled, and a release waits or is marked."""

import signal
import subprocess

import pytest

from log import bodies, check

ALONE = "the environment's status is Updating"
REASON = f"{ALONE}; a change of its configuration is being applied"
CODES = [{"code": "environment-status", "status": "Updating"}, {"code": "configuration-pending"}]
WAITS = f"tidemark: waiting until 'antenna-production' is settled: {ALONE}\n"
RELEASE = ("--release", "v10")
LOOK = ("-e", "antenna-production", "--region", "us-west-2")


@pytest.fixture
def deploying(stack, recorded):
    """A deploy of v10 over v9, which was recorded."""
    stack.hold_updates()
    stack.deploy("v10")
    return recorded


def labels(tidemark):
    return [body.get("release", {}).get("label") for body in bodies(tidemark.history, "snapshot")]


def unsettled(report, member="unsettled"):
    """Every member of that name in a report."""
    if isinstance(report, list):
        return sum((unsettled(one, member) for one in report), [])
    if not isinstance(report, dict):
        return []
    return [report[name] for name in report if name == member] + unsettled(list(report.values()), member)


# MARK: Reports


@pytest.mark.parametrize(
    "command",
    [
        ("show",), ("show", "antenna-postgres"), ("drift", "--baseline", "shipped:antenna/documented"), ("log",),
        ("diff", "@1", "@2"), ("diff", "@2", "@1"), ("tags",), ("who", "v10"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_report_names_an_unsettled_snapshot_and_the_reason(deploying, command):
    deploying.record(*RELEASE, "--allow-unsettled")
    result = deploying(*command)
    assert f"unsettled: {REASON}\n" in result.stdout or f"unsettled {REASON}\n" in result.stdout
    report = deploying(*command, "--format", "json").json
    assert REASON.split("; ") in unsettled(report) and CODES in unsettled(report, "unsettledCodes")


def test_record_doctor_and_init_report_it_too(deploying):
    assert f"\n  unsettled {REASON}\n" in deploying.record().stdout
    assert deploying.record("--format", "json").json["unsettled"] == REASON.split("; ")
    assert f"\nunsettled    {REASON}\n" in deploying("doctor", *LOOK).stdout
    assert f"\n  unsettled {REASON}\n" in deploying("init", "antenna-production", "--region", "us-west-2").stdout


def test_a_settled_snapshot_is_not_reported_as_unsettled(recorded):
    for command in (("show",), ("log",), ("tags",), ("who", "v9"), ("drift", "--baseline", "shipped:antenna/documented")):
        assert "unsettled" not in recorded(*command).stdout
    assert recorded.show()["asOf"]["unsettled"] == []


def test_an_unsettled_snapshot_is_evidence(stack, recorded):
    stack.set_environment(status="Updating")
    recorded.record()
    assert f"unsettled: {ALONE}\n" in recorded.drift(status=0).stdout


# MARK: Releases


def test_an_unsettled_release_is_refused_and_nothing_is_recorded(deploying):
    error = deploying.record(*RELEASE, status=1).error
    assert error == (
        f"release 'v10' of 'antenna-production' was not recorded: the environment is unsettled: {REASON}: pass --wait "
        "to wait until it is settled, or --allow-unsettled to record it as it is"
    )
    assert labels(deploying) == ["v9"] and check(deploying.history) == 2


def test_an_unsettled_release_can_be_allowed(deploying):
    assert f"\n  unsettled {REASON}\n" in deploying.record(*RELEASE, "--allow-unsettled").stdout
    assert labels(deploying) == ["v9", "v10"]


def test_a_settled_release_is_recorded_at_once(recorded):
    for option in ("--wait", "--allow-unsettled"):
        assert recorded.record(*RELEASE, option).stderr == ""
    assert labels(recorded) == ["v9", "v10", "v10"]


@pytest.mark.parametrize("release", [RELEASE, ()], ids=["release", "snapshot"])
def test_a_wait_ends_when_the_environment_is_settled(stack, deploying, release):
    stack.clear_calls()
    with deploying.start("record", "-e", "antenna-production", *release, "--wait") as waiting:
        assert waiting.stderr.readline().decode() == WAITS
        # A waiting recorder has no lock: others record meanwhile.
        assert deploying.record().stderr == ""
        stack.release_updates()
        out, error = waiting.communicate(timeout=60)
    assert waiting.returncode == 0 and error == b"" and b"unsettled" not in out
    assert labels(deploying) == ["v9", None, "v10" if release else None] and check(deploying.history) == 4
    assert bodies(deploying.history, "snapshot")[-1]["unsettled"] == []


def test_only_the_environment_is_polled_during_a_wait(stack, deploying):
    stack.clear_calls()
    with deploying.start("record", "-e", "antenna-production", *RELEASE, "--wait") as waiting:
        while len(stack.calls("elasticbeanstalk", "DescribeEnvironments")) < 3:
            assert waiting.poll() is None
        waiting.kill()
    operations = [call["operation"] for call in stack.calls()]
    assert operations[0] == "GetCallerIdentity" and set(operations[1:]) == {"DescribeEnvironments"}


@pytest.mark.parametrize("time, words", [("0s", "0 seconds"), ("1s", "1 second")])
def test_a_wait_beyond_its_limit_records_nothing(deploying, time, words):
    result = deploying.record(*RELEASE, "--wait", time, status=1)
    assert result.stdout == "" and result.stderr == (
        f"{WAITS}tidemark: release 'v10' of 'antenna-production' was not recorded: the environment is still unsettled "
        f"after {words}: {ALONE}: pass a longer --wait, or --allow-unsettled to record it as it is\n"
    )
    assert labels(deploying) == ["v9"]


def test_a_wait_includes_what_only_the_walk_finds(stack, deploying):
    """The environment is ready, and a change of its configuration still pending."""
    stack.set_environment(status="Ready")
    result = deploying.record(*RELEASE, "--wait", "2s", status=1).stderr
    reason = "a change of its configuration is being applied"
    assert result.startswith(f"tidemark: waiting until 'antenna-production' is settled: {reason}\n")
    assert f"still unsettled after 2 seconds: {reason}: " in result and labels(deploying) == ["v9"]


def test_a_terminated_environment_ends_the_wait(stack, deploying):
    with deploying.start("record", "-e", "antenna-production", *RELEASE, "--wait") as waiting:
        assert waiting.stderr.readline().decode() == WAITS
        stack.client("elasticbeanstalk").terminate_environment(EnvironmentName="antenna-production")
        error = waiting.communicate(timeout=60)[1].decode()
    assert waiting.returncode == 1 and error.startswith("tidemark: no Elastic Beanstalk environment 'antenna-production'")


def test_a_wrong_environment_is_refused_without_a_wait(deploying):
    error = deploying.record(*RELEASE, "--wait", "--region", "eu-central-1", status=1).error
    assert error.startswith("this is not the environment in the history: it is bound to region us-west-2")
    assert labels(deploying) == ["v9"]


@pytest.mark.parametrize(
    "options",
    [
        ("--wait", "soon"), ("--wait", "5"), ("--wait=soon",), ("--wait=",), ("--wait=-5s",), ("--wait=99999999999h",),
        ("--wait", "-5s"), ("--wait", "--allow-unsettled"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_invalid_options_are_usage_errors(tidemark, options):
    tidemark.record(*RELEASE, *options, status=64)
    assert not tidemark.history.exists()


# MARK: Interrupts


@pytest.mark.parametrize(
    "number, status", [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGHUP, -signal.SIGHUP)]
)
def test_an_interrupt_ends_a_wait_at_once(deploying, number, status):
    with deploying.start("record", "-e", "antenna-production", *RELEASE, "--wait") as waiting:
        assert waiting.stderr.readline().decode() == WAITS
        waiting.send_signal(number)
        try:
            out, error = waiting.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            waiting.kill()
            raise
    assert waiting.returncode == status and (out, error) == (b"", b"")
    assert labels(deploying) == ["v9"] and check(deploying.history) == 2
    assert list(deploying.folder.iterdir()) == [deploying.history]
