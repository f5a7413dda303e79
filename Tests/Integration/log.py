"""Reader of the history's file that does not use the program: it computes hashes from the stored bytes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote


def rows(path: Path, query: str, *arguments) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
        return database.execute(query, arguments).fetchall()


def count(path: Path, table: str) -> int:
    return rows(path, f"SELECT count(*) FROM {table}")[0][0]


def bodies(path: Path, kind: str) -> list[dict]:
    return [json.loads(body) for (body,) in rows(path, "SELECT body FROM entry WHERE kind = ? ORDER BY seq", kind)]


def root(path: Path) -> str:
    """The root of the newest snapshot."""
    return bodies(path, "snapshot")[-1]["root"]


def sha256(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def check(path: Path) -> int:
    """Fails unless the file is sound and every chain in it is complete; returns the number of entries."""
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    last: dict[str, dict] = {}
    entries = rows(path, "SELECT environment, seq, header, hash, body FROM entry ORDER BY environment, seq")
    for environment, seq, header, digest, body in entries:
        fields = json.loads(header)
        before = last.get(environment)
        assert sha256(header) == digest and sha256(body) == fields["body"]
        assert fields["environment"] == environment and fields["seq"] == seq == (before["seq"] + 1 if before else 0)
        assert fields["previous"] == (before["hash"] if before else None)
        last[environment] = {"seq": seq, "hash": digest, "at": fields["at"]}
    for digest, content in rows(path, "SELECT hash, bytes FROM content"):
        assert sha256(content) == digest
    check_state(path)
    return len(entries)


def check_state(path: Path) -> None:
    """Checks that each chain's newest snapshot has the root of the changes in all its bodies."""
    for (environment,) in rows(path, "SELECT DISTINCT environment FROM entry"):
        query = "SELECT body FROM entry WHERE environment = ? AND kind = 'snapshot' ORDER BY seq"
        state: dict[tuple[str, str, str], str] = {}
        for (text,) in rows(path, query, environment):
            body = json.loads(text)
            for kind, identity, facet, digest in body["changed"]:
                state[kind, identity, facet] = digest
                if digest is None:
                    del state[kind, identity, facet]
            canonical = [[*facet, digest] for facet, digest in sorted(state.items())]
            assert sha256(json.dumps(canonical, separators=(",", ":"), ensure_ascii=False)) == body["root"]
