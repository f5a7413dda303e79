"""The Debian package of a release."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from source import Source, run


def write(folder: Path, source: Source, program: Path, contents: dict[str, bytes]) -> Path:
    machine = run("dpkg", "--print-architecture")
    # A tilde sorts before the end: 0.1.0~dev is older than 0.1.0.
    version = source.version.replace("-", "~")
    copyright = contents["LICENSE"] + b"\n" + contents["NOTICES"]
    files = {
        "DEBIAN/control": control(version, machine, program).encode(),
        "usr/bin/tidemark": contents["tidemark"],
        "usr/share/doc/tidemark/copyright": copyright,
        "usr/share/doc/tidemark/tidemark.spdx.json": contents["tidemark.spdx.json"],
    }
    path = folder / f"tidemark_{version}_{machine}.deb"
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        for name, content in files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            file.chmod(0o755 if name == "usr/bin/tidemark" else 0o644)
        for file in [root, *root.rglob("*")]:
            if file.is_dir():
                file.chmod(0o755)
            os.utime(file, (source.time, source.time))
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z6", "--build", root, path],
            check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(source.time)},
        )  # fmt: skip
    return path


def control(version: str, machine: str, program: Path) -> str:
    return f"""Package: tidemark
Version: {version}
Architecture: {machine}
Maintainer: the Tidemark project
Section: admin
Priority: optional
Depends: libc6 (>= {glibc(program)}), libcurl4 (>= 7.88), ca-certificates
Description: record what an AWS environment looks like at every deploy
 Tidemark records releases, reports where an environment has drifted from its
 documentation, and answers what was there at any recorded moment.
"""


def glibc(program: Path) -> str:
    """The newest version of glibc that has all symbols of the program."""
    versions = re.findall(r"GLIBC_([\d.]+)", run("readelf", "--version-info", "--wide", program))
    return max(versions, key=lambda version: [int(number) for number in version.split(".")])
