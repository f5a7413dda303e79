"""The source bundle's settings are compared with those in force, and a bundle that cannot be read is unseen."""

import pytest

from bundles import archive
from emulator.names import APPLICATION, BUNDLE_BUCKET, ENVIRONMENT, bundle_key
from log import bodies, check

BUNDLE = "elasticbeanstalk.bundle"
PROPERTIES = "aws:elasticbeanstalk:application:environment"
PROCESS = "aws:elasticbeanstalk:environment:process:default"
GROUP = "aws:autoscaling:asg"
KEYED = {"TIDEMARK_KEY": "k3y-of-the-fingerprints/that=stays&outside"}
FACTS = ("overridden", "overridden-secrets", "not-applied")


def facts(tidemark):
    (bundle,) = tidemark.show(BUNDLE)["resources"]
    return bundle["facts"]


def values(tidemark):
    return {name: facts(tidemark)[name].get("value") for name in FACTS}


def set_option(stack, namespace, name, value):
    stack.client("elasticbeanstalk").update_environment(
        EnvironmentName=ENVIRONMENT, OptionSettings=[{"Namespace": namespace, "OptionName": name, "Value": value}]
    )


def upload(stack, body, label="v9"):
    stack.client("s3").put_object(Bucket=BUNDLE_BUCKET, Key=bundle_key(label), Body=body)


def test_a_deployed_bundle_is_in_force(tidemark):
    tidemark.record(variables=KEYED)
    assert values(tidemark) == {name: [] for name in FACTS}
    outside = facts(tidemark)["set-outside"]["value"]
    assert "aws:autoscaling:launchconfiguration/InstanceType: t3.large" in outside
    # They include neither defaults nor what the bundle sets.
    assert not [text for text in outside if text.startswith((PROPERTIES, GROUP, "aws:cloudformation"))]


def test_a_setting_made_in_the_console_overrides_the_bundle(stack, tidemark):
    tidemark.declare_plain()
    stack.set_property("DJANGO_DEBUG", "True")
    stack.rotate("DJANGO_SECRET_KEY")
    stack.rotate("DATABASE_URL")
    set_option(stack, PROPERTIES, "ADDED_BY_HAND", "1")
    set_option(stack, GROUP, "MaxSize", "4")
    # Another deploy does not change that.
    stack.deploy("v10")
    tidemark.record(variables=KEYED)
    assert values(tidemark) == {
        "overridden": [f"{PROPERTIES}/DJANGO_DEBUG: True, and in 00_setup.config False"],
        "overridden-secrets": [
            f"{PROPERTIES}/{name}: another secret than in 00_setup.config"
            for name in ("DATABASE_URL", "DJANGO_SECRET_KEY")
        ],
        "not-applied": [],
    }
    outside = facts(tidemark)["set-outside"]["value"]
    assert f"{PROPERTIES}/ADDED_BY_HAND" in outside and f"{GROUP}/MaxSize: 4" in outside
    # Without the setting made by hand, the bundle is in force again.
    stack.remove_property("DJANGO_DEBUG")
    tidemark.record(variables=KEYED)
    assert values(tidemark)["overridden"] == []


def test_without_a_key_only_secrets_are_not_compared(stack, tidemark):
    tidemark.declare_plain()
    tidemark.record(variables=KEYED)
    stack.rotate("DJANGO_SECRET_KEY")
    stack.set_property("DJANGO_DEBUG", "True")
    # The fingerprints of the earlier snapshot do not apply to this one.
    tidemark.record()
    found = facts(tidemark)
    assert found["overridden"]["value"] == [f"{PROPERTIES}/DJANGO_DEBUG: True, and in 00_setup.config False"]
    assert "value" not in found["overridden-secrets"] or found["overridden-secrets"]["value"] is None
    text = tidemark("show", BUNDLE).stdout
    assert "overridden-secrets  could not be seen: the snapshot was recorded without a key" in text
    assert "another secret" not in text


def test_an_option_that_the_environment_does_not_know_is_not_applied(stack, tidemark):
    config = f"option_settings:\n  {GROUP}:\n    MaxSise: 2\n"
    upload(stack, archive(**{".ebextensions/a.config": config, "Dockerrun.aws.json": "{}"}))
    tidemark.record(variables=KEYED)
    assert values(tidemark)["not-applied"] == [f"{GROUP}/MaxSise"]


def test_a_documented_option_of_a_platform_is_compared_without_a_key(stack, tidemark):
    python = "aws:elasticbeanstalk:container:python"
    config = f"option_settings:\n  {python}:\n    WSGIPath: config/wsgi.py\n    NumProcesses: 3\n"
    set_option(stack, python, "WSGIPath", "other/wsgi.py")
    set_option(stack, python, "NumProcesses", "3")
    upload(stack, archive(**{".ebextensions/a.config": config, "Dockerrun.aws.json": "{}"}))
    tidemark.record()
    found = facts(tidemark)
    assert found["options"]["value"] == {f"{python}/WSGIPath": "config/wsgi.py", f"{python}/NumProcesses": "3"}
    assert found["overridden"]["value"] == [f"{python}/WSGIPath: other/wsgi.py, and in a.config config/wsgi.py"]
    assert found["overridden-secrets"]["value"] == []


