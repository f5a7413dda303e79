"""Hosts of AWS services at which no resource is observed are listed, and count as not seen."""

import pytest

from questions import strike

OPTIONS = ("-e", "antenna-production", "--region", "us-west-2")
CLUSTER = "antenna.cluster-c9akciq32rpl.us-west-2.rds.amazonaws.com"
SERVERLESS = "antenna-abc123.serverless.usw2.cache.amazonaws.com"
LISTED = f"{SERVERLESS} (serverless cache), {CLUSTER} (DB cluster)"


@pytest.fixture
def elsewhere(stack, tidemark):
    """The stack whose properties name a DB cluster and a serverless cache instead of the database and the cache."""
    for name, value in {
        "DATABASE_URL": f"postgres://u:p@{CLUSTER}:5432/antenna", "POSTGRES_HOST": CLUSTER,
        "REDIS_URL": f"rediss://{SERVERLESS}:6379/0", "CELERY_BROKER_URL": f"rediss://{SERVERLESS}:6379/0",
    }.items():  # fmt: skip
        stack.set_property(name, value)
    return tidemark


def test_record_lists_them_and_is_not_complete(elsewhere):
    output = elsewhere.record("--strict", status=3).stdout
    assert f"\n  not followed  {LISTED}\n" in output and "all answered" in output
    recorded = elsewhere.record("--format", "json").json
    assert recorded["notFollowed"] == [
        {"host": SERVERLESS, "service": "elasticache", "what": "serverless cache"},
        {"host": CLUSTER, "service": "rds", "what": "DB cluster"},
    ]
    assert recorded["changed"] == []
    assert f"\n  not followed  {LISTED}\n" in elsewhere("show").stdout
    assert elsewhere.show()["notFollowed"] == recorded["notFollowed"]


def test_doctor_and_init_list_them(elsewhere):
    assert f"not followed {SERVERLESS} (serverless cache)\n             {CLUSTER}" in elsewhere("doctor", *OPTIONS).stdout
    assert f"\n  not followed  {LISTED}\n" in elsewhere("init", *OPTIONS[1:]).stdout
    draft = (elsewhere.folder / "baseline.yml").read_text()
    assert f"#   {SERVERLESS} (serverless cache)\n#   {CLUSTER} (DB cluster)\n" in draft


def test_nothing_is_listed_where_every_host_leads_to_a_resource(tidemark):
    output = tidemark.record("--strict").stdout
    assert "not followed" not in output + tidemark("show").stdout
    assert tidemark.show()["notFollowed"] == []


def test_a_host_of_no_resource_of_this_account_is_listed(stack, tidemark):
    host = "reports.c9akciq32rpl.us-west-2.rds.amazonaws.com"
    stack.set_property("REPORTS_HOST", host)
    output = tidemark.record("--strict", status=3).stdout
    assert f"not followed  {host} (DB instance of another account, or deleted)\n" in output


def test_the_list_is_as_last_seen_where_the_properties_are_not(stack, elsewhere):
    elsewhere.record()
    strike(stack, "elasticbeanstalk", "DescribeConfigurationSettings", "denied")
    recorded = elsewhere.record("--format", "json").json
    stack.clear_faults()
    assert recorded["notFollowed"] is None and recorded["changed"] == []
    assert elsewhere.show()["notFollowed"] is None
    shown = elsewhere("show").stdout
    assert "not followed  could not be seen: elasticbeanstalk:DescribeConfigurationSettings about " in shown
    assert f"; as last seen: {LISTED}\n" in shown


# MARK: Drift

EXPECT = "environment: antenna-production\nexpect: [ { name: role, resource: iam.role, count: { at-least: 1 } } ]\n"
OF_SERVICE = f"{EXPECT}unexpected: []\n".replace("} ]", "}, { name: x, resource: elasticache.cache-cluster, count: 0 } ]")


def drift(tidemark, baseline, *arguments, status=0):
    """The severities of the rule's findings."""
    (tidemark.folder / "b.yml").write_text(baseline)
    report = tidemark("drift", "--baseline", "b.yml", "--format", "json", *arguments, status=status).json
    rules = [one for one in report["expectations"] if one["name"] == "endpoint.not-followed"]
    return [one["severity"] for one in rules for _ in one["findings"]]


def test_drift_counts_them_strictly_or_where_their_service_is_expected(elsewhere):
    elsewhere.record()
    assert drift(elsewhere, EXPECT) == ["note", "note"]
    assert drift(elsewhere, EXPECT, "--strict", status=3) == ["error", "error"]
    assert drift(elsewhere, OF_SERVICE, status=3) == ["warning", "note"]
    text = elsewhere("drift", "--baseline", "b.yml", status=3).stdout
    assert f"{CLUSTER} (DB cluster) is not followed" in text


def test_drift_accepts_acknowledged_hosts(elsewhere):
    elsewhere.record()
    acknowledged = f"{OF_SERVICE}not-followed: [ {CLUSTER}, {SERVERLESS} ]\n"
    assert drift(elsewhere, acknowledged, "--strict") == []
    other = CLUSTER.replace("antenna.", "other.")
    assert drift(elsewhere, f"{acknowledged.rstrip()[:-2]}, {other} ]\n", "--strict") == ["note"]
    assert f"'{other}' is under 'not-followed'" in elsewhere("drift", "--baseline", "b.yml").stdout
