"""The manifests of images: which are asked for, once ever, and what of them is stored."""

from __future__ import annotations

import json
import re

import pytest

from altered import altered
from emulator import names
from emulator.images import DOCKER, OCI, build, chart, index
from emulator.message import Answer
from emulator.proxy import forwarded, serving
from emulator.secrets import planted
from questions import strike

BACKEND = names.BACKEND_REPOSITORY
ONCE = ("BatchGetImage", "GetDownloadUrlForLayer", "download")
PLANTED = [
    planted(place)
    for place in (
        "image-variable", "image-command", "image-label", "image-argument", "layer-signature", "layer-token"
    )
]  # fmt: skip


def asked(stack) -> list[str]:
    """The calls about manifests since the last time, each with the beginning of its digest."""
    found = []
    for call in stack.calls():
        if call["service"] == "ecr" and call["operation"] in ONCE:
            digest = re.search(r"sha256:[0-9a-f]{64}", json.dumps(call["parameters"]))[0]
            found.append(f"{call['operation']} {digest[:19]}")
    stack.clear_calls()
    return sorted(found)


def calls(*images, config: bool = True) -> list[str]:
    """The calls about these manifests, and about their configurations."""
    found = [f"BatchGetImage {image.digest[:19]}" for image in images]
    for image in images if config else ():
        digest = json.loads(image.manifest)["config"]["digest"][:19]
        found += [f"GetDownloadUrlForLayer {digest}", f"download {digest}"]
    return sorted(found)


def manifests(tidemark) -> dict[str, dict]:
    """The descriptions by the beginning of the digest, of the backend's images."""
    found = {}
    for one in tidemark.show()["resources"]:
        if one["kind"] == "ecr.manifest" and f"/{BACKEND}@" in one["identity"]:
            found[one["identity"].partition("@")[2]] = one["description"]
    return found


def test_each_digest_is_asked_for_once_ever(stack, tidemark):
    v9, v10, client = build(BACKEND, "v9"), build(BACKEND, "v10"), build(names.AWSCLI_REPOSITORY, names.AWSCLI_TAG)
    stack.clear_calls()
    # Of v10, which nothing uses yet, only the tag is known.
    assert tidemark.record("--strict").status == 0 and asked(stack) == calls(v9, client)
    again = tidemark.record("--strict", "--verbose")
    assert asked(stack) == [] and "questions answered from the history: 4\n" in again.stderr
    assert "all answered" in again.stdout and "changed   nothing" in again.stdout
    stack.deploy("v10")
    tidemark.record("--strict")
    assert asked(stack) == calls(v10) and list(manifests(tidemark)) == [v10.digest]
    # It left the state, and is in the history.
    stack.rollback("v9")
    tidemark.record("--strict")
    assert asked(stack) == [] and list(manifests(tidemark)) == [v9.digest]
    assert tidemark.show("--at", "@1")["resources"] == tidemark.show("--at", "@2")["resources"]
    tidemark("doctor", "-e", "antenna-production")
    assert asked(stack) == []
    tidemark("history", "verify")


@pytest.mark.parametrize("format", [OCI, DOCKER], ids=["oci", "docker"])
def test_another_attestation_or_compression_is_the_same_configuration(stack, tidemark, format):
    image, other = build(BACKEND, "v9", 1, format=format), build(BACKEND, "v9", 1, format=format, compression=6)
    arm = build(BACKEND, "v9", 1, format=format, architecture="arm64")
    first, second = index(image, arm, attestation=1, format=format), index(image, arm, attestation=2, format=format)
    stack.push_image(first, "v9")
    stack.rollback("v9")
    tidemark.record("--strict")
    found = manifests(tidemark)
    assert set(found) == {first.digest, image.digest, arm.digest}
    children = found[first.digest]["imageManifest"]["manifests"]
    assert [one["platform"]["architecture"] for one in children].count("unknown") == 2 and len(children) == 4
    assert found[arm.digest]["config"]["architecture"] == "arm64" and "config" not in found[first.digest]
    stack.clear_calls()
    stack.push_image(second, "v9")
    tidemark.record("--strict")
    # The container runs the first index, and the tag points at the second: its images were recorded.
    assert asked(stack) == calls(second, config=False)
    assert set(manifests(tidemark)) == {first.digest, second.digest, image.digest, arm.digest}
    stack.push_image(other, "v9")
    tidemark.record("--strict")
    found = manifests(tidemark)
    config = found[image.digest]["imageManifest"]["config"]
    assert found[other.digest]["imageManifest"]["config"] == config and other.digest != image.digest


