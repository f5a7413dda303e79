"""Expected resources that are not found: missing only where that is certain."""

from __future__ import annotations

import pytest

from emulator import names

REDIS = f"elasticache.replication-group/{names.REDIS}"
BASELINE = f"""\
environment: antenna-production
expect:
  - name: redis
    resource: elasticache.replication-group
    where: {{ ReplicationGroupId: {names.REDIS} }}
    is: {{ Engine: redis }}
  - name: redis-subnets
    resource: elasticache.cache-subnet-group
    where: {{ identity: "${{redis.subnet-group}}" }}
    is: {{ subnet-tier: private }}
  - name: database
    resource: rds.db-instance
    where: {{ DBInstanceIdentifier: {names.DATABASE} }}
    is: {{ Engine: postgres }}
"""


@pytest.fixture
def based(tidemark):
    (tidemark.folder / "baseline.yml").write_text(BASELINE)
    return tidemark


def hide_redis(stack):
    """Removes every host of Redis from the properties, as where Secrets Manager has them."""
    for name in ("REDIS_URL", "CELERY_BROKER_URL", "REDIS_HOST"):
        stack.set_property(name, "redis.example")


def drift(tidemark, status, *arguments):
    report = tidemark("drift", "--baseline", "baseline.yml", "--format", "json", *arguments, status=status).json
    return {one["name"]: one for one in report["expectations"]}


def test_a_redis_that_nothing_refers_to_is_unseen_and_the_line_that_reaches_it_does(stack, based):
    hide_redis(stack)
    based.record()
    found = drift(based, 3)
    assert {name: one["verdict"] for name, one in found.items()} == {
        "redis": "unseen", "redis-subnets": "unseen", "database": "in sync",
    }  # fmt: skip
    (finding,) = found["redis"]["findings"]
    line = f"also: [ {REDIS} ]"
    assert finding["reason"] == f"nothing in the environment refers to {REDIS}"
    assert finding["remedy"] == f"add '{line}' to tidemark.yml"
    assert found["redis-subnets"]["findings"][0]["remedy"] == finding["remedy"]

    (based.folder / "tidemark.yml").write_text(f"environments:\n  antenna-production:\n    {line}\n")
    based.record()
    assert {one["verdict"] for one in drift(based, 0).values()} == {"in sync"}


def test_a_deleted_database_is_missing_at_every_later_snapshot(stack, based):
    based.record()
    stack.delete_database()
    for _ in range(4):
        based.record()
    stack.set_property("POSTGRES_HOST", "db.example")
    stack.set_property("DATABASE_URL", "postgres://db.example/a")
    based.record()
    for moment in ("@2", "@3", "@5", "latest"):
        (finding,) = drift(based, 2, "--at", moment)["database"]["findings"]
        assert finding["change"] == "missing" and "AWS reported at @2 that" in finding["note"]
    assert {one["verdict"] for one in drift(based, 0, "--at", "@1").values()} == {"in sync"}
    gone = [one["label"] for one in based("diff", "@1", "--format", "json").json["resources"] if one["change"] == "gone"]
    assert gone.count(f"rds.db-instance/{names.DATABASE}") == 1
    assert names.DATABASE not in {one["identity"] for one in based.show()["resources"]}


def test_a_listed_resource_that_does_not_exist_is_missing(stack, based):
    hide_redis(stack)
    stack.client("elasticache").delete_replication_group(ReplicationGroupId=names.REDIS)
    (based.folder / "tidemark.yml").write_text(f"environments:\n  antenna-production:\n    also: [ {REDIS} ]\n")
    based.record()
    found = drift(based, 2)
    assert found["redis"]["verdict"] == "drifted" and found["redis-subnets"]["verdict"] == "not checked"


def test_a_mistyped_host_leaves_nothing_behind(stack, based):
    baseline = BASELINE.partition("  - name: redis\n")[0]
    expected = "resource: rds.db-instance, where: { identity: typo }, is: { Engine: postgres }"
    (based.folder / "baseline.yml").write_text(f"{baseline}  - {{ name: typo, {expected} }}\n")
    stack.set_property("REPORTS_HOST", "typo.c9akciq32rpl.us-west-2.rds.amazonaws.com")
    for _ in range(2):
        based.record()
        (finding,) = drift(based, 2)["typo"]["findings"]
        assert "AWS reported at @1 that rds.db-instance/typo does not exist" in finding["note"]
    stack.set_property("REPORTS_HOST", "db.example")
    based.record()
    assert drift(based, 3)["typo"]["verdict"] == "unseen"
