"""Certificates that do not hold, answers of any size, and what nests without end, as the user meets them."""

import datetime
import ssl
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from emulator.proxy import forwarded, serving
from log import check
from questions import DATABASE, UNSEEN, strike, unseen
from refused import RECORD, refused

KNOWN = "check that AWS_CA_BUNDLE names a file with the authority that signed it"


class Authority:
    """Nobody knows it but who is given its file."""

    def __init__(self, folder, name: str):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (
            x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .sign(key, hashes.SHA256())
        )
        self.file = folder / f"{name}.pem"
        secret = folder / f"{name}.key"
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        secret.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.file, secret)


@pytest.fixture
def over_tls(standing, tmp_path_factory):
    """Serves the stack over TLS, with a certificate for a name."""
    stack, _ = standing
    asked = []

    def answer(request):
        asked.append(request)
        return forwarded(stack.endpoint, request)

    def serve(name):
        authority = Authority(tmp_path_factory.mktemp("authority"), name)
        return authority, serving(answer, authority.context), asked

    return serve


@pytest.mark.parametrize(
    "name, bundle, why",
    [
        ("localhost", None, "certificate"),
        ("elsewhere.example", "its own", "no alternative certificate subject name matches target host name 'localhost'"),
        ("localhost", "/nowhere/bundle.pem", "/nowhere/bundle.pem"),
    ],
)
def test_a_certificate_that_does_not_hold_is_said_and_nothing_sent(over_tls, copied, name, bundle, why):
    authority, server, asked = over_tls(name)
    bundle = str(authority.file) if bundle == "its own" else bundle
    with server as url:
        error = refused(copied, *RECORD, variables={"AWS_ENDPOINT_URL": url, "AWS_CA_BUNDLE": bundle})
    assert error.startswith("the caller's identity cannot be established: ") and error.endswith(KNOWN)
    assert why in error and asked == []


def test_an_authority_that_is_named_is_trusted(over_tls, copied):
    authority, server, _ = over_tls("localhost")
    with server as url:
        copied.record("--strict", variables={"AWS_ENDPOINT_URL": url, "AWS_CA_BUNDLE": str(authority.file)})
    assert check(copied.history) == 3


def test_a_server_that_speaks_no_tls_is_said(standing, copied):
    stack, _ = standing
    with serving(lambda request: forwarded(stack.endpoint, request)) as url:
        error = refused(copied, *RECORD, variables={"AWS_ENDPOINT_URL": url.replace("http:", "https:")})
    assert "no TLS connection" in error and "AWS_ENDPOINT_URL" in error


# MARK: What is answered


@pytest.fixture
def struck(standing, copied):
    stack, _ = standing
    yield stack, copied
    stack.clear_faults()


def recorded_in(tidemark) -> tuple[int, str, int]:
    """The status, what was said on stderr, and the most memory that the record took, in MiB.

    Of a child's resource usage the peak is of no use: it begins with that of the process that it was forked from.
    """
    process = tidemark.start(*RECORD)
    most = 0
    while process.poll() is None:
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
        most = max(most, *(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:")), 0)
        time.sleep(0.002)
    return process.returncode, process.communicate()[1].decode(), most


def test_an_answer_of_two_hundred_megabytes_is_refused_at_the_limit(struck):
    stack, tidemark = struck
    _, _, usual = recorded_in(tidemark)
    strike(stack, "rds", "DescribeDBInstances", "huge")
    status, error, most = recorded_in(tidemark)
    # The limit, and as much again when a buffer grows.
    assert (status, error) == (0, "") and 64 < most < usual + 160, (usual, most)
    (gap,) = tidemark.show()["coverage"]["gaps"]
    assert gap["outcome"] == "failed" and gap["message"] == "the answer is larger than 67108864 bytes"
    assert unseen(tidemark.show()) == UNSEEN["rds", "DescribeDBInstances"] and DATABASE in unseen(tidemark.show())
    stack.clear_faults()
    tidemark.record("--strict")


def test_a_first_answer_of_two_hundred_megabytes_is_an_error(struck):
    stack, tidemark = struck
    strike(stack, "sts", "GetCallerIdentity", "huge")
    error = refused(tidemark, *RECORD)
    assert "the answer is larger than 67108864 bytes" in error and "AWS_ENDPOINT_URL" in error


@pytest.mark.parametrize("service, operation", [("ec2", "DescribeSecurityGroups"), ("ecr", "DescribeRepositories")])
def test_what_nests_without_end_hides_its_own_facets_and_says_why(struck, service, operation):
    """In XML and in JSON; test_coverage.py has it for every question."""
    stack, tidemark = struck
    strike(stack, service, operation, "nested")
    tidemark.record()
    gaps = [gap for gap in tidemark.show()["coverage"]["gaps"] if gap["outcome"] == "failed"]
    assert gaps and all("nested deeper than 256 levels" in gap["message"] for gap in gaps)
    assert unseen(tidemark.show()) == UNSEEN[service, operation]
