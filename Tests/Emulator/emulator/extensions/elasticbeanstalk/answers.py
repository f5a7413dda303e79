"""The operations of Elastic Beanstalk, added to moto's response class."""

from __future__ import annotations

from datetime import datetime, timezone

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.elasticbeanstalk.exceptions import InvalidParameterValueError
from moto.elasticbeanstalk.models import eb_backends
from moto.elasticbeanstalk.responses import EBResponse

from . import options, shapes
from .backend import Beanstalk
from .state import Environment, Options

SEVERITIES = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")


HEALTH = "aws:elasticbeanstalk:healthreporting:system"


class BasicHealth(ServiceException):
    code = "InvalidRequestException"


def install() -> None:
    eb_backends.backend = Beanstalk
    for name, operation in OPERATIONS.items():
        setattr(EBResponse, name, operation)


def create_application(handler: EBResponse) -> ActionResult:
    application = handler.elasticbeanstalk_backend.create_application(
        handler._get_param("ApplicationName"), handler._get_param("Description"), tags(handler)
    )
    return ActionResult({"Application": shapes.application(application)})


def describe_applications(handler: EBResponse) -> ActionResult:
    names = handler._get_param("ApplicationNames")
    found = [one for one in handler.elasticbeanstalk_backend.applications.values() if not names or one.name in names]
    return ActionResult({"Applications": [shapes.application(one) for one in found]})


def delete_application(handler: EBResponse) -> ActionResult:
    backend, name = handler.elasticbeanstalk_backend, handler._get_param("ApplicationName")
    live = [one for one in backend.environments if one.application == name and one.status != "Terminated"]
    if live and not handler._get_bool_param("TerminateEnvByForce"):
        raise InvalidParameterValueError(f"Unable to delete application {name} because it has running environments.")
    for environment in live:
        backend.terminate(environment)
    backend.applications.pop(name, None)
    return EmptyResult()


def create_application_version(handler: EBResponse) -> ActionResult:
    bundle = handler._get_param("SourceBundle") or {}
    version = handler.elasticbeanstalk_backend.create_version(
        handler._get_param("ApplicationName"),
        handler._get_param("VersionLabel"),
        handler._get_param("Description"),
        bundle.get("S3Bucket"),
        bundle.get("S3Key"),
        bool(handler._get_bool_param("Process")),
    )
    return ActionResult({"ApplicationVersion": shapes.version(version)})


def describe_application_versions(handler: EBResponse) -> ActionResult:
    name, labels = handler._get_param("ApplicationName"), handler._get_param("VersionLabels")
    applications = handler.elasticbeanstalk_backend.applications
    found = [
        version
        for application in applications.values()
        if name in (None, application.name)
        for version in application.versions.values()
        if not labels or version.label in labels
    ]
    found.sort(key=lambda version: version.created, reverse=True)
    return ActionResult({"ApplicationVersions": [shapes.version(version) for version in found]})


def delete_application_version(handler: EBResponse) -> ActionResult:
    handler.elasticbeanstalk_backend.delete_version(handler._get_param("ApplicationName"), handler._get_param("VersionLabel"))
    return EmptyResult()


def create_environment(handler: EBResponse) -> ActionResult:
    environment = handler.elasticbeanstalk_backend.create_environment(
        handler._get_param("ApplicationName"),
        handler._get_param("EnvironmentName"),
        handler._get_param("VersionLabel"),
        handler._get_param("Description"),
        handler._get_param("CNAMEPrefix"),
        handler._get_param("SolutionStackName"),
        option_settings(handler),
        tags(handler),
    )
    return ActionResult(shapes.environment(environment))


def update_environment(handler: EBResponse) -> ActionResult:
    removed = [
        options.key(option["Namespace"], option["OptionName"], option.get("ResourceName"))
        for option in handler._get_param("OptionsToRemove") or []
    ]
    environment = handler.elasticbeanstalk_backend.update_environment(
        chosen(handler), handler._get_param("VersionLabel"), handler._get_param("Description"), option_settings(handler), removed
    )
    return ActionResult(shapes.environment(environment))


def terminate_environment(handler: EBResponse) -> ActionResult:
    environment = handler.elasticbeanstalk_backend.terminate(chosen(handler))
    return ActionResult({**shapes.environment(environment), "Status": "Terminating"})


def describe_environments(handler: EBResponse) -> ActionResult:
    names, ids = handler._get_param("EnvironmentNames"), handler._get_param("EnvironmentIds")
    application, label = handler._get_param("ApplicationName"), handler._get_param("VersionLabel")
    deleted, since = handler._get_bool_param("IncludeDeleted"), naive(handler._get_param("IncludedDeletedBackTo"))
    found = [
        one
        for one in handler.elasticbeanstalk_backend.environments
        if (not names or one.name in names)
        and (not ids or one.id in ids)
        and application in (None, one.application)
        and label in (None, one.label)
        and (one.status != "Terminated" or (deleted and (since is None or one.updated >= since)))
    ]
    return ActionResult({"Environments": [shapes.environment(one) for one in found]})


def describe_configuration_settings(handler: EBResponse) -> ActionResult:
    environment = handler.elasticbeanstalk_backend.find(handler._get_param("EnvironmentName"))
    if environment.application != handler._get_param("ApplicationName"):
        raise InvalidParameterValueError(f"No Environment found for EnvironmentName = '{environment.name}'.")
    sets = [shapes.configuration(environment, held) for held in environment.configurations]
    return ActionResult({"ConfigurationSettings": sets})


