"""JUnit: read by a parser, and by the vocabulary of Jenkins's xUnit plugin."""

import re
from xml.etree import ElementTree

from junitparser import JUnitXml

from drifting import HOSTILE, NAME, drift
from tidemark import SHIPPED


def junit(tidemark, folder, *arguments, **more):
    (folder / "drift.xml").write_text(drift(tidemark, "junit", *arguments, **more), encoding="utf-8")
    check_vocabulary(ElementTree.parse(folder / "drift.xml").getroot())
    (suite,) = list(JUnitXml.fromfile(str(folder / "drift.xml")))
    cases = {(case.classname.split(".")[-1], case.name): case for case in suite}
    outcomes = [kind for case in cases.values() for kind in outcome(case)]
    assert suite.tests == len(cases) and suite.failures == outcomes.count("failure")
    assert suite.errors == outcomes.count("error") and suite.skipped == outcomes.count("skipped")
    return suite, cases


VOCABULARY = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "file"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"classname", "name", "time"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message", "type"},
}
"""The attributes that Jenkins's xUnit plugin allows for the elements in use: its junit-10.xsd refuses all others."""


def check_vocabulary(element):
    assert set(element.attrib) <= VOCABULARY[element.tag], element.tag
    assert element.tag not in ("testsuite", "testsuites") or re.fullmatch(r"[0-9]{0,3}(\.[0-9]*)?", element.get("time"))
    for child in element:
        check_vocabulary(child)


def outcome(case):
    return [element._tag for element in case.result]


def test_junit_in_sync_has_a_case_for_each_expectation_and_two_for_the_snapshot(drifting, tmp_path):
    suite, cases = junit(drifting, tmp_path, "--at", "@1", baseline=SHIPPED, status=0)
    expectations = drift(drifting, "json", "--at", "@1", baseline=SHIPPED, status=0)["expectations"]
    assert suite.name == SHIPPED and len(cases) == len(expectations) + 2
    assert all(case.is_passed for case in cases.values())
    assert {name for group, name in cases if group == "snapshot"} == {"coverage", "freshness"}


def test_junit_fails_what_drifted_and_passes_nothing_unseen(hostile, tmp_path):
    _, cases = junit(hostile, tmp_path)
    found = {name: outcome(case) for (_, name), case in cases.items()}
    (name,) = [name for name in found if name.startswith("a|b")]
    assert name == HOSTILE + "\N{REPLACEMENT CHARACTER}" * 3 + "\nnext\r\n" and found.pop(name) == ["failure"]
    assert found == {
        "as-it-is": [],
        "open": ["failure"],
        "worth-saying": ["skipped"],
        "waived": ["skipped"],
        "unseen": ["error"],
        "coverage": ["error"],
        "freshness": [],
    }
    (case,) = [case for (_, key), case in cases.items() if key == "open"]
    assert case.result[0].message == "ingress should not have " + " ".join(case.result[0].message.split()[4:])
    assert case.result[0].type == "drifted" and "\nid " in case.result[0].text
    assert f"\nat {NAME}:11" in case.result[0].text


def test_an_old_snapshot_is_a_failure_of_junit(drifting, tmp_path):
    _, cases = junit(drifting, tmp_path, "--max-age", "0s", baseline=SHIPPED, status=2)
    assert "old" in cases["snapshot", "freshness"].result[0].message


def test_a_finding_that_does_not_count_is_skipped(drifting, tmp_path):
    _, cases = junit(drifting, tmp_path, "--new-only", baseline=SHIPPED, status=3)
    assert outcome(cases["expectation", "database"]) == ["skipped"]
    _, cases = junit(drifting, tmp_path, "--fail-on", "never", baseline=SHIPPED, status=0)
    assert {tuple(outcome(case)) for case in cases.values()} == {(), ("skipped",)}


def test_junit_has_a_thousand_findings(drifting, many, tmp_path):
    suite, _ = junit(drifting, tmp_path, baseline=many)
    assert suite.failures == 1000 and "データベース🐘" in (tmp_path / "drift.xml").read_text(encoding="utf-8")
