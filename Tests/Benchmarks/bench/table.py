"""The table, in plain text, with a line for each row."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

from .measure import Row

HEAD = f"{'what':44}{'tidemark':>13}   {'compared with':26}{'':>13}{'ratio':>9}{'target':>11}   holds"


def line(row: Row) -> str:
    ratio = row.ours / row.other if row.other else float("inf")
    target = row.target.text(row.other) if row.target else ""
    return (
        f"{row.what:44}{figure(row.ours, row.unit):>13}   {row.beside:26}{figure(row.other, row.unit):>13}"
        f"{ratio:9.2f}{target:>11}   {verdict(row)}"
    ).rstrip()


def figure(value: float, unit: str) -> str:
    return f"{value:,.1f} {unit}"


def verdict(row: Row) -> str:
    if row.fails:
        return "NO: fails"
    return {True: "yes", False: "no", None: ""}[row.holds]


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
        f"{', '.join(versions)}, {first_line('valgrind', '--version')}",
        "ms are medians of whole processes, run in turn, and fail at twice their target; instr. are millions of instructions,"
        " KiB are read and written, MiB are peak memory or files",
    ]


def first_line(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
