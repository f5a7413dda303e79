"""Reader of a source bundle in S3: Dockerrun.aws.json and the configuration files of .ebextensions."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass

import yaml
from moto.s3.models import s3_backends

from .options import key
from .state import Options, Version


@dataclass
class Source:
    dockerrun: dict
    options: Options


NOTHING = Source(dockerrun={"AWSEBDockerrunVersion": 2, "containerDefinitions": []}, options={})


def read(account: str, version: Version) -> Source:
    content = s3_backends[account]["aws"].get_object(version.bucket, version.key).value
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        names = bundle.namelist()
        configuration: Options = {}
        # Files apply in alphabetical order; the last one takes precedence.
        for name in sorted(name for name in names if name.startswith(".ebextensions/") and name.endswith(".config")):
            configuration.update(option_settings(yaml.safe_load(bundle.read(name)) or {}))
        return Source(json.loads(bundle.read("Dockerrun.aws.json")), configuration)


def option_settings(document: dict) -> Options:
    """The `option_settings`, which can be a map of namespaces or a list of entries."""
    settings = document.get("option_settings") or {}
    if isinstance(settings, list):
        default = "aws:elasticbeanstalk:application:environment"
        return {key(entry.get("namespace", default), entry["option_name"]): text(entry["value"]) for entry in settings}
    return {key(namespace, name): text(value) for namespace, names in settings.items() for name, value in names.items()}


def text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
