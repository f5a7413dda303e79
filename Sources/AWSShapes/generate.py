#!/usr/bin/env python3
"""Write wire.txt: the wire format of the operations below, from botocore's public service models.

    python3 Sources/AWSShapes/generate.py            rewrite wire.txt
    python3 Sources/AWSShapes/generate.py --check    exit 1 if wire.txt is not what would be written

The models come from botocore, pinned below, so that two machines write the same bytes. A new operation is one word in
OPERATIONS.
"""

import difflib
import pathlib
import re
import sys

import botocore
import botocore.session

BOTOCORE = "1.43.11"

OPERATIONS = {
    "autoscaling": "DescribeAutoScalingGroups",
    "cloudtrail": "LookupEvents",
    "cloudwatch": "DescribeAlarms",
    "ec2": "DescribeInstances DescribeInternetGateways DescribeManagedPrefixLists DescribeRouteTables"
    " DescribeSecurityGroupRules DescribeSecurityGroups DescribeSubnets DescribeVpcs GetManagedPrefixListEntries",
    "ecr": "BatchGetImage DescribeImages DescribeRepositories GetDownloadUrlForLayer GetLifecyclePolicy GetRepositoryPolicy"
    " ListImages",
    "ecs": "DescribeClusters DescribeContainerInstances DescribeTaskDefinition DescribeTasks ListClusters"
    " ListContainerInstances ListTasks",
    "elasticache": "DescribeCacheClusters DescribeCacheParameterGroups DescribeCacheParameters"
    " DescribeCacheSubnetGroups DescribeReplicationGroups",
    "elasticbeanstalk": "DescribeApplicationVersions DescribeApplications DescribeConfigurationOptions"
    " DescribeConfigurationSettings"
    " DescribeEnvironmentHealth DescribeEnvironmentManagedActions DescribeEnvironmentResources DescribeEnvironments"
    " DescribeEvents DescribeInstancesHealth DescribePlatformVersion",
    "elbv2": "DescribeListeners DescribeLoadBalancers DescribeTargetGroups",
    "iam": "GetInstanceProfile GetPolicy GetPolicyVersion GetRole GetRolePolicy ListAttachedRolePolicies"
    " ListPolicyVersions ListRolePolicies",
    "logs": "DescribeLogGroups",
    "rds": "DescribeDBInstances DescribeDBParameterGroups DescribeDBParameters DescribeDBSubnetGroups",
    "s3": "GetBucketAcl GetBucketCors GetBucketEncryption GetBucketLifecycleConfiguration GetBucketLocation"
    " GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketTagging GetBucketVersioning GetObject"
    " GetObjectLockConfiguration GetPublicAccessBlock HeadBucket ListObjectsV2 PutObject",
    "secretsmanager": "DescribeSecret ListSecrets",
    "sts": "GetCallerIdentity AssumeRole AssumeRoleWithWebIdentity",
}

# The wire protocols that the client supports, in the order of preference.
PROTOCOLS = ["ec2", "query", "json", "rest-xml"]

# The root element of an answer of S3 if no member is the whole body. botocore ignores it and its models
# leave it out. Source: the examples in the Amazon S3 API Reference.
ROOTS = {
    "GetBucketAcl": "AccessControlPolicy",
    "GetBucketCors": "CORSConfiguration",
    "GetBucketLifecycleConfiguration": "LifecycleConfiguration",
    "GetBucketLocation": "LocationConstraint",
    "GetBucketTagging": "Tagging",
    "GetBucketVersioning": "VersioningConfiguration",
    "ListObjectsV2": "ListBucketResult",
}
# The answer whose root element is its only member, which botocore's models cannot express.
UNWRAPPED = {"GetBucketLocation": "LocationConstraint"}
# The members of a request that the client can send, where it cannot send all: it computes no checksum but Content-MD5.
MEMBERS = {
    "PutObjectRequest": "Body Bucket ContentMD5 ContentType ExpectedBucketOwner IfNoneMatch Key SSEKMSKeyId ServerSideEncryption".split(),
}
# botocore's default, unless a setting makes us-east-1 a regional endpoint.
HOSTS = {"s3": ["host us-east-1 s3.amazonaws.com"]}

HEADER = f"""\
# How AWS operations look on the wire. Written by generate.py from the service models of botocore {BOTOCORE}: do not edit.
#
#   service NAME protocol= version= endpoint= (host prefix) signing= (name in the signature) environment= (AWS_ENDPOINT_URL_...)
#     json= (version of the JSON protocol) target= (before the operation in X-Amz-Target)
#   global PARTITION HOST REGION             one endpoint for a whole partition, and the region to sign for
#   host REGION HOST                         the region whose host has another name than all others
#   operation NAME                           then input, output, wrapper (element around the output), 'auth none' where it is
#                                            not signed, and how pages follow:
#     page INPUT OUTPUT                      send the value of OUTPUT as INPUT
#     more MEMBER                            only while MEMBER is true
#     result MEMBER                          joined across the pages
#     of REST protocols also:
#     http METHOD PATH [QUERY]               the path below the bucket, and the query that every request has
#     sends MEMBER                           the member of the input that is the whole body of the request
#     payload MEMBER                         the member that is the whole body
#     unwrapped MEMBER                       the member that is the root element itself
#     root NAME                              what the answer's root element is called
#   structure NAME                           then its members: NAME TYPE [in=NAME] [out=NAME], in and out where the wire
#                                            has another name than boto3, at=PLACE where it is not in the body: path,
#                                            query, header, headers (the name is a prefix) or attribute (of the element)
#   list NAME TYPE [element=NAME] [flat]     element: what the wire calls an element, where it is not 'member'
#   map NAME KEY-TYPE VALUE-TYPE [key=NAME] [value=NAME] [flat]
#
# A type is string, integer, float, boolean, blob, timestamp[:FORMAT], policy (URL-encoded JSON) or @SHAPE.
"""

