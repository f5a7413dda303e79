"""A bucket with histories, the machines that use them, and what the bucket has, read without the program."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest

from caching import CachingEndpoint
from emulator import names
from emulator.store_proxy import StoreProxy, whole
from log import check_entries, sha256
from tidemark import Tidemark

BUCKET = "tidemark-history"
PREFIX = "team/antenna"
ADDRESS = f"s3://{BUCKET}/{PREFIX}"


def create_bucket(s3, region: str) -> None:
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": region})


class Machines:
    """Programs with empty disks that use a history under one prefix."""

    def __init__(self, folder: Path, variables: dict[str, str], prefix: str):
        self.folder, self.variables, self.prefix = folder, variables, prefix

    def __call__(self, name: str, **variables: str) -> Tidemark:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return Tidemark(folder, {**self.variables, "TIDEMARK_HISTORY": f"s3://{BUCKET}/{self.prefix}", **variables})


class Chain:
    """The objects of one environment's chain."""

    def __init__(self, s3, prefix: str, environment: str = "antenna-production"):
        self.s3, self.folder = s3, f"{prefix}/{environment}/entries/"

    def key(self, seq: int) -> str:
        return f"{self.folder}{seq:012}"

    def keys(self) -> list[str]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=self.folder)
        return [found["Key"] for page in pages for found in page.get("Contents", [])]

    def lines(self, seq: int) -> list[str]:
        body = self.s3.get_object(Bucket=BUCKET, Key=self.key(seq))["Body"].read()
        return zlib.decompress(body).decode().splitlines()

    def put(self, seq: int, lines: list[str]) -> None:
        self.s3.put_object(Bucket=BUCKET, Key=self.key(seq), Body=zlib.compress("".join(f"{line}\n" for line in lines).encode()))

    def delete(self, seq: int) -> None:
        self.s3.delete_object(Bucket=BUCKET, Key=self.key(seq))

    def check(self) -> list[tuple[dict, dict]]:
        """Fails unless the chain is whole and unbroken; returns the header and the body of each entry."""
        keys = self.keys()
        assert keys == [self.key(seq) for seq in range(len(keys))]
        entries = []
        for seq in range(len(keys)):
            header, body, *_ = self.lines(seq)
            entries.append((json.loads(header)["environment"], seq, header, sha256(header), body))
        check_entries(entries)
        return [(json.loads(header), json.loads(body)) for _, _, header, _, body in entries]

    def append_marks(self, count: int) -> None:
        """Appends entries of a kind that shows nothing, as another recorder would."""
        first = len(self.keys())
        before = self.lines(first - 1)[0]
        for seq in range(first, first + count):
            before = self.append_mark(seq, before)

    def append_mark(self, seq: int, before: str) -> str:
        body = f'{{"text":"{seq}"}}'
        header = {**json.loads(before), "seq": seq, "kind": "marker", "previous": sha256(before), "body": sha256(body)}
        for name in ("log", "needed"):
            header.pop(name, None)
        text = json.dumps(header, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
        self.put(seq, [text, body])
        return text


def labels(entries: list[tuple[dict, dict]]) -> list[str]:
    """The labels of the releases, oldest first."""
    return [body["release"]["label"] for header, body in entries if header["kind"] == "snapshot" and "release" in body]


def snapshots(entries: list[tuple[dict, dict]]) -> list[dict]:
    """The headers of the snapshots, oldest first."""
    return [header for header, _ in entries if header["kind"] == "snapshot"]


@pytest.fixture
def bucket(stack):
    """A client of S3, and an empty bucket."""
    s3 = stack.client("s3")
    create_bucket(s3, stack.region)
    return s3


@pytest.fixture
def machines(stack, bucket, tmp_path) -> Machines:
    """Machines of the releaser, with a history at ADDRESS."""
    return Machines(tmp_path, stack.variables(names.RELEASER), PREFIX)


@pytest.fixture(scope="module")
def proxy(standing):
    """A proxy before the emulator's bucket, and its URL; the walk's other questions have quick answers."""
    stack, _ = standing
    create_bucket(stack.client("s3"), stack.region)
    proxy = StoreProxy(stack.endpoint, BUCKET, CachingEndpoint(stack).answer)
    with proxy.serving() as url:
        yield proxy, url


@pytest.fixture
def place(standing, proxy, tmp_path, request):
    """The proxy without faults, machines that share a prefix, and their chain."""
    (stack, recorded), (found, url) = standing, proxy
    found.choose = whole
    found.requests.clear()
    found.counts.clear()
    prefix = f"team/{sha256(request.node.name)[:12]}"
    yield found, Machines(tmp_path, {**recorded.variables, "AWS_ENDPOINT_URL": url}, prefix), Chain(stack.client("s3"), prefix)
    found.choose = whole
