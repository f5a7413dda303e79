"""The exit status of drift: 0 in sync, 2 drifted, 3 incomplete coverage; 2 takes precedence over 3."""

import pytest

from emulator.controls import fault
from log import rows


def test_a_fresh_stack_is_in_sync_with_its_documentation(recorded):
    result = recorded.drift()
    report = recorded.drift("--format", "json").json
    summary = f"{len(report['expectations'])} in sync, 0 drifted, 0 unseen"
    assert summary in result.stdout and result.stderr == ""
    assert report["tidemark"] == 2 and report["verdict"] == "in sync"
    assert all(one["verdict"] == "in sync" and one["findings"] == [] for one in report["expectations"])


def test_drift_takes_precedence_over_unseen(stack, recorded):
    stack.change_database_class("db.t4g.medium")
    stack.set_faults(fault("elasticbeanstalk", "DescribeConfigurationSettings", "denied"))
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    verdicts = {one["name"]: one["verdict"] for one in report["expectations"]}
    assert verdicts["database"] == "drifted" and verdicts["django-variables"] == "unseen"


def test_a_snapshot_older_than_the_maximum_age_is_not_evidence(recorded):
    recorded.drift("--max-age", "1d")
    result = recorded.drift("--max-age", "0s", status=3)
    assert "0 drifted" in result.stdout and "old" in result.stdout
    report = recorded.drift("--max-age", "0s", "--format", "json", status=3).json
    assert report["verdict"] == "unseen" and "old" in report["stale"]


def test_the_age_of_a_past_snapshot_is_ignored(recorded):
    (at,) = rows(recorded.history, "SELECT at FROM entry WHERE seq = 1")[0]
    for moment in ("@1", "release:v9", at):
        assert recorded.drift("--at", moment, "--max-age", "0s", "--format", "json").json["stale"] is None


def test_a_drifted_snapshot_that_is_old_is_still_drifted(stack, tidemark):
    stack.open_port(5432)
    tidemark.record()
    tidemark.drift("--max-age", "0s", status=2)


@pytest.mark.parametrize("moment, expected", [("@1", 0), ("@2", 2), ("latest", 0), ("latest~1", 2), ("latest~2", 0)])
def test_each_moment_has_its_own_status(stack, recorded, moment, expected):
    stack.change_database_class("db.t4g.medium")
    recorded.record()
    stack.change_database_class("db.t4g.small")
    recorded.record()
    recorded.drift("--at", moment, status=expected)


def test_a_deleted_database_is_missing(stack, recorded):
    stack.delete_database()
    recorded.record()
    report = recorded.drift("--format", "json", status=2).json
    (database,) = [one for one in report["expectations"] if one["name"] == "database"]
    assert [found["change"] for found in database["findings"]] == ["missing"]


def test_a_user_s_baseline_is_evaluated_like_a_shipped_one(recorded):
    (recorded.folder / "mine.yml").write_text(
        """
        environment: antenna-production
        expect:
          - name: database
            resource: rds.db-instance
            is: { DBInstanceClass: db.t4g.micro, Engine: postgres }
        """
    )
    result = recorded("drift", "--baseline", "mine.yml", status=2)
    assert "db.t4g.micro" in result.stdout and "1 drifted" in result.stdout


def test_a_finding_keeps_its_id(stack, tidemark):
    stack.change_database_class("db.t4g.medium")
    stack.open_port(5432)
    tidemark.record()

    def ids():
        report = tidemark.drift("--format", "json", status=2).json
        found = [(one["name"], finding) for one in report["expectations"] for finding in one["findings"]]
        return {(name, finding["path"]): finding["id"] for name, finding in found}

    before = ids()
    tidemark.record()
    assert ids() == before and len(set(before.values())) == len(before) >= 2
