"""Auto Scaling: spreads instances over the group's subnets; moto launches all of them in the first."""

from __future__ import annotations

from collections import Counter

from moto.autoscaling.models import FakeAutoScalingGroup

from . import replace


def install() -> None:
    replace(FakeAutoScalingGroup, "replace_autoscaling_group_instances", one_by_one)


def one_by_one(original):
    def launch(group: FakeAutoScalingGroup, count: int, tags: dict[str, str]) -> None:
        subnets = group.vpc_zone_identifier
        if subnets is None:
            original(group, count, tags)
            return
        for _ in range(count):
            held = Counter(state.instance.subnet_id for state in group.instance_states)
            group.vpc_zone_identifier = min(subnets.split(","), key=lambda subnet: held[subnet])
            try:
                original(group, 1, tags)
            finally:
                group.vpc_zone_identifier = subnets

    return launch