def test_a_function_within_a_text_is_not_compared(stack, tidemark):
    function = '`{ "Ref" : "AWSEBEnvironmentName" }`'
    config = (
        f"option_settings:\n  {PROCESS}:\n    HealthCheckPath: '/up/{function}'\n"
        f"  {PROPERTIES}:\n    LOG_GROUP: 'eb-{function}'\n"
    )
    set_option(stack, PROCESS, "HealthCheckPath", "/up/antenna-backend-env")
    set_option(stack, PROPERTIES, "LOG_GROUP", "eb-antenna-backend-env")
    upload(stack, archive(**{".ebextensions/a.config": config, "Dockerrun.aws.json": "{}"}))
    tidemark.record(variables=KEYED)
    assert values(tidemark) == {name: [] for name in FACTS}
    assert facts(tidemark)["options"]["value"][f"{PROCESS}/HealthCheckPath"] == f"/up/{function}"


HOSTILE = {
    "no archive": (b"not an archive", "the bundle cannot be read: not a zip archive"),
    "half an archive": (archive(a="1" * 1000)[:60], "the bundle cannot be read: "),
    "a bomb": (
        archive(**{"Dockerrun.aws.json": b"0" * (64 << 20)}),
        "'Dockerrun.aws.json' unpacks to more than 1048576 bytes",
    ),
    "no JSON": (archive(**{"Dockerrun.aws.json": '{"a": "hunter2'}), "'Dockerrun.aws.json' in the bundle is not a JSON object"),
    "no YAML": (
        archive(**{".ebextensions/a.config": "a: b: hunter2"}),
        "'.ebextensions/a.config' in the bundle is not YAML (line 1, column 5)",
    ),
    "a file that is not UTF-8": (
        archive(**{".ebextensions/a.config": b"a: \xff"}), "'.ebextensions/a.config' in the bundle is not UTF-8",
    ),
    "an alias bomb": (
        archive(**{".ebextensions/a.config": "a0: &a0 [x, x]\n" + "".join(
            f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(40))}),
        "'.ebextensions/a.config' in the bundle is not a map of sections",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_an_unreadable_bundle_is_unseen_and_keeps_its_last_state(stack, recorded, case):
    body, reason = HOSTILE[case]
    before = bodies(recorded.history, "snapshot")[-1]["root"]
    upload(stack, body)
    receipt = recorded.record()
    assert f"s3:GetObject about {ENVIRONMENT} doubtful" in receipt.stdout or "s3:GetObject doubtful" in receipt.stdout
    assert reason in recorded.record("--format", "json").json["coverage"]["gaps"][0]["message"]
    assert "hunter2" not in receipt.stdout + recorded("show", BUNDLE).stdout
    assert bodies(recorded.history, "snapshot")[-1]["root"] == before
    assert b"hunter2" not in recorded.history.read_bytes()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..\\..\\x", "a\x1b[31mb", "\u202egpj.exe", "a" * 60_000]
)
def test_a_name_in_a_bundle_is_not_followed(stack, tidemark, name):
    upload(stack, archive(**{name: "x", "Dockerrun.aws.json": "{}"}))
    before = sorted(path.name for path in tidemark.folder.iterdir())
    tidemark.record("--strict")
    assert "\x1b" not in tidemark("show", BUNDLE).stdout
    assert sorted(path.name for path in tidemark.folder.iterdir()) == sorted([*before, tidemark.history.name])
    assert check(tidemark.history)


def test_a_deleted_bundle_is_gone(stack, recorded):
    stack.client("s3").delete_object(Bucket=BUNDLE_BUCKET, Key=bundle_key("v9"))
    recorded.record("--strict")
    assert not [one for one in recorded.show()["resources"] if one["kind"] == BUNDLE]
    assert "elasticbeanstalk.bundle/antenna-production" in recorded("diff", "latest~1").stdout


def test_a_deleted_version_is_gone_with_its_bundle(stack, recorded):
    stack.client("elasticbeanstalk").delete_application_version(ApplicationName=APPLICATION, VersionLabel="v9")
    recorded.record("--strict")
    kinds = {one["kind"] for one in recorded.show()["resources"]}
    assert kinds & {BUNDLE, "elasticbeanstalk.application-version"} == set()


def test_a_bundle_can_be_a_dockerrun_file(stack, tidemark):
    upload(stack, b'\n{"AWSEBDockerrunVersion": "1", "Image": {"Name": "nginx:1.27"}}')
    tidemark.record("--strict")
    found = facts(tidemark)
    assert found["images"]["value"] == {"Image": "nginx:1.27"} and found["dockerrun-version"]["value"] == "1"


def test_a_deploy_changes_the_bundle_and_does_not_replace_it(stack, recorded):
    stack.deploy("v10")
    recorded.record()
    text = recorded("diff", "latest~1").stdout
    assert "changed  elasticbeanstalk.bundle/antenna-production" in text
    assert "images.django is 123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend:v10" in text
    assert "VersionLabel is v10, and was v9" in text
