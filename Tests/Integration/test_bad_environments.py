"""An environment that does not exist, or is not the one that the history is bound to."""

import boto3
import pytest

from emulator import names
from refused import RECORD, refused


def test_an_unknown_eb_environment_is_an_error(copied):
    copied.history.unlink()
    error = refused(copied, *RECORD, "--eb-environment", "antenna-staging")
    assert "'antenna-staging'" in error and names.ACCOUNT in error and names.REGION in error
    assert "--eb-environment" in error and "elasticbeanstalk:DescribeEnvironments" in error


def test_the_name_is_that_of_the_eb_environment_unless_another_is_given(copied):
    assert "'antenna-staging'" in refused(copied, "record", "-e", "antenna-staging", "--new-history")


def test_an_environment_of_another_region_is_unknown(copied):
    copied.history.unlink()
    assert "eu-west-1" in refused(copied, *RECORD, "--region", "eu-west-1")


def test_a_bound_environment_is_not_looked_up_in_another_region(copied):
    error = refused(copied, *RECORD, "--region", "eu-west-1")
    assert "bound to" in error and "us-west-2" in error and "eu-west-1" in error


def test_a_bound_environment_is_not_looked_up_in_another_account(standing, copied):
    stack, _ = standing
    role = stack.client("sts").assume_role(RoleArn="arn:aws:iam::210987654321:role/other", RoleSessionName="test")
    keys = role["Credentials"]
    variables = {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }
    there = boto3.client(
        "sts", endpoint_url=stack.endpoint, region_name=stack.region, aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"],
    )  # fmt: skip
    assert there.get_caller_identity()["Account"] == "210987654321"
    error = refused(copied, *RECORD, variables=variables)
    assert "210987654321" in error and names.ACCOUNT in error and "-e NAME" in error


def test_no_name_and_no_history_is_an_error(copied):
    copied.history.unlink()
    assert "-e" in refused(copied, "record")


@pytest.mark.parametrize("name", ["a b", "../up", "-x", "x" * 300, "a\nb"])
def test_an_invalid_name_is_refused(copied, name):
    refused(copied, "record", f"--environment={name}")