def describe_configuration_options(handler: EBResponse) -> ActionResult:
    environment = handler.elasticbeanstalk_backend.find(handler._get_param("EnvironmentName"))
    if environment.application != handler._get_param("ApplicationName"):
        raise InvalidParameterValueError(f"No Environment found for EnvironmentName = '{environment.name}'.")
    deployed = environment.configurations[0].options
    return ActionResult(
        {
            "SolutionStackName": environment.solution_stack,
            "PlatformArn": environment.platform_arn,
            "Options": [shapes.option(*described) for described in options.described(deployed)],
        }
    )


def describe_platform_version(handler: EBResponse) -> ActionResult:
    arn = handler._get_param("PlatformArn")
    if arn not in {environment.platform_arn for environment in handler.elasticbeanstalk_backend.environments}:
        raise InvalidParameterValueError(f"No platform version found with ARN '{arn}'.")
    return ActionResult({"PlatformDescription": shapes.platform(arn)})


def describe_environment_managed_actions(handler: EBResponse) -> ActionResult:
    environment = chosen(handler)
    return ActionResult({"ManagedActions": [shapes.managed_action(one) for one in environment.managed_actions]})


def describe_environment_resources(handler: EBResponse) -> ActionResult:
    environment = chosen(handler)
    instances = handler.elasticbeanstalk_backend.resources(environment).instances()
    return ActionResult({"EnvironmentResources": shapes.resources(environment, instances)})


def describe_environment_health(handler: EBResponse) -> ActionResult:
    environment = chosen(handler)
    wanted = handler._get_param("AttributeNames") or []
    return ActionResult(shapes.health(environment, wanted, utcnow()))


def describe_instances_health(handler: EBResponse) -> ActionResult:
    environment = chosen(handler)
    if any(options.value(held.options, HEALTH, "SystemType") == "basic" for held in environment.configurations):
        raise BasicHealth("DescribeInstancesHealth requires enhanced health reporting.")
    instances = handler.elasticbeanstalk_backend.resources(environment).instances()
    return ActionResult(
        {
            "InstanceHealthList": [shapes.instance_health(environment, instance) for instance in instances],
            "RefreshedAt": utcnow(),
        }
    )


def describe_events(handler: EBResponse) -> ActionResult:
    backend: Beanstalk = handler.elasticbeanstalk_backend
    name, id = handler._get_param("EnvironmentName"), handler._get_param("EnvironmentId")
    if id is not None:
        name = next((one.name for one in backend.environments if one.id == id), "")
    least = SEVERITIES.index(handler._get_param("Severity") or "TRACE")
    start, end = naive(handler._get_param("StartTime")), naive(handler._get_param("EndTime"))
    found = [
        event
        for event in backend.events
        if handler._get_param("ApplicationName") in (None, event.application)
        and name in (None, event.environment)
        and handler._get_param("VersionLabel") in (None, event.label)
        and SEVERITIES.index(event.severity) >= least
        and (start is None or event.at >= start)
        and (end is None or event.at < end)
    ]
    return ActionResult({"Events": [shapes.event(event) for event in reversed(found)]})


def list_tags_for_resource(handler: EBResponse) -> ActionResult:
    arn = handler._get_param("ResourceArn")
    held = handler.elasticbeanstalk_backend.tags_of(arn)
    return ActionResult(
        {"ResourceArn": arn, "ResourceTags": [{"Key": name, "Value": value} for name, value in sorted(held.items())]}
    )


def update_tags_for_resource(handler: EBResponse) -> ActionResult:
    held = handler.elasticbeanstalk_backend.tags_of(handler._get_param("ResourceArn"))
    for tag in handler._get_param("TagsToAdd") or []:
        held[tag["Key"]] = tag["Value"]
    for name in handler._get_param("TagsToRemove") or []:
        held.pop(name, None)
    return EmptyResult()


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        create_application,
        describe_applications,
        delete_application,
        create_application_version,
        describe_application_versions,
        delete_application_version,
        create_environment,
        update_environment,
        terminate_environment,
        describe_environments,
        describe_configuration_settings,
        describe_configuration_options,
        describe_platform_version,
        describe_environment_managed_actions,
        describe_environment_resources,
        describe_environment_health,
        describe_instances_health,
        describe_events,
        list_tags_for_resource,
        update_tags_for_resource,
    )
}


def chosen(handler: EBResponse) -> Environment:
    name, id = handler._get_param("EnvironmentName"), handler._get_param("EnvironmentId")
    if name is None and id is None:
        raise InvalidParameterValueError("EnvironmentName or EnvironmentId must be specified.")
    return handler.elasticbeanstalk_backend.find(name, id)


def option_settings(handler: EBResponse) -> Options:
    return {
        options.key(option["Namespace"], option["OptionName"], option.get("ResourceName")): option.get("Value")
        for option in handler._get_param("OptionSettings") or []
    }


def tags(handler: EBResponse) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in handler._get_param("Tags") or []}


def naive(moment: datetime | None) -> datetime | None:
    """moto compares times without a zone, in UTC."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment and moment.tzinfo else moment
