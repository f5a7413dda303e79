"""Moments, releases, resources and options that do not exist."""

import pytest

from refused import RECORD, REPORTS, files, refused
from tidemark import SHIPPED


@pytest.mark.parametrize("moment", ["@", "@x", "@-1", "latest~x", "latest~-1", "release:", "~1", "v9~"])
def test_an_invalid_moment_is_an_error(copied, moment):
    assert "is not a valid moment" in refused(copied, "show", f"--at={moment}")


@pytest.mark.parametrize("moment", ["@42", "latest~7", "release:v8", "yesterday", "2001-01-01T00:00:00Z"])
def test_a_moment_before_the_history_is_an_error(copied, moment):
    assert moment.partition("Z")[0].removeprefix("release:") in refused(copied, "show", "--at", moment)
    refused(copied, "drift", "--baseline", SHIPPED, "--at", moment)


def test_an_unknown_release_is_an_error(copied):
    assert "'v8'" in refused(copied, "who", "v8")


def test_an_unknown_resource_is_an_error_that_lists_the_known_ones(copied):
    error = refused(copied, "show", "antenna-mysql")
    assert "'antenna-mysql'" in error and "ecr.image/antenna-backend" in error and " more: name one" in error
    assert "names 4 resources" in refused(copied, "show", "ec2.security-group")


@pytest.mark.parametrize("command", REPORTS, ids=lambda command: command[0])
def test_an_unknown_environment_is_an_error(copied, command):
    error = refused(copied, *command, "-e", "unknown")
    assert "'unknown'" in error and "'antenna-production'" in error


@pytest.mark.parametrize("command", [("show",), ("record",)], ids=["show", "record"])
def test_two_environments_need_a_name(copied, command):
    copied("record", "-e", "another", "--eb-environment", "antenna-production", "--new-history")
    error = refused(copied, *command)
    assert "'another'" in error and "'antenna-production'" in error and "-e" in error
    assert copied.drift("-e", "another", "--format", "json").json["environment"] == "another"
    copied.drift()


def test_control_characters_do_not_reach_the_terminal(copied):
    evil = "\x1b[2J\nx"
    for command in (
        ("who", evil),
        ("show", evil),
        ("show", "--at", evil),
        ("show", "--history", evil),
        ("drift", "--baseline", evil),
        (*RECORD, "--eb-environment", evil),
        (*RECORD, "--region", evil),
        (*RECORD, "--key-file", evil),
    ):
        assert "\x1b" not in refused(copied, *command)


USAGE = {
    "--by without a release": (*RECORD, "--by", "release-bot"),
    "an unknown option": ("show", "--frobnicate"),
    "an unknown command": ("frobnicate",),
    "an invalid format": ("show", "--format", "xml"),
    "no baseline": ("drift",),
    "two resources": ("show", "a", "b"),
    "a value that is missing": ("show", "--at"),
    "an invalid age": ("drift", "--baseline", SHIPPED, "--max-age", "soon"),
}


@pytest.mark.parametrize("case", USAGE)
def test_a_usage_error_has_status_64(copied, case):
    before = files(copied.folder)
    result = copied(*USAGE[case], status=64)
    assert result.stdout == "" and result.stderr.startswith("Error: ") and "Usage: tidemark" in result.stderr
    assert files(copied.folder) == before
