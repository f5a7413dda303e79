"""Invalid certificates, huge answers and endless nesting, as the user sees them."""

import itertools
import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from authority import DAY, Authority
from emulator.call import recognise
from emulator.message import Answer
from emulator.proxy import forwarded, serving
from log import check, root
from questions import DATABASE, UNSEEN, strike, unseen
from refused import RECORD, refused

LIMIT = "the answer is larger than 16777216 bytes"


@pytest.fixture
def over_tls(standing, tmp_path_factory):
    """Serves the stack over TLS, with a certificate for a host name."""
    stack, _ = standing
    requests = []

    def answer(request):
        requests.append(request)
        return forwarded(stack.endpoint, request)

    def serve(name, *validity):
        authority = Authority(tmp_path_factory.mktemp("authority"), name, *validity)
        return authority, serving(answer, authority.context), requests

    return serve


OWN = "its own"
CERTIFICATES = {
    "of an unknown authority": (
        ("localhost",), None, "the server's certificate is signed by an unknown authority",
        "check that AWS_CA_BUNDLE names a file with the authority that signed it",
    ),
    "expired": (
        ("localhost", -2 * DAY, -DAY), OWN, "the server's certificate has expired",
        "check this machine's clock, and have the certificate renewed",
    ),
    "not yet valid": (
        ("localhost", DAY, 2 * DAY), OWN, "the server's certificate is not valid yet", "check this machine's clock",
    ),
    "for another host": (
        ("elsewhere.example",), OWN, "the server's certificate is for another host",
        "check that AWS_ENDPOINT_URL names the host as its certificate does",
    ),
    "with unreadable authorities": (
        ("localhost",), "/nowhere/bundle.pem", "the certificate authorities cannot be read",
        "check that AWS_CA_BUNDLE names a readable file of certificates",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CERTIFICATES)
def test_an_invalid_certificate_is_an_error_with_advice_and_nothing_is_sent(over_tls, copied, case):
    certificate, bundle, why, remedy = CERTIFICATES[case]
    authority, server, requests = over_tls(*certificate)
    bundle = str(authority.file) if bundle == OWN else bundle
    with server as url:
        error = refused(copied, *RECORD, variables={"AWS_ENDPOINT_URL": url, "AWS_CA_BUNDLE": bundle})
    assert error.startswith(f"the caller's identity cannot be determined: {why} (") and error.endswith(f"): {remedy}")
    assert (bundle or "") in error or bundle == str(authority.file)
    assert requests == []


def test_a_named_authority_is_trusted(over_tls, copied):
    authority, server, _ = over_tls("localhost")
    with server as url:
        copied.record("--strict", variables={"AWS_ENDPOINT_URL": url, "AWS_CA_BUNDLE": str(authority.file)})
    assert check(copied.history) == 3


@pytest.mark.parametrize(
    "proxy",
    ["ftp://u:{}@127.0.0.1:1080", "foo://u:{}@127.0.0.1:1080", "http://u:{}@[bad", "http://u:{}", "http://u:/{}@127.0.0.1:x"],
)
def test_an_unusable_proxy_is_an_error_without_its_password(copied, proxy):
    secret = "planted-secret-87"
    variables = {"AWS_ENDPOINT_URL": "https://localhost:4443", "HTTPS_PROXY": proxy.format(secret), "AWS_MAX_ATTEMPTS": "1"}
    error = refused(copied, *RECORD, variables=variables)
    assert "proxy" in error and secret not in error


def test_a_server_without_tls_is_an_error(standing, copied):
    stack, _ = standing
    with serving(lambda request: forwarded(stack.endpoint, request)) as url:
        error = refused(copied, *RECORD, variables={"AWS_ENDPOINT_URL": url.replace("http:", "https:")})
    assert "no TLS connection" in error and "AWS_ENDPOINT_URL" in error


# MARK: Answers


@pytest.fixture
def struck(standing, copied):
    stack, _ = standing
    yield stack, copied
    stack.clear_faults()


def recorded_in(tidemark) -> tuple[int, str, int]:
    """The status, stderr, and the peak memory of the record in MiB.

    The resource usage of a child does not give the peak: it starts with that of the process it was forked from.
    """
    process = tidemark.start(*RECORD)
    most = 0
    while process.poll() is None:
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
        most = max(most, *(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:")), 0)
        time.sleep(0.002)
    return process.returncode, process.communicate()[1].decode(), most


def test_an_answer_of_two_hundred_megabytes_is_refused_at_the_limit(struck):
    stack, tidemark = struck
    _, _, usual = recorded_in(tidemark)
    strike(stack, "rds", "DescribeDBInstances", "huge")
    status, error, most = recorded_in(tidemark)
    # The limit, and the same again when a buffer grows.
    assert (status, error) == (0, "") and 16 < most < usual + 48, (usual, most)
    (gap,) = tidemark.show()["coverage"]["gaps"]
    assert gap["outcome"] == "failed" and gap["message"] == LIMIT
    assert unseen(tidemark.show()) == UNSEEN["rds", "DescribeDBInstances"] and DATABASE in unseen(tidemark.show())
    stack.clear_faults()
    tidemark.record("--strict")


def test_a_first_answer_of_two_hundred_megabytes_is_an_error(struck):
    stack, tidemark = struck
    strike(stack, "sts", "GetCallerIdentity", "huge")
    error = refused(tidemark, *RECORD)
    assert LIMIT in error and "AWS_ENDPOINT_URL" in error


HEADERS = "the answer's headers are larger than "


@pytest.mark.parametrize("sizes, limit", [([30_000] * 10, "262144 bytes"), ([150_000], "libcurl takes, 102400 bytes a line")])
def test_headers_beyond_the_limit_are_reported_as_headers(standing, copied, sizes, limit):
    stack, _ = standing

    def answer(request):
        true = forwarded(stack.endpoint, request)
        return replace(true, headers={**true.headers, **{f"X-{number}": "x" * size for number, size in enumerate(sizes)}})

    with serving(answer) as url:
        error = refused(copied, *RECORD, variables={"AWS_ENDPOINT_URL": url})
    assert f"{HEADERS}{limit}" in error


# MARK: Pages


@pytest.mark.parametrize("service, operation", [("ecr", "ListImages"), ("cloudwatch", "DescribeAlarms")])
def test_an_endless_list_of_pages_is_a_gap(standing, copied, service, operation):
    """Each token is new, so none repeats."""
    stack, _ = standing
    before = root(copied.history)
    tokens = itertools.count()
    pages: dict[str, Answer] = {}

    def answer(request):
        call = recognise(request)
        if call.operation != operation:
            return forwarded(stack.endpoint, request)
        identity = str(sorted((name, str(value)) for name, value in call.parameters.items() if name.lower() != "nexttoken"))
        if identity not in pages:
            pages[identity] = forwarded(stack.endpoint, request)
        token = f"token-{next(tokens)}"
        return tokened(call, pages[identity], token)

    with serving(answer) as url:
        copied.record(variables={"AWS_ENDPOINT_URL": url})
    gaps = [gap for gap in copied.show()["coverage"]["gaps"] if gap["outcome"] == "failed"]
    assert {gap["operation"] for gap in gaps} == {operation}
    assert {gap["message"] for gap in gaps} == {"the answer does not end: it names a next page after 1000 pages, the limit"}
    assert root(copied.history) == before and unseen(copied.show()) == UNSEEN[service, operation]


def tokened(call, page: Answer, token: str) -> Answer:
    """The page with a token for the next one."""
    name = "nextToken" if call.protocol == "json" else "NextToken"
    if call.protocol == "json":
        return replace(page, body=json.dumps({**json.loads(page.body), name: token}).encode())
    mark = b"</DescribeAlarmsResult>"
    assert mark in page.body
    return replace(page, body=page.body.replace(mark, f"<{name}>{token}</{name}>".encode() + mark))


@pytest.mark.parametrize("service, operation", [("ec2", "DescribeSecurityGroups"), ("ecr", "DescribeRepositories")])
def test_endless_nesting_hides_only_its_own_facets(struck, service, operation):
    """In XML and in JSON; test_coverage.py has this for every call."""
    stack, tidemark = struck
    strike(stack, service, operation, "nested")
    tidemark.record()
    gaps = [gap for gap in tidemark.show()["coverage"]["gaps"] if gap["outcome"] == "failed"]
    assert gaps and all("nested deeper than 256 levels" in gap["message"] for gap in gaps)
    assert unseen(tidemark.show()) == UNSEEN[service, operation]
