"""Every "cannot" of the threat model names an existing test."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
PAGE = TESTS.parents[1] / "Sources/Tidemark/Tidemark.docc/ThreatModel.md"


def test_each_cannot_has_a_test():
    tables = re.findall(r"^\| \w+ cannot \| tested by \|\n\| --- \| --- \|\n((?:\|.*\n)+)", PAGE.read_text(), re.M)
    rows = [row for table in tables for row in table.splitlines()]
    assert len(tables) == PAGE.read_text().count("cannot | tested by") and len(rows) >= 15
    for row in rows:
        named = re.fullmatch(r"\| .+ \| `(test_\w+\.py): (test_\w+)` \|", row)
        assert named, row
        file, function = named.groups()
        assert f"def {function}(" in (TESTS / file).read_text(), row
