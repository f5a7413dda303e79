"""An endpoint that measures which calls wait for others: it answers only when the program has no further call to
make."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

from emulator.message import Request
from emulator.replay import Answers, Replay, Reply, key, reply

# If all of the program's threads have slept for this long without another call, it only waits for answers.
QUIET_SECONDS = 0.04
LOOK_EVERY = 0.005


class Waves:
    """Holds every call until no other can come before an answer, and then answers all held calls: one wave.

    The number of waves is the longest chain of calls that depend on each other.
    """

    def __init__(self, answers: Answers):
        self.answers = answers
        self.sizes: list[int] = []
        self.held: list[asyncio.Event] = []
        self.replay = Replay(self.respond)

    async def respond(self, request: Request) -> Reply:
        released = asyncio.Event()
        self.held.append(released)
        await released.wait()
        return reply(self.answers[key(request)])

    def run(self, process: subprocess.Popen) -> None:
        """Runs a program that calls this endpoint to its end."""
        self.replay.wait(self.release_until_end(process))

    async def release_until_end(self, process: subprocess.Popen) -> None:
        # This runs on the loop that reads the calls: a call that has arrived by one check is held by the next.
        quiet, seen = 0.0, 0
        while process.poll() is None:
            await asyncio.sleep(LOOK_EVERY)
            still = len(self.held) == seen and is_asleep(process.pid)
            quiet, seen = (quiet + LOOK_EVERY if still else 0.0), len(self.held)
            if self.held and quiet >= QUIET_SECONDS:
                self.sizes.append(len(self.held))
                for released in self.held:
                    released.set()
                self.held, quiet, seen = [], 0.0, 0


def is_asleep(process: int) -> bool:
    """Whether every thread sleeps, and none runs or waits for a disk."""
    for thread in Path(f"/proc/{process}/task").glob("*/stat"):
        try:
            if thread.read_text().rpartition(")")[2].split()[0] != "S":
                return False
        except OSError:
            pass  # the thread has ended
    return True
