"""The access to the bucket of a history: its settings, its policies, and what doctor says of the bucket."""

import json

import pytest
from access import least
from bucket import ADDRESS, BUCKET, bucket, machines  # noqa: F401
from emulator import clients, names
from emulator.proxy import forwarded, serving

from tidemark import Tidemark

OWNER = names.ACCOUNT
KEY = f"arn:aws:kms:us-west-2:{OWNER}:key/3f3a2c1e-0000-4000-8000-000000000001"


@pytest.fixture
def runner(machines) -> Tidemark:
    return machines("home")


def test_the_access_to_the_bucket_is_apart_from_the_access_to_the_environment(stack, bucket, runner):
    bucket.delete_bucket(Bucket=BUCKET)
    clients.session(names.RELEASER).client("s3", endpoint_url=stack.endpoint, region_name="eu-central-1").create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    requests = []

    def answer(request):
        requests.append(request)
        return forwarded(stack.endpoint, request)

    keys = clients.credentials(names.RELEASER)
    (runner.folder / ".aws").mkdir()
    (runner.folder / ".aws/credentials").write_text(
        f"[vault]\naws_access_key_id = {keys['AWS_ACCESS_KEY_ID']}\n"
        f"aws_secret_access_key = {keys['AWS_SECRET_ACCESS_KEY']}\n"
    )
    with serving(answer) as url:
        settings = {
            "url": ADDRESS, "profile": "vault", "region": "eu-central-1", "endpoint": url, "owner": OWNER, "kms-key": KEY,
        }  # fmt: skip
        (runner.folder / "tidemark.yml").write_text(
            json.dumps({"history": settings, "environments": {"antenna-production": {"region": "us-west-2"}}})
        )
        reader = stack.variables()
        runner.record(variables={**reader, "TIDEMARK_HISTORY": None})
        assert requests and all(request.path.startswith(f"/{BUCKET}") for request in requests)
        for request in requests:
            signature = request.header("Authorization")
            assert f"{keys['AWS_ACCESS_KEY_ID']}/" in signature and "/eu-central-1/s3/" in signature
            assert request.header("x-amz-expected-bucket-owner") == OWNER
        puts = [request for request in requests if request.method == "PUT"]
        assert puts and all(
            request.header("x-amz-server-side-encryption-aws-kms-key-id") == KEY
            and request.header("x-amz-server-side-encryption") == "aws:kms"
            for request in puts
        )
        # The address alone decides which settings are used; CI takes none from a file that a pull request may have written.
        requests.clear()
        runner("log", variables={"TIDEMARK_HISTORY": f"{ADDRESS}/"})
        assert requests
        requests.clear()
        assert "no environment" in runner("log", variables={"TIDEMARK_HISTORY": f"{ADDRESS}/other"}, status=1).error
        assert not requests
        error = runner("log", variables={"CI": "true", "TIDEMARK_HISTORY": None}, status=1).error
        assert "'history' in tidemark.yml cannot be used in CI" in error
        runner("log", "--project", "tidemark.yml", variables={"CI": "true", "TIDEMARK_HISTORY": None})
        assert requests


def test_the_printed_policies_are_enough_and_no_more(stack, runner):
    printed = runner("policy").json
    assert list(printed) == ["walk", "recorder", "reader", "doctor", "bucket"]
    for part, policy in printed.items():
        assert runner("policy", "--part", part).json == policy
    statements = [statement for part in ("walk", "recorder") for statement in printed[part]["Statement"]]
    with least(stack.endpoint, stack.client("iam")) as allow:
        recorder = allow({"Version": "2012-10-17", "Statement": statements})
        runner.record("--strict", variables=recorder)
        runner.record("--release", "v10", variables=recorder)
        reader = allow(printed["reader"])
        other = Tidemark(runner.folder, runner.variables)
        other.variables["XDG_CACHE_HOME"] = f"{runner.folder}-other"
        assert "v10" in other("log", variables=reader).stdout
        for action in ("s3:GetObject", "s3:ListBucket"):
            kept = [one for one in printed["reader"]["Statement"] if one["Action"] != action]
            error = other("log", variables=allow({**printed["reader"], "Statement": kept}), status=1).error
            assert action.removeprefix("s3:")[:4] in error or "permission" in error
    own = runner("policy", "--history", "own.sqlite").json
    assert set(own) == {"Version", "Statement"}
    error = runner("policy", "--part", "bucket", "--history", "own.sqlite", status=1).error
    assert error.startswith("there is no policy for a history in a file")


