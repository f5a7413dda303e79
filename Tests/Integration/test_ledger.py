"""Deploy, second push, rollback and an out-of-band change, as `tags`, `who`, `diff` and `log` report them."""

from __future__ import annotations

import pytest

from emulator.fixtures import documented
from questions import strike
from tidemark import Tidemark

BACKEND = "123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend"
KEY = {"TIDEMARK_KEY": "0123456789abcdef"}
RUNNERS = {"celerybeat", "celeryworker", "django", "flower"}


@pytest.fixture(scope="module")
def story(emulator, tmp_path_factory):
    """@1 v9 · @2 v10 · @3 v10 pushed again · @4 v9 again, as a release · @5 v10 again, by an unknown deployer · @6 a
    port opened and a secret rotated."""
    stack = documented(emulator.endpoint)
    tidemark = Tidemark(tmp_path_factory.mktemp("ledger"), {**stack.variables(), **KEY})
    stack.deploy("v9")
    tidemark.record("--release", "v9", "--by", "release-bot", "--commit", "4c1f9e2")
    stack.deploy("v10")
    tidemark.record("--release", "v10", "--by", "release-bot", "--commit", "9d07b3a", "--url", "https://ci.example/7")
    stack.push("v10")
    tidemark.record()
    stack.rollback("v9")
    tidemark.record("--release", "back-to-v9", "--by", "release-bot")
    stack.deploy("v10")
    tidemark.record()
    stack.open_port(5432)
    stack.rotate("POSTGRES_PASSWORD")
    tidemark.record()
    return tidemark


def digests(story) -> dict[str, list[str]]:
    """The digests that each tag of the backend has had, in order."""
    tags = story("tags", "antenna-backend", "--format", "json").json["tags"]
    return {tag["tag"]: [version["digest"] for version in tag["versions"]] for tag in tags}


def who(story, name):
    return story("who", name, "--format", "json").json["deployments"]


def spans(version, member=None):
    """The first entry and the entry after the last; None if it has not ended."""
    return version["since"]["seq"], version["until"] and version["until"]["seq"]


# tag, version, seen from and to, ran from and to
TAGS = [
    ("v9", 0, (1, None), [(1, 2), (4, 5)]),
    ("v10", 0, (1, 3), [(2, 4)]),
    ("v10", 1, (3, None), [(5, None)]),
]


@pytest.mark.parametrize("tag, number, seen, ran", TAGS)
def test_tags_lists_the_versions_of_a_tag_and_when_each_ran(story, tag, number, seen, ran):
    (found,) = story("tags", f"antenna-backend:{tag}", "--format", "json").json["tags"]
    version = found["versions"][number]
    assert spans(version) == seen and [spans(run) for run in version["runs"]] == ran
    assert {run["environment"] for run in version["runs"]} == {"antenna-production"}
    assert found["moved"] is (tag == "v10") and found["gone"] is False and found["unseen"] is None


# The name (a digest by tag and version), and for each deployment, newest first: entry, release, whether it still runs (or
# the entry that ended it), where the tag points now, the version before.
FIRST, SECOND = (1, "v9", 2, "same", None), (2, "v10", 4, "moved", "v9")
BACK, AGAIN = (4, "back-to-v9", 5, "same", "v10"), (5, None, "runs", "same", "v9")
WHO = [
    ("v9", [BACK, FIRST]), ("v10", [AGAIN, SECOND]), ("antenna-backend:v10", [AGAIN, SECOND]), ("back-to-v9", [BACK]),
    (("v9", 0), [BACK, FIRST]), (("v10", 0), [SECOND]), (("v10", 1), [AGAIN]), ("9d07b3a", [SECOND]),
]


@pytest.mark.parametrize("name, expected", WHO, ids=[str(name) for name, _ in WHO])
def test_who_reports_every_deployment_and_its_state(story, actor, name, expected):
    wanted = name if isinstance(name, str) else digests(story)[name[0]][name[1]]
    found = []
    for one in who(story, wanted):
        (image,) = [image for image in one["images"] if image["repository"] == BACKEND]
        runs = image["runs"]
        before = image["before"][0]["tag"] if image["before"] else None
        label = one["releases"][0]["label"] if one["releases"] else None
        state = runs["seq"] if runs["state"] == "ended" else runs["state"]
        found.append((one["seq"], label, state, image["registry"]["state"], before))
        assert one["attested"] == actor and one["environment"] == "antenna-production"
    assert found == expected


def test_a_digest_can_be_abbreviated(story):
    whole = digests(story)["v10"][0]
    assert who(story, whole[:19]) == who(story, whole)
    assert "at least 8" in story("who", whole[:10], status=1).error


def test_who_reports_commit_and_run_or_an_unknown_deployer(story):
    unrecorded, recorded = who(story, "v10")
    (release,) = recorded["releases"]
    assert (release["claimed"], release["commit"], release["url"]) == ("release-bot", "9d07b3a", "https://ci.example/7")
    assert unrecorded["releases"] == [] and unrecorded["after"]["seq"] == 4
    text = story("who", "v10").stdout
    assert "unknown; no release was recorded" in text and "now points at another image" in text and "no, since @4" in text


# A deploy restarts all containers, by another revision of their definition.
def test_diff_of_two_releases_shows_the_deploy(story):
    report = story("diff", "release:v9", "release:v10", "--format", "json").json
    changed = {one["label"].partition("/awseb-")[0]: one for one in report["resources"]}
    assert set(changed) == {f"ecs.container/{name}" for name in RUNNERS | {"awscli"}} | {
        "elasticbeanstalk.application/antenna",
        "elasticbeanstalk.application-version/antenna-production",
        "elasticbeanstalk.bundle/antenna-production",
        "elasticbeanstalk.environment/antenna-production",
        "ecr.image/antenna-backend",
        "ecs.task-definition",
    }
    facts = {fact["path"]: (fact["from"], fact["to"]) for fact in changed["ecs.container/django"]["facts"]}
    assert facts["tag"] == ("v9", "v10")
    assert facts["digest"] == (digests(story)["v9"][0], digests(story)["v10"][0])
    assert report["rotated"] == [] and report["unseen"] == [] and report["secrets"] is None


