"""A release with another source bundle: a developer changes the repository and deploys."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Callable

import yaml

from breaks import Break, changed
from emulator import names
from emulator.names import BUNDLE_BUCKET, FIRST_RELEASE, bundle_key

DOCKERRUN = "Dockerrun.aws.json"
SETUP = ".ebextensions/00_setup.config"
PROPERTIES = "aws:elasticbeanstalk:application:environment"


def upload(stack, alter: Callable[[dict], None], label: str = FIRST_RELEASE) -> None:
    """Changes the bundle of a version; `alter` gets its files by name, with Dockerrun and 00_setup.config parsed."""
    s3 = stack.client("s3")
    held = zipfile.ZipFile(io.BytesIO(s3.get_object(Bucket=BUNDLE_BUCKET, Key=bundle_key(label))["Body"].read()))
    files = {name: held.read(name) for name in held.namelist()}
    files |= {DOCKERRUN: json.loads(files[DOCKERRUN]), SETUP: yaml.safe_load(files[SETUP])}
    alter(files)
    files |= {DOCKERRUN: json.dumps(files[DOCKERRUN]), SETUP: yaml.safe_dump(files[SETUP])}
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    s3.put_object(Bucket=BUNDLE_BUCKET, Key=bundle_key(label), Body=body.getvalue())


def deployed_label(stack, environment: str) -> str:
    (one,) = stack.client("elasticbeanstalk").describe_environments(EnvironmentNames=[environment])["Environments"]
    return one["VersionLabel"]


def redeployed(alter: Callable[[dict], None], environment: str | None = None) -> Break:
    """Deploys to the environment that `names` has when the break is made, unless another is named."""

    def change(stack):
        chosen = environment or names.ENVIRONMENT
        label = deployed_label(stack, chosen)
        upload(stack, alter, label)
        stack.client("elasticbeanstalk").update_environment(EnvironmentName=chosen, VersionLabel=label)

    return changed(change, "elasticbeanstalk", "s3", "ecs")


def with_property(name: str, value: str | Callable[[str], str] | None) -> Break:
    """Sets the property to a value, or to a function of its value; None removes it."""

    def alter(files):
        properties = files[SETUP]["option_settings"][PROPERTIES]
        if value is None:
            del properties[name]
        else:
            properties[name] = value(properties[name]) if callable(value) else value

    return redeployed(alter)


def with_container(name: str, alter: Callable[[dict], None]) -> Break:
    def changed(files):
        (container,) = [one for one in files[DOCKERRUN]["containerDefinitions"] if one["name"] == name]
        alter(container)

    return redeployed(changed)


def with_image(name: str, repository: str) -> Break:
    """Replaces the repository of a container's image."""

    def alter(container):
        registry = container["image"].partition("/")[0]
        container["image"] = f"{registry}/{repository}:latest"

    return with_container(name, alter)
