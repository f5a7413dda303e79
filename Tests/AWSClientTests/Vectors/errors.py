#!/usr/bin/env python3
"""Write what botocore reads from error responses, to compare AWSClient with.

    python3 Tests/AWSClientTests/Vectors/errors.py

errors.json: responses, and the code of botocore's error and the number of its calls in the retry mode `standard`, where
the endpoint answers each call with the same response, and HEAD with 404.
"""

import json
import pathlib
import sys
import time
from unittest import mock

import botocore.awsrequest
import botocore.config
import botocore.session
from botocore.exceptions import ClientError

HERE = pathlib.Path(__file__).parent
BUCKET = {"Bucket": "antenna-media"}
ROLE = {"RoleArn": "arn:aws:iam::123456789012:role/r", "RoleSessionName": "session", "WebIdentityToken": "token"}
QUERY = ("sts", "GetCallerIdentity", {})
EC2 = ("ec2", "DescribeVpcs", {})
JSON = ("ecr", "DescribeImages", {"repositoryName": "repo"})
S3 = ("s3", "GetBucketAcl", BUCKET)
CODES = """
AccessDenied BandwidthLimitExceeded EC2ThrottledException InternalError InvalidParameterValue PriorRequestNotComplete
ProvisionedThroughputExceededException RequestLimitExceeded RequestThrottled RequestThrottledException RequestTimeout
RequestTimeoutException SlowDown ThrottledException Throttling ThrottlingException TooManyRequestsException
TransactionInProgressException
""".split()


def query(code, before="", message="m"):
    return f"{before}<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"


def ec2(code):
    return f"<Response><Errors><Error><Code>{code}</Code><Message>m</Message></Error></Errors></Response>"


def s3(code, more=""):
    return f"<Error><Code>{code}</Code><Message>m</Message>{more}</Error>"


def cases():
    """Each: the call, the status, the body, and the headers."""
    for code in CODES:
        yield QUERY, 400, query(code), {}
        yield EC2, 400, ec2(code), {}
        yield JSON, 400, json.dumps({"__type": code, "message": "m"}), {}
        yield S3, 400, s3(code), {}
    yield JSON, 408, json.dumps({"__type": "RequestTimeoutException", "message": "m"}), {}
    yield ("sts", "AssumeRoleWithWebIdentity", ROLE), 400, query("IDPCommunicationError"), {}
    # Text around a code.
    for type in (
        "com.amazonaws.ecr#ThrottlingException", "ThrottlingException:http://x/y", "a.b#ThrottlingException:http://x/y#z",
        "a#b#ThrottlingException", "ThrottlingException:a#b:c",
    ):  # fmt: skip
        yield JSON, 400, json.dumps({"__type": type, "message": "m"}), {}
    for error in ("Throttling;Sender", "Customized;Sender", ";Sender", "Throttling", "Throttling;Sender;more"):
        yield JSON, 400, json.dumps({"__type": "x#CustomCodeError", "message": "m"}), {"x-amzn-query-error": error}
    # What the strict readers do not take of an answer.
    for before in (
        '<?xml version="1.0" encoding="ISO-8859-1"?>', '<?xml version="1.0"?><?xml-stylesheet href="x"?>',
        "<!DOCTYPE ErrorResponse>", '<!DOCTYPE a [<!ENTITY b "c">]>',
    ):  # fmt: skip
        yield QUERY, 400, query("Throttling", before), {}
        yield QUERY, 403, query("AccessDenied", before), {}
        yield S3, 403, before + s3("AccessDenied"), {}
    yield JSON, 400, '{"__type":"ThrottlingException","message":"m","message":"n"}', {}
    yield JSON, 400, '{"__type":"ThrottlingException","message":"\\ud83d"}', {}
    yield JSON, 400, '{"__type":"AccessDeniedException","size":NaN}', {}
    # Errors with status 200.
    for code in ("AccessDenied", "SlowDown", "InternalError", "NoSuchBucket"):
        yield S3, 200, s3(code), {}
    # A bucket in a region that the answer does not name.
    yield S3, 400, s3("IllegalLocationConstraintException"), {}
    yield S3, 301, s3("PermanentRedirect"), {}


def botocore_error(call, status, body, headers):
    service, operation, parameters = call
    configuration = botocore.config.Config(retries={"mode": "standard"}, parameter_validation=False)
    client = botocore.session.Session().create_client(
        service, "us-west-2", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="x", config=configuration)  # fmt: skip
    sent = []

    def send(request):
        sent.append(request)
        # botocore repeats HEAD forever if that is answered with a redirect too.
        answer, number = (b"", 404) if request.method == "HEAD" else (body.encode(), status)
        raw = mock.Mock(stream=lambda *_: iter([answer]))
        return botocore.awsrequest.AWSResponse(request.url, number, botocore.awsrequest.HeadersDict(headers), raw)

    client._endpoint.http_session.send = send
    try:
        client._make_api_call(operation, parameters)
    except ClientError as error:
        return {"code": error.response["Error"]["Code"], "calls": len(sent)}
    raise AssertionError(body)


def vector(call, status, body, headers):
    service, operation, parameters = call
    expected = botocore_error(call, status, body, headers)
    return {"service": service, "operation": operation, "parameters": parameters, "status": status, "headers": headers,
            "body": body, "expected": expected}  # fmt: skip


def main():
    with mock.patch.object(time, "sleep"):
        rows = ",\n".join(json.dumps(vector(*case), ensure_ascii=False) for case in cases())
    (HERE / "errors.json").write_text(f"[\n{rows}\n]\n")


if __name__ == "__main__":
    sys.exit(main())
