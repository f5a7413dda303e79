"""An endpoint that drops, delays, truncates, throttles and garbles the emulator's answers at random.

The fault of a call follows from the seed, the run, its operation, and the number of earlier calls of that operation in
the run. The order of calls that differ only in their parameters varies.

A flipped bit in a value gives a valid answer; it cannot happen over TLS, and cannot be noticed without TLS. So the
faults of most runs break an answer's syntax, its length or its connection, and `flip` is used where less is promised.
An endpoint that never answers is not here: the client gives up after 30 seconds, which a unit test covers.
"""

from __future__ import annotations

import asyncio
import io
import json
import random
import zipfile
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree

from emulator import errors
from emulator.call import Call, credential, of_layer, recognise
from emulator.extensions.ecr_layers import PREFIX
from emulator.message import Answer, Request
from emulator.names import REGION
from emulator.replay import UNKNOWN_CALL, Answers, Key, Replay, Reply, key, reply

FIRST = ("sts:GetCallerIdentity", "elasticbeanstalk:DescribeEnvironments")
Struck = tuple[Reply, bool]
"""The reply, and whether it is the complete and correct answer."""


@dataclass
class Run:
    """One run of the program, with an access key of its own."""

    name: str
    answers: Answers
    likelihood: float
    """The probability of a fault, by call."""
    faults: tuple[str, ...]
    spared: tuple[str, ...] = ()
    """Operations without faults."""
    came: Counter[str] = field(default_factory=Counter)
    answered: set[str] = field(default_factory=set)
    """The operations that have had a complete answer."""
    unanswered: set[Key] = field(default_factory=set)
    """The calls that have had none."""
    struck: Counter[str] = field(default_factory=Counter)
    unheard: set[str] = field(default_factory=set)
    """The operations of calls without a captured answer."""


class Storm:
    def __init__(self) -> None:
        self.runs: dict[str, Run] = {}
        self.calls: dict[Key, Call] = {}
        self.replay = Replay(self.respond)

    async def respond(self, request: Request) -> Reply:
        question = key(request)
        if question not in self.calls:
            self.calls[question] = of_layer(request) if request.path.startswith(PREFIX) else recognise(request)
        access_key, _, _ = credential(request)
        run, call = self.runs.get(access_key), self.calls[question]
        if run is None:
            # A flipped bit in a presigned URL.
            return reply(UNKNOWN_CALL)
        name = f"{call.service}:{call.operation}"
        run.unanswered.add(question)
        if question not in run.answers:
            run.unheard.add(name)
            return reply(UNKNOWN_CALL)
        sent, is_whole = await self.strike(run, call, name, presigned(run.answers[question], call, access_key))
        if is_whole:
            run.answered.add(name)
            run.unanswered.discard(question)
        return sent

    async def strike(self, run: Run, call: Call, name: str, answer: Answer) -> Struck:
        choose = random.Random(f"{run.name} {name} {run.came[name]}")
        run.came[name] += 1
        if name in run.spared or choose.random() >= run.likelihood:
            return reply(answer), True
        kind = choose.choice(run.faults)
        run.struck[kind] += 1
        return await FAULTS[kind](choose, call, answer)


def presigned(answer: Answer, call: Call, access_key: str) -> Answer:
    """The answer with the run's access key in a presigned URL: a download has no other."""
    if call.operation != "GetDownloadUrlForLayer":
        return answer
    scope = f"?X-Amz-Credential={access_key}/20261123/{REGION}/s3/aws4_request&X-Amz-"
    return replace(answer, body=answer.body.replace(b"?X-Amz-", scope.encode()))


# MARK: Late and complete


async def delay(choose: random.Random, _: Call, answer: Answer) -> Struck:
    await asyncio.sleep(choose.uniform(0, 0.3))
    return reply(answer), True


async def dribble(choose: random.Random, _: Call, answer: Answer) -> Struck:
    return replace(reply(answer), pieces=choose.randint(2, 20)), True


async def close(_: random.Random, __: Call, answer: Answer) -> Struck:
    """Closes the connection without announcing it: the next request finds it closed."""
    return replace(reply(answer), closes=True), True


# MARK: Incomplete or wrong


async def drop(choose: random.Random, _: Call, answer: Answer) -> Struck:
    """The connection ends before the answer, in its head, or in a body that was announced longer."""
    whole = reply(answer)
    cut = choose.choice([0, choose.randrange(len(whole.sent)), len(whole.sent) - 1 - len(answer.body) // 2])
    resets = choose.random() < 0.5
    return replace(whole, sent=whole.sent[:cut], closes=not resets, resets=resets), False


async def truncate(choose: random.Random, call: Call, answer: Answer) -> Struck:
    """The announced length is that of the truncated body."""
    text = answer.body.rstrip()
    if not text:
        return await drop(choose, call, answer)
    return reply(replace(answer, body=text[: choose.randrange(len(text))])), False


async def throttle(_: random.Random, call: Call, __: Answer) -> Struck:
    return reply(errors.throttled(call)), False


async def fail(choose: random.Random, call: Call, _: Answer) -> Struck:
    page = Answer(choose.choice([500, 502, 503, 504]), {"Content-Type": "text/html"}, b"<html><body>oh, no<br></html>")
    named = errors.error(call, *choose.choice([(500, "InternalFailure"), (503, "ServiceUnavailable")]), "it failed")
    return reply(choose.choice([page, named])), False


async def garble(choose: random.Random, call: Call, answer: Answer) -> Struck:
    """Damages the characters between the values of the body, so that no reader may accept it."""
    places = [place for place, byte in enumerate(answer.body) if byte in b'<>/{}[]:,"']
    for _ in range(50 if places else 0):
        body = bytearray(answer.body)
        for place in choose.sample(places, min(len(places), choose.randint(1, 3))):
            body[place] = choose.choice(b'<>/{}[]:,"& \x00\xffx')
        if not is_readable(bytes(body)):
            return reply(replace(answer, body=bytes(body))), False
    return await drop(choose, call, answer)


async def babble(choose: random.Random, _: Call, answer: Answer) -> Struck:
    """Bytes that are not HTTP."""
    sent = reply(answer).sent
    garbled = choose.choice([sent.replace(b"HTTP/1.1", b"HTPT/1.1", 1), sent.replace(b"HTTP/1.1 ", b"HTTP/1.1 x", 1)])
    return Reply(choose.choice([garbled, choose.randbytes(200)]), closes=True), False


async def flip(choose: random.Random, _: Call, answer: Answer) -> Struck:
    """Flips some bits of the body; a reader may not notice."""
    body = bytearray(answer.body)
    for _ in range(choose.randint(1, 5) if body else 0):
        body[choose.randrange(len(body))] ^= 1 << choose.randrange(8)
    return reply(replace(answer, body=bytes(body))), False


# The first bytes of a source bundle.
ZIP = b"PK"


def is_readable(body: bytes) -> bool:
    try:
        if body.startswith(ZIP):
            return zipfile.ZipFile(io.BytesIO(body)).testzip() is None
        if body.lstrip().startswith(b"<"):
            ElementTree.fromstring(body)
        else:
            json.loads(body)
        return True
    except (ElementTree.ParseError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return False


FAULTS: dict[str, Callable[[random.Random, Call, Answer], Awaitable[Struck]]] = {
    fault.__name__: fault for fault in (delay, dribble, close, drop, truncate, throttle, fail, garble, babble, flip)
}
HONEST = tuple(name for name in FAULTS if name != "flip")
"""The faults that a correct reader always notices."""