def test_policies_are_printed_before_the_bucket_can_be_read(runner):
    printed = runner("policy", variables={"TIDEMARK_HISTORY": "s3://not-there/team"})
    assert printed.json["bucket"]["Statement"][0]["Resource"] == "arn:aws:s3:::not-there/team/*"
    assert "the history is not read" in printed.stderr


def test_doctor_says_what_endangers_the_history(bucket, runner):
    runner.record()
    rules = [
        {"ID": "tidy", "Status": "Enabled", "Filter": {"Prefix": "team/ant"}, "Expiration": {"Days": 90}},
        {"ID": "elsewhere", "Status": "Enabled", "Filter": {"Prefix": "other/"}, "Expiration": {"Days": 1}},
        {"ID": "off", "Status": "Disabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}},
    ]
    bucket.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": rules})
    lines = runner("doctor", status=3).stdout.splitlines()
    start = lines.index(f"history      {ADDRESS}")
    assert lines[start + 1 :] == [
        "  versioning   off: a deleted object cannot be restored",
        "  object lock  off",
        "  lifecycle    rule 'tidy' deletes the history 90 days after it was written",
        "  policy       does not deny that objects are created without If-None-Match, which replaces those that exist; or that "
        "objects are deleted; or that objects get tags, by which a lifecycle rule may delete them; or that a lifecycle rule is set; or that versioning is changed",
        "  next         correct versioning and the lifecycle rules first; then add the statements that 'tidemark policy --part "
        "bucket' prints to the bucket's policy",
    ]

    checked = runner("history", "init", "-e", "again", status=3).stdout.splitlines()
    assert checked[0] == "of 64 requests for one object one created it: a history can begin here"
    assert checked[1:] == lines[start:]
    assert len(runner("log", "--format", "json").json["entries"]) == 2
    assert "needs no check" in runner("history", "init", "--history", "own.sqlite", status=1).error
    bucket.delete_bucket_lifecycle(Bucket=BUCKET)
    bucket.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    bucket.put_bucket_policy(Bucket=BUCKET, Policy=runner("policy", "--part", "bucket").stdout)
    lines = runner("doctor").stdout.splitlines()
    assert lines[lines.index(f"history      {ADDRESS}") + 1 :] == [
        "  versioning   on",
        "  object lock  off",
        "  lifecycle    no rule deletes or archives the history",
        "  policy       denies that objects are replaced or deleted",
    ]


@pytest.mark.parametrize(
    "address, variables, what, remedy",
    [
        ("s3://not-there/team", {}, "NoSuchBucket", "create the bucket, or correct the address of the history"),
        (ADDRESS, {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}, "no AWS credentials", "or name a profile that has some"),
        (ADDRESS, {"AWS_ENDPOINT_URL_S3": "ftp://example.com"}, "AWS_ENDPOINT_URL_S3 is not", "write it like http://127.0.0.1:5000"),
        ("https://example.com/team", {}, "neither a file nor an address", "name a file, or write s3://BUCKET/PREFIX"),
        ("s3://user:not-planted-1@vault/team", {}, "it has an '@'", "the credentials are those of the AWS CLI"),
        ("s3://vault/a b", {}, "it has white space", "write s3://BUCKET/PREFIX"),
    ],
)  # fmt: skip
def test_each_cause_has_its_own_remedy(runner, address, variables, what, remedy):
    for command in [("log",), ("record", "-e", "antenna-production")]:
        error = runner(*command, "--history", address, variables=variables, status=1).error
        assert what in error and error.endswith(remedy), error
        assert "permission" not in error and "not-planted" not in error
