#!/usr/bin/env python3
"""Write botocore's signatures of generated requests, to compare Signer with.

    python3 Tests/AWSClientTests/Vectors/signatures.py

signatures.json: a row for each request: signing name, region, time, session token (or null), method, path and query as
they are sent, headers, body, and the signature. Those of s3 are signed by botocore's S3SigV4Auth, the others by its
SigV4Auth.
"""

import datetime
import json
import pathlib
import random
import sys
from unittest import mock
from urllib.parse import quote

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

HERE = pathlib.Path(__file__).parent
KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
PLACES = [("s3", "us-east-1"), ("s3", "eu-central-1"), ("ec2", "us-west-2"), ("sts", "cn-north-1"), ("elasticbeanstalk", "us-gov-west-1")]
# Parts of S3's keys, identities and values.
PARTS = [
    "a", "Z9", "-._~", " ", "  ", "+", "%", "%2F", "%20", "&", "=", "?", "#", "!'()*", "$,:;@", "[]{}|\\^`\"<>", "ü", "e\u0301", "東京", "😀",
    "\t", "\x7f", "/", "//", ".", "..", "/./", "/../", "arn:aws:iam::123456789012:role/x", "2026-11-23T20:40:43Z",
]  # fmt: skip
DOTS = ["/", "//", "/.", "/..", "/a/.", "/a/..", "/a/b/..", "/a//", "/a/./", "/a/../..", "/a/b/../", "/.a/..b/c.", "/a/%2E/b", "/a/...", "//a/./b//c"]
SPACES = ["", " ", "  ", "\t", " \t "]
TOKENS = [None, None, "session/token+value==", "short"]
METHODS = ["GET", "GET", "PUT", "POST", "HEAD", "DELETE"]


def some(chance, most):
    return "".join(chance.choices(PARTS, k=chance.randint(0, most)))


def path(chance, service):
    if chance.random() < 0.3:
        return chance.choice(DOTS)
    return "/" + quote(some(chance, 6), safe="/~")


def query(chance):
    """A query as a client encodes it, not in canonical order; some names repeat, some have no value."""
    names = [some(chance, 2) for _ in range(chance.randint(0, 4))]
    names += chance.sample(names, chance.randint(0, len(names)))
    pairs = []
    for name in names:
        value = chance.choice(["", "=", "=" + quote(some(chance, 3), safe="-_.~")])
        pairs.append(quote(name, safe="-_.~") + value)
    chance.shuffle(pairs)
    # An empty pair is never sent.
    return "&".join(pair for pair in pairs if pair)


def headers(chance):
    found = [["Host", chance.choice(["example.amazonaws.com", "127.0.0.1:5000", "bucket.s3.amazonaws.com"])]]
    for name in chance.sample(["Content-Type", "X-Amz-Target", "x-amz-meta-Note", "X-Custom", "If-Match", "x-amz-acl"], chance.randint(0, 4)):
        for _ in range(chance.choice([1, 1, 1, 2])):
            words = chance.choices(["a", "b;c", "d=e,f", "\"quoted  text\"", "application/x-amz-json-1.1"], k=chance.randint(0, 3))
            space = [chance.choice(SPACES) for _ in range(len(words) + 1)]
            found.append([name, space[0] + "".join(word + (gap or " ") for word, gap in zip(words, space[1:]))])
    chance.shuffle(found)
    return found


def row(chance):
    service, region = chance.choice(PLACES)
    time = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=chance.randint(0, 100 * 365 * 86400))
    token, method = chance.choice(TOKENS), chance.choice(METHODS)
    sent, asked, named = path(chance, service), query(chance), headers(chance)
    body = some(chance, 8) if chance.random() < 0.5 else ""
    request = AWSRequest(method, f"https://example.com{sent}" + (f"?{asked}" if asked else ""), data=body.encode())
    request.headers = HTTPHeaders()
    for name, value in named:
        request.headers.add_header(name, value)
    sign = botocore.auth.S3SigV4Auth if service == "s3" else botocore.auth.SigV4Auth
    with mock.patch.object(botocore.auth, "get_current_datetime", lambda: time):
        sign(Credentials(KEY, SECRET, token), service, region).add_auth(request)
    signature = request.headers["Authorization"].rpartition("Signature=")[2]
    return [service, region, time.strftime("%Y-%m-%dT%H:%M:%SZ"), token, method, sent, asked, named, body, signature]


def main():
    chance = random.Random(20261123)
    rows = ",\n".join(json.dumps(row(chance), ensure_ascii=False, separators=(",", ":")) for _ in range(400))
    (HERE / "signatures.json").write_text(f"[\n{rows}\n]\n")


if __name__ == "__main__":
    sys.exit(main())
