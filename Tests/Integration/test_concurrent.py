"""Several processes record at once into one file: one unbroken chain, and nobody's snapshot is lost."""

import pytest

from log import bodies, check


def record_at_once(tidemark, labels):
    """By label: the exit status and what was said on stderr."""
    running = [tidemark.start("record", "-e", "antenna-production", "--release", label) for label in labels]
    said = [process.communicate(timeout=60)[1].decode() for process in running]
    return {label: (process.returncode, error) for label, process, error in zip(labels, running, said)}


def released(path):
    return sorted(body["release"]["label"] for body in bodies(path, "snapshot"))


@pytest.mark.parametrize("history", ["new", "grown"])
def test_three_at_once_are_all_recorded(tidemark, history):
    labels = ["a", "b", "c"]
    if history == "grown":
        tidemark.record("--release", "v9")
    before = released(tidemark.history) if tidemark.history.exists() else []
    assert record_at_once(tidemark, labels) == dict.fromkeys(labels, (0, ""))
    assert released(tidemark.history) == sorted([*before, *labels])
    assert check(tidemark.history) == 1 + len(before) + len(labels)


def test_with_more_at_once_each_is_recorded_or_says_that_it_is_not(tidemark):
    """A recorder that others overtook looks again, twice at most."""
    done = record_at_once(tidemark, ["a", "b", "c", "d", "e"])
    recorded = sorted(label for label, (status, _) in done.items() if status == 0)
    assert len(recorded) >= 3 and released(tidemark.history) == recorded
    for status, error in done.values():
        assert (status, error) == (0, "") or status == 1 and error.startswith(
            "tidemark: 'antenna-production' was not recorded: "
        )
    assert check(tidemark.history) == 1 + len(recorded)


def test_readers_read_while_others_write(recorded):
    writers = [recorded.start("record", "-e", "antenna-production", "--release", label) for label in ("a", "b")]
    while any(writer.poll() is None for writer in writers):
        assert recorded.show()["asOf"]["seq"] >= 1
    assert [writer.communicate()[1] for writer in writers] == [b"", b""]
    assert check(recorded.history) == 4
