"""An environment that was rebuilt, and a label that was released twice."""

from log import check


def test_a_rebuilt_environment_is_accepted_only_on_request(stack, recorded):
    old = recorded.show("elasticbeanstalk.environment")["resources"][0]["description"]["EnvironmentId"]
    new = stack.rebuild_environment()
    error = recorded.record(status=1).error
    assert check(recorded.history) == 2
    assert old in error and new in error and "--rebind" in error
    receipt = recorded.record("--rebind", "--format", "json").json
    assert receipt["binding"]["ebEnvironmentId"] == new and receipt["seq"] == 3
    recorded.record()
    assert check(recorded.history) == 5
    assert recorded.show("--at", "@1")["asOf"]["seq"] == 1


def test_a_label_that_was_released_twice_is_ambiguous(recorded):
    recorded.record("--release", "v9")
    error = recorded("show", "--at", "v9", status=1).error
    assert "@1" in error and "@2" in error
    (deployment,) = recorded("who", "v9", "--format", "json").json["deployments"]
    assert [release["seq"] for release in deployment["releases"]] == [1, 2]