SCALARS = {
    "string": "string", "character": "string", "integer": "integer", "long": "integer", "float": "float",
    "double": "float", "boolean": "boolean", "blob": "blob",
}  # fmt: skip


def protocol_of(service):
    offered = service.metadata.get("protocols", [service.metadata["protocol"]])
    return next(protocol for protocol in PROTOCOLS if protocol in offered)


def is_flat(shape):
    return bool(shape.serialization.get("flattened"))


def input_name(protocol, name, shape):
    """The name of a member in a request, as botocore's serializers choose it."""
    serialization = shape.serialization
    if protocol == "ec2":
        if "queryName" in serialization:
            return serialization["queryName"]
        wire = serialization.get("name")
        return wire[0].upper() + wire[1:] if wire else name
    if shape.type_name == "list" and is_flat(shape) and shape.member.serialization.get("name"):
        return shape.member.serialization["name"]
    return serialization.get("name", name)


def output_name(name, shape):
    """The name of a member in an answer, as botocore's parsers choose it."""
    if shape.type_name == "list" and is_flat(shape) and shape.member.serialization.get("name"):
        return shape.member.serialization["name"]
    return shape.serialization.get("name", name)


def place_of(member):
    """The location of a member, or None for the body."""
    if member.serialization.get("xmlAttribute"):
        return "attribute"
    places = {None: None, "uri": "path", "querystring": "query", "header": "header", "headers": "headers"}
    return places[member.serialization.get("location")]


def http_of(model):
    """The line with the address of a REST operation.

    The bucket is part of the endpoint: see remove_bucket_from_url_paths_from_model in botocore's handlers.
    """
    path, _, query = model.http["requestUri"].partition("?")
    return f"  http {model.http['method']} {path.removeprefix('/{Bucket}') or '/'} {query}".rstrip()


