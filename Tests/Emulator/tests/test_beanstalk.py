"""Elastic Beanstalk answers as its API reference describes."""

import datetime

import pytest
from botocore.exceptions import ClientError

from test_changes import environment, running
from test_stack import options


def settings(stack):
    return stack.client("elasticbeanstalk").describe_configuration_settings(
        ApplicationName="antenna", EnvironmentName="antenna-production"
    )["ConfigurationSettings"]


def test_environments_are_found_by_each_filter(stack):
    (held,) = environment(stack)
    for parameters in (
        {"EnvironmentNames": ["antenna-production"]},
        {"EnvironmentIds": [held["EnvironmentId"]]},
        {"ApplicationName": "antenna"},
        {"VersionLabel": "v9"},
    ):
        assert environment(stack, **parameters) == [held], parameters
    for parameters in ({"EnvironmentNames": ["other"]}, {"ApplicationName": "other"}, {"VersionLabel": "v10"}):
        assert environment(stack, **parameters) == [], parameters


def test_deleted_environments_are_listed_back_to_a_moment(stack):
    stack.terminate_environment()
    now = datetime.datetime.now(datetime.timezone.utc)
    hour = datetime.timedelta(hours=1)
    assert len(environment(stack, IncludeDeleted=True, IncludedDeletedBackTo=now - hour)) == 1
    assert environment(stack, IncludeDeleted=True, IncludedDeletedBackTo=now + hour) == []


def test_an_unknown_environment_is_an_invalid_parameter(stack):
    with pytest.raises(ClientError) as refused:
        stack.client("elasticbeanstalk").describe_configuration_settings(ApplicationName="antenna", EnvironmentName="other")
    assert refused.value.response["Error"]["Code"] == "InvalidParameterValue"
    assert refused.value.response["Error"]["Message"] == "No Environment found for EnvironmentName = 'other'."


def test_a_held_update_shows_a_pending_configuration(stack):
    stack.hold_updates()
    stack.deploy("v10")
    (held,) = environment(stack)
    assert (held["Status"], held["AbortableOperationInProgress"], held["VersionLabel"]) == ("Updating", True, "v9")
    assert [one["DeploymentStatus"] for one in settings(stack)] == ["deployed", "pending"]
    assert running(stack)["django"][0] == "v9"
    with pytest.raises(ClientError, match="invalid state"):
        stack.set_property("A", "1")
    stack.release_updates()
    assert [one["DeploymentStatus"] for one in settings(stack)] == ["deployed"]
    assert environment(stack)[0]["Status"] == "Ready" and running(stack)["django"][0] == "v10"


def test_a_failed_deployment_keeps_the_old_version_running(stack):
    stack.fail_next_deployment()
    stack.deploy("v10")
    (held,) = environment(stack)
    assert (held["Status"], held["Health"], held["HealthStatus"], held["VersionLabel"]) == ("Ready", "Red", "Degraded", "v9")
    assert [one["DeploymentStatus"] for one in settings(stack)] == ["deployed", "failed"]
    assert "v10.zip" in options(stack, "failed")["aws:cloudformation:template:parameter", "AppSource"]
    assert running(stack)["django"][0] == "v9"
    client = stack.client("elasticbeanstalk")
    errors = client.describe_events(EnvironmentName="antenna-production", Severity="ERROR")["Events"]
    assert errors[0]["Message"] == "Failed to deploy application." and errors[0]["VersionLabel"] == "v10"
    (instance,) = client.describe_instances_health(EnvironmentName="antenna-production", AttributeNames=["All"])["InstanceHealthList"]
    assert instance["Deployment"]["Status"] == "Failed"
    stack.deploy("v10")
    assert environment(stack)[0]["Health"] == "Green" and running(stack)["django"][0] == "v10"


def test_health_can_be_set_and_is_described(stack):
    stack.set_environment(health="Yellow", health_status="Warning", causes=["High memory"])
    health = stack.client("elasticbeanstalk").describe_environment_health(
        EnvironmentName="antenna-production", AttributeNames=["All"]
    )
    assert (health["Color"], health["HealthStatus"], health["Causes"]) == ("Yellow", "Warning", ["High memory"])
    assert environment(stack)[0]["Health"] == "Yellow"


def test_events_come_newest_first_with_their_request(stack):
    stack.deploy("v10")
    events = stack.client("elasticbeanstalk").describe_events(EnvironmentName="antenna-production")["Events"]
    assert events[0]["Message"] == "Environment update completed successfully."
    assert [one["EventDate"] for one in events] == sorted((one["EventDate"] for one in events), reverse=True)
    assert len({one["RequestId"] for one in events}) == len(events)
    paged = stack.client("elasticbeanstalk").get_paginator("describe_events")
    pages = list(paged.paginate(EnvironmentName="antenna-production", PaginationConfig={"PageSize": 4}))
    assert [one for page in pages for one in page["Events"]] == events and len(pages) > 1


def test_versions_are_listed_newest_first_and_need_a_bundle(stack):
    stack.deploy("v10")
    client = stack.client("elasticbeanstalk")
    versions = client.describe_application_versions(ApplicationName="antenna")["ApplicationVersions"]
    assert [(one["VersionLabel"], one["Status"]) for one in versions] == [("v10", "PROCESSED"), ("v9", "PROCESSED")]
    assert client.describe_applications()["Applications"][0]["Versions"] == ["v10", "v9"]
    with pytest.raises(ClientError, match="Unable to download from S3"):
        client.create_application_version(
            ApplicationName="antenna", VersionLabel="v0", SourceBundle={"S3Bucket": "antenna-static-files", "S3Key": "no"}
        )


def test_tags_of_an_environment_are_listed(stack):
    arn = environment(stack)[0]["EnvironmentArn"]
    held = stack.client("elasticbeanstalk").list_tags_for_resource(ResourceArn=arn)["ResourceTags"]
    assert {"Key": "project", "Value": "antenna"} in held


def test_options_are_described_with_their_defaults(stack):
    stack.set_property("MADE_UP", "1")
    described = stack.client("elasticbeanstalk").describe_configuration_options(
        ApplicationName="antenna", EnvironmentName="antenna-production"
    )
    options_ = {(one["Namespace"], one["Name"]): one for one in described["Options"]}
    assert options_["aws:autoscaling:asg", "MaxSize"]["DefaultValue"] == "1"
    made_up = options_["aws:elasticbeanstalk:application:environment", "MADE_UP"]
    assert made_up["UserDefined"] and "DefaultValue" not in made_up
    assert described["PlatformArn"] == environment(stack)[0]["PlatformArn"]


def test_the_platform_is_described_by_its_arn(stack):
    eb, (held,) = stack.client("elasticbeanstalk"), environment(stack)
    platform = eb.describe_platform_version(PlatformArn=held["PlatformArn"])["PlatformDescription"]
    assert platform["SolutionStackName"] == held["SolutionStackName"]
    assert platform["PlatformVersion"] == "3.5.0"
    with pytest.raises(ClientError, match="No platform version"):
        eb.describe_platform_version(PlatformArn=held["PlatformArn"] + "9")


def test_a_managed_action_waits_for_its_window(stack):
    eb = stack.client("elasticbeanstalk")
    ask = lambda: eb.describe_environment_managed_actions(EnvironmentName="antenna-production")["ManagedActions"]  # noqa: E731
    assert ask() == []
    stack.set_environment(managed_update="Platform update to 3.5.1")
    (action,) = ask()
    assert (action["ActionDescription"], action["Status"]) == ("Platform update to 3.5.1", "Scheduled")
