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

from log import check, check_export, contents, rows
from refused import refused
from tidemark import Tidemark

LOG = Path(__file__).resolve().parents[2] / "Sources/Tidemark/Tidemark.docc/Log.md"

ENVIRONMENTS = {"antenna-production", "antenna-staging"}
ENDLESS = "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT {} FROM r"


@pytest.fixture(scope="module")
def history(standing, caching, tmp_path_factory) -> Tidemark:
    """The program with a history of two environments."""
    _, recorded = standing
    tidemark = Tidemark(tmp_path_factory.mktemp("two"), {**recorded.variables, "AWS_ENDPOINT_URL": caching})
    tidemark.history.write_bytes(recorded.history.read_bytes())
    tidemark("record", "-e", "antenna-staging", "--eb-environment", "antenna-production", "--region", "us-west-2", "--new-history")
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
        for view in ("snapshot", "release", "current", "facet_history", "reading_history", "image_tag", "gap", "note"):
            sql = f"SELECT * FROM {view}"
            expected = [dict(row) for row in database.execute(sql)]
            assert query(history, sql) == expected
    assert {row["environment"] for row in expected} <= ENVIRONMENTS


def test_the_documentation_has_every_column_and_its_queries_are_answered(history):
    text = LOG.read_text().partition("### Views\n")[2].partition("\n###")[0]
    table = re.findall(r"^\| `(\w+)` \|[^|]*\| (.*) \|$", text, re.M)
    documented = {view: re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", columns)) for view, columns in table}
    for view, columns in documented.items():
        assert history("query", f"SELECT * FROM {view}", "--format", "json").json["columns"] == columns
    assert len(documented) == 10
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


ENTRIES = "SELECT environment, seq, header, hash, body FROM entry ORDER BY environment, seq"


def test_exported_lines_are_the_whole_log_and_verify_by_themselves(history):
    exported = check_export(history("history", "export").stdout)
    assert exported == rows(history.history, ENTRIES) and {entry[0] for entry in exported} == ENVIRONMENTS
    one = check_export(history("history", "export", "-e", "antenna-staging").stdout)
    assert one == [entry for entry in exported if entry[0] == "antenna-staging"]


def test_a_copy_has_plain_contents_and_gives_the_same_answers(history, tmp_path):
    copy = tmp_path / "copy.sqlite"
    history.history.chmod(0o600)
    assert history("history", "export", "--sqlite", str(copy)).stdout == f"copied 'tidemark.sqlite' to '{copy}'\n"
    assert [path.name for path in tmp_path.iterdir()] == ["copy.sqlite"] and copy.stat().st_mode & 0o777 == 0o600
    assert rows(copy, "SELECT DISTINCT encoding FROM log_content") == [(0,)]
    assert rows(copy, ENTRIES) == rows(history.history, ENTRIES) and contents(copy) == contents(history.history)
    assert check(copy) == 5
    for command in (("who", "v9"), ("tags",), ("log", "-e", "antenna-production"), ("show", "-e", "antenna-staging")):
        answers = [history(*command, "--format", "json", *named).json for named in ((), ("--history", str(copy)))]
        assert answers[0] == answers[1]
    assert history.record("--history", str(copy)).stderr == ""


@pytest.mark.parametrize(
    "name, why",
    [
        ("tidemark.sqlite", "it exists already"), ("link", "it is a link to a file that does not exist"), ("folder", "it exists already"),
        ("none/copy.sqlite", "the folder 'none' does not exist"), ("/proc/copy.sqlite", "no such file or directory"),
    ],
)  # fmt: skip
def test_a_copy_is_refused_without_a_trace(copied, name, why):
    (copied.folder / "link").symlink_to("nothing")
    (copied.folder / "folder").mkdir()
    assert why in refused(copied, "history", "export", "--sqlite", name)


def test_an_ended_export_leaves_no_file(copied):
    process = copied.start("history", "export", "--sqlite", "copy.sqlite")
    while process.poll() is None and not list(copied.folder.glob("copy*")):
        pass
    process.terminate()
    process.communicate(timeout=60)
    expected = {-signal.SIGTERM: ["tidemark.sqlite"], 0: ["copy.sqlite", "tidemark.sqlite"]}
    assert sorted(path.name for path in copied.folder.iterdir()) == expected[process.returncode]


def test_a_file_that_a_killed_export_left_is_named(copied):
    (copied.folder / "copy.sqlite.unfinished-1").touch()
    answer = copied("history", "export", "--sqlite", "copy.sqlite")
    assert "'copy.sqlite.unfinished-1' is left of an export that did not finish: delete it, unless one is running" in answer.stderr
    assert copied("history", "verify", "--history", "copy.sqlite").stderr == ""


def test_exports_of_a_history_in_use_are_whole(cached):
    recorder = cached.start("record", "-e", "antenna-production", "--release", "v10")
    count = 0
    while recorder.poll() is None:
        count += 1
        cached("history", "export", "--sqlite", f"{count}.sqlite")
        check_export(cached("history", "export").stdout)
    assert recorder.returncode == 0 and count > 0
    assert {check(cached.folder / f"{number}.sqlite") for number in range(1, count + 1)} <= {2, 3}


def test_a_damaged_history_is_not_copied(copied):
    with closing(sqlite3.connect(copied.history)) as database:
        database.executescript("DROP TRIGGER log_content_is_never_updated; UPDATE log_content SET bytes = zeroblob(9) WHERE id = 5")
    for more in ([], ["--sqlite", "copy.sqlite"]):
        assert "is damaged" in refused(copied, "history", "export", *more)
