"""Signatures and permissions, verified by moto as by AWS, and credentials that expire during a walk."""

import boto3
import pytest
from botocore.exceptions import ClientError

from emulator import names
from emulator.controls import fault
from log import root
from refused import RECORD, refused
from tidemark import Tidemark

WRONG = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYWRONGSECRET"
# moto has no principal that means everyone of an account.
TRUST = (
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}}'
)

READING = (
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*", '
    '"Action": ["s3:GetObject", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]}}'
)


@pytest.fixture
def strict(stack):
    """The stack behind an AWS that verifies the caller and its permissions."""
    stack.verify_signatures()
    yield stack
    stack.verify_signatures(False)


def borrowed(stack):
    """Temporary credentials of a role that may only read."""
    iam = stack.client("iam")
    role = iam.create_role(RoleName="tidemark", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    iam.attach_role_policy(RoleName="tidemark", PolicyArn="arn:aws:iam::aws:policy/SecurityAudit")
    # It does not allow reading the source bundle and images.
    iam.put_role_policy(RoleName="tidemark", PolicyName="bundle", PolicyDocument=READING)
    keys = stack.client("sts").assume_role(RoleArn=role, RoleSessionName="night")["Credentials"]
    return {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }


def outcome(stack, call, secret):
    """AWS's answer to the same call under a secret."""
    session = boto3.Session(stack.variables()["AWS_ACCESS_KEY_ID"], secret, region_name=call["region"])
    client = session.client(call["service"], endpoint_url=stack.endpoint)
    try:
        client._make_api_call(call["operation"], call["parameters"])
        return "accepted"
    except ClientError as error:
        return error.response["Error"]["Code"]


def test_every_call_of_a_record_is_accepted_and_a_wrong_signature_is_not(strict, tidemark):
    tidemark.record("--strict")
    calls = [call for call in strict.calls() if call["signed"]]
    # The signature of a download is in its URL.
    assert {call["operation"] for call in strict.calls() if not call["signed"]} == {"download"}
    assert len(calls) >= 20
    once = {(call["service"], call["operation"]): call for call in calls}.values()
    right = {outcome(strict, call, tidemark.variables["AWS_SECRET_ACCESS_KEY"]) for call in once}
    wrong = {outcome(strict, call, WRONG) for call in once}
    # "Not found" is an answer too, and only a valid signature gets it.
    absent = {code for code in right if code.startswith("NoSuch") or code.endswith("NotFoundException")}
    assert right - absent == {"accepted"}
    # moto answers some services with a 403 that is not in their protocol.
    assert wrong <= {"SignatureDoesNotMatch", "AuthFailure", "403"}, wrong


def test_temporary_credentials_are_accepted_with_their_token(stack, tidemark):
    keys = borrowed(stack)
    stack.verify_signatures()
    tidemark.record("--strict", variables=keys)
    actor = tidemark.record("--format", "json", variables=keys).json["actor"]
    assert actor == f"arn:aws:sts::{names.ACCOUNT}:assumed-role/tidemark/night"
    for without in ({"AWS_SESSION_TOKEN": None}, {"AWS_SECRET_ACCESS_KEY": WRONG}):
        error = refused(tidemark, *RECORD, variables={**keys, **without})
        assert "the caller's identity cannot be determined" in error


@pytest.mark.parametrize("format", [(), ("--format", "json")])
def test_a_wrong_secret_is_an_error(strict, tidemark, format):
    error = refused(tidemark, *RECORD, *format, variables={"AWS_SECRET_ACCESS_KEY": WRONG})
    assert "the caller's identity cannot be determined" in error and "SignatureDoesNotMatch" in error
    assert error.endswith("check the credentials and this machine's clock")
    assert WRONG not in error and not tidemark.history.exists()


def test_an_unknown_key_is_an_error(strict, tidemark):
    error = refused(tidemark, *RECORD, variables={"AWS_ACCESS_KEY_ID": "AKIANOBODY0000000000"})
    assert "the caller's identity cannot be determined" in error and "InvalidClientTokenId" in error


@pytest.mark.parametrize("answered", [0, 1])
def test_credentials_that_expire_before_the_environment_is_known_record_nothing(stack, tidemark, answered):
    stack.set_faults(fault("*", "*", "expired-token", spared=answered))
    error = refused(tidemark, *RECORD)
    assert "cannot be determined" in error and "ExpiredToken" in error and not tidemark.history.exists()


@pytest.mark.parametrize("answered", [2, 3, 5, 8, 13, 21])
def test_credentials_that_expire_during_a_walk_leave_gaps_and_no_drift(stack, recorded, answered):
    before = root(recorded.history)
    stack.clear_calls()
    stack.set_faults(fault("*", "*", "expired-token", spared=answered))
    receipt = recorded.record()
    assert receipt.stderr == "" and root(recorded.history) == before
    gaps = recorded.show()["coverage"]["gaps"]
    assert {gap["outcome"] for gap in gaps} <= {"failed", "unreached"}
    failed = [gap for gap in gaps if gap["outcome"] == "failed"]
    # Except for the environment, at the end.
    assert len(failed) >= 1 and len(stack.calls()) == answered + len(failed) + 1, "no call is made twice"
    assert {gap["code"] for gap in failed} <= {"ExpiredToken", "ExpiredTokenException", "RequestExpired"}
    assert receipt.stdout.count("; renew the credentials") == len(failed)
    recorded.drift(status=3)
    stack.clear_faults()
    healed = recorded.record("--strict", "--format", "json").json
    assert healed["coverage"]["gaps"] == [] and healed["changed"] == []


def test_without_variables_the_profile_is_used(strict, tmp_path):
    """From files in the home folder alone: nothing else names keys, region or endpoint."""
    variables = strict.variables()
    folder = tmp_path / ".aws"
    folder.mkdir()
    (folder / "config").write_text(
        f"[default]\nregion = nowhere-1\n[profile antenna]\nregion = {variables['AWS_REGION']}\n"
        f"endpoint_url = {strict.endpoint}\n"
    )
    (folder / "credentials").write_text(
        f"[antenna]\naws_access_key_id = {variables['AWS_ACCESS_KEY_ID']}\n"
        f"aws_secret_access_key = {variables['AWS_SECRET_ACCESS_KEY']}\n"
    )
    tidemark = Tidemark(tmp_path, {})
    tidemark.record("--strict", "--profile", "antenna")
    tidemark.record("--strict", variables={"AWS_PROFILE": "antenna"})
    wrong = {"AWS_ACCESS_KEY_ID": "AKIANOBODY0000000000", "AWS_SECRET_ACCESS_KEY": WRONG}
    tidemark.record("--strict", "--profile", "antenna", variables=wrong)
    error = tidemark.record(status=1, variables={**wrong, "AWS_PROFILE": "antenna"}).error
    assert "InvalidClientTokenId" in error
    error = tidemark.record("--profile", "nobody", status=1).error
    assert error == f"no profile 'nobody' in '{folder}/config' or '{folder}/credentials': there are 'antenna', 'default'"
