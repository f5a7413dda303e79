"""Signed releases in a history in a bucket, and verified without the program."""

import hashlib
import json

import pytest

from bucket import place, proxy  # noqa: F401
from emulator.store_proxy import lost
from issuers import decoded, issuing


@pytest.fixture
def issuer(tmp_path_factory):
    with issuing(tmp_path_factory.mktemp("issuer")) as issuer:
        yield issuer


def canonical(value) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_the_same_bytes_are_sent_again_without_another_token(place, issuer):
    proxy, machines, chain = place
    machines("first").record()
    key = chain.key(2)
    proxy.choose = lambda request: lost if (request.method, request.key, request.number) == ("PUT", key, 0) else None
    machines("first").record("--release", "v10", "--issuer", issuer.url, variables=issuer.job)
    assert len(issuer.asked) == 1 and proxy.counts["PUT", key] == 2
    _, body = chain.check()[-1]
    assert body["release"]["signature"]["token"] == issuer.tokens[0]
    # A new machine copies the key with the entry.
    verified = machines("second")("history", "verify", "--issuer", issuer.url)
    assert "signatures 1, which matches the key that the recorder fetched" in verified.stdout


def test_the_audience_follows_from_the_export_alone(place, issuer):
    _, machines, _ = place
    machine = machines("only")
    machine.record("--release", "v10", "--new-history", "--issuer", issuer.url, variables=issuer.job)
    machine.record("--release", "v11", "--issuer", issuer.url, variables=issuer.job)
    lines = [json.loads(line) for line in machine("history", "export").stdout.splitlines()]
    log = lines[0]["header"]["log"]
    root = None
    for line in lines[1:]:
        header, body, contents = line["header"], line["body"], line["contents"]
        root = body.get("root", root)
        release = body["release"]
        booking = {
            "attempt": header["attempt"], "commit": release["commit"], "environment": header["environment"],
            "images": release["signature"]["images"], "label": release["label"], "log": log, "root": root,
        }  # fmt: skip
        claims = decoded(release["signature"]["token"].split(".")[1])
        assert claims["aud"] == "tidemark:" + hashlib.sha256(canonical(booking)).hexdigest()
        key = contents[release["signature"]["key"]]
        assert key["issuer"] == issuer.url and key["key"]["n"] == issuer.keys[0].public["n"]
    assert len(lines) == 3 and len(set(issuer.asked)) == 2
