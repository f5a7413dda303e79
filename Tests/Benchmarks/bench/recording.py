"""`record` beside a boto3 script that asks the same."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from emulator import controls

from . import targets
from .measure import Command, Measurement, Row, WrongAnswer, memory_of, milliseconds_of, times
from .stories import Stories

BOTO = Path(__file__).parent / "boto.py"


def script(stories: Stories, folder: Path, threads: int) -> Command:
    (folder / "questions.json").write_text(json.dumps(stories.questions()))
    arguments = [sys.executable, str(BOTO), "questions.json", "dump.json", str(threads)]
    name = "boto3 script" if threads == 1 else f"boto3, {threads} threads"
    return Command(name, arguments, folder, "answers", stories.variables)


def record(stories: Stories) -> list[Measurement]:
    """Makes the same calls to the same endpoint; boto3 makes them in turn, as a script does."""
    folder, endpoint = stories.recorded, stories.variables["AWS_ENDPOINT_URL"]
    ours = Command("tidemark", stories.record, folder, "recorded", stories.variables)
    boto = script(stories, folder, threads=1)
    if asked(endpoint, ours) != asked(endpoint, boto):
        raise WrongAnswer("'tidemark record' and the boto3 script do not ask the same")

    def memory(_: int) -> Iterator[Row]:
        yield Row("record, memory", "MiB", memory_of(ours), boto.name, memory_of(boto), targets.RECORD_MEMORY)

    return [times("record, by the emulator", (), ours, (boto, None)), Measurement("record, memory", memory)]


def asked(endpoint: str, command: Command) -> Counter:
    controls.clear_calls(endpoint)
    milliseconds_of(command)
    return Counter((call["service"], call["operation"]) for call in controls.calls(endpoint))
