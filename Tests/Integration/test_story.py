"""Two releases are recorded; between them somebody changes the database class and opens its port."""

import json
import time
from collections import Counter

import pytest

from emulator.fixtures import documented
from log import bodies, check, rows
from questions import RESOURCES
from tidemark import KEYED, Tidemark


@pytest.fixture(scope="module")
def story(emulator, tmp_path_factory):
    stack = documented(emulator.endpoint)
    tidemark = Tidemark(tmp_path_factory.mktemp("story"), {**stack.variables(), **KEYED})
    stack.deploy("v9")
    tidemark.record("--release", "v9", "--by", "release-bot", "--commit", "4c1f9e2")
    stack.deploy("v10")
    stack.change_database_class("db.t4g.medium")
    stack.open_port(5432)
    # An entry's time is the answer's Date, which has whole seconds: two in one second are one moment.
    time.sleep(1)
    tidemark.record(
        "--release", "v10", "--by", "release-bot", "--commit", "9d07b3a",
        "--url", "https://ci.example/runs/77", "--note", "the second one",
    )  # fmt: skip
    return tidemark


def test_exactly_the_changes_have_drifted(story):
    result = story.drift(status=2)
    assert "db.t4g.medium" in result.stdout and "tcp 5432 from 0.0.0.0/0" in result.stdout
    assert "section 5.1" in result.stdout and "2 drifted, 0 unseen" in result.stdout
    report = story.drift("--format", "json", status=2).json
    assert report["tidemark"] == 2 and report["verdict"] == "drifted"
    assert report["counts"] == {"inSync": 33, "drifted": 2, "waived": 0, "notChecked": 0, "unseen": 0}
    drifted = {one["name"]: one for one in report["expectations"] if one["verdict"] != "in sync"}
    assert sorted(drifted) == ["database", "database-access"]
    (database,) = drifted["database"]["findings"]
    assert database["path"] == "DBInstanceClass" and database["change"] == "changed"
    assert (database["expected"], database["actual"]) == ("db.t4g.small", "db.t4g.medium")
    assert "tcp 5432 from 0.0.0.0/0" in json.dumps(drifted["database-access"]["findings"])
    assert all("5.1" in one["section"].split(", ") for one in drifted.values())


def test_the_release_before_the_changes_was_in_sync(story):
    assert story.drift("--at", "release:v9", "--format", "json").json["asOf"]["release"] == "v9"
    story.drift("--at", "release:v10", status=2)


def test_the_deployer_of_a_release_is_claimed_and_attested(story, actor):
    text = story("who", "v10").stdout
    assert "release-bot" in text and actor in text and "v9" in text and "9d07b3a" in text
    report = story("who", "v10", "--format", "json").json
    assert report["tidemark"] == 2 and report["name"] == "v10"
    (deployment,) = report["deployments"]
    head = rows(story.history, "SELECT hash, at FROM entry ORDER BY seq DESC LIMIT 1")[0]
    assert (deployment["entry"], deployment["at"]) == head
    (release,) = deployment["releases"]
    expected = {
        "seq": 2, "label": "v10", "claimed": "release-bot", "attested": actor, "commit": "9d07b3a",
        "url": "https://ci.example/runs/77", "note": "the second one",
    }  # fmt: skip
    assert expected.items() <= release.items()
    assert (deployment["environment"], deployment["kind"], deployment["after"]["seq"]) == ("antenna-production", "change", 1)
    (first,) = story("who", "v9", "--format", "json").json["deployments"]
    assert first["kind"] == "first-state" and (first["outcome"]["state"], first["outcome"]["seq"]) == ("replaced", 2)


def test_a_release_is_part_of_its_snapshot(story):
    assert [body.get("release", {}).get("label") for body in bodies(story.history, "snapshot")] == ["v9", "v10"]
    assert check(story.history) == 3


def test_every_recorded_resource_is_shown(story, actor):
    text = story("show").stdout
    for expected in ("rds.db-instance/antenna-postgres", "ec2.security-group/antenna-rds", "release v10", actor):
        assert expected in text
    report = story.show()
    assert report["tidemark"] == 2 and report["asOf"]["seq"] == 2 and report["actor"] == actor
    kinds = Counter(resource["kind"] for resource in report["resources"])
    assert kinds == Counter(label.partition("/")[0] for label in RESOURCES)
    assert all(resource["reached"] and resource["unseen"] == [] for resource in report["resources"])


@pytest.mark.parametrize("name", ["antenna-postgres", "rds.db-instance/antenna-postgres", "rds.db-instance"])
def test_one_resource_is_shown_completely(story, name):
    assert '"DBInstanceClass": "db.t4g.medium"' in story("show", name).stdout
    (resource,) = story.show(name)["resources"]
    assert resource["identity"] == "antenna-postgres"


def test_a_security_group_is_found_by_its_name(story):
    assert "tcp 5432 from 0.0.0.0/0" in story("show", "antenna-rds").stdout
    (resource,) = story.show("antenna-rds")["resources"]
    assert "tcp 5432 from 0.0.0.0/0" in resource["facts"]["ingress"]["value"]


@pytest.mark.parametrize("moment", ["release:v9", "v9", "@1", "latest~1", "release:v10~1", "time"])
def test_a_resource_is_shown_as_it_was_at_any_moment(story, moment):
    if moment == "time":
        (moment,) = rows(story.history, "SELECT at FROM entry WHERE seq = 1")[0]
    report = story.show("antenna-postgres", "--at", moment)
    assert report["asOf"]["seq"] == 1 and report["asOf"]["release"] == "v9"
    assert report["resources"][0]["description"]["DBInstanceClass"] == "db.t4g.small"
    latest = story.show("antenna-postgres")
    assert latest["resources"][0]["description"]["DBInstanceClass"] == "db.t4g.medium"