def test_diff_of_a_second_push_is_the_tag_alone(story):
    report = story("diff", "@2", "@3", "--format", "json").json
    (one,) = report["resources"]
    assert one["label"] == "ecr.tag/antenna-backend:v10"
    (attribute,) = one["attributes"]
    before, after = digests(story)["v10"]
    assert attribute == {"path": "imageDigest", "from": before, "to": after}


def test_diff_shows_an_out_of_band_change_and_a_rotation(story):
    report = story("diff", "latest~1", "--format", "json").json
    (group,) = [one for one in report["resources"] if one["kind"] == "ec2.security-group"]
    assert group["facts"] == [
        {"path": "ingress", "removed": [], "added": ["tcp 5432 from 0.0.0.0/0"]},
        {"path": "open-to-world", "removed": [], "added": ["tcp 5432"]},
    ]
    assert any("POSTGRES_PASSWORD" in place["path"] for place in report["rotated"])
    text = story("diff", "latest~1").stdout
    assert "ingress gained tcp 5432 from 0.0.0.0/0" in text and "IpPermissions" not in text
    assert "secrets rotated" in text and "POSTGRES_PASSWORD" in text


@pytest.mark.parametrize("moments", [("@3", "@3"), ("release:v10", "@2")])
def test_diff_of_equal_moments_is_empty(story, moments):
    assert "nothing differs\n" in story("diff", *moments, "--exit-code").stdout


def test_the_status_of_diff_reports_a_change(story):
    story("diff", "@1", "@2")
    story("diff", "@1", "@2", "--exit-code", status=2)
    backwards = story("diff", "@2", "@1", "--exit-code", status=2).stdout
    assert "backwards in time" in backwards and "tag is v9, and was v10" in backwards


def test_log_lists_every_entry_and_its_author(story, actor):
    entries = story("log", "--format", "json").json["entries"]
    assert [entry["seq"] for entry in entries] == [6, 5, 4, 3, 2, 1, 0]
    assert [(entry["release"] or {}).get("label") for entry in entries] == [
        None, None, "back-to-v9", None, "v10", "v9", None,
    ]  # fmt: skip
    assert {entry["attested"] for entry in entries} == {actor}
    assert entries[3]["changed"] == {"ecr.manifest": 1, "ecr.tag": 1} and entries[-1]["binding"]["account"] == "123456789012"
    text = story("log", "--limit", "2").stdout
    assert text.startswith("@6 ") and "@4 " not in text and "and 5 older entries" in text


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("diff", "release:v8"), "no release 'v8'"),
        (("diff", "yesterday"), "if a time is meant, write it as 2026-11-23T20:40:00Z"),
        (("diff", "2025-02-30"), "there is no such day; "),
        (("show", "--at", "2025-13-01T10:00:00Z"), "there is no such day; "),
        (("diff", "2020-11-23T20:40:00Z"), "at '2020-11-23T20:40:00Z'"),
        (("diff", "@99"), "no snapshot"),
        (("tags", "nowhere"), "no image tag of 'nowhere'"),
        (("who", "v77"), "no release 'v77'"),
        (("log", "-e", "nowhere"), "no environment 'nowhere'"),
    ],
)
def test_an_unknown_name_is_an_error(story, arguments, message):
    assert message in story(*arguments, status=1).error


def test_log_refuses_a_negative_number(story):
    story("log", "--limit", "0", status=64)


def test_an_unseen_resource_is_not_reported_as_a_change(stack, recorded):
    strike(stack, "ecs", "DescribeTasks", "denied")
    stack.deploy("v10")
    recorded.record("--release", "v10")
    report = recorded("diff", "release:v9", "--format", "json").json
    assert not any(one["kind"] == "ecs.container" for one in report["resources"])
    assert {one["facet"].split("/")[0] for one in report["unseen"]} >= {"ecs.container"}
    assert "could not be compared" in recorded("diff", "release:v9", "--exit-code", status=2).stdout
    # The label was deployed; its images could not be seen, so v9 is not reported as ended.
    (deployment,) = who(recorded, "v10")
    assert deployment["unseen"].startswith("ecs:DescribeTasks") and deployment["releases"][0]["label"] == "v10"
    (before,) = [one for one in who(recorded, "v9") if one["releases"][0]["label"] == "v9"]
    assert {image["runs"]["state"] for image in before["images"]} == {"unseen"}
    stack.clear_faults()


def test_tags_that_cannot_be_listed_keep_their_last_state(stack, recorded):
    strike(stack, "ecr", "ListImages", "denied")
    stack.push("v10")
    recorded.record()
    (tag,) = recorded("tags", "antenna-backend:v10", "--format", "json").json["tags"]
    assert tag["unseen"].startswith("ecr:ListImages") and len(tag["versions"]) == 1
    assert "as last seen" in recorded("tags").stdout
    stack.clear_faults()


def test_a_deleted_tag_is_gone(stack, recorded):
    stack.client("ecr").batch_delete_image(repositoryName="antenna-backend", imageIds=[{"imageTag": "v10"}])
    recorded.record()
    (tag,) = recorded("tags", "antenna-backend:v10", "--format", "json").json["tags"]
    assert tag["gone"] is True and spans(tag["versions"][0]) == (1, 2)
    assert recorded("who", "v10", status=1).error.startswith("no deployment of 'v10' was recorded: the registry had")
