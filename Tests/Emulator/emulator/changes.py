"""Changes to the stack, as people and pipelines make them; the first argument of each function is the endpoint's
URL."""

from __future__ import annotations

import json

from . import images, properties
from .bundle import source_bundle
from .clients import client
from .names import (
    APPLICATION,
    BACKEND_REPOSITORY,
    BUNDLE_BUCKET,
    DATABASE,
    DATABASE_GROUP,
    EGRESS_GROUP,
    ENVIRONMENT,
    INSTANCE_PROFILE,
    REDIS,
    REDIS_GROUP,
    SOLUTION_STACK,
    bundle_key,
)
from .secrets import planted
from .stack import EVERYWHERE, create_database, environment_options, network_of

PROPERTIES = "aws:elasticbeanstalk:application:environment"


# MARK: Releases (section 7 of the guide)


def deploy(endpoint: str, label: str) -> None:
    """Pushes the image if it is missing, registers the version if it is new, and updates the environment to it."""
    if digest_of(endpoint, label) is None:
        push(endpoint, label)
    if not versions(endpoint, label):
        register_version(endpoint, label)
    client(endpoint, "elasticbeanstalk").update_environment(EnvironmentName=ENVIRONMENT, VersionLabel=label)


def rollback(endpoint: str, label: str) -> None:
    """Updates the environment to a version that was registered before; the tag decides which image runs."""
    if not versions(endpoint, label):
        raise LookupError(f"no application version is labelled '{label}': deploy it first")
    client(endpoint, "elasticbeanstalk").update_environment(EnvironmentName=ENVIRONMENT, VersionLabel=label)


def push(endpoint: str, tag: str) -> str:
    """Pushes a tag with another image than its current one, and returns the digest."""
    held = known_digests(endpoint)
    build = 0
    while images.build(BACKEND_REPOSITORY, tag, build).digest in held:
        build += 1
    return push_image(endpoint, images.build(BACKEND_REPOSITORY, tag, build), tag)


def push_image(endpoint: str, image: images.Image, tag: str, repository: str = BACKEND_REPOSITORY) -> str:
    """Pushes a tag with an image, or with an index of images, as `docker push` does, and returns its digest."""
    return images.put(client(endpoint, "ecr"), repository, image, tag)


def known_digests(endpoint: str) -> set[str]:
    pages = client(endpoint, "ecr").get_paginator("describe_images").paginate(repositoryName=BACKEND_REPOSITORY)
    return {image["imageDigest"] for page in pages for image in page["imageDetails"]}


def digest_of(endpoint: str, tag: str) -> str | None:
    """The current digest of a tag of the backend."""
    pages = client(endpoint, "ecr").get_paginator("describe_images").paginate(repositoryName=BACKEND_REPOSITORY)
    for page in pages:
        for image in page["imageDetails"]:
            if tag in image.get("imageTags", []):
                return image["imageDigest"]
    return None


def versions(endpoint: str, label: str) -> list[dict]:
    return client(endpoint, "elasticbeanstalk").describe_application_versions(
        ApplicationName=APPLICATION, VersionLabels=[label]
    )["ApplicationVersions"]


def register_version(endpoint: str, label: str, tag: str | None = None) -> None:
    """Uploads the source bundle of an image tag and registers it as an application version."""
    body = source_bundle(tag or label, properties.values(addresses(endpoint)))
    client(endpoint, "s3").put_object(
        Bucket=BUNDLE_BUCKET, Key=bundle_key(label), Body=body, Metadata={"token": planted("bundle-metadata")}
    )
    client(endpoint, "elasticbeanstalk").create_application_version(
        ApplicationName=APPLICATION,
        VersionLabel=label,
        Description=f"Release {label}",
        SourceBundle={"S3Bucket": BUNDLE_BUCKET, "S3Key": bundle_key(label)},
        Process=True,
    )


def addresses(endpoint: str) -> dict[str, str]:
    """The host names in the property values."""
    database = client(endpoint, "rds").describe_db_instances(DBInstanceIdentifier=DATABASE)["DBInstances"][0]
    group = client(endpoint, "elasticache").describe_replication_groups(ReplicationGroupId=REDIS)["ReplicationGroups"][0]
    return {
        "database": database["Endpoint"]["Address"],
        "redis": group["NodeGroups"][0]["PrimaryEndpoint"]["Address"],
    }


# MARK: The environment


def create_environment(endpoint: str, label: str, more: list[dict] = []) -> str:
    """Creates the environment and lets its instance reach the database and Redis; returns its id.

    `more` are options in addition to those of the guide, or instead of them.
    """
    ec2 = client(endpoint, "ec2")
    egress = group_id(endpoint, EGRESS_GROUP)
    created = client(endpoint, "elasticbeanstalk").create_environment(
        ApplicationName=APPLICATION,
        EnvironmentName=ENVIRONMENT,
        Description="Antenna backend, production",
        CNAMEPrefix=ENVIRONMENT,
        SolutionStackName=SOLUTION_STACK,
        VersionLabel=label,
        OptionSettings=[*environment_options(egress, network_of(endpoint)), *more],
        Tags=[{"Key": "project", "Value": "antenna"}],
    )
    source = instance_group(endpoint)
    for name, port in ((DATABASE_GROUP, 5432), (REDIS_GROUP, 6379)):
        ec2.authorize_security_group_ingress(
            GroupId=group_id(endpoint, name), IpPermissions=[from_group(port, source)]
        )
    return created["EnvironmentId"]


def instance_group(endpoint: str) -> str:
    """The security group that Elastic Beanstalk created for the environment's instance."""
    filters = [
        {"Name": "tag:elasticbeanstalk:environment-name", "Values": [ENVIRONMENT]},
        {"Name": "group-name", "Values": ["awseb-*"]},
    ]
    return client(endpoint, "ec2").describe_security_groups(Filters=filters)["SecurityGroups"][0]["GroupId"]


