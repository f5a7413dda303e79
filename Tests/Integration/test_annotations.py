"""GitHub's annotations: read as the runner reads them, and placed in the baseline."""

import re

from drifting import HOSTILE, NAME, drift
from tidemark import SHIPPED


def annotations(text):
    """The commands in a step's output, parsed by the runner's rules."""
    for line in text.split("\n")[:-1]:
        line = line.lstrip()
        assert line.startswith("::")
        end = line.index("::", 2)
        name, _, rest = line[2:end].partition(" ")
        assert name in ("error", "warning", "notice")
        pairs = [pair.split("=", 1) for pair in rest.strip().split(",") if pair]
        assert all(len(pair) == 2 for pair in pairs)
        properties = {key: unescape(value, "\r\n:,%") for key, value in pairs}
        yield name, properties, unescape(line[end + 2 :], "\r\n%")


def unescape(text, characters):
    """The text unescaped by the runner's rules: one character at a time, the percent sign last."""
    for character in characters:
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def test_annotations_have_the_line_of_the_baseline(hostile):
    found = list(annotations(drift(hostile, "github")))
    lines = (hostile.folder / NAME).read_text(encoding="utf-8").split("\n")
    placed = [one for one in found if "file" in one[1]]
    assert {properties["file"] for _, properties, _ in placed} == {NAME}
    names = [lines[int(properties["line"]) - 1] for _, properties, _ in placed]
    kinds = dict(zip((re.search(r"name: (\S+?),? ", name + " ")[1] for name in names), (one[0] for one in placed)))
    assert kinds.pop('"a|b') == "error"
    assert kinds == {"open": "warning", "worth-saying": "notice", "unseen": "warning"}


def test_annotations_escape_texts_of_others(hostile):
    ((level, properties, message),) = [one for one in annotations(drift(hostile, "github")) if HOSTILE in one[2]]
    assert properties["title"].startswith(f"antenna-production: {HOSTILE}") and level == "error"
    assert message.split("\n")[0].startswith("DBInstanceClass is db.t4g.medium, and should be " + HOSTILE)


def test_the_first_notice_is_the_summary(hostile):
    level, properties, message = next(one for one in annotations(drift(hostile, "github")) if one[0] == "notice")
    assert level == "notice" and properties == {"title": "antenna-production: drifted"}
    assert re.search(r"^6 expectations: ", message, re.MULTILINE)


def test_a_shipped_baseline_has_no_place(drifting):
    assert all("file" not in one[1] for one in annotations(drift(drifting, "github", baseline=SHIPPED)))


def test_the_tenth_error_names_the_others(drifting, many):
    errors = [one for one in annotations(drift(drifting, "github", baseline=many)) if one[0] == "error"]
    assert len(errors) == 10
    first, second, *_, last = errors[-1][2].split("\n")
    assert first.startswith("991 more errors: GitHub shows 10 of a step; ") and "json has all of them" in first
    assert second == "many.yml:12: 見出し-9 drifted" and last == "and 971 more"
