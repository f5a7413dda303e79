"""The tests' issuers answer in the shapes that the providers publish."""

import json

import pytest

from emulator.message import Request
from issuers import decoded, fixture, issuing


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    with issuing(tmp_path_factory.mktemp("issuer")) as issuer:
        yield issuer


def shape(value) -> dict:
    """The type of each member."""
    return {name: type(member).__name__ for name, member in value.items()}


def test_a_token_of_github_has_the_published_header(issuer):
    assert shape(decoded(issuer.github("a").split(".")[0])) == shape(fixture("github-header"))


def test_a_token_of_github_has_the_published_claims_and_that_of_its_environment(issuer):
    made = shape(decoded(issuer.github("a").split(".")[1]))
    assert made.pop("environment") == "str"
    assert made == shape(fixture("github-payload"))
    assert "environment" in fixture("github-configuration")["claims_supported"]


def test_the_claims_that_are_read_are_published():
    published = set(fixture("github-payload")) | set(fixture("github-configuration")["claims_supported"])
    read = {"iss", "run_id", "run_attempt", "repository", "actor", "workflow_ref", "job_workflow_ref", "sha", "environment"}
    assert read <= published


def test_a_token_of_gitlab_has_the_published_claims(issuer):
    assert shape(decoded(issuer.gitlab().split(".")[1])) == shape(fixture("gitlab-payload"))


def test_the_configuration_has_the_published_members(issuer):
    request = Request("GET", "/.well-known/openid-configuration", {}, b"", 1)
    made = json.loads(issuer.answer(request).body)
    assert shape(made) == shape(fixture("github-configuration"))
