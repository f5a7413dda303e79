"""`history rebuild` repairs the index from the log, and never changes the log."""

import sqlite3
from contextlib import closing

WHO = ("who", "v9", "--format", "json")


def change(path, sql):
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(sql)


def log(path):
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT header, body FROM log_entry ORDER BY environment, seq").fetchall()


def test_a_damaged_index_names_the_command_that_repairs_it(copied):
    answer, entries = copied(*WHO).json, log(copied.history)
    change(copied.history, "DELETE FROM index_image; DELETE FROM index_release")
    assert copied(*WHO, status=1).error.endswith(": run 'tidemark history rebuild'")
    assert copied("history", "rebuild").stdout == "rebuilt the index of 'tidemark.sqlite'\n"
    assert copied(*WHO).json == answer and log(copied.history) == entries


def test_a_history_with_damaged_pages_of_the_index_is_copied(copied):
    answer = copied(*WHO).json
    with closing(sqlite3.connect(copied.history)) as database:
        ((page,),) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'index_image'")
        ((size,),) = database.execute("PRAGMA page_size")
    with copied.history.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    error = copied("history", "rebuild", status=1).error
    assert "run 'tidemark history export --sqlite FILE', which reads the log alone, and put FILE in the place of the history" in error
    copied("history", "export", "--sqlite", "copy.sqlite")
    assert copied(*WHO, "--history", "copy.sqlite").json == answer


def test_a_broken_log_is_not_indexed(copied):
    with closing(sqlite3.connect(copied.history)) as database:
        names = [name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")]
    change(copied.history, "".join(f"DROP TRIGGER {name};" for name in names) + "DELETE FROM log_entry WHERE seq = 0")
    before = copied.history.read_bytes()
    assert "the chain of 'antenna-production' is broken" in copied("history", "rebuild", status=1).error
    assert copied.history.read_bytes() == before


def test_a_missing_history_is_not_created(tidemark):
    assert "no history at" in tidemark("history", "rebuild", status=1).error
    assert not tidemark.history.exists()
