"""`drift --replay` evaluates a baseline on the stored past: when it would have failed, for how long, and how often."""

import re
import time

import jsonschema
import pytest

from emulator.controls import fault
from emulator.fixtures import documented
from log import rows
from test_readme import PROJECT, normalised
from tidemark import SHIPPED, Tidemark

MOMENT = {
    "type": "object",
    "required": ["seq", "at", "release", "withRelease", "orBefore"],
    "properties": {
        "seq": {"type": "integer"},
        "at": {"type": "string", "pattern": "Z$"},
        "release": {"type": ["string", "null"]},
        "withRelease": {"type": "boolean"},
        "orBefore": {"type": "boolean"},
    },
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def story(emulator, tmp_path_factory):
    """@1 v9, as documented · @2 v10, another class · @3 as before · @4 as documented · @5 another class · @6 unseen."""
    stack = documented(emulator.endpoint)
    tidemark = Tidemark(tmp_path_factory.mktemp("story"), stack.variables())
    tidemark.record("--release", "v9")
    stack.change_database_class("db.t4g.medium")
    tidemark.record("--release", "v10")
    tidemark.record()
    stack.change_database_class("db.t4g.small")
    tidemark.record()
    stack.change_database_class("db.t4g.medium")
    time.sleep(1)  # An entry's time is the answer's Date, which has whole seconds: two in one second are one moment.
    tidemark.record()
    stack.set_faults(fault("rds", "DescribeDBInstances", "denied"))
    tidemark.record()
    return tidemark


def replay(tidemark, *arguments):
    report = tidemark.drift("--replay", "--format", "json", *arguments).json
    assert report["tidemark"] == 2 and report["report"] == "replay" and report["environment"] == "antenna-production"
    for one in report["expectations"]:
        for stretch in one["stretches"]:
            jsonschema.validate(stretch["from"], MOMENT)
            if stretch["to"]:
                jsonschema.validate(stretch["to"], MOMENT)
    return report, {one["name"]: one for one in report["expectations"]}


def stretches(expectation):
    return [
        (one["verdict"], one["from"]["seq"], one["to"] and one["to"]["seq"], one["snapshots"])
        for one in expectation["stretches"]
    ]


def test_a_finding_that_reappeared_is_reported_with_its_releases(story):
    report, found = replay(story)
    database = found["database"]
    assert stretches(database) == [("drifted", 2, 4, 2), ("drifted", 5, 6, 1), ("unseen", 6, None, 1)]
    assert (database["times"], database["verdict"]) == (2, "unseen")
    assert database["stretches"][0]["from"]["release"] == "v10" and database["stretches"][0]["from"]["withRelease"]
    assert (report["from"]["seq"], report["to"]["seq"], report["snapshots"]) == (1, 6, 6)
    assert found["django"]["stretches"] == [] and found["django"]["verdict"] == "in sync"


def test_the_text_has_the_same_answer(story):
    text = story.drift("--replay").stdout
    assert "in 6 snapshots\n" in text and "drifted 2 times, " in text and "  database: rds.db-instance, section 5.1\n" in text
    assert "  drifted  @2, " in text and ", with release v10, to @4, " in text and "  unseen   @6, " in text
    assert "1 drifted, 1 of them more than once, 0 at the end;" in text


def test_a_replay_agrees_with_each_snapshot(story):
    _, found = replay(story)
    for seq in range(1, 7):
        report = story.drift("--at", f"@{seq}", "--format", "json", status=None).json
        for one in report["expectations"]:
            stood = [s for s in stretches(found[one["name"]]) if s[1] <= seq and (s[2] is None or seq < s[2])]
            assert [s[0] for s in stood] == ([] if one["verdict"] == "in sync" else [one["verdict"]]), (seq, one["name"])


def test_a_replay_can_begin_later(story):
    (at,) = rows(story.history, "SELECT at FROM entry WHERE seq = 4")[0]
    for moment in ("@4", "latest~2", at):
        report, found = replay(story, "--since", moment)
        assert report["snapshots"] == 3 and stretches(found["database"])[0] == ("drifted", 5, 6, 1)
    report, _ = replay(story, "--since", "1999-01-01T00:00:00Z")
    assert report["snapshots"] == 6


NEW = """\
environment: antenna-production
expect:
  - name: database
    resource: rds.db-instance
    section: "5.1"
    is: { DBInstanceClass: db.t4g.small }
"""


def test_an_unmerged_expectation_is_replayed_as_the_readme_shows(story):
    (story.folder / "new.yml").write_text(NEW)
    printed = story("drift", "--replay", "--baseline", "new.yml").stdout
    command = "$ tidemark drift --replay --baseline new.yml\n"
    shown = (PROJECT / "README.md").read_text().partition(command)[2].partition("```")[0]
    lengths = re.compile(r"\d+ seconds?")
    assert lengths.sub("<length>", normalised(printed)) == lengths.sub("<length>", normalised(shown))


def test_a_finding_of_the_first_snapshot_may_be_older(story):
    (story.folder / "other.yml").write_text(NEW.replace("small", "medium").replace("5.1", "5"))
    report = story("drift", "--replay", "--baseline", "other.yml", "--format", "json").json
    (one,) = report["expectations"]
    assert stretches(one)[:2] == [("drifted", 1, 2, 1), ("drifted", 4, 5, 1)] and one["times"] == 2
    assert one["stretches"][0]["from"]["orBefore"] and not one["stretches"][1]["from"]["orBefore"]


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("--since", "@2"), "--since needs --replay"),
        (("--replay", "--at", "@2"), "--replay takes every snapshot"),
        (("--replay", "--new-only"), "--replay takes every snapshot"),
        (("--replay", "--fail-on", "error"), "--replay takes every snapshot"),
        (("--replay", "--format", "sarif"), "--replay has the formats text and json"),
    ],
)
def test_invalid_options_are_usage_errors(story, arguments, message):
    done = story.drift(*arguments, status=64)
    assert done.stdout == "" and message in done.stderr


def test_a_replay_is_written_into_files_too(story, tmp_path):
    done = story.drift("--replay", f"--format=json={tmp_path / 'replay.json'}", "--format", "text")
    assert done.stdout == story.drift("--replay").stdout
    assert (tmp_path / "replay.json").read_text() == story.drift("--replay", "--format", "json").stdout


def test_an_unknown_moment_is_an_error(story):
    assert "no snapshot of 'antenna-production' at '@99'" in story.drift("--replay", "--since", "@99", status=1).error


def test_a_shipped_baseline_is_replayed(story):
    assert story("drift", "--replay", "--baseline", SHIPPED).stderr == ""
