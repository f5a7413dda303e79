"""The source bundle of a release: Dockerrun.aws.json, .ebextensions and .ebignore of the guide's section 2, as a real
zip."""

from __future__ import annotations

import io
import json
import zipfile

import yaml

from .names import AWSCLI_REPOSITORY, AWSCLI_TAG, BACKEND_REPOSITORY, REGISTRY
from .secrets import planted

MIGRATE = "docker exec $(docker ps -q -f name=django) python manage.py migrate --noinput"


def source_bundle(tag: str, properties: dict[str, str]) -> bytes:
    """The bundle of an image tag; the same arguments give the same bytes."""
    files = {
        "Dockerrun.aws.json": json.dumps(dockerrun(tag), indent=2) + "\n",
        ".ebextensions/00_setup.config": setup_config(properties),
        ".ebignore": ".git/\n.venv/\n*.pyc\n.env*\nnode_modules/\n",
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, text)
    return archive.getvalue()


def dockerrun(tag: str) -> dict:
    backend = f"{REGISTRY}/{BACKEND_REPOSITORY}:{tag}"
    return {
        "AWSEBDockerrunVersion": 2,
        "volumes": [{"name": "app-logs", "host": {"sourcePath": "/var/log/antenna"}}],
        "containerDefinitions": [
            {
                "name": "django",
                "image": backend,
                "essential": True,
                "memory": 2048,
                "portMappings": [{"hostPort": 80, "containerPort": 5000}],
                "links": ["celeryworker", "celerybeat"],
                "command": ["/start"],
                "environment": [
                    {"name": "GUNICORN_WORKERS", "value": "4"},
                    {"name": "INTERNAL_TOKEN", "value": planted("dockerrun-django-environment")},
                ],
                "mountPoints": [{"sourceVolume": "app-logs", "containerPath": "/app/logs"}],
            },
            {
                "name": "celeryworker",
                "image": backend,
                "essential": False,
                "memory": 1536,
                "entryPoint": ["/entrypoint", f"--broker-key={planted('dockerrun-celeryworker-entry-point')}"],
                "command": ["/start-celeryworker"],
            },
            {
                "name": "celerybeat",
                "image": backend,
                "essential": False,
                "memory": 512,
                "command": ["/start-celerybeat"],
                "environment": [
                    {
                        "name": "SCHEDULE_STORE",
                        "value": f"rediss://:{planted('dockerrun-celerybeat-environment')}@schedule.example.org:6379/1",
                    }
                ],
            },
            {
                "name": "flower",
                "image": backend,
                "essential": False,
                "memory": 512,
                "portMappings": [{"hostPort": 5555, "containerPort": 5555}],
                "command": ["/start-flower", f"--basic-auth=flower:{planted('dockerrun-flower-command')}"],
            },
            {
                "name": "awscli",
                "image": f"{REGISTRY}/{AWSCLI_REPOSITORY}:{AWSCLI_TAG}",
                "essential": False,
                "memory": 128,
                "command": ["sh", "-c", f"API_KEY={planted('dockerrun-awscli-command')} exec sleep infinity"],
            },
        ],
    }


def setup_config(properties: dict[str, str]) -> str:
    """The file 00_setup.config: the properties, the health check and the migration of the guide's section 6."""
    return yaml.safe_dump(
        {
            "option_settings": {
                "aws:elasticbeanstalk:application:environment": properties,
                "aws:elasticbeanstalk:application": {"Application Healthcheck URL": "/api/v2/"},
                "aws:elasticbeanstalk:customoption": {"PartnerToken": planted("ebextensions-custom-option")},
            },
            "packages": {
                "yum": {"jq": []},
                "rpm": {"agent": f"https://agent:{planted('ebextensions-package')}@downloads.example.org/agent.rpm"},
            },
            "sources": {
                "/opt/antenna/geo": f"https://geo:{planted('ebextensions-source')}@downloads.example.org/geo.tar.gz"
            },
            "Resources": {
                "PartnerTopic": {
                    "Type": "AWS::SNS::Topic",
                    "Properties": {"DisplayName": planted("ebextensions-resource")},
                }
            },
            "files": {
                "/opt/antenna/partner.key": {
                    "mode": "000600",
                    "owner": "root",
                    "group": "root",
                    "content": f"key = {planted('ebextensions-file-content')}\n",
                },
                "/opt/antenna/geo.db": {
                    "mode": "000644",
                    "source": f"https://downloads.example.org/geo.db?signature={planted('ebextensions-file-source')}",
                },
            },
            "commands": {
                "01_register": {
                    "command": f"curl -sf -H 'Authorization: Bearer {planted('ebextensions-command')}' https://hooks.example.org/up"
                }
            },
            "container_commands": {
                # "set to ignore failures and retry" (section 8 of the guide)
                "01_migrate": {
                    "command": f"for n in 1 2 3; do {MIGRATE} && break; sleep 10; done",
                    "ignoreErrors": True,
                    "leader_only": True,
                },
                "02_announce": {
                    "command": f"echo deployed --token={planted('ebextensions-container-command')}",
                    "env": {"ANNOUNCE_KEY": planted("ebextensions-command-environment")},
                    "ignoreErrors": True,
                },
            },
        },
        sort_keys=False,
        width=1000,
    )
