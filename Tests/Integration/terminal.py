"""The program on a pseudo-terminal, and what a user sees there."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import termios
import time
from collections.abc import Callable
from contextlib import contextmanager

ERASE = "\r\x1b[K"
# The longest wait for something that is immediate on an idle machine, in seconds.
PATIENCE = 120


class Terminal:
    """A program's terminal: its stderr, and its stdout unless redirected."""

    def __init__(self, process, descriptor: int):
        self.process = process
        self.descriptor = descriptor
        self.printed = ""

    def read_until(self, text: str) -> None:
        self.read_while(lambda: text not in self.printed, f"{text!r} is not in")

    def read_while(self, condition: Callable[[], bool], what: str) -> None:
        """Reads while the condition is true; fails with `what` if it does not become false in time."""
        deadline = time.monotonic() + PATIENCE
        while condition():
            assert time.monotonic() < deadline and self.read(0.5), f"{what}: {self.printed!r}"

    def read(self, seconds: float) -> bool:
        """Reads what has arrived; False once the other side is closed."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return True
        try:
            chunk = os.read(self.descriptor, 4096)
        except OSError:  # The other side is closed.
            return False
        self.printed += chunk.decode()
        return chunk != b""

    def end(self) -> int:
        """Reads all output, and returns the exit status."""
        deadline = time.monotonic() + PATIENCE
        while self.read(0.5):
            assert time.monotonic() < deadline, self.printed
        return self.process.wait(PATIENCE)

    @property
    def drawn(self) -> list[str]:
        """Every text that the line had, in order."""
        return [line for line in (part.split("\r\n")[0] for part in self.printed.split(ERASE)[1:]) if line]

    @property
    def screen(self) -> list[str]:
        """The final lines on the screen."""
        lines, column = [""], 0
        rest = self.printed
        while rest:
            if rest.startswith("\x1b[K"):
                lines[-1], rest = lines[-1][:column], rest.removeprefix("\x1b[K")
                continue
            one, rest = rest[0], rest[1:]
            if one == "\n":
                lines.append("")
            elif one == "\r":
                column = 0
            else:
                lines[-1], column = lines[-1][:column].ljust(column) + one + lines[-1][column + 1 :], column + 1
        return lines


@contextmanager
def on_a_terminal(tidemark, *arguments, columns: int = 80, variables: dict = {}, **streams):
    """Starts the program on a terminal of this width; ends it after the test."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    tidemark.variables.update({"TERM": "xterm", **variables})
    process = tidemark.start(*arguments, **{"stdout": theirs, "stderr": theirs, **streams})
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.kill()
        process.wait(PATIENCE)
        os.close(ours)