def group_id(endpoint: str, name: str) -> str:
    filters = [{"Name": "group-name", "Values": [name]}]
    return client(endpoint, "ec2").describe_security_groups(Filters=filters)["SecurityGroups"][0]["GroupId"]


def from_group(port: int, group: str) -> dict:
    return {
        "IpProtocol": "tcp",
        "FromPort": port,
        "ToPort": port,
        "UserIdGroupPairs": [{"GroupId": group, "Description": "EB instance"}],
    }


def set_property(endpoint: str, name: str, value: str) -> None:
    client(endpoint, "elasticbeanstalk").update_environment(
        EnvironmentName=ENVIRONMENT,
        OptionSettings=[{"Namespace": PROPERTIES, "OptionName": name, "Value": value}],
    )


def remove_property(endpoint: str, name: str) -> None:
    """Removes what `set_property` set; a property of .ebextensions has its value from there again."""
    client(endpoint, "elasticbeanstalk").update_environment(
        EnvironmentName=ENVIRONMENT, OptionsToRemove=[{"Namespace": PROPERTIES, "OptionName": name}]
    )


def property_value(endpoint: str, name: str) -> str:
    sets = client(endpoint, "elasticbeanstalk").describe_configuration_settings(
        ApplicationName=APPLICATION, EnvironmentName=ENVIRONMENT
    )["ConfigurationSettings"]
    deployed = next(held for held in sets if held["DeploymentStatus"] == "deployed")
    for option in deployed["OptionSettings"]:
        if (option["Namespace"], option["OptionName"]) == (PROPERTIES, name):
            return option["Value"]
    raise LookupError(f"the environment has no property '{name}'")


def rotate(endpoint: str, name: str) -> str:
    """Replaces every secret in a property by its next planted value, and returns the property's new value."""
    value = properties.next_value(name, property_value(endpoint, name), addresses(endpoint))
    set_property(endpoint, name, value)
    return value


def replace_instance(endpoint: str) -> str:
    """Terminates the instance; Auto Scaling launches another, and Elastic Beanstalk deploys to it. Returns its id."""
    autoscaling, ec2, ecs = client(endpoint, "autoscaling"), client(endpoint, "ec2"), client(endpoint, "ecs")
    autoscaling.terminate_instance_in_auto_scaling_group(
        InstanceId=instance_id(endpoint), ShouldDecrementDesiredCapacity=False
    )
    instance = instance_id(endpoint)
    (address,) = ec2.describe_addresses()["Addresses"]
    ec2.associate_address(AllocationId=address["AllocationId"], InstanceId=instance, AllowReassociation=True)
    ec2.associate_iam_instance_profile(IamInstanceProfile={"Name": INSTANCE_PROFILE}, InstanceId=instance)
    (cluster,) = ecs.list_clusters()["clusterArns"]
    for task in ecs.list_tasks(cluster=cluster)["taskArns"]:
        ecs.stop_task(cluster=cluster, task=task, reason="Host EC2 terminated")
    for registered in ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]:
        ecs.deregister_container_instance(cluster=cluster, containerInstance=registered, force=True)
    ecs.register_container_instance(cluster=cluster, instanceIdentityDocument=json.dumps({"instanceId": instance}))
    held = client(endpoint, "elasticbeanstalk").describe_environments(EnvironmentNames=[ENVIRONMENT])["Environments"]
    deploy(endpoint, held[0]["VersionLabel"])
    return instance


def instance_id(endpoint: str) -> str:
    """The environment's one instance."""
    resources = client(endpoint, "elasticbeanstalk").describe_environment_resources(EnvironmentName=ENVIRONMENT)
    (instance,) = resources["EnvironmentResources"]["Instances"]
    return instance["Id"]


def terminate_environment(endpoint: str) -> None:
    """Removes the rules that name the instance's group, which would prevent its deletion, and terminates the
    environment."""
    ec2, source = client(endpoint, "ec2"), instance_group(endpoint)
    for name, port in ((DATABASE_GROUP, 5432), (REDIS_GROUP, 6379)):
        ec2.revoke_security_group_ingress(GroupId=group_id(endpoint, name), IpPermissions=[from_group(port, source)])
    client(endpoint, "elasticbeanstalk").terminate_environment(EnvironmentName=ENVIRONMENT)


def rebuild_environment(endpoint: str) -> str:
    """Terminates the environment and creates another of the same name and version; returns the new id."""
    held = client(endpoint, "elasticbeanstalk").describe_environments(EnvironmentNames=[ENVIRONMENT])["Environments"]
    terminate_environment(endpoint)
    return create_environment(endpoint, held[0]["VersionLabel"])


# MARK: The database


def change_database_class(endpoint: str, kind: str) -> None:
    client(endpoint, "rds").modify_db_instance(
        DBInstanceIdentifier=DATABASE, DBInstanceClass=kind, ApplyImmediately=True
    )


def open_port(endpoint: str, port: int, to: str = EVERYWHERE) -> None:
    """Opens the database's security group."""
    client(endpoint, "ec2").authorize_security_group_ingress(
        GroupId=group_id(endpoint, DATABASE_GROUP),
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": to}]}],
    )


def delete_database(endpoint: str) -> None:
    client(endpoint, "rds").delete_db_instance(DBInstanceIdentifier=DATABASE, SkipFinalSnapshot=True)


def replace_database(endpoint: str) -> None:
    """Deletes the database and creates another of its name, which gets another resource id."""
    delete_database(endpoint)
    create_database(endpoint, group_id(endpoint, DATABASE_GROUP))
