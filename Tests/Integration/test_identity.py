"""Releases that a CI provider signs: recorded, verified, forged."""

import json
import time

import pytest

from issuers import BEARER, SHA, Issuer, Key, decoded, issuing
from log import bodies


@pytest.fixture
def issuer(tmp_path_factory) -> Issuer:
    with issuing(tmp_path_factory.mktemp("issuer")) as issuer:
        yield issuer


@pytest.fixture
def signing(cached, issuer):
    """Records a release in a job of GitHub Actions."""

    def record(label="v10", *arguments, variables={}, **more):
        return cached.record(
            "--release", label, "--issuer", issuer.url, *arguments, variables={**issuer.job, **variables}, **more
        )

    return record


def newest_release(tidemark) -> dict:
    return bodies(tidemark.history, "snapshot")[-1]["release"]


def verify(tidemark, issuer, *arguments, **more):
    return tidemark("history", "verify", "--issuer", issuer.url, *arguments, **more)


def test_a_job_of_github_signs_its_release(cached, issuer, signing):
    sentence = (
        "signed by GitHub: run 77 of acme/antenna, workflow deploy.yml at 9d07b3a, environment production, "
        "first started by release-bot"
    )
    assert sentence in signing("v10").stdout
    release = newest_release(cached)
    assert (release["by"], release["commit"]) == ("release-bot", SHA)
    assert release["url"] == "https://github.com/acme/antenna/actions/runs/77"
    assert release["run"] == {"system": "github", "id": "77", "attempt": "1"}
    assert release["sources"] == {"by": "GITHUB_ACTOR", "commit": "GITHUB_SHA", "url": "GITHUB_RUN_ID"}
    assert decoded(release["signature"]["token"].split(".")[1])["aud"] == issuer.asked[0]
    assert release["signature"]["images"] == sorted(release["signature"]["images"])
    assert all("@sha256:" in image for image in release["signature"]["images"])

    verified = verify(cached, issuer)
    assert "signatures 1, which matches the key that the recorder fetched" in verified.stdout
    assert verify(cached, issuer, "--format", "json").json["signatures"] == 1


def test_no_report_and_no_log_line_has_the_token(cached, issuer, signing):
    printed = signing("v10", "--verbose", "--format", "json", variables={"TIDEMARK_LOG": "debug"})
    shown = [printed] + [cached(*words, "--format", "json") for words in (("log",), ("who", "v10"), ("show",))]
    token = issuer.tokens[0]
    for result in shown:
        for secret in (token, token.split(".")[2], BEARER):
            assert secret not in result.stdout + result.stderr
    assert printed.json["release"]["signature"]["signer"]["repository"] == "acme/antenna"


FORGED = {
    "of another key": (lambda i, a: i.github(a, Key("key-1")), "the token's signature is not that of its key"),
    "of an unknown key": (lambda i, a: i.github(a, Key("key-9")), "the issuer has no key 'key-9'"),
    "expired": (lambda i, a: i.github(a, exp=int(time.time()) - 600), "the token has expired"),
    "not yet valid": (lambda i, a: i.github(a, nbf=int(time.time()) + 3600), "the token is not valid yet"),
    "for another audience": (lambda i, a: i.github("sts.amazonaws.com"), "the token is for another audience"),
    "for two audiences": (lambda i, a: i.github([a, "sts.amazonaws.com"]), "the token has 2 audiences"),
    "of another issuer": (lambda i, a: i.github(a, iss="https://evil.example"), "the token's issuer 'https://evil.example' is not trusted"),
    "without a signature": (
        lambda i, a: i.github(a, header={"alg": "none"}).rsplit(".", 1)[0] + ".",
        "the token is signed by 'none', and must be signed by RS256",
    ),
    "by a shared secret": (lambda i, a: i.github(a, header={"alg": "HS256"}), "the token is signed by 'HS256', and must be signed by RS256"),
}  # fmt: skip


def test_no_forged_token_signs_a_release(cached, issuer, signing):
    for name, (forge, why) in FORGED.items():
        issuer.forge = forge
        done = signing(name)
        assert f"not signed: {why}" in done.stdout, name
        unsigned = newest_release(cached)["unsigned"]
        assert unsigned == {"code": "token-refused", "detail": why}
    assert verify(cached, issuer, "--format", "json").json["signatures"] == 0


