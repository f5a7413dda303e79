"""Data goes to stdout and everything else to stderr; output that cannot be written is an error."""

import os
import re
import signal

import pytest

from emulator.controls import fault
from terminal import on_a_terminal

BASELINE = ("drift", "--baseline", "shipped:antenna/documented")


def test_stdout_has_only_the_report(tidemark):
    result = tidemark.record("--format", "json", "--verbose", variables={"TIDEMARK_LOG": "debug"})
    assert result.json["report"] == "record"
    assert "rds:DescribeDBInstances" in result.stderr and "answered" in result.stderr
    quiet = tidemark.record("--format", "json")
    assert quiet.json["report"] == "record" and quiet.stderr == ""


@pytest.mark.parametrize("command", [("show",), ("show", "antenna-rds"), BASELINE, ("who", "v9")])
def test_text_and_json_are_complete_and_stderr_is_empty(copied, command):
    text = copied(*command)
    assert text.stdout.endswith("\n") and text.stderr == "" and "\x1b" not in text.stdout
    report = copied(*command, "--format", "json")
    assert report.json["tidemark"] == 2 and report.json["report"] == command[0]
    assert report.stdout.endswith("}\n") and report.stderr == ""


def test_a_terminal_gets_colour(copied):
    with on_a_terminal(copied, *BASELINE, "--max-age", "0s") as terminal:
        assert terminal.end() == 3 and re.search("\x1b\\[32m\\d+ in sync\x1b\\[0m", terminal.printed)


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_color_disables_colour(copied, variables):
    with on_a_terminal(copied, *BASELINE, variables=variables) as terminal:
        assert terminal.end() == 0
    assert " in sync" in terminal.printed and "\x1b" not in terminal.printed


def test_an_empty_no_color_is_ignored(copied):
    with on_a_terminal(copied, *BASELINE, variables={"NO_COLOR": ""}) as terminal:
        assert terminal.end() == 0 and "\x1b[32m" in terminal.printed


@pytest.mark.parametrize("command", [("show",), BASELINE, ("who", "v9"), ("show", "--format", "json")])
def test_a_report_that_cannot_be_written_is_an_error(copied, command):
    with open("/dev/full", "wb") as full:
        process = copied.start(*command, stdout=full)
        error = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 1
    assert error == "tidemark: the report cannot be written: no space left on device\n"


@pytest.mark.parametrize("command", [("show",), ("show", "--format", "json"), BASELINE])
def test_a_closed_pipe_is_not_a_crash(copied, command):
    reading, writing = os.pipe()
    os.close(reading)
    process = copied.start(*command, stdout=writing)
    os.close(writing)
    error = process.communicate(timeout=60)[1].decode()
    assert process.returncode in (1, -signal.SIGPIPE)
    assert error in ("", "tidemark: the report cannot be written: broken pipe\n")


@pytest.mark.parametrize("struck", ["DescribeEnvironments", "DescribeDBInstances"])
def test_an_interrupt_ends_a_record_at_once(stack, tidemark, struck):
    service = {"DescribeEnvironments": "elasticbeanstalk", "DescribeDBInstances": "rds"}[struck]
    stack.set_faults(fault(service, struck, "held"))
    process = tidemark.start("record", "-e", "antenna-production")
    while not stack.calls(service, struck):
        assert process.poll() is None
    # The program does not wait for the answer, which never comes.
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b"" and b"Fatal" not in error
    assert list(tidemark.folder.iterdir()) == []


def test_help_and_version_go_to_stdout(tidemark):
    for arguments in (["--help"], ["record", "--help"], ["drift", "--help"], ["show", "--help"], ["who", "--help"]):
        result = tidemark(*arguments)
        assert "USAGE: tidemark" in result.stdout and result.stderr == ""
    assert tidemark("--version").stdout[0].isdigit()


@pytest.mark.parametrize("arguments, usage", [([], "tidemark <subcommand>"), (["baseline"], "tidemark baseline <subcommand>")])
def test_a_missing_subcommand_is_a_usage_error(tidemark, arguments, usage):
    """Also if the process lost its arguments: a pipeline must not continue then."""
    result = tidemark(*arguments, status=64)
    assert result.stdout == "" and result.stderr.startswith("Error: no command was given\n\n")
    assert f"USAGE: {usage}" in result.stderr and "SUBCOMMANDS:" in result.stderr


@pytest.mark.parametrize("arguments", [["recrod"], ["baseline", "chekc"], [""], ["baseline", ""]], ids=repr)
def test_an_unknown_command_is_a_usage_error(tidemark, arguments):
    result = tidemark(*arguments, status=64)
    assert result.stdout == "" and result.stderr.startswith("Error: ")


@pytest.mark.parametrize("arguments", [["help"], ["help", "baseline"], ["baseline", "--help"], ["-h"]], ids=" ".join)
def test_help_on_request_has_status_0(tidemark, arguments):
    result = tidemark(*arguments)
    assert result.stdout.startswith("OVERVIEW: ") and result.stderr == ""