class Table:
    """The lines of one service."""

    def __init__(self, service):
        self.service = service
        self.protocol = protocol_of(service)
        self.shapes = {}

    def type_of(self, shape):
        if shape.type_name == "timestamp":
            stamp = shape.serialization.get("timestampFormat")
            return f"timestamp:{stamp}" if stamp else "timestamp"
        # botocore decodes the strings of this shape only.
        if shape.name == "policyDocumentType":
            return "policy"
        if shape.type_name in SCALARS:
            return SCALARS[shape.type_name]
        self.add(shape)
        return f"@{self.name_of(shape)}"

    def name_of(self, shape):
        """The shape's name; a list that is flat in one structure and not in another has two."""
        own = self.service.shape_for(shape.name)
        return shape.name + ("Flat" if is_flat(shape) and not is_flat(own) else "")

    def add(self, shape):
        name = self.name_of(shape)
        if name in self.shapes:
            return
        lines = self.shapes[name] = []
        lines += getattr(self, shape.type_name)(shape)

    def structure(self, shape):
        lines = [f"structure {shape.name}"]
        for name, member in shape.members.items():
            if name not in MEMBERS.get(shape.name, shape.members):
                continue
            # botocore hashes a customer's key before sending it, which AWSClient does not do.
            if shape.name.endswith("Request") and name.startswith("SSECustomer"):
                continue
            # S3 stores what a client once set, which may not be a time: botocore has it twice, as a time and as a text.
            if shape.name.endswith("Output") and name == "Expires":
                lines.append("  ExpiresString string in=Expires out=Expires at=header")
                continue
            line = f"  {name} {self.type_of(member)}"
            sent, received = input_name(self.protocol, name, member), output_name(name, member)
            line += f" in={sent}" if sent != name else ""
            line += f" out={received}" if received != name else ""
            place = place_of(member)
            assert self.protocol == "rest-xml" or place is None, f"{shape.name}.{name} is not in the body"
            line += f" at={place}" if place else ""
            lines.append(line)
        return lines

    def list(self, shape):
        element = shape.member.serialization.get("name", "member")
        line = f"list {self.name_of(shape)} {self.type_of(shape.member)}"
        line += f" element={element}" if element != "member" else ""
        return [line + (" flat" if is_flat(shape) else "")]

    def map(self, shape):
        line = f"map {self.name_of(shape)} {self.type_of(shape.key)} {self.type_of(shape.value)}"
        for part, default in ((shape.key, "key"), (shape.value, "value")):
            name = part.serialization.get("name", default)
            line += f" {default}={name}" if name != default else ""
        return [line + (" flat" if is_flat(shape) else "")]

    def operation(self, name, pages):
        model = self.service.operation_model(name)
        lines = [f"operation {name}"]
        if self.protocol == "rest-xml":
            lines.append(http_of(model))
        else:
            assert model.http["method"] == "POST" and model.http["requestUri"] == "/", name
        if model.auth_type == "none":
            lines.append("  auth none")
        if model.input_shape is not None:
            self.add(model.input_shape)
            lines.append(f"  input {model.input_shape.name}")
            sent = model.input_shape.serialization.get("payload")
            lines += [f"  sends {sent}"] if sent else []
        if model.output_shape is not None:
            # The decoders do not support such a list.
            lists = [name for name, member in model.output_shape.members.items() if member.type_name == "list" and place_of(member)]
            assert not lists, f"{model.output_shape.name} has lists in headers: {lists}"
            self.add(model.output_shape)
            lines.append(f"  output {model.output_shape.name}")
            wrapper = model.output_shape.serialization.get("resultWrapper")
            if wrapper:
                lines.append(f"  wrapper {wrapper}")
            if self.protocol == "rest-xml":
                lines += self.body(model)
        return lines + self.paging(pages)

    @staticmethod
    def body(model):
        """The lines about the body of a REST answer; none for an answer without a body."""
        shape = model.output_shape
        payload = shape.serialization.get("payload")
        if payload is None:
            root, inner = ROOTS.get(model.name), UNWRAPPED.get(model.name)
            assert (root is None) == all(place_of(member) for member in shape.members.values()), model.name
            return ([f"  unwrapped {inner}"] if inner else []) + ([f"  root {root}"] if root else [])
        member = shape.members[payload]
        if member.type_name in ("string", "blob"):
            return [f"  payload {payload}"]
        return [f"  payload {payload}", f"  root {member.serialization.get('name', member.name)}"]

    @staticmethod
    def paging(pages):
        if pages is None:
            return []
        known = {"input_token", "output_token", "more_results", "result_key", "limit_key"}
        assert set(pages) <= known, pages

        def names(key):
            value = pages.get(key, [])
            value = value if isinstance(value, list) else [value]
            assert all(re.fullmatch(r"\w+", name) for name in value), value
            return value

        lines = [f"  page {sent} {got}" for sent, got in zip(names("input_token"), names("output_token"))]
        lines += [f"  more {name}" for name in names("more_results")]
        return lines + [f"  result {name}" for name in names("result_key")]


def global_endpoints(session, service):
    resolver = session.get_component("endpoint_resolver")
    found = []
    for partition in resolver.get_available_partitions():
        region = resolver.get_available_endpoints(service.service_name, partition, allow_non_regional=True)
        data = next(p for p in session.get_data("endpoints")["partitions"] if p["partition"] == partition)
        entry = data["services"].get(service.endpoint_prefix, {})
        if entry.get("isRegionalized", True) or not region:
            continue
        endpoint = entry["endpoints"][entry["partitionEndpoint"]]
        found.append(f"global {partition} {endpoint['hostname']} {endpoint['credentialScope']['region']}")
    return found


def service_lines(session, name, operations):
    service = session.get_service_model(name)
    table = Table(service)
    paginators = session.get_data(f"{name}/{service.api_version}/paginators-1")["pagination"]
    blocks = [table.operation(operation, paginators.get(operation)) for operation in sorted(operations)]
    blocks += [table.shapes[shape] for shape in sorted(table.shapes)]
    head = (
        f"service {name} protocol={table.protocol} version={service.api_version} endpoint={service.endpoint_prefix}"
        f" signing={service.signing_name} environment={service.service_id.replace(' ', '_').upper()}"
    )
    if table.protocol == "json":
        head += f" json={service.metadata['jsonVersion']} target={service.metadata['targetPrefix']}"
    return ["", head] + global_endpoints(session, service) + HOSTS.get(name, []) + [line for block in blocks for line in block]


def generate():
    if botocore.__version__ != BOTOCORE:
        sys.exit(f"generate.py: botocore {botocore.__version__} is installed: install {BOTOCORE}")
    session = botocore.session.Session(include_builtin_handlers=False)
    lines = HEADER.splitlines()
    for name in sorted(OPERATIONS):
        lines += service_lines(session, name, OPERATIONS[name].split())
    return "\n".join(lines) + "\n"


def main():
    path = pathlib.Path(__file__).with_name("wire.txt")
    text = generate()
    if sys.argv[1:] == ["--check"]:
        found = path.read_text() if path.exists() else ""
        difference = difflib.unified_diff(found.splitlines(), text.splitlines(), "wire.txt", "generated", lineterm="", n=1)
        print("\n".join(difference), end="")
        sys.exit(found != text)
    if sys.argv[1:]:
        sys.exit("usage: generate.py [--check]")
    path.write_text(text)


if __name__ == "__main__":
    main()
