"""People read the file: queries over its views, and exports of its log."""

import csv
import io
import os
import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tidemark import Tidemark

LOG = Path(__file__).resolve().parents[2] / "Sources/Tidemark/Tidemark.docc/Log.md"

ENDLESS = "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT {} FROM r"


@pytest.fixture(scope="module")
def history(standing, caching, tmp_path_factory) -> Tidemark:
    """The program with a history of two environments."""
    _, recorded = standing
    tidemark = Tidemark(tmp_path_factory.mktemp("two"), {**recorded.variables, "AWS_ENDPOINT_URL": caching})
    tidemark.history.write_bytes(recorded.history.read_bytes())
    tidemark("record", "-e", "antenna-staging", "--eb-environment", "antenna-production", "--region", "us-west-2")
    tidemark.record("--release", "v10", "--by", "release-bot")
    return tidemark


def has_open(process, path) -> bool:
    descriptors = Path(f"/proc/{process.pid}/fd").iterdir()
    return any(os.path.lexists(one) and os.readlink(one) == str(path) for one in descriptors)


def query(tidemark, sql, **more):
    return tidemark("query", sql, "--format", "json", **more).json["rows"]


def test_a_query_answers_as_sqlite3_does_while_the_file_is_open_there(history):
    with closing(sqlite3.connect(history.history)) as database:
        database.row_factory = sqlite3.Row
        for view in ("snapshot", "release", "current", "facet_history", "reading_history", "image_tag", "gap"):
            sql = f"SELECT * FROM {view}"
            expected = [dict(row) for row in database.execute(sql)]
            assert query(history, sql) == expected
    assert {row["environment"] for row in expected} <= {"antenna-production", "antenna-staging"}


def test_the_documentation_has_every_column_and_its_queries_are_answered(history):
    text = LOG.read_text().partition("### Views\n")[2].partition("\n###")[0]
    table = re.findall(r"^\| `(\w+)` \|[^|]*\| (.*) \|$", text, re.M)
    documented = {view: re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", columns)) for view, columns in table}
    for view, columns in documented.items():
        assert history("query", f"SELECT * FROM {view}", "--format", "json").json["columns"] == columns
    assert len(documented) == 7
    queries = re.findall(r"^```sql\n(.*?)^```", text, re.M | re.S)
    assert len(queries) == 3 and all(query(history, sql) for sql in queries)


def test_csv_of_a_query_is_read_by_other_programs(history):
    sql = "SELECT kind, identity, since, content FROM current"
    read = list(csv.DictReader(io.StringIO(history("query", sql, "--format", "csv").stdout), strict=True))
    assert read == [{key: str(value) for key, value in row.items()} for row in query(history, sql)] and len(read) > 100


def test_an_absent_history_and_an_environment_option_are_refused(tidemark, history):
    assert tidemark("query", "SELECT * FROM current", status=1).error.startswith("no history at 'tidemark.sqlite'")
    assert "write WHERE environment = 'NAME'" in history("query", "SELECT 1", "-e", "antenna-staging", status=64).stderr


def test_an_endless_query_ends_with_an_interrupt(history):
    process = history.start("query", ENDLESS.format("max(n)"))
    while not has_open(process, history.history):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60) == (b"", b"") and process.returncode == 130


def test_an_endless_answer_ends_with_its_reader(history):
    process = history.start("query", ENDLESS.format("n"), "--format", "csv")
    assert process.stdout.readline() == b"n\n"
    process.stdout.close()
    assert process.wait(timeout=60) == -signal.SIGPIPE


def test_an_error_in_the_middle_of_an_answer_prints_nothing_but_the_error(history):
    sql = "SELECT content(content_hash || iif(rowid = 30, 'x', '')) FROM (SELECT row_number() OVER () AS rowid, * FROM facet_history)"
    assert "does not have 64 hexadecimal digits" in history("query", sql, status=1).error
