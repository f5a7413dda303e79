"""The operations of Elastic Beanstalk, added to moto's response class."""

from __future__ import annotations

from datetime import datetime, timezone

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.elasticbeanstalk.exceptions import InvalidParameterValueError
from moto.elasticbeanstalk.models import eb_backends
from moto.elasticbeanstalk.responses import EBResponse

from . import options, shapes
from .backend import Beanstalk
from .state import Environment, Options

SEVERITIES = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")


def install() -> None:
    eb_backends.backend = Beanstalk
    for name, operation in OPERATIONS.items():
        setattr(EBResponse, name, operation)


def create_application(ask: EBResponse) -> ActionResult:
    application = ask.elasticbeanstalk_backend.create_application(
        ask._get_param("ApplicationName"), ask._get_param("Description"), tags(ask)
    )
    return ActionResult({"Application": shapes.application(application)})


def describe_applications(ask: EBResponse) -> ActionResult:
    names = ask._get_param("ApplicationNames")
    found = [one for one in ask.elasticbeanstalk_backend.applications.values() if not names or one.name in names]
    return ActionResult({"Applications": [shapes.application(one) for one in found]})


def delete_application(ask: EBResponse) -> ActionResult:
    backend, name = ask.elasticbeanstalk_backend, ask._get_param("ApplicationName")
    live = [one for one in backend.environments if one.application == name and one.status != "Terminated"]
    if live and not ask._get_bool_param("TerminateEnvByForce"):
        raise InvalidParameterValueError(f"Unable to delete application {name} because it has running environments.")
    for environment in live:
        backend.terminate(environment)
    backend.applications.pop(name, None)
    return EmptyResult()


def create_application_version(ask: EBResponse) -> ActionResult:
    bundle = ask._get_param("SourceBundle") or {}
    version = ask.elasticbeanstalk_backend.create_version(
        ask._get_param("ApplicationName"),
        ask._get_param("VersionLabel"),
        ask._get_param("Description"),
        bundle.get("S3Bucket"),
        bundle.get("S3Key"),
        bool(ask._get_bool_param("Process")),
    )
    return ActionResult({"ApplicationVersion": shapes.version(version)})


def describe_application_versions(ask: EBResponse) -> ActionResult:
    name, labels = ask._get_param("ApplicationName"), ask._get_param("VersionLabels")
    applications = ask.elasticbeanstalk_backend.applications
    found = [
        version
        for application in applications.values()
        if name in (None, application.name)
        for version in application.versions.values()
        if not labels or version.label in labels
    ]
    found.sort(key=lambda version: version.created, reverse=True)
    return ActionResult({"ApplicationVersions": [shapes.version(version) for version in found]})


def delete_application_version(ask: EBResponse) -> ActionResult:
    ask.elasticbeanstalk_backend.delete_version(ask._get_param("ApplicationName"), ask._get_param("VersionLabel"))
    return EmptyResult()


def create_environment(ask: EBResponse) -> ActionResult:
    environment = ask.elasticbeanstalk_backend.create_environment(
        ask._get_param("ApplicationName"),
        ask._get_param("EnvironmentName"),
        ask._get_param("VersionLabel"),
        ask._get_param("Description"),
        ask._get_param("CNAMEPrefix"),
        ask._get_param("SolutionStackName"),
        option_settings(ask),
        tags(ask),
    )
    return ActionResult(shapes.environment(environment))


def update_environment(ask: EBResponse) -> ActionResult:
    removed = [
        options.key(option["Namespace"], option["OptionName"], option.get("ResourceName"))
        for option in ask._get_param("OptionsToRemove") or []
    ]
    environment = ask.elasticbeanstalk_backend.update_environment(
        chosen(ask), ask._get_param("VersionLabel"), ask._get_param("Description"), option_settings(ask), removed
    )
    return ActionResult(shapes.environment(environment))


def terminate_environment(ask: EBResponse) -> ActionResult:
    environment = ask.elasticbeanstalk_backend.terminate(chosen(ask))
    return ActionResult({**shapes.environment(environment), "Status": "Terminating"})


def describe_environments(ask: EBResponse) -> ActionResult:
    names, ids = ask._get_param("EnvironmentNames"), ask._get_param("EnvironmentIds")
    application, label = ask._get_param("ApplicationName"), ask._get_param("VersionLabel")
    deleted, since = ask._get_bool_param("IncludeDeleted"), naive(ask._get_param("IncludedDeletedBackTo"))
    found = [
        one
        for one in ask.elasticbeanstalk_backend.environments
        if (not names or one.name in names)
        and (not ids or one.id in ids)
        and application in (None, one.application)
        and label in (None, one.label)
        and (one.status != "Terminated" or (deleted and (since is None or one.updated >= since)))
    ]
    return ActionResult({"Environments": [shapes.environment(one) for one in found]})


