"""Temporary credentials: the caller is the same as that of the AWS CLI for every source of keys, and no key is
stored."""

import hashlib
import json
import subprocess
from datetime import UTC, datetime, timedelta

from emulator.names import ACCOUNT, READER, REGION
from refused import RECORD, refused
from roles import AWS, ROLE, borrowed, home, pair, same_as_the_cli, service  # noqa: F401
from tidemark import Tidemark

TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyZXBvOm9yZy9hcHAifQ.hunter2"
START = "https://corp.awsapps.com/start"


def test_a_role_is_assumed_along_its_chain(stack, home):
    tidemark = home(
        f"[profile base]\n{pair(READER)}"
        f"[profile middle]\nrole_arn = arn:aws:iam::{ACCOUNT}:role/middle\nsource_profile = base\n"
        f"[profile antenna]\nCOMMON\nrole_arn = {ROLE}\nsource_profile = middle\nrole_session_name = night\n"
        "external_id = antenna\nduration_seconds = 900\n"
    )
    actor = same_as_the_cli(tidemark, "--profile", "antenna")
    assert actor == f"arn:aws:sts::{ACCOUNT}:assumed-role/tidemark/night"
    stack.clear_calls()
    tidemark.record("--profile", "antenna")
    assumed = stack.calls("sts", "AssumeRole")
    assert [call["parameters"]["RoleArn"].rpartition("/")[2] for call in assumed] == ["middle", "tidemark"]
    assert assumed[1]["parameters"]["ExternalId"] == "antenna" and assumed[1]["parameters"]["DurationSeconds"] == 900


def test_a_session_without_a_name_is_named_after_the_program(home):
    tidemark = home(f"[default]\nCOMMON\nrole_arn = {ROLE}\nsource_profile = default\n{pair(READER)}")
    actor = tidemark.record("--format", "json").json["actor"]
    assert actor == f"arn:aws:sts::{ACCOUNT}:assumed-role/tidemark/tidemark"


def test_a_web_identity_becomes_a_role_as_in_github_actions(stack, home):
    tidemark = home("[default]\nCOMMON\n", {"token": TOKEN})
    variables = {
        "AWS_WEB_IDENTITY_TOKEN_FILE": str(tidemark.folder / "token"),
        "AWS_ROLE_ARN": ROLE,
        "AWS_ROLE_SESSION_NAME": "run-77",
    }
    actor = same_as_the_cli(tidemark, variables=variables)
    assert actor == f"arn:aws:sts::{ACCOUNT}:assumed-role/tidemark/run-77"
    # The signature of a download is in its URL.
    unsigned = [call for call in stack.calls() if not call["signed"] and call["operation"] != "download"]
    assert {call["operation"] for call in unsigned} == {"AssumeRoleWithWebIdentity"}
    assert {call["parameters"]["WebIdentityToken"] for call in unsigned} == {TOKEN}
    assert TOKEN.encode() not in tidemark.history.read_bytes()


def test_a_command_gives_credentials(home, borrowed):
    keys = borrowed()
    document = {"Version": 1, **keys, "Expiration": keys["Expiration"].isoformat()}
    tidemark = home("[default]\nCOMMON\ncredential_process = cat 'my keys.json'\n", {"my keys.json": json.dumps(document)})
    run = Tidemark(tidemark.folder, tidemark.variables)
    run.record("--strict")
    cli = subprocess.run([AWS, "sts", "get-caller-identity"], cwd=run.folder, env=run.variables, capture_output=True)
    assert cli.returncode == 0 and b"assumed-role/tidemark/lent" in cli.stdout
    assert keys["SecretAccessKey"].encode() not in run.history.read_bytes()


def test_a_failed_command_is_an_error_without_its_output(home):
    tidemark = home("[default]\nCOMMON\ncredential_process = sh -c 'echo hunter2; echo hunter2 >&2; exit 9'\n")
    error = refused(tidemark, *RECORD)
    assert "credential_process of profile 'default' failed with status 9" in error and "hunter2" not in error


def test_a_container_gives_credentials_without_a_proxy(stack, home, borrowed):
    keys = borrowed()
    answer = {
        "AccessKeyId": keys["AccessKeyId"],
        "SecretAccessKey": keys["SecretAccessKey"],
        "Token": keys["SessionToken"],
        "Expiration": keys["Expiration"].isoformat(),
    }
    tidemark = home("[default]\nCOMMON\n", {"token": "Bearer hunter2"})
    with service(lambda *_: (200, answer)) as (url, requests), service(lambda *_: (502, {})) as (proxy, seen):
        variables = {
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{url}/v1/credentials",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(tidemark.folder / "token"),
        }
        assert same_as_the_cli(tidemark, variables=variables).endswith("assumed-role/tidemark/lent")
        assert {headers["Authorization"] for _, _, headers in requests} == {"Bearer hunter2"}
        requests.clear()
        tidemark.record("--strict", variables={**variables, "http_proxy": proxy, "no_proxy": "127.0.0.1"})
        assert len(requests) == 1, "one of many callers asks for all"
        assert seen == []


