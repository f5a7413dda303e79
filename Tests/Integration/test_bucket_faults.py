"""A proxy loses, delays and refuses requests of a history in a bucket: entries and releases are exact."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bucket import Chain, Machines, labels, place, proxy, snapshots  # noqa: F401
from emulator.store_proxy import dropped, during, failed, lost, reset, stalled

ENTRY = "antenna-production/entries/00000000000"


def first(*faults, method: str | None = None, key: str = ""):
    """Applies faults to the first requests of each method and key."""

    def choose(request):
        applies = request.number < len(faults) and method in (None, request.method) and key in request.key
        return faults[request.number] if applies else None

    return choose


def of_client(client: str, choose):
    """Applies faults to the requests of one client, and counts them alone."""
    counts = Counter()

    def choose_for(request):
        if request.client != client:
            return None
        number = counts[request.method, request.key]
        counts[request.method, request.key] += 1
        return choose(replace(request, number=number))

    return choose_for


def two_records(machines) -> None:
    for name, label in (("first", "v9"), ("second", "v10")):
        machines(name).record("--release", label)


def assert_exact(machines, chain, *released: str) -> None:
    """Fails unless the bucket has a binding and a snapshot for each release, and a new machine reads them."""
    entries = chain.check()
    assert [header["kind"] for header, _ in entries] == ["binding"] + ["snapshot"] * len(released)
    assert labels(entries) == list(released)
    attempts = [header["attempt"] for header in snapshots(entries)]
    assert len(set(attempts)) == len(attempts)
    reader = machines("reader")
    reader("history", "verify")
    found = reader("query", "SELECT label FROM release ORDER BY seq", "--format", "json").json["rows"]
    assert [row["label"] for row in found] == list(released)


def test_a_record_makes_few_requests(place):
    """The first one is the first of the history, before which 64 requests race. The local copy is up to date for the third record, and
    the fourth one writes a pack."""
    proxy, machines, chain = place

    def requests(machine, label) -> Counter:
        proxy.requests.clear()
        machines(machine).record("--release", label)
        return Counter(request.method for request in proxy.requests)

    assert requests("first", "v9") == {"LIST": 9, "GET": 7, "PUT": 2 + 64}
    assert requests("second", "v10") == {"LIST": 4, "GET": 9, "PUT": 1}
    assert requests("second", "v11") == {"LIST": 3, "GET": 8, "PUT": 1}
    chain.append_marks(5)
    machines("second")("log")
    assert requests("second", "v12") == {"LIST": 3, "GET": 17, "PUT": 2}


CUTS = {"lost": [lost], "reset": [reset], "dropped": [dropped], "500 or 503": [failed(500, "InternalError"), failed(503, "SlowDown")]}


@pytest.mark.parametrize("cut", CUTS)
def test_the_answer_of_each_request_is_lost_once(place, cut):
    proxy, machines, chain = place
    proxy.choose = lambda request: CUTS[cut][len(proxy.requests) % len(CUTS[cut])] if request.number == 0 else None
    two_records(machines)
    sent = Counter((request.method, request.key) for request in proxy.requests)
    assert {method for method, _ in sent} == {"GET", "LIST", "PUT"} and min(sent.values()) == 2
    assert_exact(machines, chain, "v9", "v10")


def test_a_request_without_an_answer_is_given_up_and_sent_again(place):
    """The program waits 25 seconds for an answer, so one machine for each method waits at the same time."""
    proxy, machines, _ = place
    ended = threading.Event()
    stalls = {method: Machines(machines.folder, machines.variables, f"stalled/{method}") for method in ("GET", "LIST", "PUT")}
    seen = set()

    def is_first_of_its_method(request):
        is_first = request.method not in seen and f"stalled/{request.method}/" in request.key
        if is_first:
            seen.add(request.method)
        return is_first

    proxy.choose = lambda request: stalled(ended) if is_first_of_its_method(request) else None
    try:
        with ThreadPoolExecutor(3) as threads:
            list(threads.map(lambda method: stalls[method](method).record("--release", "v9"), stalls))
    finally:
        ended.set()
    assert seen == set(stalls)
    for method in stalls:
        assert_exact(stalls[method], Chain(place[2].s3, f"stalled/{method}"), "v9")


CONFLICTS = ("ConditionalRequestConflict", "OperationAborted")


def test_conflicts_do_not_hide_that_a_recorder_has_won(place):
    proxy, machines, chain = place
    conflicts = [failed(409, code, is_executed) for code in CONFLICTS for is_executed in (False, True)]
    proxy.choose = first(*conflicts, method="PUT", key=f"{ENTRY}1")
    two_records(machines)
    assert_exact(machines, chain, "v9", "v10")


def test_conflicts_do_not_hide_that_a_recorder_has_lost(place):
    proxy, machines, chain = place
    machines("first").record("--release", "v9")
    rival = machines("rival")
    conflicts = [during(lambda: rival.record("--release", "v10"), failed(409, CONFLICTS[0]))]
    conflicts += [failed(409, code) for code in CONFLICTS]
    proxy.choose = of_client("LOSER", first(*conflicts, method="PUT", key=f"{ENTRY}2"))
    machines("loser", AWS_ACCESS_KEY_ID="LOSER").record("--release", "v11")
    assert_exact(machines, chain, "v9", "v10", "v11")


def test_a_request_that_is_executed_after_its_repetition_changes_nothing(place):
    proxy, machines, chain = place
    proxy.choose = first(proxy.late.after(None), method="PUT", key="/entries/")
    two_records(machines)
    before = [chain.lines(seq) for seq in range(3)]
    assert len(proxy.late.threads) == 3
    proxy.late.release()
    assert [chain.lines(seq) for seq in range(3)] == before
    assert_exact(machines, chain, "v9", "v10")


def test_an_object_that_exists_and_is_absent_is_waited_for(place):
    """The store refuses to create an object again, does not show it yet, and then does."""
    proxy, machines, chain = place
    exists = failed(412, "PreconditionFailed", is_executed=False)
    puts = first(proxy.late.after(None), exists, exists, method="PUT", key=f"{ENTRY}1")
    absent = []

    def choose(request):
        if request.method == "GET" and request.key.endswith(f"{ENTRY}1") and proxy.late.threads:
            absent.append(request)
            return during(proxy.late.release, lambda forward: forward()) if len(absent) > 1 else None
        return puts(request)

    proxy.choose = choose
    machines("first").record("--release", "v9")
    assert len(absent) > 1
    assert_exact(machines, chain, "v9")


def test_a_refusal_after_a_lost_answer_does_not_mean_that_nothing_was_recorded(place):
    """A client that sends a request again by itself reports the refusal alone."""
    proxy, machines, chain = place
    expired = failed(400, "ExpiredToken", is_executed=False)
    proxy.choose = first(lost, expired, expired, method="PUT")
    machines("first", AWS_MAX_ATTEMPTS="5").record("--release", "v9")
    assert_exact(machines, chain, "v9")


def test_the_entry_of_a_killed_recorder_is_found_when_it_lands(place):
    proxy, machines, chain = place
    machines("first").record("--release", "v9")
    killed = machines("killed", AWS_ACCESS_KEY_ID="KILLED")
    has_sent = threading.Event()
    proxy.choose = of_client("KILLED", first(during(has_sent.set, proxy.late.after(None)), method="PUT", key=f"{ENTRY}2"))
    with killed.start("record", "-e", "antenna-production", "--release", "v10") as process:
        assert has_sent.wait(60)
        process.kill()
    proxy.late.release()
    machines("second").record("--release", "v11")
    assert_exact(machines, chain, "v9", "v10", "v11")
