"""Links and paths of a checkout choose no file outside of it, and no output has content of such a file."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from refused import files
from tidemark import SHIPPED, Tidemark

PLANTED = "planted-secret-0123456789"
BASELINE = """
environment: antenna-production
expect:
  - name: database
    resource: rds.db-instance
    where: { DBInstanceIdentifier: antenna-postgres }
    is: { Engine: postgres }
"""
PROJECT = "environments:\n  antenna-production:\n    baseline: {}\n"


@pytest.fixture
def outside(tmp_path_factory):
    """A file of the runner's that no pull request may read or write."""
    file = tmp_path_factory.mktemp("runner") / "secret.yml"
    file.write_text(f"token: {PLANTED}\n\x01\n")
    return file


@pytest.fixture
def checkout(copied):
    """The program in a git work tree, with the history and secrets in the environment."""
    subprocess.run(["git", "init", "--quiet", copied.folder], check=True)
    (copied.folder / ".git" / "config").write_text(f"[http]\n\textraheader = {PLANTED}\n")
    (copied.folder / "baseline.yml").write_text(BASELINE)
    copied.variables = {
        **copied.variables, "AWS_SESSION_TOKEN": PLANTED, "TIDEMARK_KEY": PLANTED, "PLANTED": f"a\x01{PLANTED}",
    }  # fmt: skip
    return copied


def commands(baseline):
    accept = ["accept", "0" * 12, "--because", "x", "--until", "2099-01-01", "--owner", "x"]
    return [
        ("drift", "--baseline", baseline), ("drift", "--baseline", baseline, "--format", "sarif"),
        ("drift", "--replay", "--baseline", baseline), ("baseline", "check", baseline),
        ("baseline", "check", baseline, "--format", "json"), (*accept, "--baseline", baseline),
    ]  # fmt: skip


def assert_nothing_comes_out(tidemark, *arguments):
    before = files(tidemark.folder)
    result = tidemark(*arguments, status=1)
    assert PLANTED not in result.stdout + result.stderr and "AWS_" not in result.stdout + result.stderr
    assert files(tidemark.folder) == before
    return result.stdout + result.stderr


def link(path, target):
    path.unlink(missing_ok=True)
    path.symlink_to(target)


# MARK: Reading


@pytest.mark.parametrize("target", ["/proc/self/environ", "{outside}", ".git/config", "/etc/passwd", "nowhere"])
def test_a_link_out_of_the_work_tree_is_not_followed(checkout, outside, target):
    link(checkout.folder / "linked.yml", target.format(outside=outside))
    for command in commands("linked.yml"):
        assert "'linked.yml' cannot be used: it is a link t" in assert_nothing_comes_out(checkout, *command)
    link(checkout.folder / "folder", outside.parent)
    for command in commands(f"folder/{outside.name}"):
        assert "/folder' is a link to a file outside" in assert_nothing_comes_out(checkout, *command)


def test_a_parent_folder_after_a_link_is_not_followed_out(checkout):
    (checkout.folder.parent / "outside.yml").write_text(BASELINE)
    link(checkout.folder / "docs", ".")
    for command in commands("docs/../outside.yml"):
        assert "cannot be used" in assert_nothing_comes_out(checkout, *command)
    report = ("drift", "--baseline", "baseline.yml", "--format", "json=docs/../drift.json")
    assert "cannot be used" in assert_nothing_comes_out(checkout, *report)
    assert not (checkout.folder.parent / "drift.json").exists()


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="there is no /dev/shm")
def test_a_checkout_below_dev_is_a_checkout(checkout, outside):
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        shutil.copytree(checkout.folder, folder, dirs_exist_ok=True)
        moved = Tidemark(Path(folder), checkout.variables)
        link(moved.folder / "linked.yml", outside)
        for command in commands("linked.yml"):
            assert "cannot be used" in assert_nothing_comes_out(moved, *command)


