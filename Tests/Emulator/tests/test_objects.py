"""Objects that are created only if their key has none, as S3 documents it."""

import base64
import hashlib
import http.client
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from emulator.controls import fault

BUCKET = "antenna-static-files"


def create(s3, key, body=b"one"):
    return s3.put_object(Bucket=BUCKET, Key=key, Body=body, IfNoneMatch="*")


def code_of(call, *arguments):
    with pytest.raises(ClientError) as refused:
        call(*arguments)
    return refused.value.response["Error"]["Code"], refused.value.response["ResponseMetadata"]["HTTPStatusCode"]


def test_an_object_that_exists_is_not_replaced(stack):
    s3 = stack.client("s3")
    create(s3, "entries/1")
    assert code_of(create, s3, "entries/1", b"two") == ("PreconditionFailed", 412)
    assert s3.get_object(Bucket=BUCKET, Key="entries/1")["Body"].read() == b"one"


def test_one_of_many_requests_creates_the_object(stack):
    s3 = stack.client("s3")

    def race(number):
        try:
            return create(s3, "entries/race", b"%d" % number) and number
        except ClientError:
            return None

    with ThreadPoolExecutor(16) as threads:
        winners = [number for number in threads.map(race, range(64)) if number is not None]
    assert [b"%d" % number for number in winners] == [s3.get_object(Bucket=BUCKET, Key="entries/race")["Body"].read()]


@pytest.mark.parametrize(
    "header, digest, code",
    [
        ("Content-MD5", base64.b64encode(hashlib.md5(b"two").digest()).decode(), "BadDigest"),
        ("X-Amz-Content-SHA256", hashlib.sha256(b"two").hexdigest(), "XAmzContentSHA256Mismatch"),
    ],
)
def test_an_object_that_was_damaged_on_the_way_is_refused(stack, header, digest, code):
    connection = http.client.HTTPConnection(urlsplit(stack.endpoint).netloc)
    scope = "AKIAEXAMPLE0000000000/20260101/us-west-2/s3/aws4_request"
    signature = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
    connection.request("PUT", f"/{BUCKET}/entries/{code}", b"one", {header: digest, "Authorization": signature})
    answer = connection.getresponse()
    assert answer.status == 400 and code.encode() in answer.read()


def test_an_answer_can_be_lost_after_the_object_was_created(stack):
    s3 = stack.client("s3")
    stack.set_faults(fault("s3", "PutObject", "answer-lost", times=1))
    with pytest.raises(ConnectionClosedError):
        create(s3, "entries/lost")
    assert code_of(create, s3, "entries/lost") == ("PreconditionFailed", 412)


def test_keys_are_listed_after_a_key(stack):
    s3 = stack.client("s3")
    for number in range(3):
        create(s3, f"list/a%3Db/{number}")
    found = s3.list_objects_v2(Bucket=BUCKET, Prefix="list/", StartAfter="list/a%3Db/0", MaxKeys=1)
    assert [one["Key"] for one in found["Contents"]] == ["list/a%3Db/1"] and found["IsTruncated"]
