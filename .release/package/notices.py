"""The licences and notices of the components, in one text."""

import re
from pathlib import Path

from components import Component

COMMON = Path("/usr/share/common-licenses")
HEADING = "=" * 78


def text(parts: list[Component]) -> str:
    """A part for each component, and the licences that Debian's notices refer to."""
    list = "\n".join(f"{part.name} {part.version}: {part.license}" for part in parts)
    sections = [
        "Tidemark contains these components. Their notices follow. Those of Debian's packages also name the licences of files\n"
        f"that are not linked, such as documentation and tests.\n\n{list}\n"
    ]
    common: set[str] = set()
    for part in parts:
        for file in part.notices:
            notice = file.read_text()
            sections.append(f"{HEADING}\n{part.name} {part.version}: {file.name}\n{HEADING}\n\n{notice}")
            common.update(re.findall(rf"{COMMON}/([\w.+-]*\w)", notice))
    for name in sorted(common):
        if (COMMON / name).exists():
            sections.append(f"{HEADING}\n{name}\n{HEADING}\n\n{(COMMON / name).read_text()}")
    return "\n".join(sections)
