"""The components of a program, from the files that the linker read."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from source import ROOT, Problem, run

OWN_NOTICES = ROOT / ".release/notices"
TOOLCHAIN = Path(shutil.which("swiftc") or "").resolve().parents[1]
GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
LICENSES = {
    "grdb.swift": "MIT",
    "libc6-dev": "LGPL-2.1-or-later",
    "libgcc-12-dev": GCC,
    "libsqlite3-dev": "blessing",
    "libssl-dev": "Apache-2.0",
    "libstdc++-12-dev": GCC,
    "swift-argument-parser": "Apache-2.0 WITH Swift-exception",
    "swift-log": "Apache-2.0",
    "yams": "MIT",
    "zlib1g-dev": "Zlib",
}
"""The SPDX expression of the parts that are linked."""


@dataclass(frozen=True)
class Component:
    name: str
    version: str
    license: str
    location: str
    """Where its source is, as a package URL (https://github.com/package-url/purl-spec)."""
    notices: tuple[Path, ...]


def linked(inputs: Path) -> list[Component]:
    """The components of the program, by name."""
    files = [Path(name) for name in read(inputs)]
    toolchain = [file for file in files if file.is_relative_to(TOOLCHAIN / "lib/swift_static")]
    built = [file for file in files if file.is_relative_to(ROOT / ".build") and file.suffix == ".o"]
    others = {file.resolve() for file in files if file not in toolchain and file not in built}
    found = {debian(file) for file in others if ".so" not in file.name} | {*swift(toolchain), *packages()}
    return sorted(found, key=lambda component: component.name)


def read(inputs: Path) -> list[str]:
    """The files of the first rule: https://www.gnu.org/software/make/manual/html_node/Rule-Syntax.html."""
    rule = re.split(r"(?<!\\)\n", inputs.read_text())[0].replace("\\\n", " ")
    target, _, names = rule.partition(": ")
    if not target.endswith("/tidemark"):
        raise Problem(f"'{inputs}' lists what '{target}' is made of: remove .build/release/tidemark, and build it again")
    return names.split()


def debian(file: Path) -> Component:
    """The Debian package of an archive or an object."""
    owner = run("dpkg-query", "--search", file).split(":")[0]
    if owner not in LICENSES:
        raise Problem(f"'{file}' is linked, and the license of '{owner}' is unknown: add it to {Path(__file__).name}")
    version, source, machine = run(
        "dpkg-query", "--show", "--showformat", "${Version} ${source:Package} ${Architecture}", owner
    ).split()
    location = f"pkg:deb/debian/{quote(owner)}@{quote(version)}?arch={machine}&upstream={quote(source)}"
    return Component(owner, version, LICENSES[owner], location, (Path(f"/usr/share/doc/{owner}/copyright"),))


def swift(files: list[Path]) -> list[Component]:
    """What the Swift toolchain contributes: its own libraries, and ICU."""
    version = re.search(r"Swift version (\S+)", run(TOOLCHAIN / "bin/swiftc", "--version"))[1]
    [header] = TOOLCHAIN.glob("lib/swift_static/_foundation_unicode/uvernum.h")
    unicode = re.search(r'#define U_ICU_VERSION "(\S+)"', header.read_text())[1]
    license = TOOLCHAIN / "share/swift/LICENSE.txt"
    parts = [
        Component("swift", version, "Apache-2.0 WITH Swift-exception", f"pkg:github/swiftlang/swift@{version}", (license,)),
        Component("icu", unicode, "Unicode-3.0", f"pkg:github/unicode-org/icu@{unicode}", (OWN_NOTICES / "icu",)),
    ]
    names = {file.name for file in files}
    return parts if "lib_FoundationICU.a" in names else parts[:1]


def packages() -> list[Component]:
    """The resolved Swift packages, and libyaml, which Yams contains."""
    found = []
    for pin in json.loads((ROOT / "Package.resolved").read_text())["pins"]:
        name, location, version = pin["identity"], pin["location"], pin["state"]["version"]
        checkout = ROOT / ".build/checkouts" / location.rsplit("/")[-1]
        notices = tuple(sorted([*checkout.glob("LICENSE*"), *checkout.glob("NOTICE*")]))
        if name not in LICENSES or not notices:
            raise Problem(f"the license of '{name}' is unknown: add it to {Path(__file__).name}, or find its text in {checkout}")
        address = f"pkg:swift/{location.removeprefix('https://')}@{version}"
        found.append(Component(name, version, LICENSES[name], address, notices))
        if name == "yams":
            found.append(Component("libyaml", f"in Yams {version}", "MIT", address, (OWN_NOTICES / "libyaml",)))
    return found
