"""Tables in Hive-style partitions: DuckDB gives the answers that the program gives from the bucket and from a file."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from bucket import Machines, create_bucket
from emulator import names
from emulator.fixtures import documented
from refused import refused
from tidemark import Tidemark

LOG = Path(__file__).resolve().parents[2] / "Sources/Tidemark/Tidemark.docc/Log.md"
# Names that readers take for numbers, booleans, nulls and partitions.
ENVIRONMENTS = ["2026", "a=b'ü", "null", "true"]
FOLDERS = ["environment=2026", "environment=a%3Db%27%C3%BC", "environment=nul%6C", "environment=true"]
VIEWS = ["snapshot", "release", "current", "facet_history", "reading_history", "image_tag", "image_config", "deployment", "gap", "note"]
OWN = [
    "SELECT environment, count(*) AS facets FROM current GROUP BY environment ORDER BY environment",
    "SELECT label, claimed_by FROM release WHERE environment = 'null' ORDER BY seq",
    "SELECT seq, content(content_hash) AS content FROM facet_history WHERE environment = 'true' AND kind = 'ecr.tag' ORDER BY seq, identity",
]


@pytest.fixture(scope="module")
def exported(emulator, tmp_path_factory) -> tuple[Tidemark, Path]:
    """The program with a history of four environments in a bucket, and the folder of its export."""
    stack = documented(emulator.endpoint)
    create_bucket(stack.client("s3"), stack.region)
    machine = Machines(tmp_path_factory.mktemp("exported"), stack.variables(names.RELEASER), "team")("machine")
    bound = ("--eb-environment", names.ENVIRONMENT, "--region", stack.region, "--new-history")
    stack.set_faults({"service": "ecr", "operation": "ListImages", "fault": "denied", "times": 1})
    for environment in ENVIRONMENTS:
        machine("record", "-e", environment, *bound, "--release", "v9", "--by", "release-bot")
    stack.deploy("v10")
    machine("record", "-e", "true", "--release", "v10", "--by", "release-bot")
    machine("note", "-e", "true", "@1", "was v8", "--label", "v8")
    assert machine("history", "export", "--hive", "tables").stdout == "wrote 's3://tidemark-history/team' to 'tables'\n"
    return machine, machine.folder / "tables"


def documented_queries() -> list[str]:
    text = LOG.read_text().partition("### Views\n")[2].partition("\n###")[0]
    return re.findall(r"^```sql\n(.*?)^```", text, re.M | re.S)


def in_duckdb(folder: Path, sql: str) -> list[dict]:
    with duckdb.connect() as database:
        database.execute("SET file_search_path = ?", [str(folder)])
        database.execute((folder / "duckdb.sql").read_text())
        cursor = database.execute(sql)
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row)) for row in cursor.fetchall()]


def test_the_same_questions_have_the_same_answers_in_the_file_the_bucket_and_duckdb(exported):
    machine, folder = exported
    machine("history", "export", "--sqlite", "own.sqlite")
    for sql in [f"SELECT * FROM {view}" for view in VIEWS] + documented_queries() + OWN:
        # Rows that are equal in the order of a query come in any order.
        sql, is_limited = re.subn(r"LIMIT \d+", "", sql)
        answers = [machine("query", sql, "--format", "json", *at).json["rows"] for at in ((), ("--history", "own.sqlite"))]
        answers.append(in_duckdb(folder, sql))
        if is_limited or "ORDER BY" not in sql:
            answers = [sorted(answer, key=json.dumps) for answer in answers]
        assert answers[0] == answers[1] == answers[2] and answers[0], sql
    assert sorted(row["environment"] for row in in_duckdb(folder, OWN[0])) == ENVIRONMENTS


def test_each_environment_is_a_partition_and_nothing_else_is_left(exported):
    machine, folder = exported
    tables = [*VIEWS, "content"]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*tables, "athena.sql", "duckdb.sql"])
    for table in tables:
        assert sorted(path.name for path in (folder / table).iterdir()) == FOLDERS
        for partition in (folder / table).iterdir():
            assert [path.name for path in partition.iterdir()] == [f"{table}.jsonl"]
            for line in (partition / f"{table}.jsonl").read_text().splitlines():
                assert not any(isinstance(value, (dict, list)) for value in json.loads(line).values())
    machine("history", "export", "--hive", "one", "-e", "null")
    assert {path.name for path in machine.folder.iterdir()} <= {"tables", "one", "own.sqlite"}
    assert [path.name for path in (machine.folder / "one/gap").iterdir()] == ["environment=nul%6C"]


def test_both_statements_declare_the_same_columns_and_a_partition_for_each_environment(exported):
    machine, folder = exported
    athena = (folder / "athena.sql").read_text()
    tables = re.findall(r"CREATE EXTERNAL TABLE IF NOT EXISTS `(\w+)` \((.*?)\)\nPARTITIONED BY \(`environment` string\)", athena, re.S)
    types = {"string": "VARCHAR", "bigint": "BIGINT"}
    declared = {
        name: [("environment", "VARCHAR"), *((column, types[kind]) for column, kind in re.findall(r"`(\w+)` (\w+)", columns))]
        for name, columns in tables
    }
    assert set(declared) == {*VIEWS, "content"}
    for table, columns in declared.items():
        found = in_duckdb(folder, f"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{table}' ORDER BY column_index")
        assert [(row["column_name"], row["data_type"]) for row in found] == columns
    added = re.findall(r"PARTITION \(`environment` = '(.*)'\) LOCATION 's3://BUCKET/PREFIX/gap/(.*)/'", athena)
    assert added == [(name.replace("'", "\\'"), folder) for name, folder in zip(ENVIRONMENTS, FOLDERS)]


def test_the_folder_is_new_or_empty_and_has_the_permissions_of_the_history(copied):
    (copied.folder / "full").mkdir()
    (copied.folder / "full/note").touch()
    (copied.folder / "empty").mkdir()
    for name, why in [
        ("full", "the folder is not empty"), ("tidemark.sqlite", "it exists already"), ("none/tables", "no such file or directory"),
    ]:  # fmt: skip
        assert why in refused(copied, "history", "export", "--hive", name)
    copied.history.chmod(0o640)
    copied("history", "export", "--hive", "empty")
    assert (copied.folder / "empty").stat().st_mode & 0o777 == 0o750
    modes = {path.stat().st_mode & 0o777 for path in (copied.folder / "empty").rglob("*")}
    assert modes == {0o750, 0o640}
    assert "pass one of them" in copied("history", "export", "--hive", "a", "--sqlite", "b", status=64).stderr


def test_an_ended_export_leaves_no_folder(copied):
    process = copied.start("history", "export", "--hive", "tables")
    while process.poll() is None and not list(copied.folder.glob("tables*/*")):
        pass
    process.terminate()
    process.communicate(timeout=60)
    left = [path.name for path in copied.folder.iterdir() if path != copied.history]
    assert left == ([] if process.returncode else ["tables"])
