"""The README's program compiles outside of the package: it uses public API alone."""

import re
import subprocess
from pathlib import Path

from tidemark import BINARY

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(BINARY).parent
MODULES = [
    BUILD / "Modules",
    BUILD / "CCurl.build",
    ROOT / "Sources/COpenSSL",
    ROOT / "Sources/CZlib",
    ROOT / ".build/checkouts/GRDB.swift/Sources/GRDBSQLite",
    ROOT / ".build/checkouts/Yams/Sources/CYaml/include",
]


def test_the_program_in_the_readme_compiles(tmp_path):
    [program] = re.findall(r"```swift\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    (tmp_path / "main.swift").write_text(program)
    command = ["swiftc", "-typecheck", "-swift-version", "6", "-package-name", "another", "main.swift"]
    for path in MODULES:
        command += ["-I", path]
    compiled = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (compiled.returncode, compiled.stderr) == (0, "")
