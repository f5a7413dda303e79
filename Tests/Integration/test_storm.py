"""Answers dropped, delayed, truncated, throttled and garbled at random: reports are correct, and recorded entries are
kept.

The seed is fixed, so that a failure can be repeated; `TIDEMARK_STORM_SEED` sets another, and
`TIDEMARK_STORM_RUNS` more runs.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from emulator.fixtures import documented
from emulator.replay import capturing
from log import check, rows, sha256
from questions import DATABASE, HIDDEN, verdicts
from refused import RECORD
from storm import FIRST, HONEST, Run, Storm
from tidemark import KEYED, Tidemark
from truths import TRUTHS, State, lost, state

SEED = os.environ.get("TIDEMARK_STORM_SEED", "20261123")
RUNS = int(os.environ.get("TIDEMARK_STORM_RUNS", "120"))
FLIPPED = RUNS // 4
# A run spends most of its time waiting.
CONCURRENT_RUNS = 12
LIKELIHOODS = (0.01, 0.05, 0.2, 0.5)
# The contents of the facet "reach" of every resource that the walk reaches.
REACHED = {sha256('{"reached":true}'), sha256('{"reached":true,"routine":true}')}


@pytest.fixture(scope="module")
def world(emulator, tmp_path_factory):
    """The program, a history of the documented stack, and every truth with its answers."""
    stack = documented(emulator.endpoint)
    tidemark = Tidemark(tmp_path_factory.mktemp("world"), {**stack.variables(), **KEYED})
    tidemark.record("--strict")
    for truth in TRUTHS:
        documented(emulator.endpoint)
        if truth.change:
            getattr(stack, truth.change[0])(*truth.change[1:])
        for known in (True, False):
            folder = tmp_path_factory.mktemp("clean")
            if known:
                shutil.copy(tidemark.history, folder)
            with capturing(emulator.endpoint) as (url, answers):
                clean = Tidemark(folder, {**tidemark.variables, "AWS_ENDPOINT_URL": url})
                clean.record("--strict", status=truth.status)
            truth.answers |= answers
            truth.states[known] = state(clean.history)
            report = clean.drift("--format", "json", status=None).json
            truth.lost |= lost(clean)
            assert verdicts(report, "drifted") == truth.drifts(known)
            assert verdicts(report, "not checked") == truth.unchecked
    assert [truth.name for truth in TRUTHS if truth.lost] == ["no database"] and ("gone", DATABASE) in TRUTHS[-1].lost
    return tidemark


@pytest.fixture
def storm():
    storm = Storm()
    yield storm
    storm.replay.stop()


class Trial:
    """One run with faults: a truth, a history or none, and the probability of a fault."""

    def __init__(self, storm: Storm, world: Tidemark, folder: Path, number: int, faults=HONEST):
        choose = random.Random(f"{SEED} {number}")
        self.number = number
        self.name = f"TIDEMARK_STORM_SEED={SEED}, run {number}"
        self.truth = choose.choice(TRUTHS)
        self.known = choose.random() < 0.7
        # Most runs spare the first two calls: without caller and environment nothing else is called.
        spared = FIRST if choose.random() < 0.5 else ()
        access_key = f"AKIA{number:016}"
        self.run = Run(f"{SEED} {number}", self.truth.answers, choose.choice(LIKELIHOODS), faults, spared)
        storm.runs[access_key] = self.run
        folder.mkdir()
        if self.known:
            shutil.copy(world.history, folder)
        # Two attempts instead of three, to wait less.
        variables = {"AWS_ACCESS_KEY_ID": access_key, "AWS_ENDPOINT_URL": storm.replay.url, "AWS_MAX_ATTEMPTS": "2"}
        self.tidemark = Tidemark(folder, {**world.variables, **variables})
        self.before = self.entries()
        self.bytes = self.file()

    def entries(self) -> list[tuple]:
        if not self.tidemark.history.exists():
            return []
        return rows(self.tidemark.history, "SELECT environment, seq, header, hash, body FROM entry ORDER BY seq")

    def file(self) -> bytes | None:
        return self.tidemark.history.read_bytes() if self.tidemark.history.exists() else None

    def record(self) -> None:
        """Fails the test if the program does not end by itself."""
        began = time.monotonic()
        self.result = self.tidemark(*RECORD, "--strict", status=None)
        self.seconds = time.monotonic() - began

    # MARK: What must be true

    def check(self) -> None:
        status = self.result.status
        assert status in (0, 1, 3), self.result
        assert not self.run.unheard, "a call without a captured answer"
        if status == 1:
            self.check_nothing_recorded()
            assert not all(name in self.run.answered for name in FIRST), "caller and environment were known, and nothing was recorded"
        else:
            self.check_history()
            self.check_state()
            self.check_verdicts()
            assert lost(self.tidemark) <= self.truth.lost

    def check_nothing_recorded(self) -> None:
        assert "cannot be determined" in self.result.error and self.file() == self.bytes

    def check_history(self) -> None:
        """One entry more, or two in a new history; all earlier ones are unchanged."""
        assert check(self.tidemark.history) == (len(self.before) + 1 if self.known else 2)
        assert self.entries()[: len(self.before)] == self.before

    def check_state(self) -> None:
        """Each facet is as it is now or was before; none that exists is gone, and none is invented."""
        truth = self.truth.states[self.known]
        was = self.truth_before()
        now = state(self.tidemark.history)
        for facet, digest in now.items():
            # Whether the environment refers to a resource may be unknown.
            leads = REACHED if facet[2] == "reach" and (*facet[:2], "description") not in now else set()
            assert digest in {truth.get(facet), was.get(facet), *leads}, facet
        assert {facet for facet in was if facet not in now} <= {facet for facet in was if facet not in truth}
        assert self.is_complete or self.run.unanswered
        assert not self.is_complete or now == truth
        assert self.result.status == (self.truth.status if self.is_complete else 3)

    @property
    def is_complete(self) -> bool:
        return self.tidemark.show()["coverage"]["gaps"] == []

    def truth_before(self) -> State:
        return TRUTHS[0].states[True] if self.known else {}

    def check_verdicts(self) -> None:
        drift = self.tidemark.drift("--format", "json", status=None)
        for one in drift.json["expectations"]:
            assert one["verdict"] in (self.truth.verdict(one["name"], self.known), "unseen"), one
        drifted, unseen, unchecked = (verdicts(drift.json, one) for one in ("drifted", "unseen", "not checked"))
        # Its host is not followed, and an expectation is of that service.
        unseen -= {"endpoint.not-followed"} if self.truth.status else set()
        # A deployment that nobody recorded is a finding, and no failure unless asked for.
        assert drift.status == (2 if drifted - self.truth.since else 3 if unseen or not self.is_complete else 0)
        if self.is_complete:
            assert (drifted, unseen, unchecked) == (self.truth.drifts(self.known), set(), self.truth.unchecked)
        # By the endpoint's account and not by the program's: a facet without an answer must be unseen.
        for operation, hidden in HIDDEN.items():
            if not any(name.endswith(f":{operation}") for name in self.run.answered):
                assert hidden <= unseen | unchecked, operation

    def heal(self) -> None:
        """Without faults, the next record sees everything."""
        self.run.likelihood = 0
        self.tidemark.record("--strict", status=self.truth.status)
        assert state(self.tidemark.history) == self.truth.states[self.known]


def summary(trials: list[Trial]) -> str:
    """A summary of the runs."""
    struck = sum((trial.run.struck for trial in trials), Counter())
    statuses = Counter(trial.result.status for trial in trials)
    ended = ", ".join(f"{count} ended with {status}" for status, count in sorted(statuses.items()))
    longest = max(trial.seconds for trial in trials)
    return f"{len(trials)} runs: {ended}; struck by {dict(struck)}; the longest took {longest:.1f} s"


def try_all(trials: list[Trial], verify) -> None:
    def run(trial: Trial) -> str | None:
        try:
            trial.record()
            verify(trial)
        except Exception as failed:  # Of any thread: reported with its seed.
            return f"{trial.name} ({trial.truth.name}): {failed!r}"

    with ThreadPoolExecutor(CONCURRENT_RUNS) as pool:
        failed = [failure for failure in pool.map(run, trials) if failure]
    assert not failed, "\n".join(failed[:10])


def test_faults_cause_no_wrong_verdict_no_lost_history_and_no_hang(storm, world, tmp_path):
    trials = [Trial(storm, world, tmp_path / str(number), number) for number in range(RUNS)]

    def verify(trial: Trial) -> None:
        trial.check()
        if trial.number % 5 == 0:
            trial.heal()

    try_all(trials, verify)
    print(summary(trials))
    # Faults in all runs, or in none, would show nothing.
    statuses = Counter(trial.result.status for trial in trials)
    assert min(statuses[status] for status in (0, 1, 3)) >= RUNS // 100, summary(trials)


def test_flipped_bits_cause_no_lost_history_and_no_hang(storm, world, tmp_path):
    """Verdicts can be wrong then."""
    trials = [Trial(storm, world, tmp_path / str(number), number, ("flip",)) for number in range(RUNS, RUNS + FLIPPED)]

    def verify(trial: Trial) -> None:
        assert trial.result.status in (0, 1, 3), trial.result
        if trial.result.status == 1:
            assert trial.result.error and trial.file() == trial.bytes
        else:
            trial.check_history()
            assert trial.tidemark.drift(status=None).status in (0, 2, 3)

    try_all(trials, verify)
    print(summary(trials))
