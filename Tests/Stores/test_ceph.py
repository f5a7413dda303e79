"""A history in a bucket of Ceph's S3 server: the same story as in the emulator, with another implementation of the protocol."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.config import Config

from bucket import BUCKET, Chain, Machines, labels, snapshots
from emulator.store_proxy import StoreProxy, failed, lost, reset, whole
from log import check_export

RECORDERS = 8


@pytest.fixture(scope="module")
def s3(store):
    """A client of the server, with the bucket of the histories."""
    client = boto3.client(
        "s3", endpoint_url=store.endpoint, aws_access_key_id=store.access_key, aws_secret_access_key=store.secret_key,
        region_name="us-west-2", config=Config(s3={"addressing_style": "path"}),
    )  # fmt: skip
    client.create_bucket(Bucket=BUCKET)
    return client


@pytest.fixture
def place(store, s3, walk, tmp_path, request):
    """A proxy before the server, machines that share a prefix, and their chain."""
    stack, answer = walk
    proxy = StoreProxy(store.endpoint, BUCKET, answer)
    keys = {"AWS_ACCESS_KEY_ID": store.access_key, "AWS_SECRET_ACCESS_KEY": store.secret_key}
    prefix = request.node.name.replace("[", "/").replace("]", "")
    with proxy.serving() as url:
        yield proxy, Machines(tmp_path, {**stack.variables(), **keys, "AWS_ENDPOINT_URL": url}, prefix), Chain(s3, prefix)


def test_machines_with_empty_disks_record_into_one_log_and_each_reads_all_of_it(place):
    _, machines, chain = place
    for number in range(9, 21):
        machines(f"machine-{number}").record("--release", f"v{number}")
    assert labels(chain.check()) == [f"v{number}" for number in range(9, 21)]
    reader = machines("reader")
    reader("history", "verify")
    assert len(check_export(reader("history", "export").stdout)) == 13
    assert "v15" in reader("who", "v15").stdout
    packs = chain.s3.list_objects_v2(Bucket=BUCKET, Prefix=chain.folder.replace("entries", "packs"))
    assert packs["KeyCount"] == 1


def test_first_records_at_once_begin_one_log(place):
    _, machines, chain = place

    def record(number):
        return json.loads(machines(f"machine-{number}").record("--release", f"v{number}", "--format", "json").stdout)

    with ThreadPoolExecutor(RECORDERS) as threads:
        recorded = list(threads.map(record, range(RECORDERS)))
    entries = chain.check()
    assert len(entries) == 1 + RECORDERS and sorted(labels(entries)) == [f"v{number}" for number in range(RECORDERS)]
    assert sorted(one["seq"] for one in recorded) == list(range(1, RECORDERS + 1))


@pytest.mark.parametrize("cut", [lost, reset, failed(503, "SlowDown"), failed(409, "ConditionalRequestConflict")])
def test_the_answer_of_each_request_is_lost(place, cut):
    proxy, machines, chain = place
    proxy.choose = lambda request: cut if request.number == 0 and (cut in (lost, reset) or request.method == "PUT") else None
    for label in ("v9", "v10"):
        machines(label).record("--release", label)
    proxy.choose = whole
    entries = chain.check()
    assert labels(entries) == ["v9", "v10"] and len({header["attempt"] for header in snapshots(entries)}) == 2
    machines("reader")("history", "verify")


def test_a_bucket_with_versions_is_refused_before_anything_is_recorded(place):
    """Ceph ignores the condition there: of concurrent recorders several would win."""
    _, machines, chain = place
    chain.s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    try:
        error = machines("first").record("--release", "v9", status=1).error
    finally:
        chain.s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"})
    assert re.sub(r"\b\d+ of 64", "N of 64", error) == (
        "the history of 'antenna-production' cannot begin in this store: N of 64 requests created one object, and another one after them: "
        "the store ignores If-None-Match: use a bucket without versions, or another store: recorders would overwrite each other"
    )
    assert chain.keys() == []
