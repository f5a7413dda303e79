"""The table, in plain text, with a line for each comparison."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

from .measure import Figures, Measurement

HEAD = (
    f"{'':32}{'tidemark':>10}{'min':>9}{'max':>9}{'MiB':>6}   {'beside':26}{'median':>10}{'MiB':>6}{'ratio':>9}",
    f"{'':32}{'ms':>10}{'ms':>9}{'ms':>9}{'':6}   {'':26}{'ms':>10}{'':6}{'t / b':>9}",
)


def lines(measured: Measurement) -> list[str]:
    ours = measured.ours
    first = (
        f"{measured.what:32}{ours.median:10.1f}{min(ours.milliseconds):9.1f}{max(ours.milliseconds):9.1f}{ours.memory:6.0f}"
    )
    starts = [first] + [" " * len(first)] * (len(measured.others) - 1)
    end = [f"{'':32}too slow: no more than {measured.limit:.0f} ms are allowed"] if measured.is_too_slow else []
    return [start + beside(ours, other) for start, other in zip(starts, measured.others)] + end


def beside(ours: Figures, other: Figures) -> str:
    return f"   {other.name:26}{other.median:10.1f}{other.memory:6.0f}{ours.median / other.median:9.3f}"


def machine(folder: Path) -> list[str]:
    """The machine and the versions that the figures were measured on."""
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    kind = subprocess.run(["stat", "--file-system", "--format=%T", str(folder)], capture_output=True, text=True, check=True)
    versions = [first_line("git", "--version"), "sqlite3 " + first_line("sqlite3", "--version").split()[0]]
    return [
        f"{cpu}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {system}, {kind.stdout.strip()}",
        f"{', '.join(versions)}; times are medians of whole processes, run in turn",
    ]


def first_line(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
