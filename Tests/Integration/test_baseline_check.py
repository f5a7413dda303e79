"""`baseline check` finds every mistake with its line; `baseline schema` describes the valid baselines."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from drifting import accepted
from refused import refused

PROJECT = Path(__file__).resolve().parents[2]
ANTENNA = PROJECT / "Reports/baselines/antenna"
SHIPPED = [path.read_text() for path in sorted(ANTENNA.glob("*.yml"))]
README = [
    block
    for block in re.findall(r"^```yaml\n(.*?)^```", (PROJECT / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    if "expect:" in block or "extends:" in block
]
DATABASE = "environment: antenna-production\nexpect:\n  - name: database\n    resource: rds.db-instance\n"
WAIVER = "waivers: [ { finding: 857ad0f75db4, rule: a, value: b, owner: a, reason: b, until: '2026-12-31' } ]\n"


@pytest.fixture(scope="module")
def schema(standing):
    _, tidemark = standing
    found = tidemark("baseline", "schema").json
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.BaseLoader], ids=["typed", "texts"])
@pytest.mark.parametrize("text", [*SHIPPED, *README], ids=lambda text: f"{len(text)} bytes")
def test_the_schema_accepts_the_documented_examples(schema, text, loader):
    assert [error.message for error in schema.iter_errors(yaml.load(text, Loader=loader))] == []


def test_the_schema_accepts_the_drafts_of_init(schema, tidemark):
    tidemark("init", "antenna-production", "--region", "us-west-2")
    draft = yaml.load((tidemark.folder / "baseline.yml").read_text(), Loader=yaml.BaseLoader)
    assert [error.message for error in schema.iter_errors(draft)] == []
    tidemark("baseline", "check")


# What both the schema and the program refuse, with a word of the program's message.
BAD = {
    "a misspelled key": (DATABASE + "    is: { Engine: a }\n    wheer: { Engine: a }\n", "'where'"),
    "an unknown kind": (DATABASE.replace("db-instance", "database") + "    is: { Engine: a }\n", "unknown kind"),
    "a misspelled attribute": (DATABASE + "    is: { Egnine: a }\n", "'Engine'"),
    "a misspelled condition": (DATABASE + "    where: { Egnine: a }\n    is: { Engine: a }\n", "'Engine'"),
    "a misspelled member": (DATABASE + "    is: { Endpoint: { Prt: 5432 } }\n", "'Port'"),
    "a word for a truth": (DATABASE + "    is: { MultiAZ: 'yes' }\n", "true or false"),
    "a word for a number": (DATABASE + "    is: { AllocatedStorage: big }\n", "whole number"),
    "a text for a list": (DATABASE + "    is: { TagList: { a: b } }\n    readings: { Health: a }\n", "not a reading"),
    "a misspelled operator": (DATABASE + "    is: { Engine: { matchs: a } }\n", "operator"),
    "a severity there is not": (DATABASE + "    is: { Engine: a }\n    severity: fatal\n", "severity"),
    "nothing expected": (DATABASE, "'is:'"),
    "no environment": (DATABASE.partition("\n")[2] + "    is: { Engine: a }\n", "'environment:'"),
    "an unexpected kind": (DATABASE + "    is: { Engine: a }\nunexpected: [ ec2.vcp ]\n", "'ec2.vpc'"),
    "an unknown built-in rule": (
        DATABASE + "    is: { Engine: a }\nrules: { resource.replace: error }\n", "'resource.replaced'"
    ),
    "a severity of a rule that is not": (
        DATABASE + "    is: { Engine: a }\nrules: { resource.replaced: fatal }\n", "note, off"
    ),
    "a release's color": (DATABASE + "    is: { Engine: a }\nreleases: { color: required }\n", "'color'"),
    "a waiver without owner": (DATABASE + "    is: { Engine: a }\n" + WAIVER.replace("owner: a, ", ""), "'owner:'"),
    "a waiver without end": (DATABASE + "    is: { Engine: a }\n" + WAIVER.replace("'2026-12-31'", "never"), "not a date"),
}


@pytest.mark.parametrize("case", BAD)
def test_the_schema_and_the_check_find_the_same_mistakes(schema, tidemark, case):
    text, word = BAD[case]
    assert not schema.is_valid(yaml.safe_load(text))
    (tidemark.folder / "b.yml").write_text(text)
    result = tidemark("baseline", "check", "b.yml", status=1)
    assert word in result.stdout and result.stderr == ""


def test_the_check_shows_each_line_and_a_count(tidemark):
    (tidemark.folder / "b.yml").write_text(DATABASE + "    is:\n      Engin: a\n      MultiAZ: maybe\n")
    assert tidemark("baseline", "check", "b.yml", status=1).stdout == (
        "b.yml:6:7: 'Engin' is not an attribute here: did you mean 'Engine'?\n"
        "          Engin: a\n"
        "          ^\n"
        "b.yml:7:7: 'MultiAZ' is a boolean: write true or false\n"
        "          MultiAZ: maybe\n"
        "          ^\n"
        "1 baseline: 2 mistakes\n"
    )
    report = tidemark("baseline", "check", "b.yml", "--format", "json", status=1).json
    assert [(one["file"], one["line"], one["column"]) for one in report["mistakes"]] == [("b.yml", 6, 7), ("b.yml", 7, 7)]


def test_the_check_reads_several_files_and_those_of_the_project(tidemark):
    (tidemark.folder / "good.yml").write_text(DATABASE + "    is: { Engine: a }\n")
    (tidemark.folder / "bad.yml").write_text(DATABASE)
    shipped = [f"shipped:antenna/{path.stem}" for path in sorted(ANTENNA.glob("*.yml"))]
    assert tidemark("baseline", "check", "good.yml", *shipped).stdout == "4 baselines: no mistakes\n"
    assert tidemark("baseline", "check", *map(str, ANTENNA.glob("*.yml"))).stdout == "3 baselines: no mistakes\n"
    assert "2 baselines: 1 mistake\n" in tidemark("baseline", "check", "good.yml", "bad.yml", status=1).stdout
    assert "tidemark.yml" in tidemark("baseline", "check", status=64).stderr
    (tidemark.folder / "tidemark.yml").write_text("environments: { antenna-production: { baseline: bad.yml } }\n")
    assert "bad.yml:3:5" in tidemark("baseline", "check", status=1).stdout
    assert "'nowhere.yml'" in refused(tidemark, "baseline", "check", "nowhere.yml")


def test_the_check_reports_matches_with_a_history(copied):
    (copied.folder / "b.yml").write_text(
        "environment: antenna-production\nexpect:\n"
        "  - { name: group, resource: ec2.security-group, is: { GroupId: { present: true } } }\n"
        "  - { name: nothing, resource: rds.db-instance, where: { Engine: mysql }, is: { MultiAZ: false } }\n"
        "  - { name: secret, resource: elasticbeanstalk.environment, is: { properties: { POSTGRES_PASSWORD: x } } }\n"
    )
    copied("baseline", "check", "b.yml")
    found = copied("baseline", "check", "b.yml", "--at", "latest", status=1).stdout
    assert "b.yml:3:5: 'group' matches 4 resources in snapshot @1: " in found
    assert "b.yml:4:5: 'nothing' matches no rds.db-instance in snapshot @1" in found
    assert "b.yml:5:67: 'properties.POSTGRES_PASSWORD' is redacted" in found and "3 mistakes, as of" in found


def test_a_baseline_extends_another(copied):
    (copied.folder / "bases").mkdir()
    (copied.folder / "bases/a.yml").write_text("extends: shipped:antenna/documented\nremove: [ migrations ]\n")
    (copied.folder / "b.yml").write_text(
        "extends: bases/a.yml\nexpect:\n  - { name: database, is: { DBInstanceClass: db.t4g.large } }\n"
    )
    report = copied("drift", "--baseline", "b.yml", "--format", "json", status=2).json
    names = {one["name"]: one for one in report["expectations"]}
    assert "migrations" not in names and names["database"]["file"] == "b.yml" and names["django"]["file"].startswith("shipped:")
    assert [found["expected"] for found in names["database"]["findings"]] == ["db.t4g.large"]
    (copied.folder / "bases/a.yml").write_text("extends: ../b.yml\n")
    assert "circular 'extends': b.yml -> bases/a.yml -> b.yml" in refused(copied, "drift", "--baseline", "b.yml")


def test_waivers_notes_and_counts_determine_the_status(copied):
    expect = "expect:\n  - { name: groups, resource: ec2.security-group, count: 9, severity: SEVERITY }\n"
    (copied.folder / "b.yml").write_text("environment: antenna-production\n" + expect.replace("SEVERITY", "error"))
    report = copied("drift", "--baseline", "b.yml", "--format", "json", status=2).json
    (finding,) = report["expectations"][0]["findings"]
    assert finding["path"] == "count" and finding["since"]["orBefore"] and finding["new"] is None
    for severity, status in (("warning", 2), ("note", 0)):
        (copied.folder / "b.yml").write_text("environment: antenna-production\n" + expect.replace("SEVERITY", severity))
        assert severity in copied("drift", "--baseline", "b.yml", status=status).stdout
    waiver = "waivers: [ { %s, owner: dba-team, reason: agreed, until: '%s' } ]\n"
    groups = json.dumps(accepted(report["expectations"][0]))[1:-1]
    text = "environment: antenna-production\n" + expect.replace("SEVERITY", "error")
    (copied.folder / "b.yml").write_text(text + waiver % (groups, "2999-12-31"))
    waived = copied("drift", "--baseline", "b.yml").stdout
    assert "waived  by dba-team until 2999-12-31: agreed" in waived and "0 drifted, 0 unseen, 1 waived" in waived
    (copied.folder / "b.yml").write_text(text + waiver % (groups, "2000-01-01"))
    assert "it has expired, and its finding counts again" in copied("drift", "--baseline", "b.yml", status=2).stdout
    (copied.folder / "b.yml").write_text(text + waiver % ("finding: 0123456789ab, rule: gone, value: 1", "2999-12-31"))
    assert "it matches no drift" in copied("drift", "--baseline", "b.yml", status=2).stdout


def test_an_unreadable_file_hides_no_mistake_of_another(copied):
    (copied.folder / "wrong.yml").write_text(DATABASE + "    is: { Engin: postgres }\n")
    done = copied("baseline", "check", "nowhere.yml", "wrong.yml", status=1)
    assert "'Engin' is not an attribute here" in done.stdout and "2 baselines: 1 mistake, 1 could not" in done.stdout
    assert done.stderr.startswith("tidemark: no baseline at 'nowhere.yml'")


def test_thousands_of_mistakes_are_all_reported(copied):
    items = (f"  - {{ name: a{n}, resource: rds.db-instance, is: {{ Engin: x }} }}\n" for n in range(2000))
    (copied.folder / "many.yml").write_text("environment: antenna-production\nexpect:\n" + "".join(items))
    assert copied("baseline", "check", "many.yml", status=1).stdout.endswith("1 baseline: 2000 mistakes\n")
