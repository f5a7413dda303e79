"""Several processes record into one file at once: one unbroken chain, and no snapshot is lost."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from emulator.controls import fault
from log import bodies, check

RECORDS = 6
WAITING = "tidemark: waiting for another recorder of 'antenna-production'\n"


def record_at_once(tidemark, labels):
    """By label: the exit status and stderr, without the line of one that waits long on a slow machine."""
    running = [tidemark.start("record", "-e", "antenna-production", "--release", label) for label in labels]
    errors = [process.communicate(timeout=60)[1].decode() for process in running]
    return {label: (process.returncode, error.removeprefix(WAITING)) for label, process, error in zip(labels, running, errors)}


def released(path):
    return sorted(body["release"]["label"] for body in bodies(path, "snapshot"))


@pytest.mark.parametrize("history", ["new", "grown"])
def test_three_records_at_once_are_all_stored(tidemark, history):
    labels = ["a", "b", "c"]
    if history == "grown":
        tidemark.record("--release", "v9")
    before = released(tidemark.history) if tidemark.history.exists() else []
    assert record_at_once(tidemark, labels) == dict.fromkeys(labels, (0, ""))
    assert released(tidemark.history) == sorted([*before, *labels])
    assert check(tidemark.history) == 1 + len(before) + len(labels)


def test_eight_pipelines_that_record_repeatedly_lose_nothing(cached):
    """Tests/TidemarkHistoryTests/ProcessesTests.swift has fifty records each, with a very short walk."""

    def pipeline(number):
        labels = [f"{number}-{run}" for run in range(RECORDS)]
        for label in labels:
            cached.record("--release", label)
        return labels

    with ThreadPoolExecutor(8) as pipelines:
        labels = sum(pipelines.map(pipeline, range(8)), ["v9"])
    assert released(cached.history) == sorted(labels)
    assert check(cached.history) == 1 + len(labels)
    assert list(cached.folder.iterdir()) == [cached.history]


@pytest.fixture
def walking(stack, tidemark):
    """A recorder in the middle of its walk, waiting for an answer."""
    stack.set_faults(fault("rds", "DescribeDBInstances", "held"))
    with tidemark.start("record", "-e", "antenna-production", "--release", "slow") as process:
        while not stack.calls("rds", "DescribeDBInstances"):
            assert process.poll() is None
        yield process
        process.kill()


def test_a_lock_is_released_when_its_holder_is_killed(stack, tidemark, walking):
    with tidemark.start("record", "-e", "antenna-production", "--release", "next") as waiting:
        line = waiting.stderr.readline().decode()
        assert line == WAITING and waiting.poll() is None
        walking.kill()
        stack.clear_faults()
        assert waiting.wait(timeout=60) == 0
    assert released(tidemark.history) == ["next"] and check(tidemark.history) == 2
    # The lock ends with the killed process; the next recorder removes its file.
    assert list(tidemark.folder.iterdir()) == [tidemark.history]


@pytest.mark.parametrize(
    "number, status",
    [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGHUP, -signal.SIGHUP)],
    ids=["SIGINT", "SIGTERM", "SIGHUP"],
)
def test_a_recorder_that_is_ended_leaves_no_file(tidemark, walking, number, status):
    assert [path.name for path in tidemark.folder.iterdir()] == ["tidemark.sqlite.antenna-production.lock"]
    walking.send_signal(number)
    assert walking.wait(timeout=60) == status
    assert list(tidemark.folder.iterdir()) == []


def test_a_recorder_under_nohup_outlives_its_terminal(stack, tidemark):
    stack.set_environment(status="Updating")
    ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)  # noqa: E731
    with tidemark.start("record", "-e", "antenna-production", "--wait", preexec_fn=ignore) as process:
        assert b"waiting until" in process.stderr.readline()
        process.send_signal(signal.SIGHUP)
        stack.set_environment(status="Ready")
        assert process.wait(timeout=60) == 0
    assert check(tidemark.history) == 2


def test_a_lock_file_that_a_killed_recorder_left_does_not_block(stack, tidemark, walking):
    walking.kill()
    walking.wait()
    stack.clear_faults()
    assert [path.name for path in tidemark.folder.iterdir()] == ["tidemark.sqlite.antenna-production.lock"]
    assert tidemark.record().stderr == ""
    assert list(tidemark.folder.iterdir()) == [tidemark.history]


def test_readers_read_while_others_write(recorded):
    writers = [recorded.start("record", "-e", "antenna-production", "--release", label) for label in ("a", "b")]
    while any(writer.poll() is None for writer in writers):
        assert recorded.show()["asOf"]["seq"] >= 1
    assert [writer.communicate()[1].decode().removeprefix(WAITING) for writer in writers] == ["", ""]
    assert check(recorded.history) == 4
