"""RDS: each instance has a resource id of its own, so that one created anew under an old name can be told apart."""

from __future__ import annotations

import random
import string

from moto.rds.models import DBInstance

from . import replace


def install() -> None:
    replace(DBInstance, "__init__", with_resource_id)


def with_resource_id(original):
    def init(instance: DBInstance, *arguments, **named) -> None:
        original(instance, *arguments, **named)
        instance.dbi_resource_id = "db-" + "".join(random.choices(string.ascii_uppercase + string.digits, k=26))

    return init
