"""The options of an environment on ECS and Amazon Linux 2, and the precedence of their sources.

Names and defaults: "General options for all environments" and "Platform specific options" of the Elastic Beanstalk
developer guide.
"""

from __future__ import annotations

from ..ec2 import PLATFORM_IMAGE
from .state import Environment, Key, Options

PROPERTIES = "aws:elasticbeanstalk:application:environment"
TEMPLATE = "aws:cloudformation:template:parameter"
VPC = "aws:ec2:vpc"
LAUNCH = "aws:autoscaling:launchconfiguration"
ENVIRONMENT = "aws:elasticbeanstalk:environment"
PROCESS = "aws:elasticbeanstalk:environment:process:default"

# Namespaces that Elastic Beanstalk answers with the CloudFormation resource that they configure.
RESOURCES = {
    "aws:autoscaling:asg": "AWSEBAutoScalingGroup",
    "aws:autoscaling:updatepolicy:rollingupdate": "AWSEBAutoScalingGroup",
    LAUNCH: "AWSEBAutoScalingLaunchConfiguration",
}

DEFAULTS: dict[str, dict[str, str | None]] = {
    "aws:autoscaling:asg": {
        "Availability Zones": "Any",
        "Cooldown": "360",
        "Custom Availability Zones": "",
        "EnableCapacityRebalancing": "false",
        "MaxSize": "1",
        "MinSize": "1",
    },
    LAUNCH: {
        "BlockDeviceMappings": None,
        "DisableDefaultEC2SecurityGroup": "false",
        "DisableIMDSv1": "true",
        "EC2KeyName": None,
        "IamInstanceProfile": None,
        "ImageId": PLATFORM_IMAGE,
        "InstanceType": "t3.micro",
        "LaunchTemplateTagPropagationEnabled": "false",
        "MonitoringInterval": "5 minute",
        "RootVolumeIOPS": None,
        "RootVolumeSize": None,
        "RootVolumeThroughput": None,
        "RootVolumeType": None,
        "SSHSourceRestriction": "tcp,22,22,0.0.0.0/0",
        "SecurityGroups": "",
    },
    "aws:autoscaling:updatepolicy:rollingupdate": {
        "MaxBatchSize": None,
        "MinInstancesInService": None,
        "PauseTime": None,
        "RollingUpdateEnabled": "false",
        "RollingUpdateType": "Time",
        "Timeout": "PT30M",
    },
    TEMPLATE: {"InstancePort": "80"},
    "aws:ec2:instances": {
        "EnableSpot": "false",
        "InstanceTypes": "t3.micro",
        "SpotFleetOnDemandAboveBasePercentage": "0",
        "SpotFleetOnDemandBase": "0",
        "SpotMaxPrice": None,
        "SupportedArchitectures": "x86_64",
    },
    VPC: {
        "AssociatePublicIpAddress": None,
        "ELBScheme": "public",
        "ELBSubnets": None,
        "Subnets": None,
        "VPCId": None,
    },
    "aws:elasticbeanstalk:application": {"Application Healthcheck URL": ""},
    "aws:elasticbeanstalk:cloudwatch:logs": {
        "DeleteOnTerminate": "false",
        "RetentionInDays": "7",
        "StreamLogs": "false",
    },
    "aws:elasticbeanstalk:cloudwatch:logs:health": {
        "DeleteOnTerminate": "false",
        "HealthStreamingEnabled": "false",
        "RetentionInDays": "7",
    },
    "aws:elasticbeanstalk:command": {
        "BatchSize": "100",
        "BatchSizeType": "Percentage",
        "DeploymentPolicy": "AllAtOnce",
        "IgnoreHealthCheck": "false",
        "Timeout": "600",
    },
    "aws:elasticbeanstalk:control": {
        "DefaultSSHPort": "22",
        "LaunchTimeout": "0",
        "LaunchType": "Migration",
        "RollbackLaunchOnFailure": "false",
    },
    ENVIRONMENT: {
        "EnvironmentType": "SingleInstance",
        "ExternalExtensionsS3Bucket": None,
        "ExternalExtensionsS3Key": None,
        "ServiceRole": None,
    },
    "aws:elasticbeanstalk:environment:proxy": {"ProxyServer": "none"},
    "aws:elasticbeanstalk:healthreporting:system": {
        "ConfigDocument": '{"Version":1,"CloudWatchMetrics":{"Instance":{},"Environment":{}},"Rules":{"Environment":'
        '{"Application":{"ApplicationRequests4xx":{"Enabled":true}},"ELB":{"ELBRequests4xx":{"Enabled":true}}}}}',
        "EnhancedHealthAuthEnabled": "true",
        "HealthCheckSuccessThreshold": "Ok",
        "SystemType": "enhanced",
    },
    "aws:elasticbeanstalk:hostmanager": {"LogPublicationControl": "false"},
    "aws:elasticbeanstalk:managedactions": {
        "ManagedActionsEnabled": "false",
        "PreferredStartTime": None,
        "ServiceRoleForManagedUpdates": None,
    },
    "aws:elasticbeanstalk:managedactions:platformupdate": {"InstanceRefreshEnabled": "false", "UpdateLevel": None},
    "aws:elasticbeanstalk:monitoring": {"Automatically Terminate Unhealthy Instances": "true"},
    "aws:elasticbeanstalk:sns:topics": {
        "Notification Endpoint": None,
        "Notification Protocol": "email",
        "Notification Topic ARN": None,
        "Notification Topic Name": None,
    },
    "aws:elasticbeanstalk:xray": {"XRayEnabled": "false"},
    "aws:rds:dbinstance": {"HasCoupledDatabase": "false"},
}


