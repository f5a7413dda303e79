"""The rules that need no baseline: a replaced resource, a failed deployment, a terminated environment; and `--strict`."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from test_schema import VALIDATOR

RULES = [
    "resource.replaced", "environment.failed", "environment.terminated", "endpoint.not-followed", "release.unrecorded",
    "image.tag-moved", "image.older-than-tag", "image.untagged", "image.not-intended", "image.gone", "image.mutable-tag",
]  # fmt: skip
EXPECT = "environment: antenna-production\nexpect: [ { name: database, resource: rds.db-instance, is: { Engine: postgres } } ]\n"
TERMS = ("--because", "restored from the backup", "--until", "2999-12-31", "--owner", "dba-team")


def write(tidemark, rest="", expect=EXPECT):
    (tidemark.folder / "b.yml").write_text(f"{expect}{rest}")
    (tidemark.folder / "tidemark.yml").write_text("environments: { antenna-production: { baseline: b.yml } }\n")


@pytest.fixture
def based(recorded):
    write(recorded)
    return recorded


@pytest.fixture
def replaced(stack, based):
    """The database was deleted, and another of its name created."""
    stack.replace_database()
    based.record()
    return based


def incarnation(tidemark):
    return tidemark.show("antenna-postgres")["resources"][0]["description"]["DbiResourceId"]


def results(tidemark, *arguments, status=0):
    """The results of the built-in rules, by name."""
    report = tidemark("drift", *arguments, "--format", "json", status=status).json
    VALIDATOR.validate(report)
    return {one["name"]: one for one in report["expectations"] if one["source"] == "built-in"}


def found(tidemark, *arguments, status=0):
    """The findings of the built-in rules: the rule, the severity, and whether it is waived."""
    return [
        (name, one["severity"], finding["waiver"] is not None)
        for name, one in results(tidemark, *arguments, status=status).items()
        for finding in one["findings"]
    ]


# MARK: A replaced database


def test_a_replaced_database_is_a_note(stack, based):
    before = incarnation(based)
    assert found(based) == []
    stack.replace_database()
    based.record()
    ((finding,),) = [one["findings"] for one in results(based).values()]
    assert finding["resource"] == "rds.db-instance/antenna-postgres" and finding["new"] is True
    assert finding["sentence"] == (
        f"was replaced by another resource of its name: DbiResourceId is {incarnation(based)}, was {before}"
    )
    text = based("drift").stdout
    assert "\ndrifted  resource.replaced, note\n  rds.db-instance/antenna-postgres: was replaced by another" in text
    assert "\n1 expectation and 1 built-in rule: 1 in sync, 1 drifted (only notes), 0 unseen\n" in text
    based.record()
    assert results(based)["resource.replaced"]["findings"][0]["since"]["seq"] == 2


@pytest.mark.parametrize(
    "severity, status, expected",
    [("error", 2, True), ("warning", 2, True), ("note", 0, True), ("off", 0, False)],
)
def test_a_baseline_decides_about_a_replaced_database(replaced, severity, status, expected):
    write(replaced, f"rules: {{ resource.replaced: {severity} }}\n")
    assert found(replaced, status=status) == ([("resource.replaced", severity, False)] if expected else [])
    assert replaced("baseline", "check", "b.yml").status == 0


def test_an_accepted_database_is_waived_until_it_is_replaced_again(stack, replaced):
    write(replaced, "rules: { resource.replaced: error }\n")
    id = results(replaced, status=2)["resource.replaced"]["findings"][0]["id"]
    accepted = incarnation(replaced)
    assert "\n  covers    this value alone; another value is a new finding\n" in replaced("accept", id, *TERMS).stdout
    assert f"    value: {accepted}\n" in (replaced.folder / "b.yml").read_text()
    assert found(replaced) == [("resource.replaced", "error", True)]
    stack.replace_database()
    replaced.record()
    (finding,) = results(replaced, status=2)["resource.replaced"]["findings"]
    assert finding["sentence"].endswith(f", was {accepted}") and finding["id"] == id and finding["waiver"] is None
    assert finding["note"] == f"the waiver accepts {accepted}"


def test_an_expectation_of_the_incarnation_takes_the_place_of_the_rule(replaced):
    write(replaced, expect=EXPECT.replace("Engine: postgres", f"DbiResourceId: {incarnation(replaced)}"))
    assert found(replaced) == []


def test_a_rebuilt_environment_and_an_instance_are_not_replaced(stack, based):
    stack.replace_instance()
    based.record()
    assert found(based) == []
    stack.rebuild_environment()
    based.record("--rebind")
    assert found(based) == []


# MARK: Without a baseline


def test_the_built_in_rules_are_evaluated_alone(replaced):
    assert list(results(replaced, "--built-in")) == RULES
    mutable = [("image.mutable-tag", "note", False)] * 2
    assert found(replaced, "--built-in") == [("resource.replaced", "note", False), *mutable]
    report = replaced("drift", "--built-in", "--format", "json").json
    assert report["baseline"] is None and report["builtInRulesOnly"] is True and len(report["expectations"]) == len(RULES)


def test_every_format_says_that_there_is_no_baseline(replaced):
    def drift(format):
        return replaced("drift", "--built-in", "--format", format).stdout

    assert drift("text").startswith("antenna-production against the built-in rules alone, without a baseline\n")
    assert drift("markdown").startswith("## antenna-production: in sync, by the built-in rules alone\n")
    assert drift("github").startswith("::notice title=antenna-production%3A in sync%2C by the built-in rules alone::")
    (suite,) = ElementTree.fromstring(drift("junit"))
    assert suite.get("name") == "the built-in rules alone" and suite.get("skipped") == "2" and suite.get("tests") == str(len(RULES) + 2)
    (run,) = json.loads(drift("sarif"))["runs"]
    (remark,) = run["invocations"][0]["toolExecutionNotifications"]
    assert remark["message"]["text"] == "Only the built-in rules were evaluated, without a baseline."
    result, *mutable = run["results"]
    assert {one["ruleId"] for one in mutable} == {"image.mutable-tag"}
    assert result["ruleId"] == "resource.replaced" and result["level"] == "note"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "tidemark.yml"
    row, *_ = csv.DictReader(io.StringIO(drift("csv")))
    assert row["rule"] == "resource.replaced" and row["verdict"] == "drifted" and row["severity"] == "note"


@pytest.mark.parametrize(
    "arguments",
    [(), ("--strict",), ("--built-in", "--baseline", "b.yml"), ("--built-in", "--replay"), ("--strict", "--replay")],
    ids=" ".join,
)
def test_a_lost_baseline_is_a_wrong_command_line(replaced, arguments):
    (replaced.folder / "tidemark.yml").write_text("environments: { antenna-production: {} }\n")
    replaced("drift", *arguments, status=64)


# MARK: The environment


def test_a_failed_deployment_is_an_error_if_strict(stack, based):
    stack.fail_next_deployment()
    stack.deploy("v10")
    based.record(status=4)
    assert found(based) == [("environment.failed", "note", False)]
    assert found(based, "--strict", status=2) == [("environment.failed", "error", False)]
    assert "\nThe deployment failed: the last change of its configuration failed.\n" in based("drift").stdout


def test_a_terminating_environment_is_an_error_if_strict(stack, based):
    stack.set_environment(status="Terminating")
    based.record()
    assert found(based) == [("environment.terminated", "note", False)]
    assert found(based, "--strict", status=2) == [("environment.terminated", "error", False)]
    write(based, "rules: { environment.terminated: off }\n")
    assert found(based) == []
    assert "; unsettled: the environment's status is Terminating\n" in based("drift").stdout


def test_an_unsettled_snapshot_is_unseen_if_strict(stack, based):
    based("drift", "--strict")
    stack.set_environment(status="Updating")
    based.record()
    based("drift")
    text = based("drift", "--strict", status=3).stdout
    assert "; unsettled: the environment's status is Updating\n" in text
    assert "\n  The snapshot is unsettled, which counts as unseen.\n" in text
    cases = ElementTree.fromstring(based("drift", "--strict", "--format", "junit", status=3).stdout).iter("testcase")
    assert [one.get("name") for one in cases if one.find("error") is not None] == ["settled"]
    based("drift", "--strict", "--fail-on", "never")