def test_the_existence_of_other_files_is_not_revealed(checkout, outside):
    for path in (outside, outside.parent / "nothing", "../nothing.yml", "nowhere/../../nothing.yml"):
        (checkout.folder / "over.yml").write_text(f"extends: {path}\n{BASELINE.lstrip()}")
        assert "'over.yml' names it" in assert_nothing_comes_out(checkout, "baseline", "check", "over.yml")


def test_a_link_within_the_work_tree_is_followed(checkout):
    (checkout.folder / "docs").mkdir()
    (checkout.folder / "docs" / "real.yml").write_text(BASELINE)
    link(checkout.folder / "linked.yml", "docs/real.yml")
    link(checkout.folder / "again.yml", "linked.yml")
    link(checkout.folder / "folder", "docs")
    for name in ("linked.yml", "again.yml", "folder/real.yml", "folder/../docs/real.yml"):
        assert checkout("drift", "--baseline", name).status == 0


def test_without_git_a_link_stays_below_its_folder(copied, outside):
    (copied.folder / "baseline.yml").write_text(BASELINE)
    link(copied.folder / "below.yml", "baseline.yml")
    copied("drift", "--baseline", "below.yml")
    link(copied.folder / "linked.yml", outside)
    assert_nothing_comes_out(copied, "drift", "--baseline", "linked.yml")


@pytest.mark.parametrize("source", ["{outside}", "/proc/self/environ", ".git/config", ".GIT/config", "../secret.yml"])
def test_a_path_in_a_file_stays_in_the_work_tree(checkout, outside, source):
    (checkout.folder.parent / "secret.yml").write_text(f"expect: {PLANTED}\n")
    (checkout.folder / ".GIT").mkdir(exist_ok=True)
    (checkout.folder / ".GIT" / "config").write_text(f"expect: {PLANTED}\n")
    path = source.format(outside=outside)
    (checkout.folder / "tidemark.yml").write_text(PROJECT.format(path))
    for command in (("drift",), ("baseline", "check"), ("baseline", "check", "--format", "json")):
        assert "'tidemark.yml' names it" in assert_nothing_comes_out(checkout, *command)
    (checkout.folder / "tidemark.yml").unlink()
    (checkout.folder / "over.yml").write_text(f"extends: {path}\n{BASELINE.lstrip()}")
    for command in commands("over.yml"):
        assert "'over.yml' names it" in assert_nothing_comes_out(checkout, *command)


def test_a_path_in_a_file_may_name_another_folder_of_the_work_tree(checkout):
    (checkout.folder / "shared").mkdir()
    (checkout.folder / "shared" / "base.yml").write_text(BASELINE)
    (checkout.folder / "service").mkdir()
    (checkout.folder / "service" / "over.yml").write_text("extends: ../shared/base.yml\n")
    (checkout.folder / "service" / "tidemark.yml").write_text(PROJECT.format("../shared/base.yml"))
    checkout("drift", "--baseline", "service/over.yml")
    checkout("drift", "--project", "service/tidemark.yml")


def test_a_path_on_the_command_line_is_not_restricted(checkout, outside):
    outside.write_text(BASELINE)
    checkout("drift", "--baseline", str(outside))
    with open(checkout.folder / "baseline.yml") as file:
        assert file.read() == BASELINE


