"""A staging environment beside production: in sync with its own baseline, and found where it is not its own."""

from __future__ import annotations

import pytest

from breakers import database, instance
from breaks import Break, changed, findings, held, inherited, stated
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
    with held(stack, tmp_path_factory.mktemp(STAGING), STAGING, *RELEASE) as one:
        yield one


@pytest.fixture
def restored(staged):
    staged.standing.stack.restore(STAGING)
    return staged


def test_everything_that_is_stated_is_broken_once():
    statements = stated(STAGING) + inherited(STAGING)
    assert len(statements) == len(set(statements)) and set(statements) == set(BREAKS)


def test_a_staging_environment_is_in_sync_beside_production_in_one_history(restored):
    assert restored.found(Break()) == []
    restored.tidemark.record(*RELEASE)
    assert findings(restored.tidemark.drift("--format", "json").json) == []
    # Held against the other's baseline, each is found to be another.
    restored.tidemark.drift("-e", names.STAGING, status=2)
    restored.tidemark(
        "drift", "-e", names.ENVIRONMENT, "--baseline", "shipped:antenna/staging", "--max-age", "1d", status=2
    )


# As the program merges the two baselines; the statements are read without it.
def test_every_expectation_that_is_reported_is_broken(restored):
    assert {one["name"] for one in restored.drift()["expectations"]} == {name for name, _ in BREAKS}


# Each is mended before the next, which would find it otherwise.
@pytest.mark.parametrize("statement", BREAKS, ids=" ".join)
def test_what_is_broken_is_found_and_nothing_else(restored, statement):
    with named_as_here():
        assert restored.found(BREAKS[statement]) == [statement]


def of_production(*variables):
    """The bundle has production's values of these properties."""

    def change(stack):
        def alter(files):
            properties = files[SETUP]["option_settings"][PROPERTIES]
            properties.update({name: stack.property_value(name) for name in variables})

        redeployed(alter, environment=names.STAGING).change(stack)

    return changed(change, "elasticbeanstalk", "s3", "ecs")


# Staging's own are still there, with their subnets and groups, and nothing in the environment leads to them.
@pytest.mark.parametrize(
    "name, variables, others",
    [
        ("database", ("POSTGRES_HOST", "DATABASE_URL"), {"database-variables"}),
        ("redis", ("REDIS_URL", "CELERY_BROKER_URL"), set()),
    ],
)
def test_a_staging_environment_on_what_is_productions_is_found(restored, name, variables, others):
    restored.found(of_production(*variables))
    verdicts = {one["name"]: one["verdict"] for one in restored.drift()["expectations"]}
    drifted = {one for one, verdict in verdicts.items() if verdict == "drifted"}
    assert drifted == {name, f"{name}-subnets", f"{name}-access", *others}


def test_what_is_mended_is_found_no_more(restored):
    assert restored.found(Break()) == []
