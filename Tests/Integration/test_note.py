"""Notes: what is known now of an entry, which stays as it is."""

import json
import re

import pytest

from bucket import bucket, machines  # noqa: F401
from log import bodies, check, rows
from tidemark import SHIPPED


@pytest.fixture
def noted(copied):
    """A history whose release v9, at @1, is noted as v15 by @2."""
    copied("note", "@1", "typo, was v15", "--label", "v15")
    return copied


def line(text, name):
    return re.search(rf"^  {name} +(.*)$", text, re.M)[1]


def test_a_corrected_label_is_shown_with_the_one_that_was_recorded(copied, actor):
    before = rows(copied.history, "SELECT header, body FROM entry WHERE seq = 1")
    report = copied("note", "@1", "typo, was v15", "--label", "v15").stdout
    shown = "v15 [recorded as v9, corrected @2: typo, was v15]"
    assert re.match(r"noted antenna-production @2 on @1, as of 20.*Z\n", report)
    assert (line(report, "release"), line(report, "by")) == (shown, f"{actor} (attested)")
    log = copied("log").stdout
    assert f"  release {shown}\n" in log and re.search(r"^@2  20.*Z  note on @1$", log, re.M)
    for command in [("show", "@1"), ("show", "--at", "v9"), ("show", "--at", "release:v15"), ("drift", "--baseline", SHIPPED)]:
        assert f"release {shown}" in copied(*command, status=None).stdout
    assert len(copied("who", "v9", "--format", "json").json["deployments"]) == 1
    assert copied("who", "v15", "--format", "json").json["deployments"][0]["seq"] == 1
    assert rows(copied.history, "SELECT header, body FROM entry WHERE seq = 1") == before
    assert check(copied.history) == 3


def test_a_note_changes_nothing_that_is_recorded_after_it(noted):
    receipt = noted.record("--format", "json").json
    assert receipt["seq"] == 3 and receipt["changed"] == []
    header = json.loads(rows(noted.history, "SELECT header FROM entry WHERE seq = 3")[0][0])
    assert (header["release"], header["note"]) == (1, 2)
    assert check(noted.history) == 4
    noted("history", "verify")


def test_a_deployment_is_booked_late(copied, actor):
    copied.record()
    copied("note", "@2", "--release", "v17", "--by", "release-bot", "--commit", "9d07b3a")
    entries = copied("log", "--format", "json").json["entries"]
    assert entries[0]["note"] == {"about": 2, "text": None, "label": None, "release": {"by": "release-bot", "commit": "9d07b3a", "label": "v17"}}
    assert (entries[1]["label"], entries[1]["release"], entries[1]["notes"][0]["seq"]) == ("v17", None, 3)
    assert "(@2, release v17 [booked late @3])" in copied("show", "--at", "v17").stdout
    corrected = copied("note", "@2", "--label", "v16").stdout
    assert line(corrected, "release") == "v16 [recorded as v17, corrected @4, booked late @3]"
    body = bodies(copied.history, "note")[0]
    assert body["booked"] == {"label": "v17", "by": "release-bot", "commit": "9d07b3a"} and body["about"] == 2


def test_a_comment_is_shown_with_its_entry(noted):
    noted("note", "@0", "the environment of the pilot\nuntil May")
    assert "noted     @3: the environment of the pilot until May\n" in noted("show", "@0").stdout
    noted("note", "@1", "restored from snapshot")
    assert "noted     @4: restored from snapshot\n" in noted("show", "@1").stdout
    shown = noted.show("--at", "@1")
    assert [note["text"] for note in shown["notes"]] == ["typo, was v15", "restored from snapshot"]


def test_without_aws_nobody_attests_a_note_and_that_is_said(copied):
    for name in list(copied.variables):
        if name.startswith("AWS_"):
            del copied.variables[name]
    report = copied("note", "@1", "restored", "--unattested").stdout
    assert line(report, "by") == "nobody attested"
    header = json.loads(rows(copied.history, "SELECT header FROM entry WHERE seq = 2")[0][0])
    assert (header["actor"], header["clock"]) == (None, "machine")


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("@7", "x"), "no note can be on @7 of 'antenna-production': the newest entry is @2: run 'tidemark log' to see the entries"),
        (("@0", "--label", "v2"), "the label of @0 cannot be corrected: no release is booked there: pass --release LABEL to book its release late"),
        (("@1", "--release", "v2"), "no release can be booked for @1: it has release 'v15': pass --label LABEL to correct its label"),
        (("@0", "--release", "v2"), "no release can be booked for @0: it is a binding, and only a snapshot shows what runs: run 'tidemark log' to see the entries"),
        (("@1", "--label", "v15"), "the release of @1 is 'v15' already"),
        (("@1", "--label", "@3"), "'@3' cannot name a release: it would be read as the number of an entry: name the image tag, such as 'v10'"),
    ],
)  # fmt: skip
def test_a_note_that_contradicts_its_entry_is_refused(noted, arguments, message):
    # Before AWS is asked.
    noted.variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    assert noted("note", *arguments, status=1).error == message
    assert check(noted.history) == 3


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("@1",), "the note says nothing: pass a text, --label or --release"),
        (("@1", " "), "the comment is empty: pass a text, or leave the option out"),
        (("@1", "--label", "a", "--release", "b"), "--label corrects a release and --release books one: pass one of them"),
        (("@1", "x", "--by", "me"), "--by needs a release: pass --release LABEL too"),
        (("1", "x"), "'1' is not the number of an entry: pass it as @25, as 'log' prints it"),
        (("@1", "see https://me:secret@example.com/"), "the comment has a user name or a password in it, which would be stored: leave that out"),
    ],
)
def test_a_note_that_cannot_be_meant_is_a_mistake_of_usage(copied, arguments, message):
    assert message in copied("note", *arguments, status=64).stderr
    assert check(copied.history) == 2


def test_an_ended_history_takes_no_note(copied):
    copied("history", "seal", "-e", "antenna-production", "--unattested")
    error = copied("note", "@1", "x", "--unattested", status=1).stderr
    assert "nothing can be added to the history of 'antenna-production': it ended with @2: record into another history" in error


def test_notes_go_where_the_history_goes(noted, tmp_path, machines):  # noqa: F811
    noted("history", "rebuild")
    noted("history", "export", "--sqlite", "copy.sqlite")
    assert check(noted.folder / "copy.sqlite") == 3
    exported = [json.loads(entry) for entry in noted("history", "export").stdout.splitlines()]
    assert exported[2]["body"] | {"hash": None} == {"about": 1, "hash": None, "label": "v15", "text": "typo, was v15"}
    assert exported[2]["body"]["hash"] == exported[1]["hash"]

    here = machines("here")
    noted.variables.update({name: value for name, value in here.variables.items() if name.startswith("AWS_")})
    noted("history", "push", here.variables["TIDEMARK_HISTORY"], "--unattested")
    first = here("note", "@1", "asked by the auditor", "--format", "json").json
    assert (first["seq"], first["note"]["about"], first["label"]) == (3, 1, "v15")
    there = machines("there")
    assert "noted     @3: asked by the auditor\n" in there("show", "@1").stdout
    assert there("note", "@1", "--label", "v16").stdout.startswith("noted antenna-production @4 on @1")
    assert "release v16 [recorded as v9, corrected @4]" in here("show", "@1").stdout
    here("history", "verify")
