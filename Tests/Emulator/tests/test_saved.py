"""A restored stack equals the built one."""

from test_changes import running
from test_stack import options


def test_restoring_undoes_every_change(stack):
    before = options(stack), running(stack)
    body = stack.client("s3").get_object(Bucket="elasticbeanstalk-us-west-2-123456789012", Key="antenna/antenna-v9.zip")
    bundle = body["Body"].read()
    stack.deploy("v10")
    stack.open_port(5432)
    stack.delete_database()
    stack.restore()
    assert (options(stack), running(stack)) == before
    body = stack.client("s3").get_object(Bucket="elasticbeanstalk-us-west-2-123456789012", Key="antenna/antenna-v9.zip")
    assert body["Body"].read() == bundle
    assert stack.client("rds").describe_db_instances()["DBInstances"]
    stack.deploy("v10")
    assert running(stack)["django"][0] == "v10"


def test_restoring_twice_gives_the_same_stack(stack):
    stack.terminate_environment()
    stack.restore()
    stack.rebuild_environment()
    stack.restore()
    assert len(stack.client("ec2").describe_instances()["Reservations"]) == 1
    assert len(stack.client("elasticbeanstalk").describe_environments(IncludeDeleted=True)["Environments"]) == 1


def test_another_name_saves_another_stack(stack):
    stack.delete_database()
    stack.save("without a database")
    stack.restore()
    assert len(stack.client("rds").describe_db_instances()["DBInstances"]) == 1
    stack.restore("without a database")
    assert stack.client("rds").describe_db_instances()["DBInstances"] == []
    assert stack.restore("never saved") is False


def test_an_emptied_account_is_empty(empty):
    assert empty.client("elasticbeanstalk").describe_environments()["Environments"] == []
    assert empty.client("rds").describe_db_instances()["DBInstances"] == []
    assert empty.calls("s3") == []
