#!/usr/bin/env python3
"""Write what botocore makes of generated answers, requests and regions, to compare AWSClient with.

    python3 Tests/AWSClientTests/Vectors/generate.py

answers.json: bodies for every operation of the wire table and for odd cases, and what botocore's parsers read from them.
requests.json: parameters that use every member of an input, and the form fields or the JSON body that botocore's
serializers write.
endpoints.json: where botocore sends a request to a service in a region, and the region that it signs for.
rest-requests.json: what botocore sends to S3, signature included, for every operation, kind of bucket name and region.
Beside it, profiles.py, signatures.py and errors.py write profiles.json, signatures.json and errors.json.
"""

import datetime
import itertools
import json
import pathlib
import re
import runpy
import sys
import types
from xml.sax.saxutils import escape

import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.handlers
import botocore.parsers
import botocore.serialize
import botocore.session

HERE = pathlib.Path(__file__).parent
WIRE = runpy.run_path(str(HERE.parents[2] / "Sources/AWSShapes/generate.py"))

TEXTS = ["plain", "a < b && c > \"d\" 'e'", "Zürich 東京 😀 e\u0301", "", " kept  space ", "tab\tand\nline", "]]>", "1"]
TIMES = ["2026-11-23T20:40:43Z", "2026-11-23T20:40:43.123Z", "2026-11-23T20:40:43.120456+02:00", "2024-02-29T00:00:00"]
POLICY = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%7D%5D%7D"


class Source:
    """Values of every type in a fixed order."""

    def __init__(self, start=0, top=2, texts=TEXTS):
        self.top = top
        self.texts = itertools.cycle(texts[start:] + texts[:start])
        self.times = itertools.cycle(TIMES[start:] + TIMES[:start])
        self.integers = itertools.cycle(["0", "1", "-7", "9007199254740993", "42"])
        self.floats = itertools.cycle(["0.5", "-1.25", "80.0"])
        self.booleans = itertools.cycle(["true", "false"])
        # Nested lists cycle through two, one and no element.
        self.counts = itertools.cycle([2, 1, 0] if start == 0 else [0, 1, 2])

    def scalar(self, shape):
        if shape.name == "policyDocumentType":
            return POLICY
        kind = {"long": "integer", "double": "float"}.get(shape.type_name, shape.type_name)
        return next({"string": self.texts, "timestamp": self.times, "integer": self.integers, "float": self.floats,
                     "boolean": self.booleans}[kind])  # fmt: skip


def count(source, depth):
    return source.top if depth == 0 else next(source.counts) if depth < 3 else 1


def xml_members(shape, source, depth=0, seen=()):
    parts = []
    for name, member in shape.members.items():
        wire = WIRE["output_name"](name, member)
        if member.name not in seen and WIRE["place_of"](member) is None:
            parts += xml_value(member, wire, source, depth, seen + (shape.name,))
    return "".join(parts)


def xml_value(shape, wire, source, depth, seen):
    if shape.type_name == "structure":
        return [f"<{wire}{xml_attributes(shape)}>{xml_members(shape, source, depth + 1, seen)}</{wire}>"]
    if shape.type_name == "list":
        number = count(source, depth)
        element = wire if WIRE["is_flat"](shape) else shape.member.serialization.get("name", "member")
        items = [item for _ in range(number) for item in xml_value(shape.member, element, source, depth + 1, seen)]
        return items if WIRE["is_flat"](shape) else [f"<{wire}>{''.join(items)}</{wire}>"]
    if shape.type_name == "map":
        return [f"<{wire}>{''.join(map_entry(shape, key, source, depth, seen) for key in ('a', 'b & c'))}</{wire}>"]
    text = escape(source.scalar(shape))
    return [f"<{wire}>{text}</{wire}>" if text else f"<{wire}/>"]


def xml_attributes(shape):
    names = [member.serialization["name"] for member in shape.members.values() if WIRE["place_of"](member) == "attribute"]
    assert all(name == "xsi:type" for name in names), shape.name
    return ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"' if names else ""


def map_entry(shape, key, source, depth, seen):
    assert not WIRE["is_flat"](shape), shape.name
    name, value = (part.serialization.get("name", default) for part, default in ((shape.key, "key"), (shape.value, "value")))
    content = "".join(xml_value(shape.value, value, source, depth + 1, seen))
    return f"<entry><{name}>{escape(key)}</{name}>{content}</entry>"


