"""The README shows the output of the demo."""

import os
import re
import subprocess
from pathlib import Path

from tidemark import BINARY

PROJECT = Path(__file__).resolve().parents[2]
VARYING = {
    "<time>": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ",
    "<hash>": r"\b[0-9a-f]{64}\b",
    "<group>": r"awseb-e-[a-z0-9]+-stack-AWSEBSecurityGroup-[A-Z0-9]+",
    "<cluster>": r"awseb-antenna-production-[a-z0-9]{10}",
    "<environment>": r"\be-[a-z0-9]{10}\b",
    "<id>": r"\b(sg|i|vpc|subnet)-[0-9a-f]{8,17}\b",
    "<size>": r"\b\d+ resources known; \d+ questions\b",
}


def block_after(text, command):
    """The first fenced block after a line outside of any fence with the command in it."""
    block, is_fenced, is_near = [], False, False
    for line in text.splitlines():
        if line.startswith("```"):
            if is_fenced and is_near:
                return "\n".join(block)
            is_fenced = not is_fenced
        elif is_fenced and is_near:
            block.append(line)
        elif not is_fenced:
            is_near = is_near or command in line
    raise AssertionError(f"no fenced block follows a line with '{command}'")


def normalised(text):
    for name, pattern in VARYING.items():
        text = re.sub(pattern, name, text)
    return text.strip()


def test_the_readme_shows_the_output_of_the_demo():
    demo = [PROJECT / "Tests/Demo/demo", BINARY]
    done = subprocess.run(demo, capture_output=True, text=True, timeout=120, env={"PATH": os.environ["PATH"]})
    assert done.returncode == 0 and done.stderr == ""
    shown = block_after((PROJECT / "README.md").read_text(), "make demo")
    assert normalised(shown) == normalised(done.stdout)


def test_every_exit_status_of_the_readme_is_in_the_help(tidemark):
    table = (PROJECT / "README.md").read_text().partition("### Exit status")[2].partition("\n#")[0]
    documented = {int(status) for row in re.findall(r"^\| ([\d, ]+) \|", table, re.M) for status in row.split(",")}
    assert documented == {0, 1, 2, 3, 4, 5, 64, 129, 130, 143}
    assert "0 in sync, 2 drifted, 3 nothing drifted" in " ".join(tidemark("drift", "--help").stdout.split())
