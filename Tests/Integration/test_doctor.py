"""`doctor` reports the caller, its permissions and how to fix what is missing; `policy` prints the permissions
needed."""

import json

import pytest

from questions import strike

OPTIONS = ("-e", "antenna-production", "--region", "us-west-2")


def test_doctor_reports_success_and_records_nothing(tidemark, actor):
    output = tidemark("doctor", *OPTIONS).stdout
    assert "credentials  from the environment\n" in output and f"caller       {actor}\n" in output
    assert "looks at     account 123456789012, us-west-2\n" in output and "denied" not in output
    allowed, needed = output.split("allowed      ")[1].split(" that")[0].removesuffix(" actions").split(" of ")
    assert allowed == needed and int(needed) > 15
    assert not tidemark.history.exists()


def test_doctor_names_denied_calls(stack, tidemark):
    strike(stack, "rds", "DescribeDBInstances", "denied")
    output = tidemark("doctor", *OPTIONS, status=3).stdout
    assert "denied       rds:DescribeDBInstances\n" in output and "tidemark policy" in output
    stack.clear_faults()


def test_doctor_without_credentials_is_an_error(tidemark):
    error = tidemark(
        "doctor", *OPTIONS, status=1, variables={"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
    ).error
    assert "no AWS credentials" in error


def test_a_role_of_the_project_is_assumed(stack, tidemark):
    trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    role = stack.client("iam").create_role(
        RoleName="tidemark", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    )["Role"]["Arn"]
    (tidemark.folder / "tidemark.yml").write_text(
        f"environments:\n  antenna-production:\n    region: us-west-2\n    role: {role}\n"
    )
    output = tidemark("doctor").stdout
    assert f"credentials  from the role '{role}'\n" in output and ":assumed-role/tidemark/tidemark\n" in output
    assert ":assumed-role/tidemark/tidemark (attested)" in tidemark("record").stdout


def test_verbose_reports_the_cost_of_the_walk(tidemark):
    last = tidemark.record("--verbose").stderr.splitlines()[-1]
    calls, chain = int(last.split()[0]), int(last.split("of them ")[1].split(",")[0])
    assert last.endswith(" ms") and 5 <= chain < calls


@pytest.mark.parametrize("recorded_first", [False, True])
def test_policy_allows_every_call_and_no_more(tidemark, recorded_first):
    if recorded_first:
        tidemark.record()
    policy = json.loads(tidemark("policy").stdout)
    assert policy["Version"] == "2012-10-17"
    by_action = {action: one["Resource"] for one in policy["Statement"] for action in one["Action"]}
    repositories = by_action["ecr:ListImages"]
    assert all(resource.startswith("arn:aws:ecr:") for resource in repositories)
    assert ("*" in "".join(repositories)) is not recorded_first
    assert by_action["rds:DescribeDBInstances"] == ["*"]