def test_only_the_platform_and_four_labels_of_a_configuration_are_stored(stack, tidemark):
    loud = {"TIDEMARK_LOG": "debug", "TIDEMARK_KEY": "a-key-for-the-tests-only"}
    outputs = []
    for operation in (None, "BatchGetImage", "GetDownloadUrlForLayer"):
        if operation:
            strike(stack, "ecr", operation, "error")
            tidemark.history.unlink()
        result = tidemark.record("--verbose", variables=loud, status=None)
        outputs += [result.stdout, result.stderr, tidemark("show", "--format", "json").stdout]
        outputs += [tidemark("doctor", "-e", "antenna-production", "--verbose", status=None).stderr]
        stored = tidemark.history.read_bytes()
        dump = tidemark("query", "SELECT content FROM current").stdout
        for secret in PLANTED:
            assert secret.encode() not in stored and secret not in dump + "".join(outputs)
        assert "_layers" not in dump + "".join(outputs) and "created_by" not in dump
    stack.clear_faults()
    tidemark.record()
    (one,) = manifests(tidemark).values()
    assert set(one["config"]) == {"architecture", "labels", "os"}
    assert {name.rpartition(".")[2] for name in one["config"]["labels"]} == {"revision", "source", "version"}
    assert set(one) == {"config", "imageManifest", "imageManifestMediaType"}


def test_an_artifact_and_a_deleted_image_are_no_gaps(stack, tidemark):
    stack.push_image(chart("antenna"), "v9")
    tidemark.record("--strict")
    assert "config" not in manifests(tidemark)[chart("antenna").digest]
    stack.push("v10")
    stack.deploy("v10")
    gone = stack.digest_of("v10")
    stack.client("ecr").batch_delete_image(repositoryName=BACKEND, imageIds=[{"imageDigest": gone}])
    assert "all answered" in tidemark.record("--strict").stdout
    assert gone not in manifests(tidemark)


@pytest.mark.parametrize("means", ["--no-manifests", "manifests: false"])
def test_a_record_can_do_without_manifests(stack, tidemark, means):
    options = [means] if means.startswith("--") else []
    if not options:
        text = "environments:\n  antenna-production:\n    manifests: false\n"
        (tidemark.folder / "tidemark.yml").write_text(text)
    stack.clear_calls()
    result = tidemark.record("--strict", *options)
    assert asked(stack) == [] and "all answered" in result.stdout and "not asked for" in result.stderr
    assert "ecr:BatchGetImage" not in tidemark("policy", *options).stdout
    assert manifests(tidemark) == {}
    (tidemark.folder / "tidemark.yml").unlink(missing_ok=True)
    tidemark.record("--strict")
    assert len(asked(stack)) == 6
    # What was recorded is kept, and is not asked for again.
    tidemark.record("--strict", "--no-manifests")
    tidemark.record("--strict")
    assert asked(stack) == [] and len(manifests(tidemark)) == 1


def bodies(answer):
    """A proxy's answers: `answer` changes those of downloads."""

    def of(endpoint):
        def respond(request):
            found = forwarded(endpoint, request)
            return answer(found) if request.path.startswith("/_layers/") else found

        return respond

    return of


@pytest.mark.parametrize(
    "answer, reason",
    [
        (lambda found: Answer(200, {}, found.body + b" "), "the bytes of the answer are not those of sha256:"),
        (lambda found: Answer(302, {"Location": "/elsewhere"}, b""), "the download failed: HTTP status 302"),
        (lambda found: Answer(403, {}, b"<Error/>"), "the download failed: HTTP status 403"),
        (lambda found: Answer(200, {}, b" " * (5 << 20)), "the answer is larger than 4194304 bytes"),
    ],
    ids=["other bytes", "redirect", "expired", "large"],
)
def test_a_configuration_that_cannot_be_fetched_is_unseen(stack, tidemark, answer, reason):
    with serving(bodies(answer)(stack.endpoint)) as url:
        result = tidemark.record("--strict", "--verbose", status=3, variables={"AWS_ENDPOINT_URL": url})
    assert "ecr:GetDownloadUrlForLayer" in result.stdout and "_layers" not in result.stdout + result.stderr
    shown = tidemark("show", "--format", "json").json
    assert any(reason in gap["message"] for gap in shown["coverage"]["gaps"]), shown["coverage"]["gaps"]
    # The manifest is known, and the next record asks for the rest.
    stack.clear_calls()
    tidemark.record("--strict")
    assert {call.split()[0] for call in asked(stack)} == {"GetDownloadUrlForLayer", "download"}


def test_a_manifest_with_other_bytes_is_unseen_and_a_failure_is_never_gone(stack, tidemark):
    def other(operation, answer):
        if operation == "BatchGetImage":
            answer["images"][0]["imageManifest"] += " "
        return answer

    def inaccessible(operation, answer):
        if operation == "BatchGetImage":
            answer |= {"images": [], "failures": [{"failureCode": "KmsError", "failureReason": "no key"}]}
        return answer

    for change, reason in ((other, "the bytes of the answer"), (inaccessible, "KmsError")):
        with altered(stack.endpoint, change) as (url, _):
            result = tidemark.record("--strict", status=3, variables={"AWS_ENDPOINT_URL": url})
        assert "ecr:BatchGetImage" in result.stdout and reason in tidemark("show").stdout
    assert tidemark.record("--strict").status == 0


def test_doctor_says_what_asking_for_manifests_changes(tidemark):
    said = tidemark("doctor", "-e", "antenna-production").stdout
    assert "lastRecordedPullTime" in said and "--no-manifests" in said
    assert "lastRecordedPullTime" not in tidemark("doctor", "-e", "antenna-production", "--no-manifests").stdout
