"""`tidemark.yml` sets the history and the environments, and options take precedence."""

import pytest

PROJECT = """
history: deploys.sqlite
environments:
  antenna-production:
    region: us-west-2
    baseline: baseline.yml
    also: [ s3.nothing/x ]
    plain: [ DJANGO_DEBUG, DJANGO_SECRET_KEY ]
"""
BASELINE = """
environment: antenna-production
expect:
  - { name: database, resource: rds.db-instance, is: { Engine: postgres } }
"""


def write(tidemark, text, baseline=BASELINE):
    (tidemark.folder / "tidemark.yml").write_text(text)
    (tidemark.folder / "baseline.yml").write_text(baseline)


@pytest.fixture
def project(tidemark):
    write(tidemark, PROJECT.replace("    also: [ s3.nothing/x ]\n", ""))
    return tidemark


def test_a_project_sets_history_environment_and_baseline(project):
    project("record", "--release", "v9")
    assert (project.folder / "deploys.sqlite").exists() and not project.history.exists()
    assert "1 in sync" in project("drift").stdout
    assert "v9" in project("who", "v9").stdout
    assert "@1" in project("log").stdout


def test_an_option_takes_precedence(project):
    project("record", "--history", "other.sqlite")
    assert (project.folder / "other.sqlite").exists() and not (project.folder / "deploys.sqlite").exists()
    project("drift", "--history", "other.sqlite", "--baseline", "nowhere.yml", status=1)
    project("record", variables={"TIDEMARK_HISTORY": "third.sqlite"})
    assert (project.folder / "third.sqlite").exists()
    assert "no environment 'other'" in project("show", "-e", "other", "--history", "other.sqlite", status=1).error
    error = project("record", "--region", "eu-west-1", "--history", "other.sqlite", status=1).error
    assert "bound to region us-west-2" in error


def test_a_declared_variable_is_plain_if_its_value_is_harmless(stack, project):
    stack.set_property("DJANGO_SECRET_KEY", "postgres://u:hunter2@db.example/x")
    project("record")
    (environment,) = project("show", "elasticbeanstalk.environment", "--format", "json").json["resources"]
    facts = environment["facts"]["properties"]["value"]
    assert facts["DJANGO_DEBUG"] == "False" and facts["DJANGO_ADMIN_URL"] == {"redacted": True}
    assert facts["DJANGO_SECRET_KEY"] == "postgres://REDACTED@db.example/x"
    assert b"hunter2" not in (project.folder / "deploys.sqlite").read_bytes()


def test_a_shipped_list_declares_variables(tidemark):
    tidemark.declare_plain()
    tidemark.record()
    (environment,) = tidemark("show", "elasticbeanstalk.environment", "--format", "json").json["resources"]
    facts = environment["facts"]["properties"]["value"]
    plain = {name for name, value in facts.items() if name.startswith("DJANGO_") and value != {"redacted": True}}
    assert plain == {
        "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOWED_HOSTS", "DJANGO_SECURE_SSL_REDIRECT", "DJANGO_DEBUG",
        "DJANGO_AWS_STORAGE_BUCKET_NAME", "DJANGO_AWS_S3_REGION_NAME",
    }  # fmt: skip


def test_listed_resources_belong_to_the_environment(stack, tidemark):
    stack.client("iam").create_role(RoleName="deployer", AssumeRolePolicyDocument="{}")
    write(tidemark, PROJECT.replace("s3.nothing/x", "iam.role/deployer, iam.role/nobody"))
    output = tidemark("record").stdout
    assert "hint      iam.role/nobody does not exist; tidemark.yml lists it under 'also:'" in output
    roles = [one for one in tidemark("show", "--format", "json").json["resources"] if one["kind"] == "iam.role"]
    assert {one["identity"]: one["reached"] for one in roles}["deployer"] is True
    write(tidemark, PROJECT.replace("    also: [ s3.nothing/x ]\n", ""))
    tidemark("record")
    roles = [one for one in tidemark("show", "--format", "json").json["resources"] if one["kind"] == "iam.role"]
    assert {one["identity"]: one["reached"] for one in roles}["deployer"] is False


@pytest.mark.parametrize("command", [("record",), ("drift",), ("show",), ("who", "v9"), ("log",)])
def test_a_mistake_is_reported_by_every_command_with_its_place(tidemark, command):
    write(tidemark, PROJECT)
    assert tidemark(*command, status=1).error.startswith("tidemark.yml:7:13: unknown kind 's3.nothing': ")


def test_two_environments_are_chosen_by_name(tidemark):
    write(tidemark, "environments:\n  antenna-production:\n  antenna-staging:\n")
    assert "-e" in tidemark("record", "--region", "us-west-2", status=1).error
    tidemark("record", "-e", "antenna-production", "--region", "us-west-2")
    tidemark("show")


def test_drift_without_a_baseline_is_a_usage_error(tidemark):
    write(tidemark, "environments:\n  antenna-production:\n    region: us-west-2\n")
    tidemark("record")
    result = tidemark("drift", status=64)
    assert "no baseline: pass --baseline FILE, or add 'baseline:' to tidemark.yml" in result.stderr
