"""Image manifests, whose digests distinguish releases in ECR and ECS."""

from __future__ import annotations

import hashlib
import json

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"


def manifest(repository: str, tag: str, build: int = 0) -> str:
    """The manifest of a build of a tag: another build has other bytes, like a second `docker build`."""

    def layer(part: str, size: int) -> dict:
        return {
            "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "size": size,
            "digest": "sha256:" + hashlib.sha256(part.encode()).hexdigest(),
        }

    base = layer(f"{repository} base", 52_428_811)
    application = layer(f"{repository} {tag} {build}", 18_223_104 + build)
    config = {
        "mediaType": "application/vnd.docker.container.image.v1+json",
        "size": 7_023,
        "digest": "sha256:" + hashlib.sha256(f"{repository} {tag} {build} config".encode()).hexdigest(),
    }
    return json.dumps(
        {"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [base, application]}, indent=3
    )


def digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
