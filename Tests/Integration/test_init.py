"""`init` writes a baseline of the present state, which is in sync with it, and overwrites nothing."""

from emulator import names
from hardened import put_alarm
from questions import strike


def test_a_draft_is_in_sync_until_something_changes(stack, tidemark):
    output = tidemark("init", "antenna-production", "--region", "us-west-2").stdout
    assert output.startswith("wrote tidemark.yml and baseline.yml for antenna-production\n") and "all answered" in output
    assert not tidemark.history.exists()
    tidemark("record")
    assert " 0 drifted, 0 unseen" in tidemark("drift").stdout
    stack.deploy("v10")
    tidemark("record", "--release", "v10")
    tidemark("drift")
    stack.change_database_class("db.t4g.medium")
    stack.open_port(5432)
    tidemark("record")
    found = tidemark("drift", status=2).stdout
    assert "DBInstanceClass is db.t4g.medium" in found and "tcp 5432 from 0.0.0.0/0" in found and "2 drifted" in found


def test_a_resource_added_after_the_draft_is_found(stack, tidemark):
    tidemark("init", "antenna-production", "--region", "us-west-2")
    put_alarm(stack, "antenna-workers")
    rds = stack.client("rds")
    database = rds.describe_db_instances(DBInstanceIdentifier=names.DATABASE)["DBInstances"][0]["DBInstanceArn"]
    rds.add_tags_to_resource(ResourceName=database, Tags=[{"Key": "Added", "Value": "since"}])
    rds.modify_db_instance(DBInstanceIdentifier=names.DATABASE, MaxAllocatedStorage=100, ApplyImmediately=True)
    tidemark("record")
    report = tidemark("drift", "--format", "json", status=2).json
    found = {(one["name"], finding["path"]) for one in report["expectations"] for finding in one["findings"]}
    assert found == {
        ("unexpected", None), (names.DATABASE, "TagList[Added]"), (names.DATABASE, "MaxAllocatedStorage"),
        # It grows by itself now.
        (names.DATABASE, "AllocatedStorage"),
    }  # fmt: skip


def test_init_overwrites_nothing(tidemark):
    for name, arguments in (("tidemark.yml", ()), ("mine.yml", ("--baseline", "mine.yml"))):
        (tidemark.folder / name).write_text("mine\n")
        error = tidemark("init", "antenna-production", "--region", "us-west-2", *arguments, status=1).error
        assert error == f"'{name}' exists already: edit it, or move it away"
        assert [path.read_text() for path in tidemark.folder.iterdir()] == ["mine\n"]
        (tidemark.folder / name).unlink()


def test_init_of_an_unknown_environment_writes_nothing(tidemark):
    assert "no Elastic Beanstalk environment 'nowhere'" in tidemark(
        "init", "nowhere", "--region", "us-west-2", status=1
    ).error
    assert list(tidemark.folder.iterdir()) == []


def test_init_lists_what_is_unseen_and_expects_nothing_of_it(stack, tidemark):
    strike(stack, "rds", "DescribeDBInstances", "denied")
    output = tidemark("init", "antenna-production", "--region", "us-west-2", status=3).stdout
    assert "rds:DescribeDBInstances about antenna-postgres denied" in output and "allow rds:DescribeDBInstances" in output
    assert "rds.db-instance" not in (tidemark.folder / "baseline.yml").read_text()
    stack.clear_faults()


def test_init_can_give_the_environment_another_name(tidemark):
    tidemark("init", "production", "--eb-environment", "antenna-production", "--region", "us-west-2")
    assert "eb-environment: antenna-production" in (tidemark.folder / "tidemark.yml").read_text()
    assert tidemark("record").stdout.startswith("recorded production @1")
    tidemark("drift")


def test_init_writes_no_secret(stack, tidemark):
    from emulator.secrets import PLACES, planted

    tidemark("init", "antenna-production", "--region", "us-west-2")
    text = (tidemark.folder / "baseline.yml").read_text()
    assert [place for place in PLACES if planted(place) in text] == []
