"""EC2: instances know their region, and elastic addresses are addresses that nobody has."""

from __future__ import annotations

import random

from moto.ec2.models.elastic_ip_addresses import ElasticAddress
from moto.ec2.models.instances import Instance

from . import replace


def install() -> None:
    replace(Instance, "__init__", with_region)
    replace(ElasticAddress, "__init__", with_documentation_address)


def with_region(original):
    def init(instance: Instance, ec2_backend, *arguments, **named) -> None:
        # An Auto Scaling group names none, and moto then takes us-east-1.
        named.setdefault("region_name", ec2_backend.region_name)
        original(instance, ec2_backend, *arguments, **named)

    return init


def with_documentation_address(original):
    def init(held: ElasticAddress, ec2_backend, domain, address=None, tags=None) -> None:
        if address is None:
            taken = {other.public_ip for other in ec2_backend.addresses}
            # moto takes an address of 127.0.0.0/8; these are for documentation (RFC 5737).
            address = random.choice([f"198.51.100.{n}" for n in range(1, 255) if f"198.51.100.{n}" not in taken])
        original(held, ec2_backend, domain=domain, address=address, tags=tags)

    return init
