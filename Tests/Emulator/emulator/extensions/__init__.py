"""Extensions of moto's own classes: each module or package covers one service and has an `install`."""

from __future__ import annotations

import functools
import importlib
import pkgutil


@functools.cache
def install() -> None:
    """Extends moto, once per process, by every module of this package that has an `install`."""
    for found in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{found.name}")
        if hasattr(module, "install"):
            module.install()


def replace(cls: type, name: str, make) -> None:
    """Replaces `name` of a moto class by `make(original)`; fails if moto does not have it."""
    setattr(cls, name, make(getattr(cls, name)))
