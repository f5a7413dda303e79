"""Reader of the history's file that does not use the program: it computes hashes from the stored bytes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

# The log with the types that tests compare.
ENTRIES = """
CREATE TEMP VIEW entry AS
SELECT
    log_environment.name    AS environment,
    seq,
    header,
    lower(hex(hash))        AS hash,
    plain(body)             AS body,
    header ->> '$.at'       AS at,
    header ->> '$.kind'     AS kind
FROM log_entry
JOIN log_environment ON log_environment.id = log_entry.environment
"""


def rows(path: Path, query: str, *arguments) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
        if database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'log_entry'").fetchall():
            database.create_function("plain", 1, lambda body: zlib.decompress(body).decode() if isinstance(body, bytes) else body)
            database.execute(ENTRIES)
        return database.execute(query, arguments).fetchall()


def count(path: Path, table: str) -> int:
    return rows(path, f"SELECT count(*) FROM {table}")[0][0]


def contents(path: Path) -> dict[str, bytes]:
    """Every content by its hash, decoded."""
    stored = {row[0]: row[1:] for row in rows(path, "SELECT id, lower(hex(hash)), encoding, base, size, bytes FROM log_content")}

    def decode(number: int) -> bytes:
        _, encoding, base, size, data = stored[number]
        if encoding == 2:
            data = zlib.decompressobj(-15, zdict=decode(base)).decompress(data)
        elif encoding == 1:
            data = zlib.decompress(data)
        assert len(data) == size
        return data

    return {row[0]: decode(number) for number, row in stored.items()}


def bodies(path: Path, kind: str) -> list[dict]:
    """The bodies of the entries of a kind; those of snapshots with what they have from the snapshots before."""
    found = [json.loads(body) for (body,) in rows(path, "SELECT body FROM entry WHERE kind = ? ORDER BY environment, seq", kind)]
    return list(whole(found, contents(path))) if kind == "snapshot" else found


def whole(found: list[dict], content: dict[str, bytes]):
    before = {"readings": [], "gaps": [], "key": None}
    for body in found:
        readings = {tuple(reading[:3]): reading for reading in before["readings"]}
        for reading in body.get("readings", []):
            readings[tuple(reading[:3])] = reading
        body["readings"] = sorted(reading for reading in readings.values() if len(reading) == 4)
        if "gaps" in body:
            body["gaps"] = json.loads(content[body["gaps"]]) if body["gaps"] else []
        nothing = {"changed": [], "fingerprints": [], "unsettled": [], "failed": []}
        before = {**before, **nothing, **body}
        if "release" not in body:
            before.pop("release", None)
        yield before


def root(path: Path) -> str:
    """The root of the newest snapshot."""
    return bodies(path, "snapshot")[-1]["root"]


def sha256(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def canonical(value) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, sort_keys=True)


def check(path: Path) -> int:
    """Fails unless the file is sound and every chain in it is complete; returns the number of entries."""
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    entries = rows(path, "SELECT environment, seq, header, hash, body FROM entry ORDER BY environment, seq")
    check_entries(entries)
    for digest, content in contents(path).items():
        assert sha256(content) == digest
    return len(entries)


def check_entries(entries: list[tuple]) -> None:
    """Checks chains of environment, seq, header, hash and body."""
    last: dict[str, dict] = {}
    for environment, seq, header, digest, body in entries:
        fields = json.loads(header)
        before = last.get(environment)
        is_checkpoint = fields["kind"] == "checkpoint"
        assert sha256(header) == digest and (body is None or sha256(body) == fields["body"])
        assert fields["environment"] == environment and fields["seq"] == seq
        if before or not is_checkpoint:
            assert seq == (before["seq"] + 1 if before else 0)
            assert fields["previous"] == (before["hash"] if before else None)
        assert ("log" in fields) == (seq == 0 or is_checkpoint) and ("needed" in fields) == is_checkpoint
        last[environment] = {"seq": seq, "hash": digest, "log": fields.get("log") or before["log"]}
        assert not before or before["log"] == last[environment]["log"]
    for environment in last:
        check_state([(seq, header, body) for name, seq, header, _, body in entries if name == environment])


def check_state(entries: list[tuple]) -> None:
    """Checks that each snapshot of a chain has the root and the hash of all that the entries up to it say.

    The states after an erased entry are unknown up to the next checkpoint, which must follow.
    """
    facets, readings, fingerprints, others, binding = {}, {}, {}, {}, None
    release = run = note = known = None
    is_known = json.loads(entries[0][1])["kind"] == "binding"
    for seq, header, text in entries:
        body, fields = json.loads(text or "null"), json.loads(header)
        kind = fields["kind"]
        if body is None and kind in ("binding", "snapshot", "checkpoint"):
            is_known, known = False, None
            release = fields.get("release")
        elif kind == "binding":
            binding = fields["body"]
        elif kind == "checkpoint":
            assert known in (None, body["state"])
            assert body.get("released", {}).get("seq") == fields.get("release")
            assert [repeated["seq"] for repeated in body.get("notes", [])][-1:] == [fields[key] for key in ("note",) if key in fields]
            if not is_known:
                release, run, note = fields.get("release"), fields.get("run"), fields.get("note")
            facets, readings, fingerprints, others, is_known = {}, {}, {}, {}, True
            binding = sha256(canonical(body["binding"]))
        if is_known and kind in ("snapshot", "checkpoint"):
            for *facet, digest in body.get("changed", []):
                facets[tuple(facet)] = digest
            for reading in body.get("readings", []):
                readings[tuple(reading[:3])] = reading if len(reading) == 4 else None
            for fingerprint in body.get("fingerprints", []):
                fingerprints[tuple(fingerprint[:5])] = fingerprint if fingerprint[-1] else None
            others.update({key: body[key] for key in ("gaps", "questions", "asked", "decoders", "key", "root") if key in body})
            assert others["root"] == sha256(canonical([[*facet, digest] for facet, digest in sorted(facets.items()) if digest]))
            decoders = sorted((list(item) for item in others["decoders"].items()), key=canonical)
            state = [
                others["root"], sha256(canonical([readings[place] for place in sorted(readings) if readings[place]])),
                sha256(canonical(sorted((found for found in fingerprints.values() if found), key=canonical))),
                others.get("gaps"), others["questions"], others["asked"], sha256(canonical(decoders)),
                others.get("key"), binding,
            ]
            assert body["state"] == sha256(canonical(state))
            known = body["state"]
        if body:
            release = seq if "release" in body else release
        assert fields.get("release") == release
        assert fields.get("run") in (run, seq)
        run = fields.get("run")
        note = seq if kind == "note" else note
        assert fields.get("note") == note
    assert is_known


class Number(str):
    """A number of JSON as it is spelled."""


def written(value) -> str:
    """Canonical JSON of a value that was parsed with `Number`."""
    if isinstance(value, Number):
        return value
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical(key)}:{written(value[key])}" for key in sorted(value, key=str.encode)) + "}"
    return "[" + ",".join(map(written, value)) + "]" if isinstance(value, list) else canonical(value)


def check_export(text: str) -> list[tuple]:
    """Checks JSON Lines by SHA-256 and canonical JSON alone; returns environment, seq, header, hash and body of each entry."""
    entries, shown, unknown = [], {}, set()
    for line in text.splitlines():
        entry = json.loads(line, parse_int=Number, parse_float=Number)
        assert written(entry) == line
        header, body = entry["header"], entry["body"]
        if header["kind"] == "checkpoint" and header["environment"] in unknown:
            unknown.remove(header["environment"])
            shown[header["environment"]] = {}
        if body is None:
            unknown.add(header["environment"])
        if header["environment"] in unknown:
            assert entry["contents"] == {}
            entries.append((header["environment"], int(header["seq"]), written(header), entry["hash"], body and written(body)))
            continue
        state = shown.setdefault(header["environment"], {})
        named = {tuple(facet): digest for *facet, digest in body.get("changed", [])}
        named.update({key: body[key] for key in ("questions", "gaps") if key in body})
        assert set(entry["contents"]) == set(filter(None, named.values())) - set(state.values())
        assert all(sha256(written(content)) == digest for digest, content in entry["contents"].items())
        state.update(named)
        entries.append((header["environment"], int(header["seq"]), written(header), entry["hash"], written(body)))
    check_entries(entries)
    return entries