# Additional options of an environment with an Application Load Balancer.
BALANCED: dict[str, dict[str, str | None]] = {
    ENVIRONMENT: {"LoadBalancerIsShared": "false"},
    PROCESS: {
        "DeregistrationDelay": "20",
        "HealthCheckInterval": "15",
        "HealthCheckPath": "/",
        "HealthCheckTimeout": "5",
        "HealthyThresholdCount": "3",
        "MatcherHTTPCode": None,
        "Port": "80",
        "Protocol": "HTTP",
        "StickinessEnabled": "false",
        "StickinessLBCookieDuration": "86400",
        "StickinessType": "lb_cookie",
        "UnhealthyThresholdCount": "5",
    },
    "aws:elbv2:listener:default": {
        "DefaultProcess": "default",
        "ListenerEnabled": "true",
        "Protocol": "HTTP",
        "Rules": None,
        "SSLCertificateArns": None,
        "SSLPolicy": None,
    },
    "aws:elbv2:loadbalancer": {
        "AccessLogsS3Bucket": None,
        "AccessLogsS3Enabled": "false",
        "AccessLogsS3Prefix": None,
        "IdleTimeout": None,
        "ManagedSecurityGroup": None,
        "SecurityGroups": None,
    },
}


def key(namespace: str, name: str, resource: str | None = None) -> Key:
    return (resource or RESOURCES.get(namespace, ""), namespace, name)


def defaults(of: dict[str, dict[str, str | None]] = DEFAULTS) -> Options:
    return {key(namespace, name): value for namespace, names in of.items() for name, value in names.items()}


def is_balanced(options: Options) -> bool:
    return value(options, ENVIRONMENT, "EnvironmentType") == "LoadBalanced"


def effective(environment: Environment, extensions: Options, generated: Options) -> Options:
    """All options in the form of DescribeConfigurationSettings: the API takes precedence over .ebextensions, and these
    over defaults."""
    merged = {**defaults(), **extensions, **environment.chosen}
    if is_balanced(merged):
        merged = {**defaults(BALANCED), **merged}
    kind = merged.get(key(LAUNCH, "InstanceType"))
    merged[key("aws:ec2:instances", "InstanceTypes")] = kind
    properties = [(name, value) for (_, namespace, name), value in merged.items() if namespace == PROPERTIES]
    merged[key(TEMPLATE, "EnvironmentVariables")] = ",".join(f"{name}={value}" for name, value in sorted(properties))
    merged[key(TEMPLATE, "InstanceTypeFamily")] = (kind or "").partition(".")[0]
    merged.update(generated)
    return dict(sorted(merged.items(), key=lambda option: (option[0][1], option[0][2], option[0][0])))


def value(options: Options, namespace: str, name: str) -> str | None:
    return options.get(key(namespace, name))


def described(options: Options) -> list[tuple[str, str, str | None, bool]]:
    """Each option that the environment knows: namespace, name, default, and whether a user defined it."""
    known = {**defaults(), **(defaults(BALANCED) if is_balanced(options) else {})}
    named = {(namespace, name): (known.get((resource, namespace, name)), (resource, namespace, name) not in known)
             for resource, namespace, name in options if namespace != TEMPLATE}
    return [(namespace, name, default, made_up) for (namespace, name), (default, made_up) in sorted(named.items())]
