"""A history begins where somebody wants it to: not on a runner that forgets it, and not by a mistyped name."""

from __future__ import annotations

import pytest

IN_CI = {"CI": "true"}


def test_in_ci_no_history_begins_by_itself(tidemark):
    error = tidemark.record("--release", "v16", variables=IN_CI, status=1).error
    assert error == (
        "there is no history at 'tidemark.sqlite': one that begins in CI ends with the runner: name one in a bucket with "
        "--history s3://BUCKET/PREFIX, or restore the file that an earlier run kept; --new-history begins one"
    )
    assert not tidemark.history.exists()
    assert "first snapshot" in tidemark.record("--new-history", variables=IN_CI).stdout
    tidemark.record(variables=IN_CI)


@pytest.mark.parametrize("where", [{}, IN_CI])
def test_a_mistyped_environment_is_not_recorded(recorded, where):
    mistyped = ("record", "-e", "antena-production", "--eb-environment", "antenna-production")
    error = recorded(*mistyped, variables=where, status=1).error
    assert error == (
        "'tidemark.sqlite' has no environment 'antena-production': it has 'antenna-production': correct -e, or pass "
        "--new-history to begin another environment"
    )
    recorded("log", "-e", "antena-production", status=1)
    recorded(*mistyped, "--new-history", variables=where)
    recorded("log", "-e", "antena-production")


def test_an_environment_that_the_project_names_needs_no_confirmation(recorded):
    recorded.declare_plain("another")
    recorded("record", "-e", "another", "--eb-environment", "antenna-production")
