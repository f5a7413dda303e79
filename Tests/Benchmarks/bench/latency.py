"""The time of `record` if every call takes 60 ms, as over a long distance: hardly more than its longest chain of
calls."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from emulator.replay import UNKNOWN_CALL, Replay, capturing, key, reply

from .measure import Command, Comparison, Measurement, WrongAnswer, memory_of
from .stories import Stories

MILLISECONDS = 60
# The allowed multiple of the time that the longest chain takes alone.
AT_MOST = 1.5
THREADS = 16
BOTO = Path(__file__).parent / "boto.py"


class TooSlow(Exception):
    """`record` takes longer than its longest chain allows."""


@dataclass(frozen=True)
class Latency:
    """Yields the comparison while its endpoint is running."""

    comparison: Comparison
    calls: int
    longest_chain: int

    @property
    def limit(self) -> float:
        """The time in milliseconds."""
        return AT_MOST * self.longest_chain * MILLISECONDS

    def lines(self, measured: Measurement) -> list[str]:
        part = measured.ours.median / (self.longest_chain * MILLISECONDS)
        return [
            f"{self.calls} calls, the longest chain of them {self.longest_chain}: "
            f"{part:.2f} of {self.longest_chain} × {MILLISECONDS} ms, at most {AT_MOST}"
        ]

    def check(self, measured: Measurement) -> None:
        if measured.ours.median > self.limit:
            raise TooSlow(f"'tidemark record' takes {measured.ours.median:.0f} ms, and may take {self.limit:.0f}")


@contextmanager
def latency(stories: Stories) -> Iterator[Latency]:
    """Both call an endpoint with the emulator's answers; the emulator's own time would be measured too."""
    folder = stories.folder / "latency"
    folder.mkdir()
    (folder / "questions.json").write_text(json.dumps(stories.questions()))
    script = [sys.executable, str(BOTO), "questions.json", "dump.json", str(THREADS)]
    ours = Command("tidemark", [*stories.record, "--verbose"], folder, "recorded", stories.variables)
    boto = Command(f"boto3, {THREADS} threads", script, folder, "answers", stories.variables)
    with capturing(stories.variables["AWS_ENDPOINT_URL"]) as (url, answers):
        for command in (ours, boto):
            memory_of(at(url, command))
    asked = []

    async def respond(request):
        asked.append(request)
        await asyncio.sleep(MILLISECONDS / 1000)
        return reply(answers.get(key(request), UNKNOWN_CALL))

    far = Replay(respond)
    try:
        ours, boto = at(far.url, ours), at(far.url, boto)
        calls, longest_chain = effort(ours)
        if calls != len(asked):
            raise WrongAnswer(f"'tidemark record' says {calls} calls, and made {len(asked)}")
        yield Latency(Comparison(f"record, {MILLISECONDS} ms a call", ours, [boto]), calls, longest_chain)
    finally:
        far.stop()


def at(url: str, command: Command) -> Command:
    return replace(command, variables={**command.variables, "AWS_ENDPOINT_URL": url})


def effort(record: Command) -> tuple[int, int]:
    """The number of calls and the longest chain, as `record` reports them; a test checks that report."""
    done = subprocess.run(
        [*record.arguments, "--strict"], cwd=record.folder, env=record.environment(), capture_output=True, text=True, check=True
    )
    (found,) = re.findall(r"^(\d+) calls, the longest chain of them (\d+), ", done.stderr, re.MULTILINE)
    return int(found[0]), int(found[1])
