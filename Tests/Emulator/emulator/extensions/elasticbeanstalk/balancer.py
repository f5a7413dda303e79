"""The resources before the instances of a load-balanced environment: a load balancer, its security group, listener and
targets."""

from __future__ import annotations

from moto.ec2.models import ec2_backends
from moto.elasticbeanstalk.exceptions import InvalidParameterValueError
from moto.elbv2.models import elbv2_backends

from . import options
from .state import UPPER, Environment, Options, random_text


def make(account: str, region: str, environment: Environment, vpc: str, settings: Options, tags: dict[str, str]) -> None:
    """An Application Load Balancer, the only supported type."""
    if options.value(settings, options.ENVIRONMENT, "LoadBalancerType") != "application":
        raise InvalidParameterValueError("LoadBalancerType must be 'application'.")
    ec2, elbv2 = ec2_backends[account][region], elbv2_backends[account][region]
    group = ec2.create_security_group(
        f"{environment.stack}-AWSEBLoadBalancerSecurityGroup-{random_text(12, UPPER)}",
        "Load Balancer Security Group",
        vpc_id=vpc,
        tags=tags,
    )
    ec2.authorize_security_group_ingress(group.id, "tcp", "80", "80", ip_ranges=[{"CidrIp": "0.0.0.0/0"}])
    subnets = options.value(settings, options.VPC, "ELBSubnets") or options.value(settings, options.VPC, "Subnets")
    scheme = "internal" if options.value(settings, options.VPC, "ELBScheme") == "internal" else "internet-facing"
    listed = [{"Key": name, "Value": value} for name, value in tags.items()]
    balancer = elbv2.create_load_balancer(
        f"awseb-AWSEB-{random_text(13, UPPER)}",
        [group.id],
        subnets.split(","),
        scheme=scheme,
        loadbalancer_type="application",
        tags=listed,
    )
    targets = elbv2.create_target_group(
        f"awseb-AWSEB-{random_text(13, UPPER)}",
        vpc_id=vpc,
        protocol="HTTP",
        protocol_version="HTTP1",
        port=80,
        healthcheck_path=options.value(settings, options.PROCESS, "HealthCheckPath"),
        healthcheck_interval_seconds=15,
        healthcheck_timeout_seconds=5,
        healthy_threshold_count=3,
        unhealthy_threshold_count=5,
        target_type="instance",
        tags=listed,
    )
    forward = {
        "Type": "forward",
        "TargetGroupArn": targets.arn,
        "Order": 1,
        "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": targets.arn, "Weight": 1}]},
    }
    elbv2.create_listener(balancer.arn, "HTTP", 80, None, None, [forward])
    environment.load_balancer, environment.target_group = balancer.arn, targets.arn
    environment.load_balancer_group = group.id
    environment.endpoint_url = balancer.dns_name


def delete(account: str, region: str, environment: Environment) -> None:
    """Runs after the instances are gone, and the security group that names the load balancer's."""
    elbv2 = elbv2_backends[account][region]
    elbv2.delete_load_balancer(environment.load_balancer)
    elbv2.delete_target_group(environment.target_group)
    ec2_backends[account][region].delete_security_group(group_id=environment.load_balancer_group)
