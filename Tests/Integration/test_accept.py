"""`accept` writes a waiver into the baseline and changes nothing else; a finding that cannot be accepted is refused in
one line."""

import datetime
import json
import re
import shutil

import pytest

from emulator.controls import fault
from emulator.fixtures import documented
from reader import as_reader
from tidemark import SHIPPED, Tidemark

BASELINE = """\
# The team's own.
environment: antenna-production
documents: 'Antenna'

expect:
- name: database      # small
  resource: rds.db-instance
  is: { DBInstanceClass: db.t4g.small }
- name: replicated
  resource: rds.db-instance
  is: { MultiAZ: true }
- name: unseen
  resource: elasticache.replication-group
  is: { tls: true }
"""
TERMS = ("--because", "moved until the import is done", "--until", "2999-12-31", "--owner", "dba-team")


@pytest.fixture(scope="module")
def drifting(emulator, tmp_path_factory):
    stack = documented(emulator.endpoint)
    tidemark = Tidemark(tmp_path_factory.mktemp("drifting"), stack.variables())
    stack.change_database_class("db.t4g.medium")
    stack.set_faults(fault("elasticache", "DescribeReplicationGroups", "denied"))
    tidemark.record()
    return tidemark


@pytest.fixture
def tidemark(drifting, tmp_path) -> Tidemark:
    shutil.copy(drifting.history, tmp_path)
    (tmp_path / "tidemark.yml").write_text("environments: { antenna-production: { baseline: b.yml } }\n")
    (tmp_path / "b.yml").write_text(BASELINE)
    return Tidemark(tmp_path, drifting.variables)


@pytest.fixture
def baseline(tidemark):
    return tidemark.folder / "b.yml"


def ids(tidemark) -> dict[str, str]:
    report = tidemark("drift", "--format", "json", status=None).json
    return {one["name"]: one["findings"][0]["id"] for one in report["expectations"] if one["findings"]}


def refusal(tidemark, baseline, *arguments, status=1) -> str:
    """The error of an `accept` that must change nothing."""
    before = baseline.read_bytes()
    result = tidemark("accept", *arguments, status=status)
    assert baseline.read_bytes() == before and not list(baseline.parent.glob(".tidemark*"))
    return result.error if status == 1 else result.stderr


def test_a_waiver_is_written_and_counts(tidemark, baseline):
    found = ids(tidemark)
    done = tidemark("accept", found["database"], *TERMS)
    assert done.stdout.startswith(f"accepted {found['database']} until 2999-12-31\n") and done.stderr == ""
    assert "DBInstanceClass is db.t4g.medium, and should be db.t4g.small" in done.stdout
    waiver = (
        "\nwaivers:\n"
        f"- finding: {found['database']}\n"
        "  rule: database\n"
        "  resource: rds.db-instance/antenna-postgres\n"
        "  attribute: DBInstanceClass\n"
        "  value: db.t4g.medium\n"
        "  owner: dba-team\n"
        "  reason: moved until the import is done\n"
        '  until: "2999-12-31"\n'
    )
    assert baseline.read_text() == BASELINE + waiver
    assert re.search(r"written +b\.yml:17\n", done.stdout)
    assert "1 drifted, 1 unseen, 1 waived" in tidemark("drift", status=2).stdout
    assert tidemark("baseline", "check").stdout == "1 baseline: no mistakes\n"


def test_a_prefix_of_an_id_is_enough(tidemark, baseline):
    found = ids(tidemark)
    report = tidemark("accept", found["database"][:5], *TERMS, "--format", "json").json
    assert report["report"] == "accept" and report["finding"] == found["database"]
    assert (report["file"], report["line"], report["until"]) == ("b.yml", 17, "2999-12-31")
    tidemark("accept", found["replicated"], *TERMS)
    assert "0 drifted" in tidemark("drift", status=3).stdout and baseline.read_text().startswith(BASELINE)


def test_a_byte_order_mark_and_line_endings_are_kept(tidemark, baseline):
    old = b"\xef\xbb\xbf" + BASELINE.replace("\n", "\r\n").encode()
    baseline.write_bytes(old)
    tidemark("accept", ids(tidemark)["database"], *TERMS)
    new = baseline.read_bytes()
    assert new.startswith(old) and new.count(b"\n") == new.count(b"\r\n")


def test_an_unknown_finding_is_an_error_that_lists_the_known_ones(tidemark, baseline):
    found = ids(tidemark)
    both = f"{found['database']}, {found['replicated']}"
    assert refusal(tidemark, baseline, "zzz", *TERMS) == f"no finding 'zzz' at @1: the findings are {both}"
    wrong = found["database"][:-1] + ("0" if found["database"][-1] != "0" else "1")
    assert refusal(tidemark, baseline, wrong, *TERMS) == f"no finding '{wrong}' at @1: did you mean '{found['database']}'?"