def document(service, operation, content):
    name, namespace = operation.name, service.metadata.get("xmlNamespace", "http://example.com/")
    wrapper = operation.output_shape.serialization.get("resultWrapper")
    if wrapper:
        content = f"<{wrapper}>{content}</{wrapper}><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata>"
    else:
        content = f"<requestId>id</requestId>{content}"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name}Response xmlns="{namespace}">{content}</{name}Response>'


def json_value(shape, source, depth=0, seen=()):
    if shape.type_name == "structure":
        seen += (shape.name,)
        return {
            member.serialization.get("name", name): json_value(member, source, depth + 1, seen)
            for name, member in shape.members.items()
            if member.name not in seen
        }
    if shape.type_name == "list":
        return [json_value(shape.member, source, depth + 1, seen) for _ in range(count(source, depth))]
    if shape.type_name == "map":
        return {f"key {number}": json_value(shape.value, source, depth + 1, seen) for number in range(count(source, depth))}
    text = source.scalar(shape)
    if shape.type_name == "timestamp":
        # Epoch seconds, with a fraction and without.
        return {"2": 1795466443, "9": 1795466443.123}.get(text[-2], 1709164800)
    return {"integer": int, "long": int, "float": float, "double": float, "boolean": "true".__eq__}.get(
        shape.type_name, str)(text)  # fmt: skip


def json_answers(service, operation):
    shape = operation.output_shape
    full, shifted = json_value(shape, Source()), json_value(shape, Source(2, top=1))
    yield answer(service, operation, "full", json.dumps(full, ensure_ascii=False))
    yield answer(service, operation, "shifted", json.dumps(shifted))
    yield answer(service, operation, "nothing", "{}")
    yield answer(service, operation, "null members", json.dumps(dict.fromkeys(full)))
    # botocore drops members that its model lacks; AWSClient keeps them.
    unknown = answer(service, operation, "unknown member", json.dumps({**full, "heardOf": {"never": [1.50, "x"]}}))
    unknown["expected"]["heardOf"] = {"never": [1.50, "x"]}
    yield unknown


def rest_answers(service, operation):
    """Answers of S3: a document, a text or bytes, and headers."""
    texts = TEXTS + ["a%20b+c/%C3%BC"]
    for label, source in (("full", Source(texts=texts)), ("shifted", Source(2, top=1, texts=texts))):
        headers = {}
        for name, member in operation.output_shape.members.items():
            headers |= header(member, source)
        yield rest_answer(service, operation, label, body(operation, source), headers)
    yield rest_answer(service, operation, "nothing", body(operation, None), {})


def header(member, source):
    place = WIRE["place_of"](member)
    if place == "headers":
        return {member.serialization["name"] + name: f"value of {name}" for name in ("key", "Other-Key")}
    if place != "header":
        return {}
    # Text in a header is ASCII, and a time is in HTTP's form unless the model says otherwise.
    text = {"string": "some text; a=1, b", "timestamp": "Mon, 23 Nov 2026 20:40:43 GMT"}.get(member.type_name)
    if member.serialization.get("timestampFormat") == "iso8601":
        text = next(source.times)
    return {member.serialization["name"]: text or source.scalar(member)}


def body(operation, source):
    """The body of an answer with every member, or without members if there is no source."""
    output, payload = operation.output_shape, operation.output_shape.serialization.get("payload")
    if operation.name in WIRE["UNWRAPPED"]:
        return f'<?xml version="1.0"?>\n<LocationConstraint>{next(source.texts) if source else ""}</LocationConstraint>'
    shape = output.members[payload] if payload else output
    if shape.type_name in ("string", "blob"):
        return "".join(TEXTS) if source else ""
    root = shape.serialization.get("name", shape.name) if payload else WIRE["ROOTS"].get(operation.name)
    if root is None:
        return ""
    content = xml_members(shape, source) if source else ""
    # S3 confirms that it encoded the keys in a list.
    content = re.sub("<EncodingType>.*?</EncodingType>", "<EncodingType>url</EncodingType>", content)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{content}</{root}>'


