"""`show` prints what boto3 returns about networks, instances, alarms and roles, after the documented cuts."""

import json

from parity import cut, described, shown  # noqa: F401


def test_every_security_group_equals_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    groups = {identity for kind, identity in shown if kind == "ec2.security-group"}
    answers = stack.client("ec2").describe_security_groups(GroupIds=sorted(groups))["SecurityGroups"]
    assert {answer["GroupId"] for answer in answers} == groups != set()
    for answer in answers:
        assert cut(shown["ec2.security-group", answer["GroupId"]]) == described("ec2.security-group", answer)


def test_the_network_equals_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    ec2 = stack.client("ec2")

    def identities(kind):
        return sorted(identity for found, identity in shown if found == kind)

    (vpc,) = identities("ec2.vpc")
    answers = {("ec2.vpc", vpc): ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]}
    for subnet in ec2.describe_subnets(SubnetIds=identities("ec2.subnet"))["Subnets"]:
        answers["ec2.subnet", subnet["SubnetId"]] = subnet
    for table in ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]:
        answers["ec2.route-table", f"{vpc}/{table['RouteTableId']}"] = table
    for gateway in ec2.describe_internet_gateways(InternetGatewayIds=identities("ec2.internet-gateway"))[
        "InternetGateways"
    ]:
        answers["ec2.internet-gateway", gateway["InternetGatewayId"]] = gateway
    network = ("ec2.vpc", "ec2.subnet", "ec2.route-table", "ec2.internet-gateway")
    assert set(answers) == {one for one in shown if one[0] in network}
    for (kind, identity), answer in answers.items():
        assert cut(shown[kind, identity]) == described(kind, answer)


def test_the_instance_and_its_group_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    answer = stack.client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"][0]
    name = answer["AutoScalingGroupName"]
    kind = "autoscaling.auto-scaling-group"
    assert cut(shown[kind, name]) == described(kind, answer)
    instance = stack.instance_id()
    answer = stack.client("ec2").describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    # The progress of attaching is removed from the inner lists too.
    del answer["MetadataOptions"]["State"]
    for device in answer["BlockDeviceMappings"]:
        del device["Ebs"]["AttachTime"], device["Ebs"]["Status"]
    for interface in answer["NetworkInterfaces"]:
        del interface["Status"], interface["Attachment"]["AttachTime"], interface["Attachment"]["Status"]
    assert cut(shown["ec2.instance", instance]) == described("ec2.instance", answer)


def test_resources_outside_the_environment_are_not_shown(standing, shown):
    stack, _ = standing
    everything = stack.client("ec2").describe_security_groups()["SecurityGroups"]
    names = {answer["GroupName"] for answer in everything if ("ec2.security-group", answer["GroupId"]) in shown}
    assert len(everything) > len(names) and {name.partition("-e-")[0] for name in names} == {
        "awseb",
        "antenna-rds",
        "antenna-redis",
        "antenna-apprunner-egress",
    }


def test_alarms_and_log_groups_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    state = {
        "StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp", "StateTransitionedTimestamp",
        "AlarmConfigurationUpdatedTimestamp",
    }  # fmt: skip
    alarms = stack.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert {alarm["AlarmName"] for alarm in alarms} == {name for kind, name in shown if kind == "cloudwatch.alarm"}
    for alarm in alarms:
        expected = cut({name: value for name, value in alarm.items() if name not in state})
        assert cut(shown["cloudwatch.alarm", alarm["AlarmName"]]) == expected
    groups = stack.client("logs").describe_log_groups()["logGroups"]
    assert {group["logGroupName"] for group in groups} == {name for kind, name in shown if kind == "logs.log-group"}
    for group in groups:
        expected = cut({name: value for name, value in group.items() if name != "storedBytes"})
        assert cut(shown["logs.log-group", group["logGroupName"]]) == expected


def test_profiles_and_policies_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    iam = stack.client("iam")
    (profile,) = [identity for kind, identity in shown if kind == "iam.instance-profile"]
    answer = iam.get_instance_profile(InstanceProfileName=profile)["InstanceProfile"]
    of_profile = {"RoleName", "RoleId", "Arn", "Path", "CreateDate"}
    answer["Roles"] = [{name: role[name] for name in of_profile} for role in answer["Roles"]]
    assert cut(shown["iam.instance-profile", profile]) == cut(answer)
    policies = [identity for kind, identity in shown if kind == "iam.policy"]
    assert policies
    for arn in policies:
        answer = iam.get_policy(PolicyArn=arn)["Policy"]
        version = iam.get_policy_version(PolicyArn=arn, VersionId=answer["DefaultVersionId"])["PolicyVersion"]
        moving = {"AttachmentCount", "PermissionsBoundaryUsageCount", "UpdateDate"}
        expected = {name: value for name, value in answer.items() if name not in moving}
        assert cut(shown["iam.policy", arn]) == cut({**expected, "PolicyVersion": version})


def test_roles_equal_the_answer_of_boto3(stack, tidemark):
    iam = stack.client("iam")
    name = "aws-elasticbeanstalk-service-role"
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}
    iam.put_role_policy(RoleName=name, PolicyName="more", PolicyDocument=json.dumps(document))
    iam.tag_role(RoleName=name, Tags=[{"Key": "project", "Value": "antenna"}])
    tidemark.record("--strict")
    roles = [one for one in tidemark.show()["resources"] if one["kind"] == "iam.role"]
    shown = {one["identity"]: one["description"] for one in roles}
    for role in ("aws-elasticbeanstalk-ec2-role", name):
        answer = iam.get_role(RoleName=role)["Role"]
        answer.pop("RoleLastUsed", None)
        inline = []
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
            found = iam.get_role_policy(RoleName=role, PolicyName=policy)
            inline.append({key: value for key, value in found.items() if key != "ResponseMetadata"})
        expected = {
            **answer,
            "AttachedManagedPolicies": iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"],
            "RolePolicyList": inline,
        }
        assert cut(shown[role]) == cut(expected)
    assert len(inline) == 1
