"""An endpoint that shows what waits for what: it answers nobody until the one who asks has nothing left to ask."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

from emulator.message import Request
from emulator.replay import Answers, Replay, Reply, key, reply

# So long must all of the program's threads have slept, with no call more, for it to be waiting for answers alone.
QUIET_SECONDS = 0.04
LOOK_EVERY = 0.005


class Waves:
    """Holds every call until no other can come before an answer, and then answers all that it holds: a wave.

    As many waves as there are, so many calls had to wait for each other.
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
        """Lets a program that asks here run to its end."""
        self.replay.wait(self.release_until_end(process))

    async def release_until_end(self, process: subprocess.Popen) -> None:
        # On the loop that reads the calls: whatever has arrived by a look is held by the next.
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
    """Whether none of its threads runs, wants to, or waits for a disk."""
    for thread in Path(f"/proc/{process}/task").glob("*/stat"):
        try:
            if thread.read_text().rpartition(")")[2].split()[0] != "S":
                return False
        except OSError:
            pass  # it has ended meanwhile
    return True
