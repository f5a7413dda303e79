"""Sixteen recorders of one environment in a bucket, while requests are lost, late and refused and recorders are killed.

The seed decides about each request by its recorder and number, but the order of the recorders varies.
`TIDEMARK_STORM_SEED` sets another seed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bucket import BUCKET, Chain, Machines, create_bucket, labels, snapshots
from caching import CachingEndpoint
from emulator.store_proxy import StoreProxy, dropped, during, failed, lost, reset, whole
from log import check_export

SEED = os.environ.get("TIDEMARK_STORM_SEED", "20261130")
RECORDERS = 16
RECORDS = 2
LIKELIHOODS = {"GET": 0.15, "LIST": 0.15, "PUT": 0.4, "race": 0.05}
KILLED = 0.3
# Requests of a record that no other one disturbs; a kill strikes one of them, or the first that creates an entry.
REQUESTS = 14
# The requests that the most disturbed record may send, and all of them, without the races before the first entry.
MOST, ALL = 300, 3_000
RACES = RECORDERS * 64 * 2
CONFLICTS = ("ConditionalRequestConflict", "OperationAborted")
UNKNOWN = "record-0-1"
"""The record whose entry is never created, as far as it knows."""


def races(request) -> bool:
    return "/race/" in request.key


@dataclass
class Storm:
    """Faults by the seed. Each record is a client of its own."""

    proxy: StoreProxy
    processes: dict = field(default_factory=dict)
    struck: Counter = field(default_factory=Counter)
    has_started: threading.Condition = field(default_factory=threading.Condition)

    def choose(self, request):
        if request.client == UNKNOWN:
            return failed(503, "SlowDown", is_executed=False) if request.method == "PUT" else None
        chance = random.Random(f"{SEED} {request.client} {request.client_number}")
        if self.is_last(request):
            self.struck["killed"] += 1
            return during(lambda: self.kill(request.client), chance.choice([lost, dropped]))
        if chance.random() >= LIKELIHOODS["race" if races(request) else request.method]:
            return None
        name = chance.choice(list(self.faults(request, chance)))
        self.struck[name] += 1
        return self.faults(request, chance)[name]

    def is_last(self, request) -> bool:
        """Whether the recorder is killed at this request."""
        chance = random.Random(f"{SEED} {request.client}")
        if chance.random() >= KILLED:
            return False
        number = chance.randrange(REQUESTS)
        creates = request.method == "PUT" and "/entries/" in request.key
        return creates if number % 2 else request.client_number == number

    def faults(self, request, chance):
        is_executed = chance.random() < 0.5
        faults = {
            "lost": lost, "reset": reset, "dropped": dropped, "500": failed(500, "InternalError", is_executed),
            "503": failed(503, "SlowDown", is_executed),
        }  # fmt: skip
        if request.method == "PUT":
            faults["409"] = failed(409, chance.choice(CONFLICTS), is_executed)
            faults["late"] = self.proxy.late.after(chance.uniform(0, 1))
        return faults

    def kill(self, client: str) -> None:
        with self.has_started:
            assert self.has_started.wait_for(lambda: client in self.processes, timeout=60)
        self.processes[client].kill()

    def record(self, tidemark, label: str):
        """The exit status and the report of a record."""
        tidemark.variables["AWS_ACCESS_KEY_ID"] = label
        with tidemark.start("record", "-e", "antenna-production", "--release", label, "--format", "json") as process:
            with self.has_started:
                self.processes[label] = process
                self.has_started.notify_all()
            output, error = process.communicate(timeout=600)
        return process.returncode, output, error.decode()


def test_sixteen_recorders_record_each_release_once(standing, tmp_path):
    stack, recorded = standing
    create_bucket(stack.client("s3"), stack.region)
    proxy = StoreProxy(stack.endpoint, BUCKET, CachingEndpoint(stack).answer)
    storm = Storm(proxy)
    with proxy.serving() as url:
        machines = Machines(tmp_path, {**recorded.variables, "AWS_ENDPOINT_URL": url}, "storm")
        proxy.choose = storm.choose

        def pipeline(number: int) -> dict:
            labels = [f"record-{number}-{run}" for run in range(RECORDS)]
            return {label: storm.record(machines(f"machine-{number}"), label) for label in labels}

        with ThreadPoolExecutor(RECORDERS) as pipelines:
            results = {label: result for one in pipelines.map(pipeline, range(RECORDERS)) for label, result in one.items()}
        proxy.late.finish()
        proxy.choose = whole
        sent = Counter(request.client for request in proxy.requests if not races(request))
        # The entry of unknown outcome is sent again by the next command on its machine.
        results["last"] = storm.record(machines("machine-0"), "last")
        reader = machines("reader")
        reader("history", "verify")
        exported = check_export(reader("history", "export").stdout)

    assert {"killed", "lost", "409"} <= storm.struck.keys()
    assert max(sent.values()) <= MOST and sum(sent.values()) <= ALL, sent
    assert sum(map(races, proxy.requests)) <= RACES
    entries = Chain(stack.client("s3"), "storm").check()
    assert [json.loads(header) for _, _, header, _, _ in exported] == [header for header, _ in entries]
    assert len({header["attempt"] for header in snapshots(entries)}) == len(snapshots(entries))
    found = labels(entries)
    for label, (status, output, error) in results.items():
        if status == 0:
            assert found.count(label) == 1 and found[json.loads(output)["seq"] - 1] == label
        else:
            assert found.count(label) <= 1 and status in (5, -signal.SIGKILL), (label, status, error)
    assert results[UNKNOWN][0] == 5 and "may have been recorded as @" in results[UNKNOWN][2]
