"""State in the shapes of the Elastic Beanstalk API."""

from __future__ import annotations

from datetime import datetime, timezone

from ..ec2 import PLATFORM_IMAGE
from .state import Application, ConfigurationSet, Environment, Event, ManagedAction, Version


def application(held: Application) -> dict:
    return {
        "ApplicationArn": held.arn,
        "ApplicationName": held.name,
        "Description": held.description,
        "DateCreated": held.created,
        "DateUpdated": held.updated,
        "Versions": list(reversed(held.versions)),
        "ConfigurationTemplates": [],
        "ResourceLifecycleConfig": {
            "VersionLifecycleConfig": {
                "MaxCountRule": {"Enabled": False, "MaxCount": 200, "DeleteSourceFromS3": False},
                "MaxAgeRule": {"Enabled": False, "MaxAgeInDays": 180, "DeleteSourceFromS3": False},
            }
        },
    }


def version(held: Version) -> dict:
    return {
        "ApplicationVersionArn": held.arn,
        "ApplicationName": held.application,
        "Description": held.description,
        "VersionLabel": held.label,
        "SourceBundle": {"S3Bucket": held.bucket, "S3Key": held.key},
        "DateCreated": held.created,
        "DateUpdated": held.updated,
        "Status": held.status,
    }


def environment(held: Environment) -> dict:
    return {
        "EnvironmentName": held.name,
        "EnvironmentId": held.id,
        "ApplicationName": held.application,
        "VersionLabel": held.label,
        "SolutionStackName": held.solution_stack,
        "PlatformArn": held.platform_arn,
        "Description": held.description,
        "EndpointURL": held.endpoint_url,
        "CNAME": held.cname,
        "DateCreated": held.created,
        "DateUpdated": held.updated,
        "Status": held.status,
        "AbortableOperationInProgress": held.status == "Updating",
        "Health": held.health,
        "HealthStatus": held.health_status,
        "Tier": {"Name": "WebServer", "Type": "Standard", "Version": "1.0"},
        "EnvironmentLinks": [],
        "EnvironmentArn": held.arn,
    }


def configuration(of: Environment, held: ConfigurationSet) -> dict:
    return {
        "SolutionStackName": of.solution_stack,
        "PlatformArn": of.platform_arn,
        "ApplicationName": of.application,
        "Description": of.description,
        "EnvironmentName": of.name,
        "DeploymentStatus": held.status,
        "DateCreated": held.created,
        "DateUpdated": held.updated,
        "OptionSettings": [
            {"ResourceName": resource or None, "Namespace": namespace, "OptionName": name, "Value": value}
            for (resource, namespace, name), value in held.options.items()
        ],
    }


def option(namespace: str, name: str, default: str | None, made_up: bool) -> dict:
    return {
        "Namespace": namespace,
        "Name": name,
        "DefaultValue": default,
        "ChangeSeverity": "NoInterruption",
        "UserDefined": made_up,
        "ValueType": "List" if name in ("SecurityGroups", "Subnets", "ELBSubnets") else "Scalar",
    }


def platform(arn: str) -> dict:
    """The description of `arn:aws:elasticbeanstalk:us-west-2::platform/ECS running on 64bit Amazon Linux 2/3.5.0`."""
    _, branch, version = arn.split("/")
    system = branch.rpartition("64bit ")[2]
    created = datetime(2025, 7, 1, tzinfo=timezone.utc)
    return {
        "PlatformArn": arn,
        "PlatformOwner": "AWSElasticBeanstalk",
        "PlatformName": branch,
        "PlatformVersion": version,
        "SolutionStackName": f"64bit {system} v{version} running {branch.partition(' running ')[0]}",
        "PlatformStatus": "Ready",
        "DateCreated": created,
        "DateUpdated": created,
        "PlatformCategory": "Docker",
        "Description": branch,
        "Maintainer": "aws-elasticbeanstalk-platforms@amazon.com",
        "OperatingSystemName": "Amazon Linux",
        "OperatingSystemVersion": system.rpartition(" ")[2],
        "ProgrammingLanguages": [],
        "Frameworks": [],
        "CustomAmiList": [{"VirtualizationType": "hvm", "ImageId": PLATFORM_IMAGE}],
        "SupportedTierList": ["WebServer/Standard", "Worker/SQS/HTTP"],
        "SupportedAddonList": ["Log/S3", "Monitor/Healthd", "WorkerDaemon/SQSD"],
        "PlatformLifecycleState": "Recommended",
        "PlatformBranchName": branch,
        "PlatformBranchLifecycleState": "Supported",
    }


def managed_action(held: ManagedAction) -> dict:
    return {
        "ActionId": held.id,
        "ActionDescription": held.description,
        "ActionType": "PlatformUpdate",
        "Status": "Scheduled",
        "WindowStartTime": held.window,
    }


def resources(of: Environment, instances: list) -> dict:
    return {
        "EnvironmentName": of.name,
        "AutoScalingGroups": [{"Name": of.auto_scaling_group}],
        "Instances": [{"Id": instance.id} for instance in instances],
        "LaunchConfigurations": [],
        "LaunchTemplates": [{"Id": of.launch_template}],
        "LoadBalancers": [{"Name": of.load_balancer}] if of.load_balancer else [],
        "Triggers": [],
        "Queues": [],
    }


def health(of: Environment, wanted: list[str], now: datetime) -> dict:
    everything = {
        "Status": of.status,
        "Color": of.health,
        "HealthStatus": of.health_status,
        "Causes": of.causes,
        "ApplicationMetrics": {"Duration": 10, "RequestCount": 0},
        "InstancesHealth": {
            "NoData": 0,
            "Unknown": 0,
            "Pending": 0,
            "Ok": int(of.health == "Green"),
            "Info": 0,
            "Warning": 0,
            "Degraded": int(of.health == "Red"),
            "Severe": 0,
        },
        "RefreshedAt": now,
    }
    kept = set(everything) if "All" in wanted else {*wanted, "RefreshedAt"}
    return {"EnvironmentName": of.name, **{name: value for name, value in everything.items() if name in kept}}


def instance_health(of: Environment, instance) -> dict:
    last = of.deployments[-1] if of.deployments else None
    return {
        "InstanceId": instance.id,
        "HealthStatus": of.health_status,
        "Color": of.health,
        "Causes": of.causes,
        "LaunchedAt": instance.launch_time,
        "AvailabilityZone": instance.placement.zone,
        "InstanceType": instance.instance_type,
        "Deployment": last
        and {
            "VersionLabel": last.label,
            "DeploymentId": last.number,
            "Status": last.status,
            "DeploymentTime": last.at,
        },
    }


def event(held: Event) -> dict:
    return {
        "EventDate": held.at,
        "Message": held.message,
        "ApplicationName": held.application,
        "VersionLabel": held.label,
        "EnvironmentName": held.environment,
        "PlatformArn": held.platform_arn,
        "RequestId": held.request_id,
        "Severity": held.severity,
    }
