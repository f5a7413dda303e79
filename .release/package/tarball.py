"""The tarball of a release."""

import gzip
import io
import tarfile
from pathlib import Path

from source import Source


def write(folder: Path, source: Source, contents: dict[str, bytes]) -> Path:
    """Writes the files, sorted, with the commit's time and root as their owner."""
    path = folder / f"{source.name}.tar.gz"
    with path.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as compressed:
        with tarfile.open(fileobj=compressed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for name, content in sorted(contents.items()):
                entry = tarfile.TarInfo(f"{source.name}/{name}")
                entry.size, entry.mtime, entry.mode = len(content), source.time, 0o755 if name == "tidemark" else 0o644
                entry.uname = entry.gname = "root"
                archive.addfile(entry, io.BytesIO(content))
    return path
