"""The files of a release, which `make release` writes, and a server of them."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.message import Answer, Request
from emulator.proxy import serving

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / ".build/release-files"
REPOSITORY = "OWNER/tidemark"


def file(ending: str) -> Path:
    """The file with an ending: `.tar.gz`, `.sha256`, `.spdx.json` or `.deb`."""
    found = list(FILES.glob(f"*{ending}"))
    assert len(found) == 1, f"not one file *{ending} in {FILES}: run 'make release'"
    return found[0]


def version() -> str:
    return json.loads(file(".spdx.json").read_text())["packages"][0]["versionInfo"]


def unpacked(folder: Path) -> Path:
    """The folder that the tarball unpacks to."""
    with tarfile.open(file(".tar.gz")) as archive:
        archive.extractall(folder)
    [top] = folder.iterdir()
    return top


@contextmanager
def published() -> Iterator[str]:
    """A server on loopback with the release under the paths of GitHub; yields its URL."""
    folder = f"/{REPOSITORY}/releases/download/v{version()}/"

    def answer(request: Request) -> Answer:
        found = FILES / request.path.removeprefix(folder)
        served = request.path.startswith(folder) and found.is_file()
        return Answer(200, {}, found.read_bytes()) if served else Answer(404, {}, b"")

    with serving(answer) as url:
        yield url
