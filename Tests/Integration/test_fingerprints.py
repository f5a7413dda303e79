"""Fingerprints of secrets: what a rotation changes, with the same key, another one, or none."""

import pytest

from emulator.names import CONTAINERS
from emulator.properties import TEMPLATES, is_secret
from log import bodies, rows
from redeployed import SETUP, upload

KEY = "k3y-of-the-fingerprints/that=stays&outside"
OTHER_KEY = "an0ther-key-of-the-fingerprints"
KEYED = {"TIDEMARK_KEY": KEY}


def fingerprints(path):
    query = (
        'SELECT path, part, seq, "key", code FROM index_fingerprint JOIN index_fingerprint_place ON id = place'
        " ORDER BY seq, path, part"
    )
    return rows(path, query)


def place(name):
    return f"[aws:elasticbeanstalk:application:environment/{name}].Value"


# Elastic Beanstalk repeats all properties, joined, in one parameter of its stack, and passes each to every container.
JOINED = "[aws:cloudformation:template:parameter/EnvironmentVariables].Value"


def in_containers(name):
    return {f"containerDefinitions[{container}].environment[{name}].value" for container in CONTAINERS}


def test_rotating_one_secret_changes_only_its_fingerprint(stack, tidemark):
    tidemark.record(variables=KEYED)
    before = fingerprints(tidemark.history)
    assert {path for path, *_ in before} >= {place(name) for name in filter(is_secret, TEMPLATES)}
    stack.rotate("POSTGRES_PASSWORD")
    receipt = tidemark.record("--format", "json", variables=KEYED).json
    first, second = bodies(tidemark.history, "snapshot")
    rows = fingerprints(tidemark.history)[len(before) :]
    (row,) = [one for one in rows if one[0] == place("POSTGRES_PASSWORD")]
    (old,) = [one for one in before if one[0] == place("POSTGRES_PASSWORD")]
    assert {path for path, *_ in rows} == {JOINED, row[0], *in_containers("POSTGRES_PASSWORD")}
    assert {(part, seq) for _, part, seq, *_ in rows} == {("value", 2)}
    assert row[3] == old[3] and row[4] != old[4]
    # The containers are restarted, by another revision of their definition.
    assert {kind for kind, *_ in second["changed"]} == {"ecs.container", "ecs.task-definition"}
    assert len(receipt["changed"]) == len(second["changed"]) and first["root"] != second["root"]


def test_rotating_a_part_of_a_url_changes_that_part_s_fingerprint(stack, tidemark):
    tidemark.record(variables=KEYED)
    before = fingerprints(tidemark.history)
    stack.rotate("REDIS_URL")
    tidemark.record(variables=KEYED)
    changed = {(path, part, seq) for path, part, seq, *_ in fingerprints(tidemark.history)[len(before) :]}
    parts = {(path, "user-info", 2) for path in {place("REDIS_URL"), *in_containers("REDIS_URL")}}
    assert changed == {(JOINED, "value", 2), *parts}


@pytest.mark.parametrize("passwords", [["one"], ["one", "two", "three"]], ids=["one package", "packages that are alike"])
def test_rotating_a_secret_in_the_name_of_a_package_is_one_rotation(stack, tidemark, passwords):
    def install(*passwords):
        urls = [f"https://deploy:Pl4nt{password}@rpm.example.org/agent.rpm" for password in passwords]
        upload(stack, lambda files: files[SETUP].update(packages={"yum": {url: [] for url in urls}}))

    install(*passwords)
    tidemark.record(variables=KEYED)
    install(*passwords[1:], "zero")
    receipt = tidemark.record("--format", "json", variables=KEYED).json
    place = "EBExtensions[00_setup.config].packages[yum/https://REDACTED@rpm.example.org/agent.rpm"
    changed = [path for path, *_, seq, _, _ in fingerprints(tidemark.history) if seq == 2]
    assert len(changed) == 1 and changed[0].startswith(place)
    assert len(receipt["rotated"]) == 1
    difference = tidemark("diff", "latest~1", "--exit-code", status=2).stdout
    assert "rotated" in difference and "packages" in difference
    assert b"Pl4nt" not in tidemark.history.read_bytes() and "Pl4nt" not in difference


def test_an_unchanged_secret_has_one_row(tidemark):
    tidemark.record(variables=KEYED)
    before = fingerprints(tidemark.history)
    tidemark.record(variables=KEYED)
    assert fingerprints(tidemark.history) == before


def test_another_key_has_another_id_and_the_root_stays(tidemark):
    tidemark.record(variables=KEYED)
    tidemark.record(variables={"TIDEMARK_KEY": OTHER_KEY})
    keys = {key for *_, key, _ in fingerprints(tidemark.history)}
    first, second = bodies(tidemark.history, "snapshot")
    assert len(keys) == 2 and first["root"] == second["root"]


def test_a_key_can_be_read_from_a_file(tidemark):
    tidemark.record(variables=KEYED)
    before = fingerprints(tidemark.history)
    (tidemark.folder / "key").write_text(KEY + "\n")
    tidemark.record("--key-file", "key")
    assert fingerprints(tidemark.history) == before


def test_without_a_key_there_are_no_fingerprints_and_a_hint(tidemark):
    assert "TIDEMARK_KEY" in tidemark.record().stdout
    assert fingerprints(tidemark.history) == []
    assert "TIDEMARK_KEY" not in tidemark.record(variables=KEYED).stdout


@pytest.mark.parametrize(
    "key, hint",
    [
        (None, "it was recorded with a key; set TIDEMARK_KEY or pass --key-file"),
        ("", "it was recorded with a key; set TIDEMARK_KEY or pass --key-file"),
        (OTHER_KEY, "the key differs"),
    ],
)
def test_a_lost_or_changed_key_is_reported_and_nothing_is_compared(tidemark, key, hint):
    tidemark.record(variables=KEYED)
    output = f"hint      secrets cannot be compared with those of @1: {hint}\n"
    assert output in tidemark.record(variables={"TIDEMARK_KEY": key}).stdout
    text = tidemark("diff", "latest~1", "--exit-code", status=3).stdout
    assert "\nnothing differs in what was seen\nsecrets  could not be compared: " in text
    # Later comparisons lose nothing more.
    assert "cannot be compared" not in tidemark.record(variables={"TIDEMARK_KEY": key}).stdout
    tidemark("diff", "latest~1", "--exit-code")


def test_a_history_without_any_key_reports_it_and_is_not_incomplete(tidemark):
    tidemark.record()
    tidemark.record()
    assert "\nnothing differs\nsecrets  could not be" in tidemark("diff", "latest~1", "--exit-code").stdout


def test_a_removed_property_loses_its_fingerprint(stack, tidemark):
    stack.set_property("NEW_SECRET", "hush-hush-hush-hush")
    tidemark.record(variables=KEYED)
    stack.remove_property("NEW_SECRET")
    tidemark.record(variables=KEYED)
    gone = {path for path, *_, seq, key, code in fingerprints(tidemark.history) if (seq, key, code) == (2, None, None)}
    assert gone == {place("NEW_SECRET"), *in_containers("NEW_SECRET")}


@pytest.mark.parametrize("key", ["tiny", "fifteen-bytes-5"])
def test_a_key_that_can_be_guessed_is_refused(tidemark, key):
    error = tidemark.record(variables={"TIDEMARK_KEY": key}, status=1).error
    assert "16" in error and "openssl rand" in error and key not in error
    assert not tidemark.history.exists()
