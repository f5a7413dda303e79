"""The table of situations in Deployments.md: what each command says of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Callable

import pytest

from emulator import names
from emulator.images import build, index
from redeployed import upload

PAGE = Path(__file__).resolve().parents[2] / "Sources/Tidemark/Tidemark.docc/Deployments.md"
BACKEND = names.BACKEND_REPOSITORY
RELEASE_V10 = ("--release", "v10", "--by", "release-bot")


class Story:
    """The stack with release v9 recorded, and the last output of `record`."""

    def __init__(self, stack, tidemark):
        self.stack, self.tidemark = stack, tidemark
        self.stack.push_image(index(build(BACKEND, "v9", 1), attestation=1), "v9")
        self.stack.rollback("v9")
        self.record("--release", "v9")
        self.name = "v9"

    def record(self, *arguments: str, status: int = 0) -> None:
        self.recorded = self.tidemark.record(*arguments, status=status).stdout

    def push(self, number: int, attestation: int = 1, tag: str = "v9") -> str:
        """Pushes an index around a build of the backend, with an attestation of its own."""
        return self.stack.push_image(index(build(BACKEND, "v9", number), attestation=attestation), tag)


SITUATIONS: dict[str, Callable[[Story], None]] = {}


def situation(name: str):
    def add(function):
        SITUATIONS[name] = function
        return function

    return add


@situation("a pipeline deploys v10")
def pipeline(story):
    story.name = "v10"
    story.stack.deploy("v10")
    story.record(*RELEASE_V10)


@situation("somebody deploys v10 from the console")
def console(story):
    story.name = "v10"
    story.stack.deploy("v10")
    story.record()


@situation("v9 is pushed with another attestation and deployed again")
def attestation(story):
    story.push(1, attestation=2)
    story.stack.rollback("v9")
    story.record("--release", "again")


@situation("v9 is pushed with other bytes")
def pushed(story):
    story.push(2)
    # The digest is known where something asked for it: the containers' tag names it.
    story.record()


@situation("v9 is pushed with other bytes and deployed again")
def same_tag(story):
    story.push(2)
    story.stack.rollback("v9")
    story.record()


@situation("the bytes of v9 are deployed under the tag production")
def promoted(story):
    story.push(1, tag="production")
    story.stack.register_version("build-77", "production")
    story.stack.rollback("build-77")
    story.record("--release", "build-77")


@situation("v10 is deployed and rolled back")
def rolled_back(story):
    pipeline(story)
    story.name = "v9"
    story.stack.rollback("v9")
    story.record("--release", "back")


@situation("v10 is deployed, v9 is pushed with other bytes, and rolled back to")
def back_to_other_bytes(story):
    pipeline(story)
    story.name = "v9"
    story.push(2)
    story.stack.rollback("v9")
    story.record("--release", "back")


@situation("one container is deployed alone")
def partial(story):
    def alter(files):
        (container,) = [one for one in files["Dockerrun.aws.json"]["containerDefinitions"] if one["name"] == "flower"]
        container["image"] = f"{container['image'].partition('/')[0]}/{names.AWSCLI_REPOSITORY}:{names.AWSCLI_TAG}"

    upload(story.stack, alter)
    story.stack.rollback("v9")
    story.record()


@situation("a deploy is under way")
def under_way(story):
    story.stack.deploy("v10")
    story.stack.set_environment(status="Updating")
    story.record(*RELEASE_V10, "--allow-unsettled")


@situation("a deploy fails, and nothing of it runs")
def failed(story):
    story.name = "v10"
    story.stack.fail_next_deployment()
    story.stack.deploy("v10")
    story.record(*RELEASE_V10, "--allow-unsettled", status=4)


@situation("the instance is replaced after v9 was pushed with other bytes")
def replaced(story):
    story.push(2)
    story.stack.replace_instance()
    story.record()


@situation("the image of v9 is deleted while it runs")
def deleted(story):
    digest = story.push(1)
    ecr = story.stack.client("ecr")
    ecr.batch_delete_image(repositoryName=BACKEND, imageIds=[{"imageTag": "v9"}])
    ecr.batch_delete_image(repositoryName=BACKEND, imageIds=[{"imageDigest": digest}])
    story.record()


@situation("the release is recorded twice")
def twice(story):
    story.record("--release", "v9", "--url", "https://ci.example/2")


@situation("v10 is deployed from the console, and a note books it")
def booked_late(story):
    console(story)
    story.tidemark("note", "@2", "--release", "v17")


@situation("the environment is rebuilt")
def rebuilt(story):
    story.stack.rebuild_environment()
    story.record("--rebind")


def table() -> dict[str, list[str]]:
    """The words of each command by the situation, and the built-in rules that are broken."""
    rows = re.findall(r"^\| ([^|]+) \| (`[^|]*`) \| (`[^|]*`) \| (`[^|]*`) \| (`[^|]*`) \| (`[^|]*`) \|$", PAGE.read_text(), re.M)
    return {name: [cell.strip("`") for cell in cells] for name, *cells in rows if name != "situation"}


def test_every_situation_of_the_page_is_made():
    assert list(table()) == list(SITUATIONS)


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_page_has_what_each_command_says(stack, tidemark, name):
    story = Story(stack, tidemark)
    SITUATIONS[name](story)
    outputs = {
        "record": story.recorded, "who": tidemark("who", story.name).stdout, "tags": tidemark("tags").stdout,
        "releases": tidemark("releases").stdout,
    }  # fmt: skip
    *words_of, rules = table()[name]
    missing = [(command, words) for (command, text), words in zip(outputs.items(), words_of) if words not in text]
    assert not missing, "\n\n".join([str(missing), *outputs.values()])
    results = tidemark("drift", "--built-in", "--format", "json", status=None).json["expectations"]
    broken = [one["name"] for one in results if one["findings"] and one["name"] != "image.mutable-tag"]
    assert ", ".join(broken) == rules.replace("nothing", "")
    unrecorded = "not recorded by anyone" in outputs["releases"]
    assert tidemark("releases", "--check", status=2 if unrecorded else 0)
    tidemark("history", "verify")
    tidemark("history", "rebuild")
    assert tidemark("releases").stdout == outputs["releases"]
