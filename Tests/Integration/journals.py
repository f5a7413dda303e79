"""Rollback journals as SQLite reads them: cold, hot, forged."""

from __future__ import annotations

import struct
from pathlib import Path

MAGIC = bytes.fromhex("d9d505f920a163d7")
SECTOR = 512


def beside(history: Path) -> Path:
    return history.with_name(history.name + "-journal")


def forged(database: bytes) -> bytes:
    """A hot journal that replaces the database beside it by another one; it has no key, so anybody can make it."""
    (size,) = struct.unpack(">H", database[16:18])
    size = 65536 if size == 1 else size
    count, nonce = len(database) // size, 7
    pages = [database[number * size : (number + 1) * size] for number in range(count)]
    header = MAGIC + struct.pack(">IIIII", count, nonce, count, SECTOR, size)
    records = [struct.pack(">I", n + 1) + page + struct.pack(">I", checksum(page, nonce)) for n, page in enumerate(pages)]
    return header.ljust(SECTOR, b"\0") + b"".join(records)


def emptying(size: int = 4096) -> bytes:
    """A hot journal that says the database had no pages before."""
    return (MAGIC + struct.pack(">IIIII", 0, 7, 0, SECTOR, size)).ljust(SECTOR, b"\0") + bytes(5000)


def naming(super_journal: str, journal: bytes) -> bytes:
    """A journal that names a super-journal. SQLite deletes that file after it has played the journal back."""
    name = super_journal.encode()
    total = sum(byte - 256 if byte > 127 else byte for byte in name)
    return journal + struct.pack(">I", 1) + name + struct.pack(">II", len(name), total & 0xFFFFFFFF) + MAGIC


def checksum(page: bytes, nonce: int) -> int:
    total, index = nonce, len(page) - 200
    while index > 0:
        total, index = total + page[index], index - 200
    return total & 0xFFFFFFFF
