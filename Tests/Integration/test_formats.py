"""The formats of `drift`: several at once, their files, and the exit status."""

import json
import re
import resource
import subprocess
import unicodedata
from pathlib import Path

import pytest

from drifting import NAME, drift
from tidemark import SHIPPED

FORMATS = ("text", "json", "markdown", "junit", "sarif", "github", "csv")


def test_all_formats_come_from_one_comparison(hostile, tmp_path):
    targets = [f"--format={name}={tmp_path / name}" for name in FORMATS[1:]]
    done = hostile("drift", "--baseline", NAME, *targets, "--format", "text=-", status=2)
    for name in FORMATS[1:]:
        assert (tmp_path / name).read_text() == hostile("drift", "--baseline", NAME, "--format", name, status=2).stdout
    assert done.stdout == hostile("drift", "--baseline", NAME, status=2).stdout
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(FORMATS[1:])


def test_a_report_does_not_replace_the_history_or_the_baseline(hostile, tmp_path):
    (hostile.folder / "link").symlink_to("tidemark.sqlite")
    kept = {file: file.read_bytes() for file in (hostile.history, hostile.folder / NAME)}
    for file in ("tidemark.sqlite", "tidemark.sqlite-journal", f"./{NAME}", "link"):
        error = hostile("drift", "--baseline", NAME, "--format", f"junit={file}", status=1).error
        assert "cannot be written: it is the " in error and error.endswith("name another file in --format")
    (hostile.folder / "link").unlink()
    assert {file: file.read_bytes() for file in kept} == kept


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_has_control_characters(hostile, format):
    text = hostile("drift", "--baseline", NAME, "--format", format, status=2).stdout
    assert [one for one in text if unicodedata.category(one) == "Cc" and one != "\n"] == []


def test_a_report_for_a_file_leaves_stdout_empty(drifting, tmp_path):
    done = drifting.drift("--at", "@1", "--format", f"junit={tmp_path / 'drift.xml'}")
    assert done.stdout == done.stderr == "" and (tmp_path / "drift.xml").read_text().startswith("<?xml")


@pytest.mark.parametrize(
    "formats, message",
    [
        (["text", "json"], "two formats cannot be written to stdout"),
        (["text", "junit=-"], "two formats cannot be written to stdout"),
        (["junit=x", "sarif=x"], "two formats cannot be written to one file"),
        (["junit=x", "sarif=./x"], "two formats cannot be written to one file"),
        (["yaml"], "'yaml' is invalid"),
        (["junit="], "'junit=' is invalid"),
        (["=x"], "'=x' is invalid"),
    ],
)
def test_invalid_formats_are_usage_errors(drifting, formats, message):
    before = set(drifting.folder.iterdir())
    done = drifting.drift(*(f"--format={one}" for one in formats), status=64)
    assert done.stdout == "" and message in done.stderr and set(drifting.folder.iterdir()) == before


# MARK: Files


def test_a_file_keeps_its_permissions_and_a_link_stays_a_link(drifting, tmp_path):
    file, link = tmp_path / "drift.json", tmp_path / "link"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to("drift.json")
    drifting.drift("--at", "@1", "--format", f"json={link}")
    assert link.is_symlink() and file.stat().st_mode & 0o777 == 0o640
    assert json.loads(file.read_text())["report"] == "drift"


def test_a_device_is_written_to_and_not_replaced(drifting, tmp_path):
    drifting.drift("--at", "@1", "--format", "json=/dev/null")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("file", ["nowhere/drift.xml", "dangling", "."])
def test_a_file_that_cannot_be_written_is_an_error_before_any_report(drifting, tmp_path, file):
    (tmp_path / "dangling").symlink_to("nothing")
    done = drifting.drift("--at", "@1", "--format", f"junit={tmp_path / file}", "--format", "text", status=1)
    assert f"'{tmp_path / file}' cannot be {'used' if file == 'dangling' else 'written'}: " in done.error
    assert [one.name for one in tmp_path.iterdir()] == ["dangling"]


def test_a_full_disk_leaves_the_old_file(drifting, tmp_path):
    (tmp_path / "drift.json").write_text("old")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))  # noqa: E731
    done = subprocess.run(
        [drifting.binary, "drift", "--at", "@1", "--baseline", SHIPPED, "--format", f"json={tmp_path / 'drift.json'}"],
        cwd=drifting.folder, env=drifting.environment({}), capture_output=True, preexec_fn=limit, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1 and b"cannot be written: file too large" in done.stderr
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("drift.json", "old")]


# MARK: Exit status


@pytest.mark.parametrize(
    "arguments, status, listed",
    [
        (["--at", "@2"], 2, {"database", "database-access"}),
        (["--at", "@2", "--new-only"], 2, {"database", "database-access"}),
        (["--at", "@3", "--new-only"], 3, set()),
        (["--at", "@2", "--fail-on", "error"], 2, {"database", "database-access"}),
        (["--at", "@2", "--fail-on", "never"], 0, {"database", "database-access"}),
        (["--fail-on", "never"], 0, {"database", "database-access"}),
    ],
)
def test_findings_that_count_determine_the_status_and_old_ones_are_a_line(drifting, arguments, status, listed):
    done = drifting.drift(*arguments, status=status)
    assert set(re.findall(r"^drifted  ([\w-]+)", done.stdout, re.MULTILINE)) == listed
    assert ("2 findings are not listed: the snapshot before had them too." in done.stdout) == (not listed)
    report = drifting.drift(*arguments, "--format", "json", status=status).json
    assert report["verdict"] == "drifted" and report["counts"]["drifted"] == 2
    assert report["gate"]["verdict"] == {0: "in sync", 2: "drifted", 3: "unseen"}[status]


@pytest.mark.parametrize("severity, threshold, status", [("warning", "error", 0), ("warning", "warning", 2), ("error", "error", 2)])
def test_a_warning_counts_only_from_its_threshold_on(drifting, severity, threshold, status):
    (drifting.folder / "one.yml").write_text(
        "environment: antenna-production\n"
        f"expect: [{{ name: a, resource: rds.db-instance, severity: {severity}, is: {{ MultiAZ: true }} }}]\n"
    )
    drifting("drift", "--baseline", "one.yml", "--at", "@2", "--fail-on", threshold, status=status)
