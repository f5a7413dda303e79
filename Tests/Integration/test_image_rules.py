"""The rules about images: a push of the same image, of another one, and an image that is removed while it runs."""

from emulator.changes import push_image
from emulator.images import build, index
from emulator.names import BACKEND_REPOSITORY

from test_built_in import results

RUNNING = ["celerybeat", "celeryworker", "django", "flower"]


def found(tidemark):
    """The containers of each finding about images, by rule; an unseen one is marked."""
    listed = {}
    for name, one in results(tidemark, "--built-in", status=None).items():
        for finding in one["findings"] if name.startswith("image.") and name != "image.mutable-tag" else []:
            mark = "" if finding["verdict"] == "drifted" else "unseen "
            listed.setdefault(mark + name, []).append((finding["resource"] or "").removeprefix("ecs.container/"))
    return listed


def test_images_are_compared_and_not_digests(stack, recorded):
    image = build(BACKEND_REPOSITORY, "v10")
    first = push_image(stack.endpoint, index(image, attestation=1), "v10")
    stack.deploy("v10")
    recorded.record()
    assert found(recorded) == {}
    # Another index around the same image.
    second = push_image(stack.endpoint, index(image, attestation=2), "v10")
    recorded.record()
    assert first != second and found(recorded) == {}
    facts = recorded.show("ecs.container/django")["resources"][0]["facts"]
    assert (facts["digest"]["value"], facts["registry-digest"]["value"], facts["tag-moved"]["value"]) == (first, second, False)
    # Another image.
    third = push_image(stack.endpoint, index(build(BACKEND_REPOSITORY, "v10", 1), attestation=3), "v10")
    recorded.record()
    listed = found(recorded)
    assert listed["image.tag-moved"] == listed["image.untagged"] == RUNNING
    finding = results(recorded, "--built-in", status=None)["image.tag-moved"]["findings"][0]
    assert finding["sentence"] == (
        f"runs antenna-backend:v10 as {first[:19]}, and the tag points at another image, {third[:19]}"
    )
    # The image is removed while it runs: it is gone, and no longer only without a tag.
    stack.client("ecr").batch_delete_image(repositoryName=BACKEND_REPOSITORY, imageIds=[{"imageDigest": first}])
    recorded.record()
    listed = found(recorded)
    assert listed["image.gone"] == listed["image.tag-moved"] == RUNNING and "image.untagged" not in listed
