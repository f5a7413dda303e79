"""The cost of a walk: no call twice, and none that waits for another without need.

`make bench` measures the time; these tests do not depend on the machine.
"""

import re
import shutil
from collections import Counter

import pytest

from emulator.controls import fault
from emulator.replay import UNKNOWN_CALL, Replay, capturing, key, reply
from questions import UNSEEN
from refused import RECORD
from waves import Waves

# Each call needs the answer to the one before it. The last one checks whether the environment changed meanwhile.
LONGEST_CHAIN = len(
    [
        "GetCallerIdentity",
        "DescribeEnvironments",
        "DescribeEnvironmentResources",
        "ListClusters",
        "ListContainerInstances",
        "DescribeContainerInstances",
        "ListTasks",
        "DescribeTasks",
        "DescribeImages",
        "DescribeEnvironments",
    ]
)


@pytest.fixture(scope="module")
def answers(standing, tmp_path_factory):
    """The emulator's answers to the calls of a walk."""
    stack, tidemark = standing
    history = tmp_path_factory.mktemp("answers") / "new.sqlite"
    with capturing(stack.endpoint) as (url, answers):
        tidemark.record("--strict", "--history", str(history), variables={"AWS_ENDPOINT_URL": url})
    return answers


def is_of_manifest(key: tuple) -> bool:
    """Whether a call is made once ever: that of a manifest or a configuration of an image."""
    return key[2].endswith((".BatchGetImage", ".GetDownloadUrlForLayer")) or key[1].startswith("/_layers/")


def reported(verbose: str) -> tuple[int, int]:
    """The number of calls and the longest chain that `--verbose` reports."""
    (found,) = re.findall(r"^(\d+) calls, the longest chain of them (\d+), in \d+ ms$", verbose, re.MULTILINE)
    return int(found[0]), int(found[1])


@pytest.mark.parametrize("known", [False, True], ids=["at first", "again"])
def test_the_longest_chain_is_the_calls_that_must_wait_for_each_other(copied, answers, known):
    if not known:
        copied.history.unlink()
    waves = Waves(answers)
    try:
        copied.variables["AWS_ENDPOINT_URL"] = waves.replay.url
        process = copied.start(*RECORD, "--verbose", "--strict")
        waves.run(process)
        _, errors = process.communicate(timeout=60)
    finally:
        waves.replay.stop()
    assert process.returncode == 0, errors.decode()
    needed = [one for one in answers if not (known and is_of_manifest(one))]
    assert reported(errors.decode()) == (sum(waves.sizes), LONGEST_CHAIN) and sum(waves.sizes) == len(needed) + 1
    # Ten calls of S3 run at once: that of the bundle, which leads to manifests, may wait for one about a bucket.
    assert len(waves.sizes) - LONGEST_CHAIN in ((0,) if known else (0, 1))


def test_every_call_is_counted_and_none_is_repeated(copied, answers):
    calls = Counter()

    async def respond(request):
        calls[key(request)] += 1
        return reply(answers.get(key(request), UNKNOWN_CALL))

    replay = Replay(respond)
    try:
        verbose = copied.record("--verbose", "--strict", variables={"AWS_ENDPOINT_URL": replay.url}).stderr
    finally:
        replay.stop()
    # The environment is called at the end too, to check whether it changed meanwhile.
    (environment,) = [one for one in answers if b"Action=DescribeEnvironments&" in one[-1]]
    needed = [one for one in answers if not is_of_manifest(one)]
    assert reported(verbose)[0] == calls.total() and calls == Counter({**dict.fromkeys(needed, 1), environment: 2})


def test_repeated_calls_are_counted_too(standing, copied):
    stack, _ = standing
    twice, thrice, never, refused_once = list(UNSEEN)[3:7]
    stack.clear_calls()
    stack.set_faults(
        fault(*twice, "throttled", times=1),
        fault(*thrice, "html-500", times=2),
        fault(*never, "unavailable"),
        fault(*refused_once, "denied"),
    )
    try:
        verbose = copied.record("--verbose").stderr
    finally:
        stack.clear_faults()
    assert reported(verbose)[0] == len(stack.calls())
