"""What moto lacks, set on its own classes: each module or package holds one service and an `install`."""

from __future__ import annotations

import functools
import importlib
import pkgutil


@functools.cache
def install() -> None:
    """Extends moto, once per process, by every module here that has something to install."""
    for found in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{found.name}")
        if hasattr(module, "install"):
            module.install()


def replace(cls: type, name: str, make) -> None:
    """Sets `name` of a moto class to `make(original)`; moto must have it, or the extension is out of date."""
    setattr(cls, name, make(getattr(cls, name)))
