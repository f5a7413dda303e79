"""A bit flipped anywhere in the file: every command answers correctly, or reports the damage in one line."""

import os
import random
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from emulator.fixtures import documented
from log import rows
from refused import RECORD, refused
from tidemark import SHIPPED, Tidemark

PAGE = 4096
SEED = 20261123
# A page of the file is read by three of these commands, and each command reads pages all over the file.
READS = [
    ("show",), ("show", "antenna-postgres", "--at", "v9"), ("who", "v10"), ("who", "back-to-v9"), ("tags",), ("log",),
    ("diff", "@1", "@4"), ("drift", "--baseline", SHIPPED),
]  # fmt: skip
# The words of a report of damage.
DAMAGE = ("is damaged", "is broken", "is not a history", "from a newer tidemark", "has format")


@pytest.fixture(scope="module")
def story(emulator, tmp_path_factory):
    """@1 v9 · @2 v10 · @3 v10 pushed again · @4 v9 again, as a release; every table of the index has rows."""
    stack = documented(emulator.endpoint)
    tidemark = Tidemark(tmp_path_factory.mktemp("damaged"), {**stack.variables(), "TIDEMARK_KEY": "0123456789abcdef"})
    stack.deploy("v9")
    tidemark.record("--release", "v9", "--by", "release-bot")
    stack.deploy("v10")
    stack.rotate("POSTGRES_PASSWORD")
    tidemark.record("--release", "v10", "--by", "release-bot")
    stack.push("v10")
    tidemark.record()
    stack.rollback("v9")
    tidemark.record("--release", "back-to-v9")
    return tidemark


def ask(tidemark, history, arguments):
    command = [tidemark.binary, *arguments, "--format", "json", "--history", str(history)]
    done = subprocess.run(command, env=tidemark.environment({}), capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def flips(sound: bytes):
    """An offset in each page, a bit of it, and the commands to run. Zeros are mostly the free space of a page."""
    choose = random.Random(SEED)
    for page in range(0, len(sound), PAGE):
        if used := [offset for offset in range(page, page + PAGE) if sound[offset]]:
            yield choose.choice(used), choose.randrange(8), choose.sample(READS, 3)


def test_no_flipped_bit_gives_a_wrong_answer(story, tmp_path):
    sound = story.history.read_bytes()
    truth = {arguments: ask(story, story.history, arguments) for arguments in READS}
    assert {status for status, _, _ in truth.values()} == {0}

    def wrong(flip):
        """The wrong answers, and the number of reports of damage."""
        offset, bit, commands = flip
        damaged = bytearray(sound)
        damaged[offset] ^= 1 << bit
        history = tmp_path / f"{offset}-{bit}.sqlite"
        history.write_bytes(damaged)
        found, reports = [], 0
        for arguments in commands:
            status, out, error = ask(story, history, arguments)
            one_line = out == "" and error.startswith("tidemark: ") and error.count("\n") == 1
            if status == 1 and one_line and any(words in error for words in DAMAGE):
                reports += 1
            elif (status, out, error) != truth[arguments]:
                found.append((offset, bit, arguments, status, out, error))
        assert history.read_bytes() == damaged
        history.unlink()
        return found, reports

    with ThreadPoolExecutor(4) as readers:
        results = list(readers.map(wrong, flips(sound)))
    assert [found for found, _ in results if found] == []
    # Enough flips hit data that a command reads.
    assert sum(reports > 0 for _, reports in results) >= len(results) // 5


def test_a_bit_behind_a_mark_of_the_sound_file_gives_no_wrong_answer(story, tmp_path):
    time.sleep(2.1)  # The file must be two seconds older than its mark.
    story("history", "verify")
    assert list(story.marks.iterdir())
    sound, times = story.history.read_bytes(), story.history.stat()
    truth = {arguments: ask(story, story.history, arguments) for arguments in READS}
    for offset, bit, commands in list(flips(sound))[::4]:
        with story.history.open("r+b") as file:
            file.seek(offset)
            file.write(bytes([sound[offset] ^ 1 << bit]))
        os.utime(story.history, ns=(times.st_atime_ns, times.st_mtime_ns))
        try:
            for arguments in commands:
                status, out, error = ask(story, story.history, arguments)
                assert (status, out, error) == truth[arguments] or status == 1 and any(words in error for words in DAMAGE)
        finally:
            story.history.write_bytes(sound)


def damaged(tidemark):
    """Flips a bit in the body of an entry that is not the newest; a long body is compressed."""
    history = bytearray(tidemark.history.read_bytes())
    (body,) = rows(tidemark.history, "SELECT body FROM log_entry WHERE typeof(body) = 'blob' ORDER BY seq LIMIT 1")[0]
    # The rest of it may be on other pages.
    history[history.index(body[:32]) + 20] ^= 1
    tidemark.history.write_bytes(history)


def test_a_record_verifies_the_head_and_on_request_everything(standing, copied):
    copied.record()
    damaged(copied)
    error = refused(copied, *RECORD, "--verify")
    assert " of 'antenna-production' is damaged: its body is not the one that was recorded: " in error
    assert copied.record("--release", "v10", "--format", "json").json["release"]["label"] == "v10"
    assert "is damaged" in copied("history", "verify", status=2).error
    assert "is damaged" in copied("log", status=1).error


def test_a_whole_history_is_verified_with_the_head_that_somebody_kept(copied):
    report = copied("history", "verify", "--format", "json").json
    (head,) = report["heads"].values()
    assert report["report"] == "verify" and report["entries"] == {"antenna-production": int(head[1 : head.index(":")]) + 1}
    assert head in copied("history", "verify", "--head", head).stdout
    other = head[:-1] + ("0" if head[-1] != "0" else "1")
    assert "does not have the entry" in copied("history", "verify", "--head", other, status=2).error
    assert "no history at" in copied("history", "verify", "--history", "missing.sqlite", status=1).error


def test_ci_reads_and_writes_no_mark_unless_a_folder_is_named(copied):
    copied("history", "verify", variables={"CI": "true"})
    assert not copied.marks.exists()
    time.sleep(2.1)  # The file must be two seconds older than its mark.
    copied("who", "v9", variables={"CI": "true", "TIDEMARK_CACHE": str(copied.folder / "named")})
    assert len(list((copied.folder / "named").iterdir())) == 1
    assert (copied.folder / "named").stat().st_mode & 0o777 == 0o700
    copied("tags")
    assert len(list(copied.marks.iterdir())) == 1
