"""Refusals: one clear line with exit status 1, and no file changed."""

import hashlib

from tidemark import SHIPPED

RECORD = ("record", "-e", "antenna-production")
REPORTS = [
    ("show",), ("who", "v9"), ("tags",), ("log",), ("diff", "@1"), ("drift", "--baseline", SHIPPED),
]  # fmt: skip


def files(folder):
    """The hash of every file below a folder."""
    return {path: hashlib.sha256(path.read_bytes()).digest() for path in folder.rglob("*") if path.is_file()}


def refused(tidemark, *arguments, **options):
    """Runs a command that must be refused: one line of what failed, why and what to do, and no file changed."""
    before = files(tidemark.folder)
    error = tidemark(*arguments, status=1, **options).error
    assert files(tidemark.folder) == before
    assert ": " in error and not error.endswith(".") and "Error(" not in error and "Swift" not in error
    assert not error[0].isupper(), error
    return error
