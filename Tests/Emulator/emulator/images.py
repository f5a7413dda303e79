"""Images as builders make them: a configuration, its manifest, and an index with an attestation around it. The digest of
each is that of its bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from .secrets import planted

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
UNKNOWN = {"architecture": "unknown", "os": "unknown"}


@dataclass(frozen=True)
class Format:
    """The media types of Docker or OCI."""

    index: str
    manifest: str
    config: str
    layer: str


DOCKER = Format(
    "application/vnd.docker.distribution.manifest.list.v2+json",
    MANIFEST,
    "application/vnd.docker.container.image.v1+json",
    "application/vnd.docker.image.rootfs.diff.tar.gzip",
)
OCI = Format(
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.oci.image.layer.v1.tar+gzip",
)


@dataclass(frozen=True)
class Image:
    """A manifest to be pushed, with what it refers to in the registry."""

    manifest: str
    config: str | None = None
    """The configuration; None for an index."""
    parts: tuple[Image, ...] = field(default=())
    """The images and attestations of an index."""

    @property
    def digest(self) -> str:
        return digest(self.manifest)

    @property
    def media_type(self) -> str:
        return json.loads(self.manifest)["mediaType"]


def digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def build(
    repository: str, tag: str, build: int = 0, *, architecture: str = "amd64", format: Format = DOCKER, compression: int = 0,
    labels: dict[str, str] | None = None,
) -> Image:  # fmt: skip
    """An image: another build has other bytes, like a second `docker build`; another compression of the same layers has
    another manifest and the same configuration."""
    parts = [f"{repository} base {architecture}", f"{repository} {tag} {build} {architecture}"]
    config = json.dumps(
        {
            "architecture": architecture,
            "os": "linux",
            "created": f"2026-11-23T20:{build % 60:02}:43Z",
            "config": {
                "Env": ["PATH=/usr/bin", f"DJANGO_SECRET_KEY={planted('image-variable')}"],
                "Cmd": ["/start", f"--token={planted('image-command')}"],
                "Labels": {"maintainer": planted("image-label"), **(revision(repository, tag, build) if labels is None else labels)},
            },
            "history": [{"created_by": f"RUN |1 TOKEN={planted('image-argument')} /bin/sh -c ./install"}],
            "rootfs": {"type": "layers", "diff_ids": [digest(part) for part in parts]},
        }
    )
    layers = [
        {"mediaType": format.layer, "size": size + compression, "digest": digest(f"{part} compressed {compression}")}
        for part, size in zip(parts, (52_428_811, 18_223_104 + build))
    ]
    described = {"mediaType": format.config, "size": len(config), "digest": digest(config)}
    manifest = {"schemaVersion": 2, "mediaType": format.manifest, "config": described, "layers": layers}
    return Image(json.dumps(manifest, indent=3), config)


def revision(repository: str, tag: str, build: int) -> dict[str, str]:
    """The labels that a pipeline sets."""
    return {
        "org.opencontainers.image.revision": hashlib.sha1(f"{repository} {tag} {build}".encode()).hexdigest(),
        "org.opencontainers.image.source": f"https://github.com/example/{repository}",
        "org.opencontainers.image.version": tag,
    }


def index(*images: Image, attestation: int | None = None, format: Format = OCI) -> Image:
    """An index of images; another attestation makes another index of the same images."""
    parts = list(images)
    described = [descriptor(image, {"architecture": json.loads(image.config)["architecture"], "os": "linux"}) for image in images]
    if attestation is not None:
        for image in images:
            provenance = attest(image, attestation)
            parts.append(provenance)
            described.append(
                descriptor(provenance, UNKNOWN)
                | {"annotations": {"vnd.docker.reference.digest": image.digest, "vnd.docker.reference.type": "attestation-manifest"}}
            )
    manifest = {"schemaVersion": 2, "mediaType": format.index, "manifests": described}
    return Image(json.dumps(manifest, indent=3), parts=tuple(parts))


def descriptor(image: Image, platform: dict[str, str]) -> dict:
    return {"mediaType": image.media_type, "digest": image.digest, "size": len(image.manifest), "platform": platform}


def attest(image: Image, number: int) -> Image:
    """The provenance of an image, as buildx pushes it beside the image."""
    config = json.dumps({"architecture": "unknown", "os": "unknown", "config": {}, "rootfs": {"type": "layers", "diff_ids": []}})
    statement = {"mediaType": "application/vnd.in-toto+json", "size": 900, "digest": digest(f"{image.digest} attested {number}")}
    described = {"mediaType": OCI.config, "size": len(config), "digest": digest(config)}
    manifest = {"schemaVersion": 2, "mediaType": OCI.manifest, "config": described, "layers": [statement]}
    return Image(json.dumps(manifest, indent=3), config)


def chart(name: str) -> Image:
    """An artifact other than an image: a Helm chart."""
    config = json.dumps({"name": name, "version": "1.0.0", "apiVersion": "v2"})
    described = {"mediaType": "application/vnd.cncf.helm.config.v1+json", "size": len(config), "digest": digest(config)}
    manifest = {"schemaVersion": 2, "mediaType": OCI.manifest, "config": described, "layers": []}
    return Image(json.dumps(manifest, indent=3), config)


def put(ecr, repository: str, image: Image, tag: str | None = None) -> str:
    """Pushes an image and everything that it refers to, as `docker push` does; returns its digest.

    What the registry has is not pushed again.
    """
    for part in image.parts:
        put(ecr, repository, part)
    if image.config is not None:
        upload(ecr, repository, image.config.encode())
    named = {} if tag is None else {"imageTag": tag}
    try:
        ecr.put_image(repositoryName=repository, imageManifest=image.manifest, imageManifestMediaType=image.media_type, **named)
    except ecr.exceptions.ImageAlreadyExistsException:
        pass
    return image.digest


def upload(ecr, repository: str, blob: bytes) -> None:
    begun = ecr.initiate_layer_upload(repositoryName=repository)["uploadId"]
    ecr.upload_layer_part(
        repositoryName=repository, uploadId=begun, partFirstByte=0, partLastByte=len(blob) - 1, layerPartBlob=blob
    )
    name = "sha256:" + hashlib.sha256(blob).hexdigest()
    ecr.complete_layer_upload(repositoryName=repository, uploadId=begun, layerDigests=[name])
