"""Histories as other versions of the program write them."""

import sqlite3
from contextlib import closing
from pathlib import Path

FIRST = Path(__file__).resolve().parents[2] / "Migrations" / "0001-log.sql"


def make_older(history: Path) -> None:
    """Turns the history into what the first version wrote: the log without its index."""
    current = history.with_name("current.sqlite")
    history.rename(current)
    with closing(sqlite3.connect(history)) as database:
        database.executescript(f"PRAGMA application_id = {0x74696465}; PRAGMA user_version = 1; {FIRST.read_text()}")
        database.execute("ATTACH ? AS current", (str(current),))
        for table in ("log_environment", "log_content", "log_entry"):
            database.execute(f"INSERT INTO {table} SELECT * FROM current.{table}")
        database.commit()
    current.unlink()
