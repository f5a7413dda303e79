"""An entry of a history in a bucket is removed, and another recorder writes into the gap: who finds it."""

import re

from bucket import place, proxy  # noqa: F401
from emulator.store_proxy import during
from log import sha256
from refused import RECORD
from test_bucket_faults import first, of_client

APPENDED = 50


def test_a_recorder_that_writes_into_a_gap_finds_it_and_so_do_those_who_read_it(place):
    proxy, machines, chain = place
    machines("first").record("--release", "v9")
    behind, beyond = machines("behind"), machines("beyond")
    behind("log")

    def meanwhile():
        chain.append_marks(APPENDED)
        beyond("log")
        chain.delete(2)

    proxy.choose = of_client("STOPPED", first(during(meanwhile, lambda forward: forward()), method="PUT"))
    stopped = machines("stopped", AWS_ACCESS_KEY_ID="STOPPED")
    error = stopped.record("--release", "v10", status=1).error
    assert re.sub("[0-9a-f]{64}", "HASH", error) == (
        "@2:HASH of 'antenna-production' was written, and is not part of the chain: the entries after it follow another one: "
        "find out who removes or replaces objects of the history"
    )

    for reader in (behind, machines("new"), stopped):
        for command, status in ((("log",), 1), (("history", "verify"), 2), (RECORD, 1)):
            assert "entry @3 of 'antenna-production' is damaged: it does not follow the entry before it" in reader(*command, status=status).error

    found = beyond("log", "--format", "json", "--limit", "100").json["entries"]
    assert [entry["seq"] for entry in found] == list(range(APPENDED + 1, -1, -1))
    assert beyond.record("--format", "json").json["seq"] == APPENDED + 2
    key, kept = chain.key(2), found[-3]["hash"]
    assert beyond("history", "verify", status=2).error == (
        f"the object '{key}' is not the entry that the local copy has: it has @2:{sha256(chain.lines(2)[0])}, and the copy has @2:{kept}: "
        "find out who replaced it; the local copy has the entry"
    )
