"""CSV: read by Python's csv module."""

import csv
import io

from drifting import drift


def test_csv_has_a_row_for_each_finding(hostile):
    rows = list(csv.DictReader(io.StringIO(drift(hostile, "csv")), strict=True))
    findings = [(rule["severity"], one) for rule in drift(hostile, "json")["expectations"] for one in rule["findings"]]
    assert [(row["severity"], row["id"], row["verdict"]) for row in rows] == [
        (severity, one["id"], one["verdict"]) for severity, one in findings
    ]
    assert {row["actual"] for row in rows if row["attribute"] == "DBInstanceClass"} == {"db.t4g.medium"}
    assert [row["waived"] != "" for row in rows] == [one.get("waiver") is not None for _, one in findings]
    assert [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@\t")] == []
