"""A user who may read a folder and not write to it."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from tidemark import Tidemark

NOBODY = 65534


class Reader(Tidemark):
    """The program as `nobody`, because root may write everywhere."""

    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


@contextmanager
def as_reader(tidemark: Tidemark):
    """Gives the program to a read-only user inside the `with` block."""
    outside = tidemark.folder.parent
    binary = Path(shutil.copy(tidemark.binary, outside / "tidemark"))
    binary.chmod(0o555)
    # The folders that pytest creates for root alone. A worker of xdist has one more level.
    for folder in (outside, *outside.parents):
        if folder.owner() == outside.owner() and folder.stat().st_mode & 0o077 == 0:
            folder.chmod(0o755)
    modes = {path: path.stat().st_mode for path in (*tidemark.folder.iterdir(), tidemark.folder)}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield Reader(tidemark.folder, tidemark.variables, str(binary))
    finally:
        for path, mode in reversed(modes.items()):
            path.chmod(mode)