@pytest.mark.parametrize(
    "text",
    [
        f"token: {PLANTED}\n\x01\n", f'{{"auths": {{"x": {{"auth": "{PLANTED}"}}}}}}', f"{PLANTED}: {PLANTED}\n",
        f"- {PLANTED}\n", PLANTED, f"a: {PLANTED}: b\n", f"\t{PLANTED}\n", f"*{PLANTED}\n", f"!<{PLANTED} x\n",
        f"{PLANTED}: 1\n{PLANTED}: 2\n", f"%TAG {PLANTED}\n---\n", f'"{PLANTED}\n', f"[{PLANTED}\n", f"@{PLANTED}\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["baseline", "project"])
def test_no_error_quotes_a_file_that_is_not_a_baseline(checkout, name, text):
    """For example, a file that an earlier step left in the checkout."""
    (checkout.folder / "other.yml").write_text(text)
    if name == "project":
        link(checkout.folder / "tidemark.yml", "other.yml")
        for command in (("log",), ("drift", "--baseline", SHIPPED), ("baseline", "check"), ("record",), ("policy",)):
            assert_nothing_comes_out(checkout, *command)
    else:
        for command in commands("other.yml"):
            assert "other.yml" in assert_nothing_comes_out(checkout, *command)


def test_a_line_of_a_baseline_is_quoted(checkout):
    (checkout.folder / "baseline.yml").write_text(BASELINE.replace("Engine", "Engin"))
    assert "is: { Engin: postgres }" in checkout("baseline", "check", "baseline.yml", status=1).stdout


def test_the_size_of_files_and_patterns_is_limited(checkout):
    (checkout.folder / "baseline.yml").write_text(BASELINE + "# " + "x" * (4 << 20))
    for command in commands("baseline.yml"):
        assert "more than 4 MiB" in assert_nothing_comes_out(checkout, *command)
    (checkout.folder / "tidemark.yml").write_text("environments: {}\n# " + "x" * (4 << 20))
    assert "more than 4 MiB" in assert_nothing_comes_out(checkout, "log")
    (checkout.folder / "tidemark.yml").unlink()
    assert "it is a device" in assert_nothing_comes_out(checkout, "drift", "--baseline", "/dev/zero")


# MARK: Writing


def test_no_report_is_written_through_a_link_out_of_the_work_tree(checkout, outside):
    before = outside.read_bytes()
    reports = ("text", "json", "markdown", "junit", "sarif", "github")
    for target in (outside, outside.parent / "new", "/dev/shm/tidemark-new", ".git/config", ".git/hooks/pre-commit"):
        link(checkout.folder / "drift.out", target)
        link(checkout.folder / "reports", outside.parent)
        for name in reports:
            for path in ("drift.out", f"reports/{outside.name}", "reports/new"):
                command = ("drift", "--baseline", "baseline.yml", "--format", f"{name}={path}")
                assert "cannot be used" in assert_nothing_comes_out(checkout, *command)
    assert outside.read_bytes() == before and [path.name for path in outside.parent.iterdir()] == [outside.name]


def test_no_draft_is_written_through_a_link(checkout, outside, tmp_path):
    for name in ("tidemark.yml", "draft.yml"):
        link(checkout.folder / name, outside.parent / "new")
        assert "exists already" in assert_nothing_comes_out(
            checkout, "init", "antenna-production", "--baseline", "draft.yml"
        )
        (checkout.folder / name).unlink()
    link(checkout.folder / "folder", outside.parent)
    assert_nothing_comes_out(checkout, "init", "antenna-production", "--baseline", "folder/draft.yml")
    assert [path.name for path in outside.parent.iterdir()] == [outside.name]


def test_no_history_is_created_or_read_through_a_link_out_of_the_work_tree(checkout, outside):
    link(checkout.folder / "folder", outside.parent)
    assert "cannot be used" in assert_nothing_comes_out(checkout, "history", "export", "--sqlite", "folder/new.sqlite")
    history = checkout.history.rename(outside.parent / "other.sqlite")
    before = history.read_bytes()
    link(checkout.history, history)
    for command in (("log",), ("record", "-e", "antenna-production"), ("drift", "--baseline", SHIPPED)):
        assert "'tidemark.sqlite' cannot be used: it is a link" in assert_nothing_comes_out(checkout, *command)
    link(checkout.history, outside.parent / "new.sqlite")
    assert "a link to a file that does not exist" in assert_nothing_comes_out(checkout, "record", "-e", "antenna-production")
    assert history.read_bytes() == before


def test_reports_can_be_written_to_the_kernels_links(checkout):
    result = checkout("drift", "--baseline", "baseline.yml", "--format", "json=/dev/stdout")
    assert json.loads(result.stdout)["verdict"] == "in sync"
