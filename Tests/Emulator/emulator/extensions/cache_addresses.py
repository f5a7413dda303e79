"""The host names of ElastiCache: with TLS their parts have another order than without."""

from __future__ import annotations

REGION_IN_ADDRESS = {"us-west-2": "usw2", "us-east-1": "use1", "eu-west-1": "euw1"}

# The part that an account's endpoints in a region have in common.
ACCOUNT = "abc123"


class Addresses:
    def __init__(self, region: str, group: str | None, tls: bool) -> None:
        self.region = f"{REGION_IN_ADDRESS.get(region, 'use1')}.cache.amazonaws.com"
        self.group = group
        self.tls = tls

    @property
    def primary(self) -> str:
        return self.of_group("master") if self.tls else f"{self.group}.{ACCOUNT}.ng.0001.{self.region}"

    @property
    def reader(self) -> str:
        return self.of_group("replica") if self.tls else f"{self.group}-ro.{ACCOUNT}.ng.0001.{self.region}"

    @property
    def configuration(self) -> str:
        return self.of_group("clustercfg") if self.tls else f"{self.group}.{ACCOUNT}.clustercfg.{self.region}"

    def node(self, cluster: str, node: str = "0001") -> str:
        return self.of_group(cluster) if self.tls and self.group else f"{cluster}.{ACCOUNT}.{node}.{self.region}"

    def discovery(self, cluster: str) -> str:
        return f"{cluster}.{ACCOUNT}.cfg.{self.region}"

    def of_group(self, name: str) -> str:
        return f"{name}.{self.group}.{ACCOUNT}.{self.region}"
