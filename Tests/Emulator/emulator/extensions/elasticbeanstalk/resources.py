"""The resources of an environment: its security group, launch template, Auto Scaling group, instances, cluster, and
their roles."""

from __future__ import annotations

import base64

from moto.autoscaling.models import autoscaling_backends
from moto.core.types import Base64EncodedString
from moto.ec2.models import ec2_backends
from moto.ecs.models import ecs_backends
from moto.logs.models import logs_backends

from ...secrets import planted
from . import balancer, options
from .state import UPPER, Environment, Options, random_text

LOGS = ("eb-ecs-mgr.log", "eb-engine.log", "eb-hooks.log", "ecs/ecs-agent.log", "docker-events.log")


class Resources:
    """Creates, finds and deletes the resources of one environment."""

    def __init__(self, account: str, region: str, environment: Environment):
        self.account = account
        self.region = region
        self.environment = environment
        self.ec2 = ec2_backends[account][region]
        self.ecs = ecs_backends[account][region]
        self.autoscaling = autoscaling_backends[account][region]
        self.logs = logs_backends[account][region]

    @property
    def tags(self) -> dict[str, str]:
        environment = self.environment
        return {
            "Name": environment.name,
            "elasticbeanstalk:environment-id": environment.id,
            "elasticbeanstalk:environment-name": environment.name,
            "aws:cloudformation:stack-name": environment.stack,
            **environment.tags,
        }

    def make(self, settings: Options) -> None:
        environment = self.environment
        vpc = options.value(settings, options.VPC, "VPCId") or self.ec2.default_vpc.id
        group = self.ec2.create_security_group(
            f"{environment.stack}-AWSEBSecurityGroup-{random_text(12, UPPER)}",
            "SecurityGroup for ElasticBeanstalk environment.",
            vpc_id=vpc,
            tags=self.tags,
        )
        source = {"ip_ranges": [{"CidrIp": "0.0.0.0/0"}]}
        if options.is_balanced(settings):
            balancer.make(self.account, self.region, environment, vpc, settings, self.tags)
            source = {"ip_ranges": [], "source_groups": [{"GroupId": environment.load_balancer_group}]}
        self.ec2.authorize_security_group_ingress(group.id, "tcp", "80", "80", **source)
        environment.security_group = group.id
        self.make_instances(settings)
        environment.cluster = f"awseb-{environment.name}-{random_text(10)}"
        environment.family = environment.cluster
        self.ecs.create_cluster(environment.cluster, tags=[])
        for instance in self.instances():
            self.ecs.register_container_instance(environment.cluster, instance.id)
        if options.value(settings, "aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs") == "true":
            for log in LOGS:
                self.make_log_group(f"/aws/elasticbeanstalk/{environment.name}/var/log/{log}", settings)
        if options.value(settings, "aws:elasticbeanstalk:cloudwatch:logs:health", "HealthStreamingEnabled") == "true":
            self.make_log_group(f"/aws/elasticbeanstalk/{environment.name}/environment-health.log", settings)

    def make_instances(self, settings: Options) -> None:
        environment = self.environment
        profile = options.value(settings, options.LAUNCH, "IamInstanceProfile")
        extra = options.value(settings, options.LAUNCH, "SecurityGroups") or ""
        template = self.ec2.create_launch_template(
            f"AWSEBEC2LaunchTemplate_{random_text(12)}",
            "",
            {
                "ImageId": options.value(settings, options.LAUNCH, "ImageId"),
                "InstanceType": options.value(settings, options.LAUNCH, "InstanceType"),
                "IamInstanceProfile": {"Name": profile},
                "SecurityGroupIds": [environment.security_group, *filter(None, extra.split(","))],
                "UserData": Base64EncodedString(base64.b64encode(user_data(environment).encode()).decode()),
                "MetadataOptions": {"HttpTokens": "required"},
            },
            {"launch-template": self.tags},
        )
        environment.launch_template = template.id
        subnets = options.value(settings, options.VPC, "Subnets")
        default_subnets = [subnet.id for subnet in self.ec2.get_default_subnets().values()]
        group = self.autoscaling.create_auto_scaling_group(
            name=f"{environment.stack}-AWSEBAutoScalingGroup-{random_text(12, UPPER)}",
            availability_zones=[],
            desired_capacity=int(options.value(settings, "aws:autoscaling:asg", "MinSize")),
            max_size=options.value(settings, "aws:autoscaling:asg", "MaxSize"),
            min_size=options.value(settings, "aws:autoscaling:asg", "MinSize"),
            launch_config_name=None,
            launch_template={"LaunchTemplateId": template.id, "Version": "1"},
            vpc_zone_identifier=subnets or ",".join(default_subnets),
            default_cooldown=options.value(settings, "aws:autoscaling:asg", "Cooldown"),
            health_check_period=0,
            health_check_type="EC2",
            load_balancers=[],
            target_group_arns=[environment.target_group] if environment.target_group else [],
            placement_group=None,
            termination_policies=[],
            tags=[{"Key": name, "Value": value, "PropagateAtLaunch": True} for name, value in self.tags.items()],
        )
        environment.auto_scaling_group = group.name
        for instance in self.instances():
            if profile:
                self.ec2.associate_iam_instance_profile(instance.id, iam_instance_profile_name=profile)
            if environment.load_balancer:
                continue
            address = self.ec2.allocate_address("vpc", tags=self.tags)
            self.ec2.associate_address(instance=instance, allocation_id=address.allocation_id)
            environment.endpoint_url = address.public_ip

    def make_log_group(self, name: str, settings: Options) -> None:
        if name in self.logs.groups:
            return  # An environment of the same name left it, with DeleteOnTerminate=false.
        self.logs.create_log_group(name, {})
        days = options.value(settings, "aws:elasticbeanstalk:cloudwatch:logs", "RetentionInDays")
        self.logs.put_retention_policy(name, int(days))

    def instances(self) -> list:
        group = self.autoscaling.autoscaling_groups.get(self.environment.auto_scaling_group)
        return [state.instance for state in group.instance_states] if group else []

    def run(self, definitions: list[dict], properties: dict[str, str], volumes: list[dict]) -> None:
        """Registers a task definition and replaces the running tasks by it."""
        environment = self.environment
        injected = [{"name": name, "value": value} for name, value in sorted(properties.items())]
        containers = [
            {**definition, "environment": definition.get("environment", []) + injected} for definition in definitions
        ]
        registered = self.ecs.register_task_definition(environment.family, containers, volumes=volumes)
        for task in self.running_tasks():
            self.ecs.stop_task(environment.cluster, task.task_arn, "Task replaced by a deployment")
        self.ecs.run_task(environment.cluster, registered.arn, len(self.instances()), None, "", [], "EC2")

    def running_tasks(self) -> list:
        tasks = self.ecs.tasks.get(self.environment.cluster, {}).values()
        return [task for task in tasks if task.desired_status == "RUNNING"]

    def delete(self) -> None:
        environment = self.environment
        for task in self.running_tasks():
            self.ecs.stop_task(environment.cluster, task.task_arn, "Environment terminated")
        for instance in self.instances():
            for address in [held for held in self.ec2.addresses if held.instance is instance]:
                self.ec2.release_address(allocation_id=address.allocation_id)
        self.ecs.tasks.pop(environment.cluster, None)
        self.ecs.container_instances.pop(environment.cluster, None)
        self.ecs.clusters.pop(environment.cluster, None)
        if environment.auto_scaling_group in self.autoscaling.autoscaling_groups:
            self.autoscaling.delete_auto_scaling_group(environment.auto_scaling_group)
        if environment.launch_template in self.ec2.launch_templates:
            self.ec2.delete_launch_template(None, environment.launch_template)
        self.ec2.delete_security_group(group_id=environment.security_group)
        if environment.load_balancer:
            balancer.delete(self.account, self.region, environment)


def user_data(environment: Environment) -> str:
    return f"""#!/bin/bash
# bootstrap of {environment.name} ({environment.id})
export AWS_SESSION_TOKEN='{planted("user-data")}'
/opt/elasticbeanstalk/bin/eb-bootstrap --stack {environment.stack}
"""
