"""ECR: the digest is that of the manifest's bytes, an image that loses its tag stays, untagged, and layers can be pushed and
fetched, which moto lacks."""

from __future__ import annotations

import hashlib
import json

from moto.ecr.models import ECRBackend, Image

from . import replace


def install() -> None:
    replace(Image, "_create_digest", lambda _: create_digest)
    replace(Image, "get_image_size_in_bytes", lambda _: size_in_bytes)
    replace(ECRBackend, "put_image", with_retagging)
    replace(ECRBackend, "batch_get_image", with_asked_digests)


def create_digest(image: Image) -> None:
    image._image_digest = "sha256:" + hashlib.sha256(image.image_manifest.encode()).hexdigest()


def size_in_bytes(image: Image) -> int | None:
    layers = json.loads(image.image_manifest).get("layers")
    return None if layers is None else sum(layer["size"] for layer in layers)


def with_retagging(original):
    def put_image(backend: ECRBackend, repository_name, image_manifest, image_tag, *arguments, **named) -> Image:
        repository = backend.repositories.get(repository_name)
        if repository is not None and image_tag is None:
            for image in repository.images:
                if image.image_manifest == image_manifest:
                    return image
        if repository is not None and repository.image_tag_mutability == "MUTABLE":
            for image in repository.images:
                if image_tag in image.image_tags and image.image_manifest != image_manifest:
                    image.remove_tag(image_tag)
                    if not image.image_tags:
                        image.image_tag = None
        return original(backend, repository_name, image_manifest, image_tag, *arguments, **named)

    return put_image


def with_asked_digests(original):
    def batch_get_image(backend: ECRBackend, repository_name, registry_id=None, image_ids=None) -> dict:
        answer = original(backend, repository_name, registry_id, image_ids)
        asked = [one for one in image_ids or [] if not any(is_named(image, one) for image in answer["images"])]
        for failure, one in zip(answer["failures"], asked):
            failure["imageId"] = dict(one)
        return answer

    return batch_get_image


def is_named(image: Image, name: dict) -> bool:
    return name.get("imageDigest") == image.get_image_digest() or name.get("imageTag") in image.image_tags


def resolve(backend: ECRBackend, image: str) -> str | None:
    """The current digest of `registry/repository:tag`; None if the repository is not in this registry."""
    path, _, tag = image.partition("/")[2].partition(":")
    repository = backend.repositories.get(path)
    for candidate in repository.images if repository else ():
        if (tag or "latest") in candidate.image_tags:
            return candidate.get_image_digest()
    return None
