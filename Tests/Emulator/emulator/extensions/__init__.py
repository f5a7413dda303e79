"""What moto lacks, set on its own classes: each module holds one service and an `install`."""

from __future__ import annotations

import functools


@functools.cache
def install() -> None:
    """Extends moto, once per process."""
    from . import autoscaling, cloudtrail, ec2, ecr, ecs, elasticache, iam, rds, responses, s3, sts
    from .elasticbeanstalk import answers

    for module in (answers, autoscaling, cloudtrail, ec2, ecr, ecs, elasticache, iam, rds, responses, s3, sts):
        module.install()


def replace(cls: type, name: str, make) -> None:
    """Sets `name` of a moto class to `make(original)`; moto must have it, or the extension is out of date."""
    setattr(cls, name, make(getattr(cls, name)))
