"""A release that one CI run records twice: it is recorded again, and reported."""

from bucket import BUCKET, Machines, create_bucket
from emulator import names

RELEASE = ("--release", "v10", "--url", "https://ci.example/runs/7")


def test_a_release_that_the_same_run_recorded_before_is_recorded_again_and_reported(stack, tmp_path):
    create_bucket(stack.client("s3"), stack.region)
    machine = Machines(tmp_path, stack.variables(names.RELEASER), "team")("machine")
    for history in ["own.sqlite", f"s3://{BUCKET}/team"]:
        machine.variables["TIDEMARK_HISTORY"] = history
        assert "again" not in machine.record(*RELEASE).stderr
        again = machine.record(*RELEASE)
        assert "tidemark: release 'v10' is recorded again: the same run recorded it as @1, at 20" in again.stderr
        assert "recorded antenna-production @2, release v10" in again.stdout
        for other in [("--release", "v11", *RELEASE[2:]), (*RELEASE[:3], "https://ci.example/runs/8"), RELEASE[:2]]:
            assert "again" not in machine.record(*other).stderr
