"""A terminal shows a line of progress that is erased before any other output; other outputs show none."""

import signal
import subprocess
import time

import pytest

from emulator.controls import fault
from emulator.secrets import PLACES, planted
from log import bodies, check
from terminal import ERASE, on_a_terminal

RECORD = ("record", "-e", "antenna-production", "--release", "v9")
LOOK = ("-e", "antenna-production", "--region", "us-west-2")
HELD_CALL = "rds:DescribeDBInstances about antenna-postgres"


@pytest.fixture
def held(stack):
    """Holds the call about the database; yields a function that lets it be answered."""
    stack.set_faults(fault("rds", "DescribeDBInstances", "held"))
    return stack.clear_faults


def stuck(terminal):
    """The progress lines that name the held call."""
    return [line for line in terminal.drawn if line.endswith(f": {HELD_CALL}")]


@pytest.mark.parametrize(
    "command, variables",
    [
        (RECORD, {}),
        (RECORD, {"NO_COLOR": "1"}),
        (("doctor", *LOOK), {}),
        (("init", "antenna-production", "--region", "us-west-2"), {}),
    ],
    ids=["record", "no colour", "doctor", "init"],
)
def test_the_line_names_the_call_and_is_erased_at_the_end(tidemark, held, command, variables):
    with on_a_terminal(tidemark, *command, variables=variables, stdout=subprocess.PIPE) as terminal:
        seconds = lambda: {line.split(", ")[1].split(":")[0] for line in stuck(terminal)}  # noqa: E731
        terminal.read_while(lambda: len(seconds()) < 2, "time does not pass")
        held()
        assert terminal.end() == 0
        out = terminal.process.stdout.read().decode()
    answered, made = map(int, stuck(terminal)[-1].partition(" answered")[0].split(" of "))
    assert 10 < answered < made
    assert terminal.screen == [""] and terminal.printed.endswith(ERASE)
    assert out.endswith("\n") and "\r" not in out and "\x1b" not in out and " answered, " not in out


def test_only_the_report_remains_on_a_terminal(tidemark):
    with on_a_terminal(tidemark, *RECORD) as terminal:
        assert terminal.end() == 0
    assert terminal.drawn and terminal.screen[0].startswith("recorded antenna-production @1, release v9, as of ")
    assert not [line for line in terminal.screen if " answered, " in line]


@pytest.mark.parametrize("columns", [40, 1])
def test_the_line_is_never_wider_than_the_terminal(tidemark, held, columns):
    with on_a_terminal(tidemark, *RECORD, columns=columns, stdout=subprocess.PIPE) as terminal:
        widest = lambda: max(map(len, terminal.drawn), default=0)  # noqa: E731
        terminal.read_while(lambda: widest() < columns - 1, "no line fills the terminal")
        held()
        assert terminal.end() == 0
    assert widest() == columns - 1
    assert terminal.screen == [""]


def test_the_line_is_not_drawn_more_than_ten_times_a_second(tidemark, held):
    start = time.monotonic()
    with on_a_terminal(tidemark, *RECORD, stdout=subprocess.PIPE) as terminal:
        terminal.read_while(lambda: len(terminal.drawn) < 5, "it is hardly drawn")
        held()
        assert terminal.end() == 0
    assert len(terminal.drawn) <= 1 + 10 * (time.monotonic() - start)


def test_the_line_has_no_secret(tidemark, held):
    with on_a_terminal(tidemark, *RECORD, columns=500) as terminal:
        terminal.read_while(lambda: not stuck(terminal), "the call about the database is not shown")
        held()
        assert terminal.end() == 0
    assert [place for place in PLACES if planted(place) in terminal.printed] == []


@pytest.mark.parametrize(
    "variables, options",
    [
        ({"TERM": "dumb"}, ()), ({"TERM": ""}, ()), ({"CI": "true"}, ("--new-history",)), ({}, ("--verbose",)),
        ({"TIDEMARK_LOG": "debug"}, ()),
    ],
    ids=["dumb", "unknown", "CI", "verbose", "debug"],
)  # fmt: skip
def test_a_dumb_terminal_and_a_log_have_no_line(tidemark, variables, options):
    with on_a_terminal(tidemark, *RECORD, *options, variables=variables) as terminal:
        assert terminal.end() == 0
    assert "\x1b[K" not in terminal.printed and " answered, " not in terminal.printed


