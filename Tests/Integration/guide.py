"""Reader of the guide's sections 2 to 7, by sentence, and of the table that maps each sentence to its checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ANTENNA = Path(__file__).resolve().parents[2] / "Reports/baselines/antenna"
HEADING = re.compile(r"#+ (?:(\d+(?:\.\d+)?)\.? )?")
ITEM = re.compile(r"( *)(?:-|\d+\.) +(.*)")
UNCHECKED = "Cannot be checked: "


@dataclass(frozen=True)
class Row:
    section: str
    sentence: str
    checks: str = ""

    @property
    def expectations(self) -> list[str]:
        """The expectations that the table names; empty if it gives a reason for none."""
        return [] if self.checks.startswith(UNCHECKED) else re.findall(r"`([a-z-]+)`", self.checks.partition(";")[0])

    @property
    def reason(self) -> str | None:
        return self.checks.removeprefix(UNCHECKED) if self.checks.startswith(UNCHECKED) else None


def sentences() -> list[Row]:
    """Every sentence and list item; an item includes the words that introduce its list."""
    found: list[Row] = []
    for section, blocks in sections():
        lead = ""
        for block in blocks:
            items = list_items(block)
            if items is not None:
                found += [Row(section, joined(lead, item)) for item in items]
                lead = ""
                continue
            *whole, last = re.split(r"(?<=\D[.])\s+(?=[A-Z*])", " ".join(line.strip() for line in block))
            found += [Row(section, sentence) for sentence in whole]
            if plain(last).endswith(":"):
                lead = last
            else:
                found.append(Row(section, joined(lead, last)))
                lead = ""
    return found


def sections():
    """The paragraphs and lists by number of section, each as its lines; a heading without a number belongs to the
    section before it."""
    text = (ANTENNA / "guide.md").read_text()
    text = text[text.index("\n## 2. ") : text.index("\n## 8. ")]
    section, blocks = "", [[]]
    for line in text.splitlines():
        heading = HEADING.match(line)
        if heading or line.strip() in ("", "---"):
            blocks.append([])
        elif ITEM.match(line) and blocks[-1] and not ITEM.match(blocks[-1][0]):
            blocks.append([line])  # A list ends the paragraph.
        else:
            blocks[-1].append(line)
        if heading:
            yield section, [block for block in blocks if block]
            section, blocks = heading[1] or section, [[]]
    yield section, [block for block in blocks if block]


def list_items(block: list[str]) -> list[str] | None:
    """The items of a list, with nested items after their parents; None for a paragraph."""
    if not ITEM.match(block[0]):
        return None
    items: list[tuple[int, str]] = []
    for line in block:
        item = ITEM.match(line)
        if item:
            items.append((len(item[1]), item[2].strip()))
        else:
            items[-1] = (items[-1][0], f"{items[-1][1]} {line.strip()}")
    found, leads = [], []
    for number, (depth, text) in enumerate(items):
        leads = [lead for lead in leads if lead[0] < depth]
        if number + 1 < len(items) and items[number + 1][0] > depth:
            leads.append((depth, text))
        else:
            found.append(" ".join([lead for _, lead in leads] + [text]))
    return found


def joined(lead: str, text: str) -> str:
    return f"{lead} {text}" if lead else text


def plain(text: str) -> str:
    """The text without Markdown marks."""
    return re.sub(r"[*`\\]", "", text).strip()


def table() -> list[Row]:
    text = (ANTENNA / "README.md").read_text()
    rows = re.findall(r"^\| ([\d.]+) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    return [Row(*row) for row in rows]
