"""A checkpoint, built from the documentation of the log alone: chains that begin with one, and erased bodies before one."""

import json
import sqlite3
from contextlib import closing

import pytest

from log import canonical, check, check_export, rows, sha256
from refused import refused
from tidemark import SHIPPED


def fold(entries):
    """The body of a checkpoint after some entries."""
    parts, others, released = {"changed": {}, "fingerprints": {}, "readings": {}}, {}, None
    for header, text in entries:
        header, body = json.loads(header), json.loads(text)
        if header["kind"] == "binding":
            binding = body
            continue
        for name, length in (("changed", 3), ("fingerprints", 5), ("readings", 3)):
            for element in body.get(name, []):
                parts[name][tuple(element[:length])] = element
        for name in ("questions", "asked", "gaps", "decoders", "key", "root"):
            if name in body:
                others[name] = body[name]
        if "release" in body:
            released = {key: header[key] for key in ("seq", "at", "actor")} | {"release": body["release"]}
    others.update({key: body[key] for key in ("started", "finished", "state", "unsettled", "failed") if key in body})
    others.update({key: [parts[key][place] for place in sorted(parts[key])] for key in parts})
    others["changed"] = [facet for facet in others["changed"] if facet[-1]]
    others["fingerprints"] = [fingerprint for fingerprint in others["fingerprints"] if fingerprint[-1]]
    others["readings"] = [reading for reading in others["readings"] if len(reading) == 4]
    others = {key: value for key, value in others.items() if value not in (None, [])}
    return others | {"binding": binding} | ({"released": released} if released else {})


def add_checkpoint(path):
    entries = rows(path, "SELECT header, body FROM entry ORDER BY seq")
    first, last = json.loads(entries[0][0]), json.loads(entries[-1][0])
    body = canonical(fold(entries))
    header = {key: last[key] for key in ("actor", "at", "attempt", "clock", "environment", "format", "release", "run") if key in last}
    header |= {"seq": last["seq"] + 1, "kind": "checkpoint", "needed": True, "log": first["log"], "body": sha256(body)}
    header["previous"] = sha256(entries[-1][0])
    text = canonical(header)
    change(path, "INSERT INTO log_entry VALUES (1, ?, ?, ?, ?)", header["seq"], bytes.fromhex(sha256(text)), text, body)
    return header["seq"]


def change(path, sql, *values):
    """Changes the log, without the triggers that protect it."""
    with closing(sqlite3.connect(path)) as database, database:
        triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql NOT LIKE '%INSERT%'").fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        database.execute(sql, values)
        for _, trigger in triggers:
            database.execute(trigger)


@pytest.fixture
def checkpointed(cached):
    """A history of a binding, two releases, a checkpoint and a snapshot."""
    cached.record("--release", "v10")
    assert add_checkpoint(cached.history) == 3
    cached("history", "rebuild")
    cached.record()
    return cached


def answers(tidemark):
    """What a history answers of the checkpoint and the snapshot after it."""
    commands = [("show", "--at", "@3"), ("show",), ("diff", "@3")]
    return [tidemark(*command, "--format", "json", status=None).json for command in commands]


def test_a_checkpoint_that_another_program_wrote_shows_the_state_before_it(checkpointed):
    assert check(checkpointed.history) == 5
    assert "holds" in checkpointed("history", "verify").stdout
    assert checkpointed("diff", "@2", "@3", "--format", "json").json["resources"] == []
    assert "@3  " in checkpointed("log").stdout and "  checkpoint\n" in checkpointed("log").stdout
    assert len(check_export(checkpointed("history", "export").stdout)) == 5


@pytest.mark.parametrize("sql", ["DELETE FROM log_entry WHERE seq < 3", "UPDATE log_entry SET body = NULL WHERE seq < 3"])
def test_entries_before_a_checkpoint_can_be_removed_or_erased(checkpointed, sql):
    before, head = answers(checkpointed), checkpointed("history", "verify", "--format", "json").json["heads"]
    change(checkpointed.history, sql)
    checkpointed("history", "rebuild")
    removed = sql.startswith("DELETE")
    count = 2 if removed else 5
    assert check(checkpointed.history) == count
    report = checkpointed("history", "verify", "--format", "json").json
    assert report["heads"] == head and report["erasedBodies"] == (0 if removed else 3)
    assert answers(checkpointed) == before
    assert len(check_export(checkpointed("history", "export").stdout)) == count

    why = "the entries before @3 were removed" if removed else "@1 was erased: name @3 or a later moment"
    assert why in refused(checkpointed, "show", "--at", "@1")
    log = checkpointed("log")
    assert "the entries before @3 were removed" in log.stdout if removed else "  snapshot, erased\n" in log.stdout
    missing = "incomplete: of antenna-production, " + ("the entries before @3 were removed" if removed else "entries up to @2 were erased")
    who = checkpointed("who", "v9").stdout
    assert missing in who
    assert missing in checkpointed("tags").stdout and " (@3 or before)" in checkpointed("tags").stdout
    assert "since @3, or before" in checkpointed("show").stdout
    assert "checkpoint @3; the entry was removed or erased\n" in checkpointed("who", "v10").stdout
    checkpointed("drift", "--baseline", SHIPPED, "--replay")
    checkpointed.record()
    assert check(checkpointed.history) == count + 1