def test_nothing_is_drawn_into_a_pipe(tidemark):
    assert tidemark(*RECORD, variables={"TERM": "xterm"}).stderr == ""
    with on_a_terminal(tidemark, *RECORD, stderr=subprocess.PIPE) as terminal:
        assert terminal.end() == 0
        assert terminal.process.stderr.read() == b""
    assert "\x1b[K" not in terminal.printed


def test_only_an_error_remains(stack, tidemark):
    stack.set_faults(fault("elasticbeanstalk", "DescribeEnvironments", "denied"))
    with on_a_terminal(tidemark, *RECORD, columns=400) as terminal:
        assert terminal.end() == 1
    assert terminal.drawn
    line, after = terminal.screen
    assert line.startswith("tidemark: the Elastic Beanstalk environment 'antenna-production' cannot be") and after == ""


# MARK: Waiting


def test_the_line_says_what_a_wait_is_for(stack, tidemark):
    stack.set_environment(status="Updating")
    with on_a_terminal(tidemark, *RECORD, "--wait", stdout=subprocess.PIPE) as terminal:
        terminal.read_until("waiting 1s: the environment's status is Updating")
        stack.set_environment(status="Ready")
        assert terminal.end() == 0
        assert b"unsettled" not in terminal.process.stdout.read()
    assert "tidemark: waiting" not in terminal.printed and terminal.screen == [""]


@pytest.fixture
def walking(stack, recorded):
    """A recorder in the middle of its walk, waiting for an answer."""
    stack.clear_calls()
    stack.set_faults(fault("rds", "DescribeDBInstances", "held"))
    with recorded.start(*RECORD) as process:
        while not stack.calls("rds", "DescribeDBInstances"):
            assert process.poll() is None
        yield process
        process.kill()


WAITING_FOR_RECORDER = "tidemark: waiting for another recorder of 'antenna-production'"


def test_a_message_replaces_the_line(stack, tidemark, walking):
    """The line is drawn already, because the environment had to settle first."""
    stack.set_environment(status="Updating")
    with on_a_terminal(tidemark, *RECORD, "--wait", stdout=subprocess.PIPE) as terminal:
        terminal.read_until("waiting 0s: ")
        stack.set_environment(status="Ready")
        terminal.read_until(WAITING_FOR_RECORDER)
        walking.kill()
        stack.clear_faults()
        assert terminal.end() == 0
    assert terminal.screen == [WAITING_FOR_RECORDER, ""] and [line for line in terminal.drawn if " answered, " in line]


# MARK: Interrupts


@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
@pytest.mark.parametrize("phase", ["walk", "wait"])
def test_an_interrupt_erases_the_line(stack, tidemark, phase, number, status):
    tidemark.record()
    stack.set_faults(fault("rds", "DescribeDBInstances", "held"))
    if phase == "wait":
        stack.set_environment(status="Updating")
    with on_a_terminal(tidemark, *RECORD, "--wait", stdout=subprocess.PIPE) as terminal:
        terminal.read_until(HELD_CALL if phase == "walk" else "waiting 1s: ")
        assert interrupted(terminal, number) == status
        assert terminal.process.stdout.read() == b""
    assert terminal.screen == [""]
    assert_nothing_was_recorded(tidemark)


def test_an_interrupt_ends_the_wait_for_another_recorder(tidemark, walking):
    with on_a_terminal(tidemark, *RECORD) as terminal:
        terminal.read_until(WAITING_FOR_RECORDER)
        assert interrupted(terminal, signal.SIGINT) == 130
    assert terminal.screen == [WAITING_FOR_RECORDER, ""] and walking.poll() is None
    assert len(bodies(tidemark.history, "snapshot")) == 1 and check(tidemark.history) == 2


def test_an_interrupt_erases_the_line_at_any_moment(stack, tidemark):
    """Between two drawings too, and during one."""
    tidemark.record()
    stack.set_faults(fault("rds", "DescribeDBInstances", "held"))
    for number in range(6):
        with on_a_terminal(tidemark, *RECORD, stdout=subprocess.PIPE) as terminal:
            terminal.read_until(" answered, ")
            time.sleep(number / 20)
            assert interrupted(terminal, signal.SIGINT) == 130
        assert terminal.screen == [""]
    assert_nothing_was_recorded(tidemark)


def interrupted(terminal, number):
    """The exit status after a signal."""
    terminal.process.send_signal(number)
    return terminal.end()


def assert_nothing_was_recorded(tidemark):
    assert len(bodies(tidemark.history, "snapshot")) == 1 and check(tidemark.history) == 2
    assert list(tidemark.folder.iterdir()) == [tidemark.history]
