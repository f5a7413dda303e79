"""Whatever AWS answers: no secret of the kinds that README promises to cut out is in a history, an output, a log or an error."""

import json
import re

import pytest

from altered import altered
from emulator import names
from emulator.secrets import every_form
from emulator.stack import policy_document
from hardened import harden
from log import bodies
from planting import MARK, OPERATIONS, WHOLE, Planter, Planting, bundle
from redeployed import upload
from tidemark import KEYED, SHIPPED, Tidemark

FORMS = sorted({form.lower().encode() for form in every_form(MARK)})
LOUD = {"TIDEMARK_LOG": "debug"}
# What is asked beside the operations into whose answers is planted: who asks, and the bundle.
OTHERS = {"GetCallerIdentity", "GetObject"}


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
    stack.clear_calls()
    return stack


def leaks(tidemark, outputs):
    """Where a piece of a secret stands, with what stands around it."""
    contents = [*outputs, *((path.name, path.read_bytes()) for path in tidemark.folder.rglob("*") if path.is_file())]
    return [
        (where, content[max(0, found.start() - 80) : found.end() + 40])
        for where, content in contents
        for form in FORMS
        for found in re.finditer(re.escape(form), content.lower())
    ]


def read(said):
    for format in ("text", "json"):
        said("show", "--format", format)
        said("log", "--format", format)
        said("tags", "--format", format)
        said("who", "v9", "--format", format)
        said("diff", "@1", "--format", format)
        said("diff", "latest~1", "--format", format)
    for format in ("text", "json", "markdown", "junit", "sarif", "github"):
        said("drift", "--baseline", SHIPPED, "--format", format)
    said("doctor", "-e", "antenna-production", "--verbose")
    said("init", "antenna-other", "--eb-environment", names.ENVIRONMENT, "--verbose")


def test_no_secret_passes_the_door_at_any_place_that_is_promised(everything, tmp_path):
    tidemark = Tidemark(tmp_path, everything.variables())
    outputs = []

    def said(*arguments, key=KEYED):
        result = tidemark(*arguments, status=None, variables={**LOUD, **key})
        outputs.append((" ".join(arguments), (result.stdout + result.stderr).encode()))
        # Drifted and unseen are answers.
        assert result.status in (0, 2, 3), (arguments, result)
        return result

    answered = set()
    for seed, key in ((1, {}), (1, KEYED), (2, KEYED)):
        planting = Planting(seed)
        with altered(everything.endpoint, planting) as (url, _):
            tidemark.variables["AWS_ENDPOINT_URL"] = url
            said("record", "-e", "antenna-production", "--release", f"v{seed}", "--verbose", key=key)
            answered |= planting.operations
            if seed == 2:
                read(said)
    # An answer that is the same was recorded as the same, whatever was planted into it.
    first, second, third = bodies(tidemark.history, "snapshot")
    assert first["root"] == second["root"] != third["root"] and second["changed"] == []
    asked = {call["operation"] for call in everything.calls()}
    assert asked - OTHERS == answered == {one for operations in OPERATIONS.values() for one in operations}
    assert set(WHOLE) <= answered
    found = leaks(tidemark, outputs)
    assert found == [], f"{len(found)} pieces of secrets, the first: {found[:20]}"
    # What was planted was recorded: it left its mark.
    assert tidemark.history.read_bytes().count(b"REDACTED") > 1000
