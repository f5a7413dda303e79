"""What a tidemark.yml may choose in CI, changed plain names, and a head that was kept."""

import json

import pytest

from log import check
from refused import RECORD, REPORTS, refused
from tidemark import SHIPPED

CI = {"CI": "true"}
PROJECT = "environments:\n  antenna-production:\n    {}\n"
CHOICES = {
    "profile": PROJECT.format("profile: other"),
    "role": PROJECT.format("role: arn:aws:iam::123456789012:role/other"),
    "plain": PROJECT.format("plain: [ DJANGO_SECRET_KEY ]"),
    "history": "history: other.sqlite\n",
}
COMMANDS = [RECORD, *REPORTS, ("tags", "antenna-backend"), ("policy",), ("doctor",), ("baseline", "check", SHIPPED)]


def write(tidemark, text):
    (tidemark.folder / "tidemark.yml").write_text(text)


@pytest.mark.parametrize("key", CHOICES)
def test_in_ci_an_unnamed_project_file_chooses_nothing(copied, key):
    write(copied, CHOICES[key])
    for command in COMMANDS:
        error = refused(copied, *command, variables=CI)
        assert error.startswith(f"'{key}' in tidemark.yml cannot be used in CI: ")
        assert error.endswith("pass --project tidemark.yml")


def test_the_file_is_used_if_it_is_named_or_outside_of_ci(copied, stack):
    copied.history.rename(copied.folder / "other.sqlite")
    write(copied, CHOICES["history"])
    for variables in ({}, {"CI": ""}, {"CI": "false"}):
        assert copied("log", variables=variables).status == 0
    assert copied("log", "--project", "tidemark.yml", variables=CI).status == 0


def test_harmless_settings_are_used_in_ci_too(copied):
    write(copied, PROJECT.format("baseline: shipped:antenna/documented"))
    copied("drift", variables=CI)


def test_the_paths_of_a_named_project_are_relative_to_its_folder(copied):
    base = copied.folder / "base"
    base.mkdir()
    copied.history.rename(base / "log.sqlite")
    (base / "b.yml").write_text(
        "environment: antenna-production\nexpect:\n"
        "  - { name: database, resource: rds.db-instance, where: { DBInstanceIdentifier: antenna-postgres }, is: { Engine: postgres } }\n"
    )
    (base / "tidemark.yml").write_text("history: log.sqlite\n" + PROJECT.format("baseline: b.yml"))
    report = copied("drift", "--project", "base/tidemark.yml", "--format", "json", variables=CI).json
    assert (report["baseline"], report["verdict"]) == ("base/b.yml", "in sync")
    assert copied("log", "--project", "nowhere.yml", status=1).error.startswith("no project at 'nowhere.yml'")


# MARK: Plain names


def test_changed_plain_names_are_refused(copied):
    write(copied, PROJECT.format("plain: [ DJANGO_SECRET_KEY ]"))
    error = refused(copied, *RECORD)
    assert error.startswith("'plain' in tidemark.yml differs from the plain names") and "--plain-changed" in error
    copied.record("--plain-changed")
    copied.record()
    write(copied, PROJECT.format("region: us-west-2"))
    assert "--plain-changed" in refused(copied, *RECORD)
    (copied.folder / "tidemark.yml").unlink()
    assert refused(copied, *RECORD).startswith("there is no tidemark.yml here, and the newest snapshot had plain names")
    copied.record("--plain-changed")
    assert copied.show()["asOf"]["seq"] == 4 and check(copied.history) == 5


# MARK: The head


def head_of(tidemark):
    (head,) = tidemark("log", "--format", "json").json["heads"].values()
    return head


def test_every_json_report_has_the_head_it_was_made_from(copied):
    copied.record("--release", "v10")
    head = head_of(copied)
    entry = copied("log", "--format", "json").json["entries"][0]
    assert head == f"@{entry['seq']}:{entry['hash']}"
    more = [("drift", "--replay", "--baseline", SHIPPED), ("baseline", "check", SHIPPED, "--at", "latest")]
    for command in [*REPORTS, *more]:
        assert copied(*command, "--format", "json", status=None).json["heads"] == {"antenna-production": head}
    recorded = copied.record("--format", "json").json
    assert recorded["heads"] == {"antenna-production": f"@{recorded['seq']}:{recorded['head']}"}


def test_a_history_with_the_kept_entry_is_read_and_recorded(copied):
    first = head_of(copied)
    copied.record()
    for head in (first, head_of(copied)):
        for command in REPORTS:
            assert copied(*command, "--head", head, status=None).status in (0, 2, 3)
        copied.record("--head", head)


def test_another_history_is_refused(copied, tmp_path):
    copied.record("--history", "other.sqlite")
    first, other = head_of(copied), head_of_other(copied)
    for wrong in (other, f"@7:{first.split(':')[1]}", f"@0:{first.split(':')[1]}"):
        for command in (RECORD, *REPORTS):
            assert "does not have the entry @" in refused(copied, *command, "--head", wrong)
    missing = copied(*RECORD, "--history", "missing.sqlite", "--head", first, status=1).error
    assert "no history at 'missing.sqlite'" in missing and not (tmp_path / "missing.sqlite").exists()


def head_of_other(tidemark):
    (head,) = json.loads(tidemark("log", "--history", "other.sqlite", "--format", "json").stdout)["heads"].values()
    return head


def test_an_invalid_head_is_a_usage_error(copied):
    for wrong in ("@1", "latest", "@1:abc", f"1:{'0' * 64}", f"@-1:{'0' * 64}", f"@1:{'0' * 63}g"):
        done = copied("log", "--head", wrong, status=64)
        assert done.stdout == "" and "pass @N:HASH with all 64 digits" in done.stderr