def rest_answer(service, operation, label, text, headers):
    parser = botocore.parsers.create_parser("rest-xml")
    response = {"status_code": 200, "headers": botocore.awsrequest.HeadersDict(headers), "body": text.encode()}
    parsed = parser.parse(response, operation.output_shape)
    del parsed["ResponseMetadata"]
    if operation.name == "GetBucketLocation":
        botocore.handlers.parse_get_bucket_location(parsed, types.SimpleNamespace(raw=True, content=response["body"]))
    if operation.name == "ListObjectsV2":
        botocore.handlers.decode_list_object_v2(parsed, {"encoding_type_auto_set": True})
    # Bytes are not part of the value; an invalid time is read as text.
    parsed.pop("Body", None)
    if parsed.pop("Expires", None):
        parsed["ExpiresString"] = headers["Expires"]
    return {"service": service.service_name, "operation": operation.name, "case": label, "headers": headers,
            "body": text, "expected": plain(parsed)}  # fmt: skip


def plain(value):
    if isinstance(value, datetime.datetime):
        value = value.replace(tzinfo=value.tzinfo or datetime.timezone.utc).astimezone(datetime.timezone.utc)
        fraction = f".{value.microsecond // 1000:03}" if value.microsecond >= 1000 else ""
        return f"{value.year:04}-" + value.strftime("%m-%dT%H:%M:%S") + fraction + "Z"
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, str):
        # AWSClient replaces an unpaired surrogate with U+FFFD.
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return [plain(member) for member in value] if isinstance(value, list) else value


def answer(service, operation, label, body):
    parser = botocore.parsers.create_parser(WIRE["protocol_of"](service))
    response = {"status_code": 200, "headers": {}, "body": body.encode()}
    parsed = parser.parse(response, operation.output_shape)
    del parsed["ResponseMetadata"]
    if service.service_name == "iam":
        botocore.handlers._decode_policy_types(parsed, operation.output_shape)
    return {"service": service.service_name, "operation": operation.name, "case": label, "body": body,
            "expected": plain(parsed)}  # fmt: skip


def answers(service, operation):
    special = {"json": json_answers, "rest-xml": rest_answers}.get(WIRE["protocol_of"](service))
    if special:
        yield from special(service, operation)
        return
    shape = operation.output_shape
    yield answer(service, operation, "full", document(service, operation, xml_members(shape, Source())))
    yield answer(service, operation, "shifted", document(service, operation, xml_members(shape, Source(2, top=1))))
    yield answer(service, operation, "nothing", document(service, operation, ""))
    empty = "".join(f"<{WIRE['output_name'](name, member)}/>" for name, member in shape.members.items()
                    if member.type_name in ("list", "structure", "string"))  # fmt: skip
    yield answer(service, operation, "empty elements", document(service, operation, empty))


ACL = "<AccessControlPolicy>{}</AccessControlPolicy>"
EVENT = '{{"Events":[{{"EventTime":{}}}]}}'
OBJECT = "<ListBucketResult><Contents><LastModified>{}</LastModified></Contents></ListBucketResult>"
ROLE = "<GetRoleResponse><GetRoleResult><Role><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>"
IDENTITY = "{}<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>a</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>"


def odd_bodies():
    """Cases that another reader easily gets wrong: the operation and the body."""
    yield "ecs ListTasks", '{"taskArns":["a",null,"b"]}'
    yield "ecs ListTasks", '{"taskArns":[null],"nextToken":null}'
    yield "ecs DescribeTaskDefinition", '{"taskDefinition":{"containerDefinitions":[null,{"dockerLabels":{"a":null,"b":"x"}}]}}'
    # An element with boto3's name of a member that the wire calls otherwise.
    yield "s3 GetBucketAcl", ACL.format("<AccessControlList><Grant><Grantee><ID>x</ID><Type>User</Type></Grantee></Grant></AccessControlList>")
    yield "s3 GetBucketAcl", ACL.format("<Grants>x</Grants>")
    yield "s3 GetBucketLifecycleConfiguration", "<LifecycleConfiguration><Rules><ID>a</ID></Rules></LifecycleConfiguration>"
    yield "s3 ListObjectsV2", "<ListBucketResult><RequestCharged>x</RequestCharged></ListBucketResult>"
    yield "ec2 DescribeVpcs", "<DescribeVpcsResponse><Vpcs>x</Vpcs></DescribeVpcsResponse>"
    # Times.
    for time in ("1767323045.9996", "1767323045.001", "-0.5", "-1.001", "1.7673230459996E9", "-62135596800", "0.0001"):
        yield "cloudtrail LookupEvents", EVENT.format(time)
    for time in ("2026-01-02T03:04:05.9996Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9996Z"):
        yield "s3 ListObjectsV2", OBJECT.format(time)
    # Documents in documents.
    for policy in (
        "%7B%22Statement%22%3A%5B%7B%22Sid%22%3A%22a%22%2C%22Sid%22%3A%22b%22%7D%5D%7D", "%7B%22a%22%3A%22%5Cud83d%22%7D",
        "%7B%22a%22%3A%22%FF%22%7D", "%7B%22a%22%3A%22%5Cud83d%5Cu0041%5Cude00%22%7D", "%7B%22a%22%3A1%2C%22b%22%3A2%2C%22a%22%3A3%7D",
        "%7B%22a%22%3A", "plain",
    ):  # fmt: skip
        yield "iam GetRole", ROLE.format(policy)
    # Text before the root.
    for before in ('<?xml version="1.0" encoding="ISO-8859-1"?>', '<?xml version="1.0"?><?style href="x"?><!-- c --><?x?>'):
        yield "sts GetCallerIdentity", IDENTITY.format(before)
    # Scalars of another type.
    yield "ecr DescribeRepositories", '{"repositories":[{"repositoryName":"a","registryId":123456789012}]}'
    yield "ecr DescribeImages", '{"imageDetails":[{"imageSizeInBytes":"5","imageDigest":true,"imageTags":[1]}]}'
    yield "ecs DescribeTaskDefinition", '{"taskDefinition":{"containerDefinitions":[{"essential":"yes","dockerLabels":{"a":1}}]}}'


