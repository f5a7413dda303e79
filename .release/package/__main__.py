"""package BINARY INPUTS FOLDER

Makes the files of a release from a linked program: a tarball and a Debian package of the stripped program with its licences and
an SPDX document, that document by itself, and the checksums of the three. INPUTS is what the linker read; the components are
found from it. The same program gives the same bytes.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import components
import debian
import notices
import spdx
import tarball
from source import ROOT, Problem, Source


def main(binary: Path, inputs: Path, folder: Path) -> None:
    source = Source.of(binary)
    parts = components.linked(inputs)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        program = Path(scratch) / "tidemark"
        # That section has hashes of debug information, and so of the folder of the build.
        strip = ["strip", "--strip-all", "--remove-section=.swift_modhash"]
        subprocess.run([*strip, "-o", program, binary], check=True)
        contents = {
            "tidemark": program.read_bytes(),
            "LICENSE": (ROOT / "LICENSE").read_bytes(),
            "NOTICES": notices.text(parts).encode(),
            "tidemark.spdx.json": spdx.document(source, program, parts).encode(),
        }
        files = [
            tarball.write(folder, source, contents),
            debian.write(folder, source, program, contents),
        ]
    document = folder / f"{source.name}.spdx.json"
    document.write_bytes(contents["tidemark.spdx.json"])
    checksums = subprocess.run(
        ["sha256sum", *sorted(file.name for file in [*files, document])], cwd=folder, check=True, capture_output=True
    )
    (folder / f"{source.name}.sha256").write_bytes(checksums.stdout)
    print("\n".join(sorted(str(file) for file in folder.iterdir())))


if __name__ == "__main__":
    try:
        main(*(Path(argument).absolute() for argument in sys.argv[1:]))
    except Problem as problem:
        sys.exit(f"package: {problem}")
