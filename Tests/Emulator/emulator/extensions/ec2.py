"""EC2: one machine image, instances with their region, unassigned elastic addresses, prefix lists that keep their name."""

from __future__ import annotations

import random
from datetime import datetime

from moto.ec2.models.amis import Ami, AmiBackend
from moto.ec2.models.elastic_ip_addresses import ElasticAddress
from moto.ec2.models.instances import Instance
from moto.ec2.models.managed_prefixes import ManagedPrefixList, ManagedPrefixListBackend

from . import replace

PLATFORM_IMAGE = "ami-0c2d06d50ce30b442"


def install() -> None:
    replace(AmiBackend, "_load_amis", lambda _: load_platform_image)
    replace(Instance, "__init__", with_region)
    replace(ElasticAddress, "__init__", with_documentation_address)
    replace(ManagedPrefixListBackend, "modify_managed_prefix_list", with_its_name)


def load_platform_image(backend: AmiBackend) -> None:
    """The image of the platform only: moto's thousand images and their volumes take most of the time of a reset."""
    backend.amis[PLATFORM_IMAGE] = Ami(
        backend,
        PLATFORM_IMAGE,
        name="aws-elasticbeanstalk-amzn-2.0.20250701.64bit-eb_ecs_amazon_linux_2-hvm-2025-07-08",
        owner_id="102837901569",
        owner_alias="amazon",
        public=True,
        virtualization_type="hvm",
        architecture="x86_64",
        hypervisor="xen",
        creation_date=datetime(2025, 7, 8),
        root_device_type="ebs",
        root_device_name="/dev/xvda",
        region_name=f"{backend.region_name}a",
    )


def with_region(original):
    def init(instance: Instance, ec2_backend, *arguments, **named) -> None:
        # An Auto Scaling group names no region, and moto then uses us-east-1.
        named.setdefault("region_name", ec2_backend.region_name)
        original(instance, ec2_backend, *arguments, **named)

    return init


def with_documentation_address(original):
    def init(held: ElasticAddress, ec2_backend, domain, address=None, tags=None) -> None:
        if address is None:
            taken = {other.public_ip for other in ec2_backend.addresses}
            # moto uses addresses of 127.0.0.0/8; these are for documentation (RFC 5737).
            address = random.choice([f"198.51.100.{n}" for n in range(1, 255) if f"198.51.100.{n}" not in taken])
        original(held, ec2_backend, domain=domain, address=address, tags=tags)

    return init


def with_its_name(original):
    def modify_managed_prefix_list(
        backend: ManagedPrefixListBackend, *, prefix_list_id: str, prefix_list_name: str | None, **named
    ) -> ManagedPrefixList:
        # moto removes the name if the request has none.
        name = prefix_list_name or backend.managed_prefix_lists[prefix_list_id].prefix_list_name
        return original(backend, prefix_list_id=prefix_list_id, prefix_list_name=name, **named)

    return modify_managed_prefix_list