def odd_headers():
    """The same for headers: the operation, the name and the value."""
    for date in (
        "Friday, 02-Jan-26 03:04:05 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Fri Jan  2 03:04:05 2026", "Fri Jan 12 03:04:05 2026",
        "Fri, 2 Jan 2026 03:04:05 GMT", "Fri, 02 Jan 2026 03:04:05 +0200",
    ):  # fmt: skip
        yield "s3 GetObject", "Last-Modified", date
    yield "s3 GetObject", "x-amz-meta-name", "a  b"


def odd_answers(session):
    def model(name):
        service, operation = name.split()
        service = session.get_service_model(service)
        return service, service.operation_model(operation)

    for name, body in odd_bodies():
        service, operation = model(name)
        is_rest = WIRE["protocol_of"](service) == "rest-xml"
        yield rest_answer(service, operation, "odd", body, {}) if is_rest else answer(service, operation, "odd", body)
    for name, header, value in odd_headers():
        yield rest_answer(*model(name), "odd", "", {header: value})


def parameters(shape, source, depth=0):
    if shape.type_name == "structure":
        return {name: parameters(member, source, depth + 1) for name, member in shape.members.items()}
    if shape.type_name == "list":
        return [parameters(shape.member, source, depth + 1) for _ in range(2 if depth == 1 else next(source.counts))]
    text = source.scalar(shape)
    convert = {"integer": int, "long": int, "float": float, "double": float, "boolean": "true".__eq__}
    return convert.get(shape.type_name, str)(text)


def request(service, operation):
    sent = parameters(operation.input_shape, Source()) if operation.input_shape else {}
    protocol = WIRE["protocol_of"](service)
    precision = "millisecond" if protocol == "json" else "default"
    serializer = botocore.serialize.create_serializer(protocol, include_validation=False, timestamp_precision=precision)
    fields = serializer.serialize_to_request(sent, operation)["body"]
    if protocol == "json":
        # With that precision botocore writes whole seconds as 1.0.
        body = json.loads(fields, parse_float=lambda text: int(text[:-2]) if text.endswith(".0") else float(text))
        return {"service": service.service_name, "operation": operation.name, "parameters": sent, "body": body}
    # botocore writes microseconds, AWSClient milliseconds.
    fields = {name: re.sub(r"(\.\d{3})\d{3}Z$", r"\1Z", str(value)) for name, value in fields.items()}
    return {"service": service.service_name, "operation": operation.name, "parameters": sent, "fields": fields}


def endpoint(session, name, region):
    # The endpoint does not depend on the parameters.
    configuration = botocore.config.Config(parameter_validation=False)
    client = session.create_client(
        name, region, aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="x", config=configuration)  # fmt: skip
    sent = []

    def capture(request, **_):
        sent.append(request)
        raise InterruptedError

    client.meta.events.register("before-send", capture)
    try:
        client._make_api_call(WIRE["OPERATIONS"][name].split()[0], {})
    except InterruptedError:
        pass
    scope = sent[0].headers["Authorization"]
    scope = scope.decode() if isinstance(scope, bytes) else scope
    host = sent[0].url.split("/")[2]
    return {"service": name, "region": region, "host": host, "signed": scope.split("/")[2], "name": scope.split("/")[3]}


