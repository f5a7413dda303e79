"""Faults from the first record on, and changes that happen behind them."""

import pytest

from emulator import names
from log import root
from questions import HIDDEN_AT_FIRST, UNSEEN, strike, verdicts


@pytest.mark.parametrize("service, operation", UNSEEN)
def test_a_first_record_with_a_denied_question_calls_nothing_missing(stack, tidemark, service, operation):
    strike(stack, service, operation, "denied")
    tidemark.record()
    report = tidemark.drift("--format", "json", status=3).json
    assert verdicts(report, "drifted") == set() and verdicts(report, "unseen") == HIDDEN_AT_FIRST[operation]
    stack.clear_faults()
    tidemark.record("--strict")
    tidemark.drift()
    healed = root(tidemark.history)
    tidemark.history.unlink()
    tidemark.record()
    assert healed == root(tidemark.history)


def test_what_changes_behind_a_fault_is_seen_when_the_fault_is_gone(stack, recorded):
    strike(stack, "rds", "DescribeDBInstances", "denied")
    stack.change_database_class("db.t4g.medium")
    recorded.record()
    recorded.drift(status=3)
    (database,) = recorded.show("antenna-postgres")["resources"]
    assert database["description"]["DBInstanceClass"] == "db.t4g.small" and database["unseen"] == ["description"]
    assert "as last seen" in recorded("show", "antenna-postgres").stdout
    stack.clear_faults()
    recorded.record()
    recorded.drift(status=2)


def test_drift_that_is_seen_beside_a_fault_is_drift(stack, recorded):
    strike(stack, "rds", "DescribeDBInstances", "denied")
    stack.open_port(5432)
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    assert verdicts(report, "drifted") == {"database-access"} and verdicts(report, "unseen") == {"database"}


def test_a_reader_sees_what_its_permissions_allow(stack, tidemark):
    """Here moto itself decides, by the caller's IAM policies."""
    denial = (
        '{"Version": "2012-10-17", "Statement":'
        ' {"Effect": "Deny", "Action": "rds:DescribeDBInstances", "Resource": "*"}}'
    )
    stack.client("iam").put_user_policy(UserName=names.READER, PolicyName="no-databases", PolicyDocument=denial)
    stack.verify_signatures()
    try:
        assert "rds:DescribeDBInstances denied" in tidemark.record().stdout
    finally:
        stack.verify_signatures(False)
    assert verdicts(tidemark.drift("--format", "json", status=3).json, "unseen") == {"database", "database-access"}
