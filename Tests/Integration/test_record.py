"""The report of record, also for unfinished and failed deployments."""

from log import bodies, rows
from questions import strike


def test_the_report_has_head_and_root(tidemark, actor):
    report = tidemark.record("--format", "json").json
    head = rows(tidemark.history, "SELECT hash FROM entry ORDER BY seq DESC LIMIT 1")[0][0]
    assert report["tidemark"] == 2 and report["head"] == head and report["actor"] == actor
    assert report["root"] == bodies(tidemark.history, "snapshot")[0]["root"] and report["coverage"]["gaps"] == []
    text = tidemark.record().stdout
    head = rows(tidemark.history, "SELECT hash FROM entry ORDER BY seq DESC LIMIT 1")[0][0]
    assert head in text and report["root"] in text


def test_a_failed_deployment_is_recorded_and_reported(stack, tidemark):
    stack.fail_next_deployment()
    stack.deploy("v10")
    assert "failed" in tidemark.record("--release", "v10", status=4).stdout
    assert len(tidemark("who", "v10", "--format", "json").json["deployments"]) == 1


def test_a_snapshot_during_an_update_is_not_settled(stack, tidemark):
    stack.hold_updates()
    stack.deploy("v10")
    assert tidemark.record("--format", "json").json["settled"] is False
    assert tidemark.show()["asOf"]["settled"] is False
    stack.release_updates()
    assert tidemark.record("--format", "json").json["settled"] is True


def test_a_release_that_no_image_is_named_after_is_reported(stack, tidemark):
    hint = "no running image or version is named 'v10': the environment runs v9\n"
    assert hint in tidemark.record("--release", "v10").stdout
    assert "is named" not in tidemark.record("--release", "v9").stdout
    strike(stack, "ecs", "DescribeTasks", "denied")
    assert "is named" not in tidemark.record("--release", "v10").stdout
    stack.clear_faults()
    stack.deploy("v10")
    assert "is named" not in tidemark.record("--release", "v10").stdout