def describe_configuration_settings(ask: EBResponse) -> ActionResult:
    environment = ask.elasticbeanstalk_backend.find(ask._get_param("EnvironmentName"))
    if environment.application != ask._get_param("ApplicationName"):
        raise InvalidParameterValueError(f"No Environment found for EnvironmentName = '{environment.name}'.")
    sets = [shapes.configuration(environment, held) for held in environment.configurations]
    return ActionResult({"ConfigurationSettings": sets})


def describe_configuration_options(ask: EBResponse) -> ActionResult:
    environment = ask.elasticbeanstalk_backend.find(ask._get_param("EnvironmentName"))
    if environment.application != ask._get_param("ApplicationName"):
        raise InvalidParameterValueError(f"No Environment found for EnvironmentName = '{environment.name}'.")
    deployed = environment.configurations[0].options
    return ActionResult(
        {
            "SolutionStackName": environment.solution_stack,
            "PlatformArn": environment.platform_arn,
            "Options": [shapes.option(*described) for described in options.described(deployed)],
        }
    )


def describe_platform_version(ask: EBResponse) -> ActionResult:
    arn = ask._get_param("PlatformArn")
    if arn not in {environment.platform_arn for environment in ask.elasticbeanstalk_backend.environments}:
        raise InvalidParameterValueError(f"No platform version found with ARN '{arn}'.")
    return ActionResult({"PlatformDescription": shapes.platform(arn)})


def describe_environment_managed_actions(ask: EBResponse) -> ActionResult:
    environment = chosen(ask)
    return ActionResult({"ManagedActions": [shapes.managed_action(one) for one in environment.managed_actions]})


def describe_environment_resources(ask: EBResponse) -> ActionResult:
    environment = chosen(ask)
    instances = ask.elasticbeanstalk_backend.resources(environment).instances()
    return ActionResult({"EnvironmentResources": shapes.resources(environment, instances)})


def describe_environment_health(ask: EBResponse) -> ActionResult:
    environment = chosen(ask)
    wanted = ask._get_param("AttributeNames") or []
    return ActionResult(shapes.health(environment, wanted, utcnow()))


def describe_instances_health(ask: EBResponse) -> ActionResult:
    environment = chosen(ask)
    instances = ask.elasticbeanstalk_backend.resources(environment).instances()
    return ActionResult(
        {
            "InstanceHealthList": [shapes.instance_health(environment, instance) for instance in instances],
            "RefreshedAt": utcnow(),
        }
    )


def describe_events(ask: EBResponse) -> ActionResult:
    backend: Beanstalk = ask.elasticbeanstalk_backend
    name, id = ask._get_param("EnvironmentName"), ask._get_param("EnvironmentId")
    if id is not None:
        name = next((one.name for one in backend.environments if one.id == id), "")
    least = SEVERITIES.index(ask._get_param("Severity") or "TRACE")
    start, end = naive(ask._get_param("StartTime")), naive(ask._get_param("EndTime"))
    found = [
        event
        for event in backend.events
        if ask._get_param("ApplicationName") in (None, event.application)
        and name in (None, event.environment)
        and ask._get_param("VersionLabel") in (None, event.label)
        and SEVERITIES.index(event.severity) >= least
        and (start is None or event.at >= start)
        and (end is None or event.at < end)
    ]
    return ActionResult({"Events": [shapes.event(event) for event in reversed(found)]})


def list_tags_for_resource(ask: EBResponse) -> ActionResult:
    arn = ask._get_param("ResourceArn")
    held = ask.elasticbeanstalk_backend.tags_of(arn)
    return ActionResult(
        {"ResourceArn": arn, "ResourceTags": [{"Key": name, "Value": value} for name, value in sorted(held.items())]}
    )


def update_tags_for_resource(ask: EBResponse) -> ActionResult:
    held = ask.elasticbeanstalk_backend.tags_of(ask._get_param("ResourceArn"))
    for tag in ask._get_param("TagsToAdd") or []:
        held[tag["Key"]] = tag["Value"]
    for name in ask._get_param("TagsToRemove") or []:
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


def chosen(ask: EBResponse) -> Environment:
    name, id = ask._get_param("EnvironmentName"), ask._get_param("EnvironmentId")
    if name is None and id is None:
        raise InvalidParameterValueError("EnvironmentName or EnvironmentId must be specified.")
    return ask.elasticbeanstalk_backend.find(name, id)


def option_settings(ask: EBResponse) -> Options:
    return {
        options.key(option["Namespace"], option["OptionName"], option.get("ResourceName")): option.get("Value")
        for option in ask._get_param("OptionSettings") or []
    }


def tags(ask: EBResponse) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in ask._get_param("Tags") or []}


def naive(moment: datetime | None) -> datetime | None:
    """moto compares times without a zone, in UTC."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment and moment.tzinfo else moment
