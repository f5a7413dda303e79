"""Few descriptors or threads, or little memory: each command works, or names the limit that is too low."""

import resource

import pytest

from log import check
from reader import as_reader
from refused import RECORD, files
from tidemark import SHIPPED

MIB = 1 << 20
LIMITS = {
    "descriptors": resource.RLIMIT_NOFILE,
    "memory": resource.RLIMIT_AS,
    "threads": resource.RLIMIT_NPROC,
}
REMEDIES = {"descriptors": "ulimit -n", "memory": "ulimit -v", "threads": "ulimit -u"}


def limited(tidemark, limit, value, *arguments):
    """The exit status and stderr; a program that hangs fails the test."""
    lower = lambda: resource.setrlimit(LIMITS[limit], (value, value))  # noqa: E731
    process = tidemark.start(*arguments, preexec_fn=lower, **tidemark.user)
    out, error = process.communicate(timeout=120)
    return process.returncode, out.decode(), error.decode()


def works_or_says(tidemark, limit, value, *arguments) -> bool:
    """Whether the command works; if not, nothing is changed, and the error names the limit."""
    before = files(tidemark.folder)
    status, out, error = limited(tidemark, limit, value, *arguments)
    if status == 0:
        assert out != "" and error == ""
        return True
    # If not even its libraries can be loaded, the system's loader reports the error.
    if status == 127 and "error while loading shared libraries" in error:
        assert out == ""
    else:
        assert (status, out) == (1, "") and error.startswith("tidemark: ") and error.count("\n") == 1, (status, error)
        assert REMEDIES[limit] in error
    assert files(tidemark.folder) == before
    return False


@pytest.mark.parametrize("descriptors", [3, 5, 6, 7, 8, 12, 15, 16, 17, 18, 24])
def test_few_descriptors_work_or_are_reported(cached, descriptors):
    reads = works_or_says(cached, "descriptors", descriptors, "log")
    assert works_or_says(cached, "descriptors", descriptors, "show") == reads
    assert reads == (descriptors >= 7)
    records = works_or_says(cached, "descriptors", descriptors, *RECORD, "--strict")
    assert records == (descriptors >= 17)
    assert check(cached.history) == 2 + records


@pytest.mark.parametrize("mebibytes", [96, 160, 224, 288, 384, 512, 1024])
def test_little_memory_works_or_is_reported(cached, mebibytes):
    works_or_says(cached, "memory", mebibytes * MIB, "log")
    works_or_says(cached, "memory", mebibytes * MIB, "drift", "--baseline", SHIPPED)
    records = works_or_says(cached, "memory", mebibytes * MIB, *RECORD, "--strict")
    assert check(cached.history) == 2 + records


@pytest.mark.parametrize("threads", [1, 2, 3, 5])
def test_few_threads_work_or_are_reported(cached, threads):
    """As another user than root, to whom the limit does not apply; other threads of that user may run at the same
    time."""
    with as_reader(cached) as reader:
        assert not works_or_says(reader, "threads", threads, *RECORD)
        works_or_says(reader, "threads", threads, "log")
