"""Fixtures of the tests of drift's formats: a history with drift, and a baseline full of characters with a meaning."""

from __future__ import annotations

import json

import pytest

from emulator.controls import fault
from emulator.fixtures import documented
from tidemark import KEYED, Tidemark

HOSTILE = "a|b `c` @octocat <img src=x> #12 %25 $x$ ,:[l](http://e) \\n ]]>"
"""Characters that have a meaning in one of the formats."""
NAME = "bäse line,1.yml"


@pytest.fixture(scope="session")
def drifting(emulator, tmp_path_factory):
    """A history: @1 is as documented, in @2 the database has drifted, and in @3 the environment is unseen too."""
    stack = documented(emulator.endpoint)
    tidemark = Tidemark(tmp_path_factory.mktemp("drifting"), {**stack.variables(), **KEYED})
    tidemark.record("--release", "v9")
    stack.change_database_class("db.t4g.medium")
    stack.open_port(5432)
    tidemark.record("--release", "v10")
    stack.set_faults(fault("elasticbeanstalk", "DescribeConfigurationSettings", "denied"))
    tidemark.record()
    return tidemark


@pytest.fixture(scope="session")
def hostile(drifting) -> Tidemark:
    """The same with a baseline of hostile names and one waived finding."""
    write(drifting, waivers=[])
    report = drift(drifting, "json")
    (waived,) = [one for one in report["expectations"] if one["name"] == "waived"]
    write(drifting, waivers=[accepted(waived)])
    return drifting


def accepted(rule) -> dict[str, str]:
    """The members of a waiver that accepts the rule's first finding, without its terms."""
    finding = rule["findings"][0]
    members = {"finding": finding["id"], "rule": rule["name"], "resource": finding["resource"], "attribute": finding["path"]}
    if element := finding["element"]:
        members[element["side"]] = element["key"]
    else:
        members["value"] = str(finding["actual"]).lower()
    return {key: value for key, value in members.items() if value is not None}


def write(tidemark, waivers):
    text = json.dumps(HOSTILE + "\u0001\u001b\ufffe\nnext\r\n")
    lines = [
        "environment: antenna-production",
        f"documents: {text}",
        "expect:",
        f"  - name: {text}",
        "    resource: rds.db-instance",
        f"    section: {text}",
        f"    why: {text}",
        f"    fix: {text}",
        f"    is: {{ DBInstanceClass: {text}, Engine: postgres }}",
        "  - { name: as-it-is, resource: rds.db-instance, is: { Engine: postgres } }",
        "  - { name: open, resource: ec2.security-group, severity: warning, where: { GroupName: antenna-rds }, is: { ingress: [] } }",
        "  - { name: worth-saying, resource: rds.db-instance, severity: note, is: { Engine: mysql } }",
        "  - { name: waived, resource: rds.db-instance, is: { MultiAZ: true } }",
        "  - { name: unseen, resource: elasticbeanstalk.environment, is: { properties: { POSTGRES_DB: antenna } } }",
        *(["waivers:"] if waivers else []),
        *(f"  - {{ {json.dumps(one)[1:-1]}, owner: {text}, reason: {text}, until: '2999-12-31' }}" for one in waivers),
    ]
    (tidemark.folder / NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")


def drift(tidemark, format, *arguments, baseline=NAME, status=2):
    done = tidemark("drift", "--baseline", baseline, "--format", format, *arguments, status=status)
    assert done.stderr == "" and done.stdout.endswith("\n")
    return json.loads(done.stdout) if format in ("json", "sarif") else done.stdout


@pytest.fixture(scope="session")
def many(drifting) -> str:
    """The name of a baseline with a thousand findings, of wide characters."""
    lines = ["environment: antenna-production", "expect:"]
    for number in range(1000):
        lines.append(f"  - {{ name: 見出し-{number}, resource: rds.db-instance, is: {{ Engine: データベース🐘 }}, why: 広い }}")
    (drifting.folder / "many.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "many.yml"
