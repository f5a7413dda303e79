"""An observation that is written to a file while the history cannot be reached, and recorded later."""

import hashlib
import json
import time

import pytest
from emulator import controls

from bucket import ADDRESS, bucket, machines  # noqa: F401
from log import root
from tidemark import KEYED, Tidemark

RELEASE = ("--release", "v10", "--by", "release-bot")


@pytest.fixture
def runners(machines) -> list[Tidemark]:
    return [machines(f"runner-{number}", **KEYED, CI="true") for number in range(2)]


def entries(runner: Tidemark) -> list:
    return runner("log", "--format", "json").json["entries"]


def test_a_release_survives_a_bucket_that_does_not_answer(runners, stack):
    first, second = runners
    recorded = first.record("--new-history", "--format", "json").json
    controls.set_faults(stack.endpoint, controls.fault("s3", "ListObjectsV2", "denied"))
    assert "the history cannot be listed" in second.record(*RELEASE, status=1).error
    written = second.record(*RELEASE, "--to", "late.json").stdout
    assert written == (
        "wrote antenna-production, release v10 to 'late.json': not recorded until 'tidemark history import late.json'\n"
    )
    assert "'late.json' cannot be written: file exists" == second.record("--to", "late.json", status=1).error
    missing = second.record("--to", "missing/late.json", status=1).error
    assert missing == "'missing/late.json' cannot be written: no such file or directory"
    stack.clear_faults()

    receipt = second("history", "import", "late.json").stdout
    assert receipt.startswith("recorded antenna-production @2, release v10, as of ")
    newest = entries(first)[0]
    assert newest["release"]["label"] == "v10" and newest["late"]["caller"] == newest["attested"]
    assert newest["late"]["at"] <= newest["at"] and newest["changed"] == {}, "the same stack, seen without the history"
    assert "  late      observed 20" in first("log", "--limit", "1").stdout
    assert first("show", "--format", "json").json["asOf"]["late"] == newest["late"]
    assert "; observed 20" in first("show").stdout.splitlines()[0]
    assert "v10" in first("who", "v10").stdout
    assert recorded["head"] == entries(first)[1]["hash"]

    again = second("history", "import", "late.json").stdout
    assert again.startswith("antenna-production, release v10 was recorded already from 'late.json', as @2:")
    assert second("history", "import", "late.json", "--format", "json").json["seq"] == 2
    assert len(entries(first)) == 3
    assert first("history", "verify").stdout.startswith(f"'{ADDRESS}' holds")


def test_the_state_is_that_of_a_record_and_what_the_walk_did_not_reach_is_unseen(tidemark, stack):
    tidemark.variables.update(KEYED)
    tidemark.record()
    before = root(tidemark.history)
    away = ("--history", "elsewhere.sqlite")
    tidemark.record(*away, "--to", "late.json")
    tidemark("history", "import", "late.json", *away, "--unattested")
    assert root(tidemark.folder / "elsewhere.sqlite") == before
    assert tidemark("log", *away, "--format", "json").json["entries"][0]["attested"] is None

    # The history knows a resource that the walk is not led to.
    project = tidemark.folder / "tidemark.yml"
    project.write_text("environments: { antenna-production: { also: [ rds.db-instance/antenna-replica ] } }\n")
    stack.client("rds").create_db_instance(
        DBInstanceIdentifier="antenna-replica", DBInstanceClass="db.t4g.micro", Engine="postgres"
    )
    tidemark.record()
    project.unlink()
    tidemark.record(*away, "--to", "narrow.json")
    receipt = tidemark("history", "import", "narrow.json").stdout
    assert "not all answered" in receipt and "resources could not be compared" in receipt
    assert "as last seen: description" in tidemark("show", "antenna-replica").stdout
    gaps = tidemark("log", "--format", "json").json["entries"][0]["coverage"]["gaps"]
    assert ["the walk had no history" in json.dumps(gap) for gap in gaps] == [True], gaps


def test_an_older_look_never_overwrites_a_newer_one(runners):
    first, second = runners
    first.record("--new-history")
    written = second.record(*RELEASE, "--to", "late.json", "--format", "json").json
    assert (written["file"], written["release"]["label"], written["head"]) == ("late.json", "v10", None)
    # AWS's clock has whole seconds.
    time.sleep(1)
    first.record("--release", "v11")
    error = second("history", "import", "late.json", status=1).error
    assert error.endswith(
        "was not recorded: 'antenna-production' was observed again since, and an older look never overwrites a newer one: keep "
        "the file; 'record --release' books a release that runs now"
    )
    assert len(entries(first)) == 3


def test_the_files_of_one_outage_are_recorded_in_their_order(runners):
    first, second = runners
    first.record("--new-history")
    for number, runner in enumerate([first, second, first]):
        runner.record("--release", f"v{number}", "--to", f"{number}.json")
    first("history", "import", "0.json")
    second("history", "import", "1.json")
    assert [entry["release"] and entry["release"]["label"] for entry in entries(first)] == ["v1", "v0", None, None]
    time.sleep(1)
    second.record("--release", "v3")
    assert "was not recorded" in first("history", "import", "2.json", status=1).error
    assert "was recorded already" in second("history", "import", "1.json").stdout


def moved(text: str, member: str, value: str) -> str:
    """The file with another time, and the hash of that."""
    observation = {**json.loads(text)["observation"], member: value}
    plain = json.dumps(observation, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f'{{"observation":{plain},"sha256":"{hashlib.sha256(plain.encode()).hexdigest()}"}}'


def test_a_file_that_is_not_whole_or_of_something_else_is_refused(runners, stack):
    runner, _ = runners
    runner.record("--new-history")
    runner.record(*RELEASE, "--to", "late.json")
    file = runner.folder / "late.json"
    whole = file.read_text()
    assert not set(json.loads(whole)["observation"]) & {"password", "secret"}
    for text, why in [
        (whole[: len(whole) // 2], "it is not an observation, or not whole"),
        ("{}", "it is not an observation, or not whole"),
        (whole.replace("v10", "v11"), "it was changed, or is damaged"),
        (moved(whole, "at", "2101-01-01T00:00:00.000Z"), "its times cannot be"),
        (moved(whole, "started", "2101-01-01T00:00:00.000Z"), "its times cannot be"),
    ]:
        file.write_text(text)
        assert why in runner("history", "import", "late.json", status=1).error
    file.write_text(whole)
    mistyped = runner("history", "import", "late.json", "-e", "antena", status=1).error
    assert mistyped.startswith("the file is of 'antenna-production', not of 'antena'")
    nothing = runner("history", "import", "late.json", "--history", f"{ADDRESS}/other", status=1).error
    assert "pass --new-history to begin one" in nothing
    assert "--to reads no history" in runner.record("--to", "x.json", "--verify", status=64).stderr
    assert len(entries(runner)) == 2
