"""A role, its credentials, and the services that give them out; callers are compared with the AWS CLI."""

import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from emulator.clients import credentials
from emulator.names import ACCOUNT, READER, REGION
from test_signing import READING, TRUST
from tidemark import Tidemark

AWS = shutil.which("aws", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
ROLE = f"arn:aws:iam::{ACCOUNT}:role/tidemark"


@pytest.fixture
def home(stack, tmp_path):
    """A home folder with files that a test writes, and a role that may only read, before an AWS that verifies
    signatures."""
    iam = stack.client("iam")
    for name in ("tidemark", "middle"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
        iam.attach_role_policy(RoleName=name, PolicyArn="arn:aws:iam::aws:policy/SecurityAudit")
        # It does not allow reading the source bundle and images.
        iam.put_role_policy(RoleName=name, PolicyName="bundle", PolicyDocument=READING)
    iam.put_role_policy(
        RoleName="middle",
        PolicyName="onwards",
        PolicyDocument='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:*", "Resource": "*"}}',
    )
    iam.put_user_policy(
        UserName=READER,
        PolicyName="onwards",
        PolicyDocument='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:*", "Resource": "*"}}',
    )
    stack.verify_signatures()
    common = f"region = {REGION}\nendpoint_url = {stack.endpoint}\n"

    def write(config, files={}):
        files = {".aws/config": config.replace("COMMON\n", common), **files}
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return Tidemark(tmp_path, {"PATH": os.environ["PATH"], "AWS_EC2_METADATA_DISABLED": "true"})

    yield write
    stack.verify_signatures(False)


@pytest.fixture
def borrowed(stack):
    """Keys of the role for half an hour, for services other than STS to give out."""
    return lambda: stack.client("sts").assume_role(RoleArn=ROLE, RoleSessionName="lent")["Credentials"]


@contextmanager
def service(answer):
    """A service on loopback that answers each request with `answer`; yields its URL and the requests."""
    requests = []

    class Handler(BaseHTTPRequestHandler):
        def do_any(self):
            requests.append((self.command, self.path, dict(self.headers)))
            status, body = answer(self.command, self.path, self.headers)
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_any

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}", requests
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def caller_of_the_cli(tidemark, *options, variables={}) -> str:
    """The caller of the AWS CLI with the same files, options and variables."""
    run = subprocess.run(
        [AWS, *options, "sts", "get-caller-identity", "--query", "Arn", "--output", "text"],
        env={"PATH": os.environ["PATH"], **tidemark.variables, **variables},
        capture_output=True,
        text=True,
    )
    assert (run.stderr, run.returncode) == ("", 0)
    return run.stdout.strip()


def same_as_the_cli(tidemark, *options, variables={}):
    """Records, and checks that the caller is that of the AWS CLI; returns the caller."""
    expected = caller_of_the_cli(tidemark, *options, variables=variables)
    receipt = tidemark.record("--strict", "--format", "json", *options, variables=variables)
    assert receipt.stderr == "" and receipt.json["actor"] == expected
    return receipt.json["actor"]


def pair(user):
    keys = credentials(user)
    return f"aws_access_key_id = {keys['AWS_ACCESS_KEY_ID']}\naws_secret_access_key = {keys['AWS_SECRET_ACCESS_KEY']}\n"
