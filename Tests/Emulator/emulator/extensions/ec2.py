"""EC2: a launch template's security groups by id reach the instances of its Auto Scaling group."""

from __future__ import annotations

from moto.ec2.models.launch_templates import LaunchTemplateVersion


def install() -> None:
    # moto reads `SecurityGroups` only, which holds names and works in EC2-Classic alone.
    LaunchTemplateVersion.security_groups = property(
        lambda version: version.data.get("SecurityGroups", []) + version.data.get("SecurityGroupIds", [])
    )