def test_an_ambiguous_prefix_is_refused(tidemark, baseline):
    expectations = "".join(
        f"- {{ name: n{number}, resource: rds.db-instance, is: {{ Engine: mysql }} }}\n" for number in range(17)
    )
    baseline.write_text(BASELINE + expectations)
    several = sorted(ids(tidemark).values())
    (first,) = [one[0][0] for one in zip(several, several[1:]) if one[0][0] == one[1][0]][:1]
    error = refusal(tidemark, baseline, first, *TERMS)
    assert re.match(rf"'{first}' is ambiguous: \d+ findings begin with it: {first}", error)


def test_unseen_waived_and_waiver_findings_are_refused(tidemark, baseline):
    found = ids(tidemark)
    assert "only a drift can be accepted" in refusal(tidemark, baseline, found["unseen"], *TERMS)
    tidemark("accept", found["database"], *TERMS)
    error = refusal(tidemark, baseline, found["database"], *TERMS)
    assert error == f"'{found['database']}' is accepted already: by dba-team until 2999-12-31, at b.yml:17"
    baseline.write_text(baseline.read_text().replace("2999", "1999"))
    error = refusal(tidemark, baseline, found["database"], *TERMS)
    assert error == f"'{found['database']}' has a waiver: it expired on 1999-12-31: change its 'until' at b.yml:17"
    ended = [one for name, one in ids(tidemark).items() if name.startswith("waiver of")]
    assert "it is about a waiver: change or remove the waiver at b.yml:17" in refusal(tidemark, baseline, *ended, *TERMS)


def test_a_past_date_is_refused_and_today_is_not(tidemark, baseline):
    found = ids(tidemark)["database"]
    today = datetime.datetime.now(datetime.timezone.utc).date()
    yesterday = str(today - datetime.timedelta(days=1))
    error = refusal(tidemark, baseline, found, *TERMS, "--until", yesterday)
    assert error == f"'{found}' cannot be accepted until {yesterday}: that date is in the past"
    tidemark("accept", found, *TERMS, "--until", str(today + datetime.timedelta(days=1)))


@pytest.mark.parametrize(
    "terms, error",
    [
        (("--until", "tomorrow"), "'tomorrow' is not a date: pass one such as --until 2026-12-31"),
        (("--until", "2999-02-30"), "'2999-02-30' is not a date"),
        (("--because", " "), "--because is empty: pass a text"),
        (("--owner", "a\nb"), "--owner must be a single line"),
    ],
)
def test_invalid_options_are_usage_errors(tidemark, baseline, terms, error):
    assert error in refusal(tidemark, baseline, "b57", *TERMS, *terms, status=64)


@pytest.mark.parametrize("missing", range(0, len(TERMS), 2))
def test_each_option_is_required(tidemark, baseline, missing):
    terms = TERMS[:missing] + TERMS[missing + 2 :]
    assert f"Missing expected argument '{TERMS[missing]}" in refusal(tidemark, baseline, "b57", *terms, status=64)


def test_a_shipped_baseline_is_refused(tidemark, baseline):
    error = refusal(tidemark, baseline, "b57", *TERMS, "--baseline", SHIPPED)
    assert error == (
        f"'{SHIPPED}' cannot be changed: it is shipped with tidemark: write a baseline with 'extends: {SHIPPED}', "
        "and pass that as --baseline"
    )


def test_a_baseline_with_mistakes_is_not_changed(tidemark, baseline):
    baseline.write_text(BASELINE + "waivers: {}\nsurprise: 1\n")
    result = tidemark("accept", "b57", *TERMS, status=1)
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["b.yml:15:10", "b.yml:16:1"]


def test_a_waiver_is_written_into_the_extending_baseline(tidemark, baseline):
    own = baseline.with_name("own.yml")
    own.write_text("extends: b.yml\n")
    tidemark("accept", ids(tidemark)["database"], *TERMS, "--baseline", "own.yml")
    assert own.read_text().startswith("extends: b.yml\n\nwaivers:\n  - finding: ") and baseline.read_text() == BASELINE


def test_a_read_only_file_is_not_changed(tidemark, baseline):
    found = ids(tidemark)["database"]
    with as_reader(tidemark) as reader:
        assert refusal(reader, baseline, found, *TERMS) == "'b.yml' cannot be written: permission denied"
    assert baseline.read_text() == BASELINE


def test_json_has_the_same_answer(tidemark):
    done = tidemark("accept", ids(tidemark)["database"], *TERMS, "--format", "json")
    report = json.loads(done.stdout)
    assert report["name"] == "database" and report["path"] == "DBInstanceClass" and report["owner"] == "dba-team"