NAMES = "antenna-media with.dots.in-it Upper-Case under_score ab 192.168.10.20 -dash dash- 1a1".split()


def rest_parameters(shape):
    values = {"Bucket": "antenna-media", "Key": "a b/./../ü//x?y#z%20+&=*~'()"}
    for name in WIRE["MEMBERS"].get(shape.name, shape.members):
        member = shape.members[name]
        text = "rest of 'x' & y/+=" if WIRE["place_of"](member) == "query" else "some text"
        value = {"integer": 7, "boolean": True, "list": ["one", 'two, or "three"'], "timestamp": TIMES[0]}.get(member.type_name, text)
        if name not in values and not name.startswith("SSECustomer"):
            values[name] = value
    return {name: value for name, value in values.items() if name in shape.members}


def rest_request(session, region, operation, sent, url=None):
    """The request that botocore sends, with its signed headers."""
    configuration = botocore.config.Config(
        request_checksum_calculation="when_required", response_checksum_validation="when_required",
        parameter_validation=False, s3={"payload_signing_enabled": True})  # fmt: skip
    client = session.create_client(
        "s3", region, endpoint_url=url, aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="wJalrXUtnFEMI/K7MDENG",
        config=configuration)  # fmt: skip
    prepared = []
    payload = {"payload": sent["Body"]} if "Body" in sent else {}
    given = {name: value for name, value in sent.items() if name != "Body"}

    def capture(request, **_):
        prepared.append(request)
        raise InterruptedError

    client.meta.events.register("before-send", capture)
    try:
        client._make_api_call(operation, sent)
    except InterruptedError:
        pass
    headers = {name.lower(): value.decode() if isinstance(value, bytes) else value for name, value in prepared[0].headers.items()}
    signed = re.search("SignedHeaders=([^,]*)", headers["authorization"])[1].split(";")
    kept = {name: headers[name] for name in signed + ["authorization"] if name in headers}
    return {"service": "s3", "operation": operation, "region": region, "endpoint": url, "parameters": given,
            "method": prepared[0].method, "url": prepared[0].url, "headers": kept} | payload  # fmt: skip


def rest_requests(session):
    # The time of every signature.
    botocore.auth.get_current_datetime = lambda: datetime.datetime(2026, 11, 23, 20, 40, 43)
    service = session.get_service_model("s3")
    for operation in map(service.operation_model, WIRE["OPERATIONS"]["s3"].split()):
        yield rest_request(session, "eu-central-1", operation.name, rest_parameters(operation.input_shape))
    yield rest_request(session, "eu-central-1", "GetObject",
                       {"Bucket": "antenna-media", "Key": "k", "IfModifiedSince": "0001-01-01T00:00:00Z"})  # fmt: skip
    for region in REGIONS:
        for name in NAMES:
            yield rest_request(session, region, "GetBucketTagging", {"Bucket": name})
        yield rest_request(session, region, "GetBucketLocation", {"Bucket": "antenna-media"})
    for url in ("http://127.0.0.1:5000", "http://localhost:5000/under/here", "https://s3.example.com"):
        for name in NAMES:
            yield rest_request(session, "us-west-2", "HeadBucket", {"Bucket": name}, url)


REGIONS = "us-east-1 eu-central-1 cn-north-1 cn-northwest-1 us-gov-west-1 us-gov-east-1".split()


def write(name, rows):
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (HERE / name).write_text(f"[\n{lines}\n]\n")


def main():
    session = botocore.session.Session()
    answer_rows, request_rows, endpoint_rows = [], [], []
    for name in sorted(WIRE["OPERATIONS"]):
        service = session.get_service_model(name)
        for operation in map(service.operation_model, WIRE["OPERATIONS"][name].split()):
            answer_rows += answers(service, operation)
            if WIRE["protocol_of"](service) != "rest-xml":
                request_rows.append(request(service, operation))
        if name != "s3":
            endpoint_rows += [endpoint(session, name, region) for region in REGIONS]
    write("answers.json", answer_rows + list(odd_answers(session)))
    write("requests.json", request_rows)
    write("endpoints.json", endpoint_rows)
    write("rest-requests.json", rest_requests(session))


if __name__ == "__main__":
    sys.exit(main())