def test_a_token_that_is_copied_into_another_entry_does_not_sign_it(cached, issuer, signing):
    signing("v10")
    issuer.forge = lambda issuer, audience: issuer.tokens[0]
    assert "not signed: the token is for another audience" in signing("v11").stdout
    assert verify(cached, issuer, "--format", "json").json["signatures"] == 1


def test_a_rotated_key_still_verifies_an_old_release(cached, issuer, signing, tmp_path):
    signing("v10")
    old = {"keys": [key.public for key in issuer.keys]}
    issuer.keys = [Key("key-2")]
    signing("v11")
    (tmp_path / "old.json").write_text(json.dumps(old))

    assert "signatures 2, each of which matches the key that the recorder fetched" in verify(cached, issuer).stdout
    refused = verify(cached, issuer, "--jwks", "old.json", status=2)
    assert "the signature of release 'v11' at" in refused.error and "the issuer has no key 'key-2'" in refused.error
    both = verify(
        cached, issuer, "--jwks", "old.json", "--jwks", f"{issuer.url}/keys",
        variables={"SSL_CERT_FILE": str(issuer.authority)},
    )  # fmt: skip
    assert "signatures 2, each of which matches the key in a set of keys that was passed" in both.stdout


def test_an_issuer_is_trusted_only_by_its_name(cached, issuer, signing, tmp_path):
    signing("v10")
    refused = cached("history", "verify", status=2)
    assert f"the token's issuer '{issuer.url}' is not trusted" in refused.error
    (tmp_path / "tidemark.yml").write_text(f"issuers: [ {issuer.url} ]\n")
    assert cached("history", "verify", "--format", "json").json["signatures"] == 1
    in_ci = cached("history", "verify", variables={"CI": "true"}, status=1)
    assert "'issuers' in tidemark.yml cannot be used in CI" in in_ci.error


def test_without_a_token_the_claims_stay_claims(cached, issuer, signing):
    cases = {
        "no id-token permission": {"ACTIONS_ID_TOKEN_REQUEST_URL": None},
        "GitHub's token cannot be read: the server answered 404": {"ACTIONS_ID_TOKEN_REQUEST_TOKEN": "another"},
        "the address of GitHub's token is not https": {"ACTIONS_ID_TOKEN_REQUEST_URL": "http://localhost:1/"},
        "the server's certificate is signed by an unknown authority": {"SSL_CERT_FILE": None},
    }
    for why, variables in cases.items():
        assert why in signing("v10", variables=variables).stdout
    release = newest_release(cached)
    assert release["by"] == "release-bot" and release["unsigned"]["code"] == "no-answer"


def test_a_job_of_gitlab_is_attested_when_recorded(cached, issuer):
    done = cached.record("--release", "v10", "--issuer", issuer.url, variables=issuer.gitlab_job)
    assert "attested when recorded, by GitLab: pipeline 574 of acme/antenna" in done.stdout
    release = newest_release(cached)
    claims = release["attested"]["claims"]
    assert claims["user_login"] == "release-bot"
    assert not {"user_email", "user_identities", "groups_direct"} & set(claims) and "@example.com" not in json.dumps(claims)
    # A token for another service shows nobody who could not have shown it to that service.
    other = {**issuer.gitlab_job, "TIDEMARK_ID_TOKEN": issuer.gitlab("sts.amazonaws.com")}
    done = cached.record("--release", "v11", "--issuer", issuer.url, variables=other)
    assert "not signed: the token is for another audience" in done.stdout


def test_options_win_over_the_variables_and_the_ticket_is_kept(cached, issuer, signing):
    done = signing("v10", "--by", "somebody", "--commit", "c0ffee0", "--ticket", "OPS-7", "--pr", "123")
    assert "at 9d07b3a" in done.stdout and "; c0ffee0 is claimed" in done.stdout
    release = newest_release(cached)
    assert (release["by"], release["commit"]) == ("somebody", "c0ffee0")
    assert (release["ticket"], release["pr"]) == ("OPS-7", "123")
    assert release["sources"] == {"url": "GITHUB_RUN_ID"}
