"""Pytest fixtures: `from emulator.fixtures import emulator, stack` in a conftest.py makes them available."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from . import changes, clients, controls, names
from .stack import build


class Emulator:
    """A process of `python -m emulator serve`."""

    def __init__(self) -> None:
        package = Path(__file__).resolve().parent.parent
        self.process = subprocess.Popen(
            [sys.executable, "-m", "emulator", "serve", "--parent-pid", str(os.getpid())],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(package)},
        )
        self.endpoint = self.process.stdout.readline().strip()
        if not self.endpoint:
            raise RuntimeError(f"the emulator ended before it served: exit status {self.process.wait()}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Stack:
    """The built stack. Every function of `changes` and `controls` is a method, without the endpoint."""

    application = names.APPLICATION
    environment = names.ENVIRONMENT
    account = names.ACCOUNT
    region = names.REGION

    def __init__(self, endpoint: str):
        self.endpoint = endpoint

    def client(self, service: str, user: str = names.RELEASER):
        return clients.client(self.endpoint, service, user)

    def variables(self, user: str = names.READER) -> dict[str, str]:
        """The environment variables of a program that uses this stack."""
        return {**clients.credentials(user), "AWS_ENDPOINT_URL": self.endpoint, "AWS_EC2_METADATA_DISABLED": "true"}

    def __getattr__(self, name: str):
        for module in (changes, controls):
            function = getattr(module, name, None)
            if callable(function) and function.__module__ == module.__name__:
                return functools.partial(function, self.endpoint)
        raise AttributeError(f"neither changes nor controls has a function '{name}'")


@pytest.fixture(scope="session")
def emulator():
    """One server for the whole session, ended by its process id in every case."""
    running = Emulator()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def empty(emulator) -> Stack:
    """An account without a stack."""
    controls.reset(emulator.endpoint)
    return Stack(emulator.endpoint)


def documented(endpoint: str) -> Stack:
    """The documented stack as it was built, with v9 deployed."""
    if not controls.restore(endpoint):
        controls.reset(endpoint)
        build(endpoint)
        controls.save(endpoint)
        controls.restore(endpoint)
    return Stack(endpoint)


@pytest.fixture
def stack(emulator) -> Stack:
    """The documented stack, for one test that may change it."""
    return documented(emulator.endpoint)
