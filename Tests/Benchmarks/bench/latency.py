"""The time of `record` if every call takes 60 ms, as over a long distance: hardly more than its longest chain of
calls."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from emulator.replay import UNKNOWN_CALL, Replay, capturing, key, reply

from . import targets
from .measure import Command, Measurement, Row, WrongAnswer, medians_of
from .recording import script
from .stories import Stories

MILLISECONDS = 60
THREADS = 16


@contextmanager
def latency(stories: Stories) -> Iterator[Measurement]:
    """Both call an endpoint with the emulator's answers; the emulator's own time would be measured too."""
    folder = stories.folder / "latency"
    folder.mkdir()
    ours = Command("tidemark", [*stories.record, "--verbose"], folder, "recorded", stories.variables)
    boto = script(stories, folder, THREADS)
    with capturing(stories.variables["AWS_ENDPOINT_URL"]) as (url, answers):
        for command in (ours, boto):
            at(url, command).run()
    asked = []

    async def respond(request):
        asked.append(request)
        await asyncio.sleep(MILLISECONDS / 1000)
        return reply(answers.get(key(request), UNKNOWN_CALL))

    far = Replay(respond)
    ours, boto = at(far.url, ours), at(far.url, boto)
    what = f"record, {MILLISECONDS} ms a call"

    def rows(rounds: int) -> Iterator[Row]:
        asked.clear()
        calls, longest_chain = effort(ours)
        if calls != len(asked):
            raise WrongAnswer(f"'tidemark record' says {calls} calls, and made {len(asked)}")
        own, other = medians_of([ours, boto], rounds)
        chain = f"its {longest_chain} calls in a chain"
        yield Row(what, "ms", own, chain, longest_chain * MILLISECONDS, targets.WALK)
        yield Row(what, "ms", own, boto.name, other)

    try:
        yield Measurement(what, rows)
    finally:
        far.stop()


def at(url: str, command: Command) -> Command:
    return replace(command, variables={**command.variables, "AWS_ENDPOINT_URL": url})


def effort(record: Command) -> tuple[int, int]:
    """The number of calls and the longest chain, as `record` reports them; a test checks that report."""
    done = replace(record, arguments=[*record.arguments, "--strict"]).run()
    (found,) = re.findall(r"^(\d+) calls, the longest chain of them (\d+), ", done.stderr, re.MULTILINE)
    return int(found[0]), int(found[1])
