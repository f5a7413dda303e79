"""Credentials from files: the program signs as the same user as the AWS CLI, and reports mistakes in the files."""

import pytest

from emulator.clients import credentials
from emulator.names import READER, REGION, RELEASER
from refused import RECORD, refused
from roles import caller_of_the_cli, pair
from tidemark import Tidemark


def keys(user):
    return {name: value for name, value in credentials(user).items() if "REGION" not in name}


DEFAULT = f"[default]\nregion = {REGION}\nendpoint_url = ENDPOINT\n"
CONFIG = f"{DEFAULT}{pair(READER)}[profile 'the bot']\nregion = {REGION}\nendpoint_url = ENDPOINT\n{pair(RELEASER)}"
# By subject: the config file, the credentials file, variables, and the profile that is passed in.
CASES = {
    "default": (CONFIG, None, {}, None),
    "a profile passed in": (CONFIG, None, {}, "the bot"),
    "a profile by a variable": (CONFIG, None, {"AWS_PROFILE": "the bot"}, None),
    "keys before a variable's profile": (CONFIG, None, {"AWS_PROFILE": "default", **keys(RELEASER)}, None),
    "a profile passed in before keys": (CONFIG, None, keys(READER), "the bot"),
    "the credentials file before the other": (CONFIG, f"[default]\n{pair(RELEASER)}", {}, None),
    "line ends of Windows": (CONFIG.replace("\n", "\r\n"), None, {}, "the bot"),
    "files elsewhere": (None, None, {"AWS_CONFIG_FILE": "~/elsewhere"}, "the bot"),
}


@pytest.fixture
def home(standing, tmp_path):
    """A home folder with files for the shared stack, and the program in it."""
    stack, _ = standing

    def write(config, credentials):
        for name, text in ((".aws/config", config), (".aws/credentials", credentials), ("elsewhere", CONFIG)):
            if text is not None:
                (tmp_path / name).parent.mkdir(exist_ok=True)
                (tmp_path / name).write_bytes(text.replace("ENDPOINT", stack.endpoint).encode())
        return Tidemark(tmp_path, {})

    return write


@pytest.mark.parametrize("case", CASES)
def test_the_caller_is_the_same_as_that_of_the_aws_cli(home, case):
    config, shared, variables, profile = CASES[case]
    tidemark = home(config, shared)
    options = ["--profile", profile] if profile else []
    expected = caller_of_the_cli(tidemark, *options, variables=variables)
    receipt = tidemark.record("--format", "json", *options, variables=variables).json
    assert receipt["actor"] == expected


MISTAKES = {
    "no such profile": (CONFIG, [], {"AWS_PROFILE": "x"}, ["no profile 'x'", "there are 'default', 'the bot'"]),
    "an empty profile": (CONFIG, ["--profile", ""], {}, ["no profile ''"]),
    "no file at all": (None, [], {"AWS_REGION": REGION}, ["no AWS credentials", "/.aws/credentials'", "/.aws/config'"]),
    "no region": ("[default]\n", [], {}, ["no AWS region", "--region"]),
    "half a pair": (DEFAULT + pair(READER).split("\n")[0], [], {}, ["has no aws_secret_access_key"]),
    "the other half": (DEFAULT + pair(READER).split("\n")[1], [], {}, ["no aws_access_key_id"]),
    "a line that is nothing": (f"{DEFAULT}hunter2\n", [], keys(READER), ["/.aws/config' cannot be used: line 4 is"]),
    "a section twice": (CONFIG + DEFAULT, [], {}, ["line 11 repeats a section"]),
    "no such services": (f"{CONFIG}services = x\n", ["--profile", "the bot"], {}, ["[services x]"]),
    "an invalid endpoint": ("[default]\nendpoint_url = ftp://hunter2\n", [], credentials(), ["endpoint_url of profile"]),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_in_the_files_is_an_error(home, case):
    config, options, variables, expected = MISTAKES[case]
    tidemark = home(config, None)
    error = refused(tidemark, *RECORD, *options, variables=variables)
    assert all(text in error for text in expected), error
    assert "hunter2" not in error and credentials(READER)["AWS_SECRET_ACCESS_KEY"] not in error
