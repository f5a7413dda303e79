"""Credentials, endpoints and regions that make every call fail."""

import socket

import pytest

from refused import RECORD, refused


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


NO_KEYS = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
CALLS = {
    "no credentials": (NO_KEYS, ["no AWS credentials", "AWS_ACCESS_KEY_ID"]),
    "half a credential": ({"AWS_SECRET_ACCESS_KEY": None}, ["AWS_SECRET_ACCESS_KEY", "set both"]),
    "the other half": ({"AWS_ACCESS_KEY_ID": None}, ["AWS_ACCESS_KEY_ID", "set both"]),
    "empty credentials": (dict.fromkeys(NO_KEYS, ""), ["no AWS credentials"]),
    "no URL": ({"AWS_ENDPOINT_URL": "localhost:5000"}, ["AWS_ENDPOINT_URL", "http"]),
    "another scheme": ({"AWS_ENDPOINT_URL": "ftp://127.0.0.1"}, ["AWS_ENDPOINT_URL", "http"]),
    "an invalid port": ({"AWS_ENDPOINT_URL": "http://127.0.0.1:99999"}, ["AWS_ENDPOINT_URL", "http"]),
    "no number of attempts": ({"AWS_MAX_ATTEMPTS": "many"}, ["'many' in AWS_MAX_ATTEMPTS", "at least 1"]),
    "no attempt": ({"AWS_MAX_ATTEMPTS": "0"}, ["'0' in AWS_MAX_ATTEMPTS", "at least 1"]),
    "no region": ({"AWS_REGION": None, "AWS_DEFAULT_REGION": None}, ["region", "--region"]),
    "an invalid region": ({"AWS_REGION": "us west"}, ["'us west'", "AWS_REGION"]),
}


@pytest.mark.parametrize("case", CALLS)
def test_a_call_that_cannot_be_made_is_an_error(standing, copied, case):
    variables, expected = CALLS[case]
    copied.history.unlink()
    error = refused(copied, *RECORD, variables=variables)
    assert all(text in error for text in expected), error


def test_a_refused_connection_is_an_error(copied):
    error = refused(copied, *RECORD, variables={"AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"})
    assert "connect" in error.lower() and "AWS_ENDPOINT_URL" in error


def test_an_endpoint_that_answers_web_pages_is_an_error(standing, copied):
    stack, _ = standing
    stack.set_faults({
        "service": "*", "operation": "*", "fault": "error", "code": "x", "status": 200, "message": "<html>",
    })  # fmt: skip
    try:
        error = refused(copied, *RECORD)
    finally:
        stack.clear_faults()
    assert "the caller's identity cannot be determined" in error and "AWS_ENDPOINT_URL" in error
