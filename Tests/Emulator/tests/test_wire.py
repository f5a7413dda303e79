"""Requests and answers as bytes on a connection."""

import http.client
import json
import socket
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError

from emulator.controls import fault


def test_nested_and_huge_answers_on_the_wire(stack):
    query = "Action=DescribeDBInstances&Version=2014-10-31"
    stack.set_faults(fault("rds", "DescribeDBInstances", "nested"))
    assert raw(stack, "rds", query).body == b"<a>" * 100_000 + b"</a>" * 100_000
    stack.set_faults(fault("rds", "DescribeDBInstances", "huge"))
    assert len(raw(stack, "rds", query).body) > 200 << 20


def test_an_html_500_and_an_empty_200_on_the_wire(stack):
    for kind, status, body in (("html-500", 500, b"<html>"), ("empty-200", 200, b"")):
        stack.set_faults(fault("rds", "DescribeDBInstances", kind))
        answer = raw(stack, "rds", "Action=DescribeDBInstances&Version=2014-10-31")
        assert answer.status == status and answer.body.startswith(body) and bool(answer.body) == bool(body)


def raw(stack, service, body, connection=None):
    """A request that no SDK makes: with a signature that only names its key, which moto accepts."""
    connection = connection or http.client.HTTPConnection(urlsplit(stack.endpoint).netloc)
    scope = f"AKIAEXAMPLE0000000000/20260101/us-west-2/{service}/aws4_request"
    connection.request(
        "POST",
        "/",
        body,
        {
            "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0",
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    answer = connection.getresponse()
    answer.body = answer.read()
    return answer


def test_calls_are_recorded_with_their_connection(stack):
    stack.clear_calls()
    connection = http.client.HTTPConnection(urlsplit(stack.endpoint).netloc)
    for _ in range(2):
        assert raw(stack, "rds", "Action=DescribeDBInstances&DBInstanceIdentifier=antenna-postgres", connection).status == 200
    first, second = stack.calls("rds", "DescribeDBInstances")
    assert first["parameters"] == {"DBInstanceIdentifier": "antenna-postgres"}
    assert first["signed"] and first["connection"] == second["connection"], "the connection is kept alive"
    stack.client("rds").describe_db_instances()
    assert stack.calls("rds")[-1]["connection"] != first["connection"]
    stack.clear_calls()
    assert stack.calls() == []


def test_a_request_in_chunks_is_read(stack):
    with socket.create_connection((urlsplit(stack.endpoint).hostname, urlsplit(stack.endpoint).port)) as line:
        scope = "AKIAEXAMPLE0000000000/20260101/us-west-2/s3/aws4_request"
        line.sendall(
            b"PUT /antenna-static-files/chunked HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
            b"Authorization: AWS4-HMAC-SHA256 Credential=" + scope.encode() + b", SignedHeaders=host, Signature=0\r\n\r\n"
            b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        )
        assert line.recv(100).startswith(b"HTTP/1.1 200")
    assert stack.client("s3").get_object(Bucket="antenna-static-files", Key="chunked")["Body"].read() == b"abcde"


def test_wrong_signatures_are_refused_on_request(stack):
    stack.verify_signatures()
    assert stack.client("rds", "tidemark-reader").describe_db_instances()["DBInstances"]
    with pytest.raises(ClientError, match="AccessDenied"):
        stack.client("rds", "tidemark-reader").delete_db_instance(DBInstanceIdentifier="antenna-postgres")
    answer = raw(stack, "rds", "Action=DescribeDBInstances&Version=2014-10-31")
    assert answer.status in (401, 403), json.dumps(answer.body.decode())


def test_a_web_identity_needs_no_credentials_where_signatures_are_verified(stack):
    stack.verify_signatures()
    connection = http.client.HTTPConnection(urlsplit(stack.endpoint).netloc)
    query = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=x&WebIdentityToken=y"
    role = f"&RoleArn=arn:aws:iam::{stack.account}:role/aws-elasticbeanstalk-ec2-role"
    connection.request("POST", "/", query + role, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    assert answer.status == 200 and b"<SessionToken>" in answer.read()
