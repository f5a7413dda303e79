"""A proxy loses, delays and refuses requests of a bucket as it says."""

import http.client
from urllib.parse import urlsplit

import pytest

from emulator.store_proxy import StoreProxy, dropped, failed, lost, reset, whole

BUCKET = "antenna-static-files"


@pytest.fixture
def proxy(stack):
    proxy = StoreProxy(stack.endpoint, BUCKET)
    with proxy.serving() as url:
        yield proxy, url


def put(url: str, key: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    scope = "AKIAEXAMPLE0000000000/20260101/us-west-2/s3/aws4_request"
    signature = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
    connection.request("PUT", f"/{BUCKET}/{key}", b"one", {"If-None-Match": "*", "Authorization": signature})
    return connection.getresponse().status


@pytest.mark.parametrize(
    "fault, error, after",
    [
        (lost, http.client.RemoteDisconnected, 412),
        (reset, ConnectionResetError, 412),
        (dropped, http.client.RemoteDisconnected, 200),
        (failed(503, "SlowDown"), 503, 412),
        (failed(409, "OperationAborted", is_executed=False), 409, 200),
    ],
)
def test_a_request_is_executed_or_not_whatever_the_client_sees(proxy, fault, error, after):
    found, url = proxy
    found.choose = lambda request: fault if request.number == 0 else None
    if isinstance(error, int):
        assert put(url, "key") == error
    else:
        with pytest.raises(error) as raised:
            put(url, "key")
        assert type(raised.value) is error
    assert put(url, "key") == after


def test_a_late_request_is_executed_when_it_is_released(proxy):
    found, url = proxy
    found.choose = lambda request: found.late.after(None) if request.number == 0 else None
    with pytest.raises(http.client.RemoteDisconnected):
        put(url, "key")
    found.late.release()
    found.choose = whole
    assert put(url, "key") == 412
    assert [(request.method, request.key, request.client) for request in found.requests] == [
        ("PUT", key, "AKIAEXAMPLE0000000000") for key in ("key", "key")
    ]
