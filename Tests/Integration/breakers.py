"""Breaks that the tests of more than one baseline use."""

from __future__ import annotations

from breaks import answered, changed
from emulator import names
from emulator.stack import network_of, policy_document


def option(namespace, name, value):
    def alter(result, _):
        for settings in result["ConfigurationSettings"]:
            for one in settings["OptionSettings"]:
                if (one["Namespace"], one["OptionName"]) == (namespace, name):
                    one["Value"] = value

    return answered(DescribeConfigurationSettings=alter)


def first(operation, list, **members):
    """Changes members of the first element of an operation's list."""
    return answered(**{operation: lambda result, _: result[list][0].update(members)})


# By operation: the list in its answer, the member that identifies an element, and the name of its value in `names`.
IDENTIFIED = {
    "DescribeEnvironments": ("Environments", "EnvironmentName", "ENVIRONMENT"),
    "DescribeDBInstances": ("DBInstances", "DBInstanceIdentifier", "DATABASE"),
    "DescribeDBSubnetGroups": ("DBSubnetGroups", "DBSubnetGroupName", "DATABASE_SUBNETS"),
    "DescribeReplicationGroups": ("ReplicationGroups", "ReplicationGroupId", "REDIS"),
    "DescribeCacheSubnetGroups": ("CacheSubnetGroups", "CacheSubnetGroupName", "REDIS_SUBNETS"),
}


def own(operation, **members):
    """Changes members of the environment's own element, where the answer may list another environment's too.

    A member that is a function gets the stack.
    """
    list, identifier, name = IDENTIFIED[operation]

    def alter(result, stack):
        for one in result[list]:
            if one[identifier] == getattr(names, name):
                one.update({key: value(stack) if callable(value) else value for key, value in members.items()})

    return answered(**{operation: alter})


def one_instance(stack):
    """The id of the first of the environment's instances."""
    resources = stack.client("elasticbeanstalk").describe_environment_resources(EnvironmentName=names.ENVIRONMENT)
    return min(one["Id"] for one in resources["EnvironmentResources"]["Instances"])


def of_every_instance(alter):
    """Calls `alter` with each instance of the answer, and the stack."""

    def altered(result, stack):
        for reservation in result["Reservations"]:
            for one in reservation["Instances"]:
                alter(one, stack)

    return answered(DescribeInstances=altered)


def of_one_instance(alter):
    def altered(one, stack):
        if one["InstanceId"] == one_instance(stack):
            alter(one, stack)

    return of_every_instance(altered)


def instance(**members):
    return of_one_instance(lambda one, _: one.update(members))


def redis(**members):
    return own("DescribeReplicationGroups", **members)


def trusting(role, *services):
    trust = policy_document(
        {"Effect": "Allow", "Principal": {"Service": list(services)}, "Action": "sts:AssumeRole"}
    )
    return changed(
        lambda stack: stack.client("iam").update_assume_role_policy(RoleName=role, PolicyDocument=trust), "iam"
    )


def attached(role, policy):
    return changed(
        lambda stack: stack.client("iam").attach_role_policy(
            RoleName=role, PolicyArn=f"arn:aws:iam::aws:policy/{policy}"
        ),
        "iam",
    )


def database(**members):
    return changed(
        lambda stack: stack.client("rds").modify_db_instance(
            DBInstanceIdentifier=names.DATABASE, ApplyImmediately=True, **members
        ),
        "rds",
    )


def subnets_in(tier):
    return lambda stack: [{"SubnetIdentifier": one} for one in getattr(network_of(stack.endpoint), tier)]


def database_in(tier):
    """Changes the answer about the database's subnet group; moto loses a group that is modified."""
    return own("DescribeDBSubnetGroups", Subnets=subnets_in(tier))


def rule(port):
    return [{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]


def opened(group, port):
    return changed(
        lambda stack: stack.client("ec2").authorize_security_group_ingress(
            GroupId=stack.group_id(group), IpPermissions=rule(port)
        ),
        "ec2",
    )


def shut_in(group):
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    return changed(
        lambda stack: stack.client("ec2").revoke_security_group_egress(
            GroupId=stack.group_id(group), IpPermissions=everything
        ),
        "ec2",
    )


def tags_are(mutability, repository):
    return changed(
        lambda stack: stack.client("ecr").put_image_tag_mutability(
            repositoryName=repository, imageTagMutability=mutability
        ),
        "ecr",
    )


def encrypted_otherwise(repository):
    def alter(result, _):
        for one in result["repositories"]:
            if one["repositoryName"] == repository:
                one["encryptionConfiguration"] = {"encryptionType": "KMS", "kmsKey": "arn:aws:kms:us-west-2:1:key/2"}

    return answered(DescribeRepositories=alter)
