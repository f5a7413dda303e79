"""A full disk: an error of one line, the file unchanged, and the same record succeeds once there is room."""

import resource
import shutil
import subprocess

import pytest

from log import check, count
from refused import RECORD, files, refused
from tidemark import Tidemark
from versions import make_older

KIB = 1024


@pytest.fixture
def disk(standing, caching, tmp_path):
    """The program with a history on a small disk of its own; only root may mount one."""
    _, recorded = standing
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        shutil.copy(recorded.history, folder)
        yield Tidemark(folder, {**recorded.variables, "AWS_ENDPOINT_URL": caching})
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder, rest: int):
    """Leaves this many bytes free."""
    room = shutil.disk_usage(folder).free - rest
    (folder / "filling").write_bytes(b"x" * room)
    assert shutil.disk_usage(folder).free == rest


def refused_for_room(tidemark, *arguments, **options) -> bool:
    """Records; whether it failed. A failure leaves every file unchanged."""
    before = files(tidemark.folder)
    result = tidemark(*RECORD, *arguments, status=None, **options)
    if result.status == 0:
        return False
    assert result.status == 1 and "'tidemark.sqlite' cannot be written: " in result.error, result
    assert "the disk is full: make room and try again" in result.error, result
    assert files(tidemark.folder) == before
    return True


# From no room to enough room: in each case another of SQLite's writes is the first that fails.
@pytest.mark.parametrize("room", range(0, 60, 8))
def test_a_full_disk_loses_nothing(disk, room):
    fill(disk.folder, room * KIB)
    is_refused = refused_for_room(disk, "--release", "v10")
    assert is_refused or room > 0
    (disk.folder / "filling").unlink()
    assert disk("who", "v9", "--format", "json").json["deployments"][0]["seq"] == 1
    if is_refused:
        disk.record("--release", "v10")
    assert check(disk.history) == 3


@pytest.mark.parametrize("room", [0, 4, 40, 120])
def test_a_first_record_on_a_full_disk_can_be_repeated(disk, room):
    disk.history.unlink()
    fill(disk.folder, room * KIB)
    result = disk.record("--release", "v9", status=None)
    assert result.status == 0 or "the disk is full: make room and try again" in result.error
    (disk.folder / "filling").unlink()
    if result.status != 0:
        assert disk("show", status=1).error.startswith(("no history at", "no environment in"))
        disk.record("--release", "v9")
    assert check(disk.history) == 2


@pytest.mark.parametrize("room", [0, 40, 160, 400])
def test_an_older_history_on_a_full_disk_is_migrated_or_unchanged(disk, room):
    """The migration is a transaction of its own: there may be room for it, but not for the snapshot after it."""
    make_older(disk.history)
    before = disk.history.read_bytes()
    fill(disk.folder, room * KIB)
    result = disk.record(status=None)
    assert result.status == 0 or "the disk is full: make room and try again" in result.error
    (disk.folder / "filling").unlink()
    backup = disk.folder / "tidemark.sqlite.version-1"
    is_migrated = backup.exists()
    assert sorted(disk.folder.iterdir()) == [disk.history, backup][: 1 + is_migrated]
    assert is_migrated or disk.history.read_bytes() == before
    if result.status != 0:
        disk.record()
    assert check(disk.history) == 3 and count(backup, "entry") == 2


@pytest.mark.parametrize("room", [0, 40, 400])
def test_a_copy_for_which_there_is_no_room_leaves_nothing(disk, room):
    fill(disk.folder, room * KIB)
    error = refused(disk, "history", "export", "--sqlite", "copy.sqlite")
    assert error == "'copy.sqlite' cannot be written: the disk is full: make room and try again"


def test_a_limit_on_the_size_of_files_acts_like_a_full_disk(copied):
    """A user's quota or limit gives an error, and not a signal that ends the program."""
    before = files(copied.folder)
    limit = 8 * KIB, resource.RLIM_INFINITY
    process = copied.start(*RECORD, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    out, error = process.communicate(timeout=60)
    assert process.returncode == 1 and out == b"" and error.count(b"\n") == 1
    assert b"'tidemark.sqlite' cannot be written: " in error and b"and try again" in error
    assert files(copied.folder) == before
    copied.record()
    assert check(copied.history) == 3
