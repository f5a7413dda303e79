"""A release that GitHub really signs: only in a job that may ask for a token, as `.github/workflows/identity.yml` is."""

import os

import pytest

from issuers import decoded, fixture
from log import bodies

JOB = {name: value for name, value in os.environ.items() if name.startswith(("GITHUB_", "ACTIONS_ID_TOKEN_"))}
KEYS = "https://token.actions.githubusercontent.com/.well-known/jwks"

pytestmark = pytest.mark.skipif(
    "ACTIONS_ID_TOKEN_REQUEST_URL" not in JOB, reason="GitHub signs only in a job with id-token: write"
)


def test_github_signs_a_release_and_its_published_keys_verify_it(cached):
    done = cached.record("--release", "v10", variables={**JOB, "CI": "true"})
    assert "signed by GitHub: run" in done.stdout, done
    assert "signatures 1" in cached("history", "verify", "--jwks", KEYS).stdout
    token = bodies(cached.history, "snapshot")[-1]["release"]["signature"]["token"]
    claims = decoded(token.split(".")[1])
    # Claims of an enterprise are in its tokens alone.
    missing = set(fixture("github-payload")) - {"enterprise", "enterprise_id"} - set(claims)
    assert not missing, missing
