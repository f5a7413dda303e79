"""A load-balanced environment: Elastic Beanstalk creates and deletes its load balancer."""

import pytest
from botocore.exceptions import ClientError

ENVIRONMENT = "balanced"


def create(stack, more={}):
    ec2 = stack.client("ec2")
    subnets = [one["SubnetId"] for one in ec2.describe_subnets()["Subnets"]][:2]
    chosen = {
        ("aws:elasticbeanstalk:environment", "EnvironmentType"): "LoadBalanced",
        ("aws:elasticbeanstalk:environment", "LoadBalancerType"): "application",
        ("aws:autoscaling:asg", "MinSize"): "2",
        ("aws:autoscaling:asg", "MaxSize"): "4",
        ("aws:ec2:vpc", "Subnets"): ",".join(subnets),
        **more,
    }
    stack.client("elasticbeanstalk").create_environment(
        ApplicationName=stack.application,
        EnvironmentName=ENVIRONMENT,
        SolutionStackName="64bit Amazon Linux 2 v3.5.0 running ECS",
        OptionSettings=[
            {"Namespace": namespace, "OptionName": name, "Value": value} for (namespace, name), value in chosen.items()
        ],
    )
    return subnets


def resources(stack):
    eb = stack.client("elasticbeanstalk")
    return eb.describe_environment_resources(EnvironmentName=ENVIRONMENT)["EnvironmentResources"]


def test_the_load_balancer_forwards_to_the_group_in_two_zones(stack):
    subnets = create(stack)
    elbv2, ec2, made = stack.client("elbv2"), stack.client("ec2"), resources(stack)
    (balancer,) = elbv2.describe_load_balancers(LoadBalancerArns=[made["LoadBalancers"][0]["Name"]])["LoadBalancers"]
    assert {zone["SubnetId"] for zone in balancer["AvailabilityZones"]} == set(subnets)
    (listener,) = elbv2.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    (group,) = stack.client("autoscaling").describe_auto_scaling_groups(
        AutoScalingGroupNames=[made["AutoScalingGroups"][0]["Name"]]
    )["AutoScalingGroups"]
    assert [listener["DefaultActions"][0]["TargetGroupArn"]] == group["TargetGroupARNs"]
    instances = [one["Id"] for one in made["Instances"]]
    held = ec2.describe_instances(InstanceIds=instances)["Reservations"]
    assert {one["SubnetId"] for reservation in held for one in reservation["Instances"]} == set(subnets)
    (environment,) = stack.client("elasticbeanstalk").describe_environments(EnvironmentNames=[ENVIRONMENT])["Environments"]
    assert environment["EndpointURL"] == balancer["DNSName"]


def test_the_instances_can_only_be_reached_through_the_load_balancer(stack):
    create(stack)
    ec2, made = stack.client("ec2"), resources(stack)
    balancer = stack.client("elbv2").describe_load_balancers(LoadBalancerArns=[made["LoadBalancers"][0]["Name"]])
    (front,) = balancer["LoadBalancers"][0]["SecurityGroups"]
    (reservation, *_) = ec2.describe_instances(InstanceIds=[made["Instances"][0]["Id"]])["Reservations"]
    (group,) = reservation["Instances"][0]["SecurityGroups"]
    (rule,) = ec2.describe_security_groups(GroupIds=[group["GroupId"]])["SecurityGroups"][0]["IpPermissions"]
    assert [pair["GroupId"] for pair in rule["UserIdGroupPairs"]] == [front] and rule["IpRanges"] == []


def test_the_load_balancer_is_deleted_with_the_environment(stack):
    elbv2, ec2 = stack.client("elbv2"), stack.client("ec2")
    groups = {one["GroupId"] for one in ec2.describe_security_groups()["SecurityGroups"]}
    create(stack)
    stack.client("elasticbeanstalk").terminate_environment(EnvironmentName=ENVIRONMENT)
    assert elbv2.describe_load_balancers()["LoadBalancers"] == [] == elbv2.describe_target_groups()["TargetGroups"]
    assert {one["GroupId"] for one in ec2.describe_security_groups()["SecurityGroups"]} == groups


def test_other_types_of_load_balancers_are_refused(stack):
    with pytest.raises(ClientError, match="application"):
        create(stack, {("aws:elasticbeanstalk:environment", "LoadBalancerType"): "classic"})
