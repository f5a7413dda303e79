"""`drift --format json` conforms to its schema, for every kind of report."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest

from questions import DEADLY, strike

SCHEMA = json.loads(Path(__file__).with_name("drift.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def report(tidemark, *arguments, status):
    found = tidemark.drift("--format", "json", *arguments, status=status).json
    VALIDATOR.validate(found)
    assert {0: "in sync", 2: "drifted", 3: "unseen"}[status] == found["verdict"]
    return found


def changes(found):
    return {finding.get("change") for one in found["expectations"] for finding in one["findings"]}


def test_the_schema_is_valid():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_report_in_sync_conforms(recorded):
    assert changes(report(recorded, status=0)) == set()


def test_a_stale_report_conforms(recorded):
    assert report(recorded, "--max-age", "0s", status=3)["stale"]


def test_a_drifted_report_conforms(stack, tidemark):
    stack.change_database_class("db.t4g.medium")
    stack.open_port(5432)
    stack.remove_property("SENDGRID_API_KEY")
    tidemark.record("--release", "v10")
    assert "changed" in changes(report(tidemark, status=2))


def test_a_report_of_unexpected_values_and_resources_conforms(recorded):
    (recorded.folder / "b.yml").write_text(
        "environment: antenna-production\n"
        "expect:\n"
        "  - { name: a, resource: rds.db-instance, is: { Engine: null, Timezone: UTC } }\n"
        "  - { name: b, resource: ec2.security-group, is: { VpcId: vpc-1 } }\n"
    )
    found = recorded("drift", "--baseline", "b.yml", "--format", "json", status=2).json
    VALIDATOR.validate(found)
    assert changes(found) == {"missing", "unexpected"}


def test_a_report_of_a_missing_database_conforms(stack, recorded):
    stack.delete_database()
    recorded.record()
    assert "missing" in changes(report(recorded, status=2))


@pytest.mark.parametrize("kind", DEADLY)
def test_an_unseen_report_conforms(stack, tidemark, kind):
    strike(stack, "elasticbeanstalk", "DescribeConfigurationSettings", kind)
    tidemark.record()
    outcomes = {gap["outcome"] for gap in report(tidemark, status=3)["coverage"]["gaps"]}
    assert outcomes == {"denied" if kind == "denied" else "failed"}


def test_a_report_of_doubt_and_of_unreached_resources_conforms(stack, tidemark):
    strike(stack, "elasticbeanstalk", "DescribeEnvironmentResources", "denied")
    tidemark.record()
    outcomes = {gap["outcome"] for gap in report(tidemark, status=3)["coverage"]["gaps"]}
    assert outcomes == {"denied", "unreached"}


def spoil(found, *path, value):
    spoilt = copy.deepcopy(found)
    place = spoilt
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return spoilt


def test_the_schema_refuses_other_documents(stack, keyed):
    stack.change_database_class("db.t4g.medium")
    keyed.record()
    found = report(keyed, status=2)
    (index,) = [number for number, one in enumerate(found["expectations"]) if one["findings"]]
    for spoilt in (
        spoil(found, "tidemark", value=3),
        spoil(found, "verdict", value="fine"),
        spoil(found, "surprise", value=1),
        spoil(found, "expectations", 0, "findings", value=[{}]),
        spoil(found, "expectations", index, "findings", value=[]),
        spoil(found, "expectations", index, "findings", 0, "change", value="else"),
        spoil(found, "expectations", index, "findings", 0, "verdict", value="unseen"),
        spoil(found, "expectations", index, "findings", 0, "surprise", value=1),
    ):
        assert not VALIDATOR.is_valid(spoilt)