def test_an_instances_role_is_requested_by_version_2_only(home, borrowed):
    keys = borrowed()
    path = "/latest/meta-data/iam/security-credentials/"
    role = {
        "Code": "Success",
        "AccessKeyId": keys["AccessKeyId"],
        "SecretAccessKey": keys["SecretAccessKey"],
        "Token": keys["SessionToken"],
        "Expiration": keys["Expiration"].strftime("%Y-%m-%dT%H:%M:%SZ"),
    }

    def metadata(method, target, headers):
        if (method, target) == ("PUT", "/latest/api/token"):
            return 200, b"session-token"
        if headers.get("x-aws-ec2-metadata-token") != "session-token":
            return 401, b""
        return 200, {path: b"reader", f"{path}reader": role}[target]

    tidemark = home("[default]\nCOMMON\n")
    with service(metadata) as (url, _):
        variables = {"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": url}
        assert same_as_the_cli(tidemark, variables=variables).endswith("assumed-role/tidemark/lent")
    with service(lambda method, *_: (405 if method == "PUT" else 200, b"hunter2")) as (url, requests):
        variables = {"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": url}
        assert "no AWS credentials" in refused(tidemark, *RECORD, variables=variables)
        assert {method for method, _, _ in requests} == {"PUT"}


def sign_on(expires):
    token = {"accessToken": "hunter2", "expiresAt": expires.strftime("%Y-%m-%dT%H:%M:%SZ"), "region": REGION, "startUrl": START}
    return {f".aws/sso/cache/{hashlib.sha1(b'corp').hexdigest()}.json": json.dumps(token)}


SSO = (
    f"[default]\nCOMMON\nsso_session = corp\nsso_account_id = {ACCOUNT}\nsso_role_name = tidemark\n"
    f"[sso-session corp]\nsso_region = {REGION}\nsso_start_url = {START}\n"
)


def test_single_sign_on_gives_a_roles_credentials(home, borrowed):
    keys = borrowed()
    answer = {
        "roleCredentials": {
            "accessKeyId": keys["AccessKeyId"],
            "secretAccessKey": keys["SecretAccessKey"],
            "sessionToken": keys["SessionToken"],
            "expiration": int(keys["Expiration"].timestamp() * 1000),
        }
    }
    tidemark = home(SSO, sign_on(datetime.now(UTC) + timedelta(hours=1)))
    with service(lambda *_: (200, answer)) as (url, requests):
        actor = same_as_the_cli(tidemark, variables={"AWS_ENDPOINT_URL_SSO": url})
    assert actor.endswith("assumed-role/tidemark/lent")
    assert {headers["x-amz-sso_bearer_token"] for _, _, headers in requests} == {"hunter2"}
    assert len({path for _, path, _ in requests}) == 1, "both ask for the same role of the same account"


def test_an_expired_sign_on_is_an_error_with_advice(home):
    tidemark = home(SSO, sign_on(datetime.now(UTC) - timedelta(minutes=1)))
    error = refused(tidemark, *RECORD)
    assert error.endswith("the SSO token of profile 'default' has expired: run 'aws sso login --profile default'")
    with service(lambda *_: (401, {"message": "Session token not found or invalid"})) as (url, _):
        tidemark = home(SSO, sign_on(datetime.now(UTC) + timedelta(hours=1)))
        error = refused(tidemark, *RECORD, variables={"AWS_ENDPOINT_URL_SSO": url})
    assert "run 'aws sso login --profile default'" in error and "hunter2" not in error


def test_no_credentials_is_an_error_with_advice(home):
    tidemark = home("[default]\nCOMMON\n")
    # Nothing listens at this address, as on a machine that is not an instance.
    variables = {"AWS_EC2_METADATA_DISABLED": None, "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:9"}
    error = refused(tidemark, *RECORD, variables=variables)
    assert "no AWS credentials in the environment, a web identity, profile 'default' in" in error
    assert error.endswith("the instance's role: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile that has some")


def test_a_denied_role_is_an_error(stack, home):
    tidemark = home(f"[default]\nCOMMON\nrole_arn = {ROLE}\nsource_profile = default\n{pair(READER)}")
    stack.client("iam").delete_user_policy(UserName=READER, PolicyName="onwards")
    error = refused(tidemark, *RECORD)
    assert f"role '{ROLE}' of profile 'default' cannot be assumed: AccessDenied" in error
