"""A staging environment beside production: in sync with its own baseline, and drifted if it uses production's
resources."""

from __future__ import annotations

import pytest

from breakers import database, instance
from breaks import Break, changed, checking, findings, inherited, is_only, stated
from documented_breaks import documented_breaks
from emulator import names
from emulator.fixtures import documented
from redeployed import PROPERTIES, SETUP, redeployed, with_property
from staging import build_staging, named_as_here

STAGING = "staging"
RELEASE = ("--release", "v9")

OWN = {
    ("django-variables", "properties.DJANGO_SETTINGS_MODULE"): with_property(
        "DJANGO_SETTINGS_MODULE", "config.settings.production"
    ),
    ("django-variables", "properties.DJANGO_ALLOWED_HOSTS"): with_property(
        "DJANGO_ALLOWED_HOSTS", "api.antenna.example.org"
    ),
    ("storage-variables", "properties.DJANGO_AWS_STORAGE_BUCKET_NAME"): with_property(
        "DJANGO_AWS_STORAGE_BUCKET_NAME", names.STATIC_BUCKET
    ),
    ("instance", "InstanceType"): instance(InstanceType="t3.large"),
    ("database", "DBInstanceClass"): database(DBInstanceClass="db.t4g.small"),
}
with named_as_here():
    DOCUMENTED = documented_breaks()
BREAKS = {**OWN, **{one: DOCUMENTED[one] for one in inherited(STAGING)}}


@pytest.fixture(scope="module")
def staged(emulator, tmp_path_factory):
    stack = documented(emulator.endpoint)
    build_staging(stack)
    stack.save(STAGING)
    with checking(stack, tmp_path_factory.mktemp(STAGING), STAGING, *RELEASE) as one:
        yield one


@pytest.fixture
def restored(staged):
    staged.endpoint.stack.restore(STAGING)
    return staged


def test_every_statement_is_broken_once():
    statements = stated(STAGING) + inherited(STAGING)
    assert len(statements) == len(set(statements)) and set(statements) == set(BREAKS)


def test_a_staging_environment_is_in_sync_beside_production_in_one_history(restored):
    assert restored.found(Break()) == []
    restored.tidemark.declare_plain(names.ENVIRONMENT)
    restored.tidemark.record(*RELEASE)
    restored.tidemark.declare_plain(names.STAGING)
    assert findings(restored.tidemark.drift("-e", names.ENVIRONMENT, "--format", "json").json) == []
    # Each environment is another one under the other's baseline.
    restored.tidemark.drift("-e", names.STAGING, status=2)
    restored.tidemark(
        "drift", "-e", names.ENVIRONMENT, "--baseline", "shipped:antenna/staging", "--max-age", "1d", status=2
    )


# The program merges the two baselines; the reader of statements does not.
def test_every_expectation_that_is_reported_is_broken(restored):
    assert {one["name"] for one in restored.drift()["expectations"]} == {name for name, _ in BREAKS}


# Each break is repaired before the next, so that it is not found again.
@pytest.mark.parametrize("statement", BREAKS, ids=" ".join)
def test_a_break_is_the_only_finding(restored, statement):
    with named_as_here():
        assert is_only(statement, restored.found(BREAKS[statement]))


def of_production(*variables):
    """Uses production's values of these properties in the bundle."""

    def change(stack):
        def alter(files):
            properties = files[SETUP]["option_settings"][PROPERTIES]
            properties.update({name: stack.property_value(name) for name in variables})

        redeployed(alter, environment=names.STAGING).change(stack)

    return changed(change, "elasticbeanstalk", "s3", "ecs")


# Staging's own resources still exist, with their subnets and groups, and nothing in the environment refers to them.
@pytest.mark.parametrize(
    "name, variables, others",
    [
        ("database", ("POSTGRES_HOST", "DATABASE_URL"), {"database-variables"}),
        ("redis", ("REDIS_URL", "CELERY_BROKER_URL"), set()),
    ],
)
def test_a_staging_environment_on_resources_of_production_is_found(restored, name, variables, others):
    restored.found(of_production(*variables))
    verdicts = {one["name"]: one["verdict"] for one in restored.drift()["expectations"]}
    drifted = {one for one, verdict in verdicts.items() if verdict == "drifted"}
    assert drifted == {name, f"{name}-subnets", f"{name}-access", *others}


def test_a_repaired_break_is_no_longer_found(restored):
    assert restored.found(Break()) == []
