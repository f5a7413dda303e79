"""No secret of the kinds that README promises to redact reaches a history, an output, a log or an error."""

import json
import re

import prefix_lists
import pytest

from altered import altered
from emulator import names
from emulator.controls import fault
from emulator.secrets import every_form
from emulator.stack import policy_document
from hardened import harden
from log import bodies
from planter import MARK, Planter
from planting import OPERATIONS, Planting
from redeployed import upload
from tidemark import KEYED, SHIPPED, Tidemark
from whole_secrets import WHOLE, bundle

FORMS = sorted({form.lower().encode() for form in every_form(MARK)})
LOUD = {"TIDEMARK_LOG": "debug"}
# The calls beside the operations with planted answers: the caller's identity, the bundle, and the manifests of images with
# their configurations, whose bytes have a digest.
OTHERS = {"GetCallerIdentity", "GetObject", "BatchGetImage", "GetDownloadUrlForLayer", "download"}


class Overheard:
    """Runs the program with all of its logging, and collects everything that it prints."""

    def __init__(self, tidemark):
        self.tidemark = tidemark
        self.outputs = []

    def __call__(self, *arguments, statuses=(0, 2, 3), key=KEYED):
        result = self.tidemark(*arguments, status=None, variables={**LOUD, **key})
        self.outputs.append((" ".join(arguments), (result.stdout + result.stderr).encode()))
        assert result.status in statuses, (arguments, result)
        return result

    def leaks(self):
        """Every part of a secret in an output or a file, with the text around it."""
        files = [(path.name, path.read_bytes()) for path in self.tidemark.folder.rglob("*") if path.is_file()]
        return [
            (where, content[max(0, found.start() - 80) : found.end() + 40])
            for where, content in self.outputs + files
            for form in FORMS
            for found in re.finditer(re.escape(form), content.lower())
        ]


@pytest.fixture
def everything(stack):
    """A stack with a resource of every kind."""
    harden(stack)
    repository = {"repositoryName": names.BACKEND_REPOSITORY}
    statement = {"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}
    stack.client("ecr").set_repository_policy(**repository, policyText=policy_document(statement))
    counted = {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 9}
    rules = {"rules": [{"rulePriority": 1, "selection": counted, "action": {"type": "expire"}}]}
    stack.client("ecr").put_lifecycle_policy(**repository, lifecyclePolicyText=json.dumps(rules))
    s3 = stack.client("s3")
    s3.put_bucket_tagging(Bucket=names.STATIC_BUCKET, Tagging={"TagSet": [{"Key": "project", "Value": "antenna"}]})
    rule = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 9}}
    s3.put_bucket_lifecycle_configuration(Bucket=names.STATIC_BUCKET, LifecycleConfiguration={"Rules": [rule]})
    rules = [{"AllowedMethods": ["GET"], "AllowedOrigins": ["https://antenna.example"]}]
    s3.put_bucket_cors(Bucket=names.STATIC_BUCKET, CORSConfiguration={"CORSRules": rules})
    upload(stack, lambda files: bundle(files, Planter("bundle")))
    prefix_lists.admit(stack, prefix_lists.create(stack, "10.0.0.0/8"))
    stack.clear_calls()
    return stack


def read(overheard):
    for format in ("text", "json"):
        overheard("show", "--format", format)
        overheard("log", "--format", format)
        overheard("tags", "--format", format)
        overheard("who", "v9", "--format", format)
        overheard("diff", "@1", "--format", format)
        overheard("diff", "latest~1", "--format", format)
    for format in ("text", "json", "markdown", "junit", "sarif", "github"):
        # The status is 1 if a secret was planted where the baseline expects a literal.
        overheard("drift", "--baseline", SHIPPED, "--format", format, statuses=(0, 1, 2, 3))
    overheard("doctor", "-e", "antenna-production", "--verbose")
    overheard("init", "antenna-other", "--eb-environment", names.ENVIRONMENT, "--verbose")


def test_no_secret_is_stored_or_printed_from_any_promised_place(everything, tmp_path):
    tidemark = Tidemark(tmp_path, everything.variables())
    overheard = Overheard(tidemark)
    answered = set()
    for seed, key in ((1, {}), (1, KEYED), (2, KEYED)):
        planting = Planting(seed)
        with altered(everything.endpoint, planting) as (url, _):
            tidemark.variables["AWS_ENDPOINT_URL"] = url
            overheard("record", "-e", "antenna-production", "--release", f"v{seed}", "--verbose", key=key)
            answered |= planting.operations
            if seed == 2:
                read(overheard)
    # An unchanged answer was recorded as unchanged, with secrets planted into it.
    first, second, third = bodies(tidemark.history, "snapshot")
    assert first["root"] == second["root"] != third["root"] and second["changed"] == []
    called = {call["operation"] for call in everything.calls()}
    assert called - OTHERS == answered == {one for operations in OPERATIONS.values() for one in operations}
    assert set(WHOLE) <= answered
    found = overheard.leaks()
    assert found == [], f"{len(found)} pieces of secrets, the first: {found[:20]}"
    # The planted values were recorded: each was replaced by a mark.
    assert tidemark.history.read_bytes().count(b"REDACTED") > 500


def test_no_secret_of_an_error_is_printed(stack, tidemark):
    planter, overheard = Planter("errors"), Overheard(tidemark)
    record = ("record", "-e", "antenna-production", "--verbose")

    def failing(operations):
        # AWS's message may be so long that it is truncated within a secret.
        messages = ["x " * planter.random.choice([0, 100, 140, 145]) + planter.text() for _ in operations]
        return [
            fault(service, operation, "error", code="Wrong", status=400, message=message)
            for (service, operation), message in zip(operations, messages)
        ]

    all_of_them = [(service, operation) for service, operations in OPERATIONS.items() for operation in operations]
    rest = [one for one in all_of_them if one[1] != "DescribeEnvironments"]
    overheard(*record)
    for start in range(8):
        stack.set_faults(*failing(rest[start::8]))
        overheard(*record)
    stack.set_faults(*failing(rest))
    overheard(*record)
    for operation in [("elasticbeanstalk", "DescribeEnvironments"), ("sts", "GetCallerIdentity")]:
        stack.set_faults(*failing([operation]))
        overheard(*record, statuses=[1])
    assert b"REDACTED" in tidemark.history.read_bytes()
    assert overheard.leaks() == []
