"""The table of the Antenna guide's sentences is correct: it covers sections 2 to 7 completely and has nothing else."""

import re

import yaml

from guide import ANTENNA, Row, plain, sentences, table

BASELINE, HARDENED = (
    yaml.load((ANTENNA / f"{name}.yml").read_text(), Loader=yaml.BaseLoader) for name in ("documented", "hardened")
)
EXPECTATIONS = {one["name"]: one for one in BASELINE["expect"]}
ROWS = table()


def spelled(row):
    return row.section, " ".join(plain(row.sentence).split())


def test_every_sentence_of_the_guide_is_in_the_table_once_and_in_order():
    found = [spelled(row) for row in sentences()]
    assert len(found) == len(set(found)) > 100
    assert [spelled(row) for row in ROWS] == found


def test_each_sentence_has_a_check_that_cites_its_section_or_a_reason():
    for row in ROWS:
        assert bool(row.expectations) is not bool(row.reason), row
        for name in row.expectations:
            assert row.section in EXPECTATIONS[name]["section"].split(", "), row


def test_every_expectation_is_listed_for_each_section_that_it_cites():
    named = {(row.section, name) for row in ROWS for name in row.expectations}
    cited = {(section, name) for name, one in EXPECTATIONS.items() for section in one["section"].split(", ")}
    # Section 8 lists known issues, which have a fix, and promises nothing.
    assert {pair for pair in cited if pair[0] != "8"} == named
    for name, one in EXPECTATIONS.items():
        if "8" in one["section"].split(", "):
            assert one["why"] and one["fix"], name


def test_every_other_rule_is_listed():
    text = (ANTENNA / "README.md").read_text()
    for rule in BASELINE.keys() - {"environment", "documents", "expect"}:
        assert re.search(rf"`{rule}`", text), rule


def test_a_contradiction_in_the_guide_names_the_chosen_side():
    assert "section 5.5 says private" in EXPECTATIONS["database-subnets"]["why"]
    assert "3.3 counts here" in EXPECTATIONS["django"]["why"]


def test_every_improvement_of_section_9_is_expected_or_has_a_reason():
    improvements = re.findall(r"^- \*\*(.+)\*\*", (ANTENNA / "guide.md").read_text().partition("\n## 9. ")[2], re.MULTILINE)
    rows = [Row("9", *row) for row in re.findall(r"^\| ([A-Z].+?) \| (.+?) \|$", (ANTENNA / "README.md").read_text(), re.MULTILINE)]
    assert [row.sentence for row in rows] == improvements and len(rows) == 9
    assert all(bool(row.expectations) is not bool(row.reason) for row in rows)
    named = {name for row in rows for name in row.expectations}
    rules = [{"name": name, **HARDENED[name]} for name in ("history", "releases")]
    cited = {one["name"]: one["section"] for one in [*HARDENED["expect"], *rules]}
    assert named == set(cited)
    assert {name for name, section in cited.items() if "9" not in section.split(", ")} == {"instance"}
