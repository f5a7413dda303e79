"""No planted secret, in any form, reaches the file, the output or a message."""

import json
from pathlib import Path

import pytest

from bundles import archive
from containers import run_instead
from emulator.controls import fault
from emulator.extensions.elasticbeanstalk.options import BALANCED, DEFAULTS
from emulator.extensions.keys import secret_key
from emulator.names import BUNDLE_BUCKET, ENVIRONMENT, READER, bundle_key
from emulator.properties import TEMPLATES, is_secret
from emulator.secrets import every_form, every_secret, planted
from questions import UNSEEN

KEY = "k3y-of-the-fingerprints/that=stays&outside"
OTHER_KEY = "an0ther-key-of-the-fingerprints"
FORMS = sorted(
    {form.encode() for secret in [*every_secret(), KEY, OTHER_KEY, secret_key(READER)] for form in every_form(secret)}
)
LOUD = {"TIDEMARK_LOG": "debug"}


class Overheard:
    """Runs the program, and collects everything that it printed and wrote."""

    def __init__(self, tidemark):
        self.tidemark = tidemark
        self.output = b""

    def __call__(self, *arguments, **variables):
        result = self.tidemark(*arguments, status=None, variables=variables)
        self.output += result.stdout.encode() + result.stderr.encode()
        return result

    def everything(self):
        yield "the output", self.output
        for path in self.tidemark.folder.iterdir():
            yield path.name, path.read_bytes()


def leaks(overheard):
    return [(where, form) for where, content in overheard.everything() for form in FORMS if form in content]


@pytest.fixture
def overheard(tidemark):
    return Overheard(tidemark)


def read_all(overheard):
    for format in ("text", "json"):
        overheard("show", "--format", format)
        overheard("show", "antenna-production", "--format", format)
        overheard("drift", "--baseline", "shipped:antenna/documented", "--format", format)
        overheard("who", "v9", "--format", format)


@pytest.mark.parametrize("key", [None, KEY], ids=["without a key", "with a key"])
def test_no_planted_secret_is_stored_or_printed(stack, overheard, key):
    record = ("record", "-e", "antenna-production", "--verbose")
    assert overheard(*record, "--release", "v9", TIDEMARK_KEY=key, **LOUD).status == 0
    for name in sorted(filter(is_secret, TEMPLATES)):
        stack.rotate(name)
    stack.deploy("v10")
    assert overheard(*record, TIDEMARK_KEY=key, **LOUD).status == 0
    read_all(overheard)
    assert b"DescribeConfigurationSettings" in overheard.output and b"POSTGRES_PASSWORD" in overheard.output
    assert leaks(overheard) == []


def test_no_planted_secret_is_stored_or_printed_if_calls_fail(stack, overheard):
    record = ("record", "-e", "antenna-production", "--verbose")
    assert overheard(*record, TIDEMARK_KEY=KEY, **LOUD).status == 0
    for kind in ("denied", "malformed", "truncated", "truncated-connection", "html-500"):
        stack.set_faults(*[fault(service, operation, kind) for service, operation in UNSEEN])
        assert overheard(*record, TIDEMARK_KEY=KEY, **LOUD).status == 0
        stack.set_faults(fault("elasticbeanstalk", "DescribeEnvironments", kind))
        assert overheard(*record, TIDEMARK_KEY=KEY, **LOUD).status == 1
    read_all(overheard)
    assert leaks(overheard) == []


def loaded(containers):
    """Container definitions with a secret at every place where somebody may have written one."""
    first, *others = containers
    return [
        {
            **first,
            "dockerLabels": {"traefik.auth": planted("webhook-user")},
            "healthCheck": {"command": ["CMD", "curl", f"https://x.example/?key={planted('webhook-query')}"]},
            "logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": planted("webhook-path")}},
        },
        *others,
    ]


def test_secrets_in_container_definitions_and_descriptions_are_not_stored(stack, overheard):
    manager = stack.client("secretsmanager")
    arn = manager.create_secret(Name="antenna/database", SecretString=planted("webhook-password"))["ARN"]
    stack.set_property("DATABASE_SECRET", arn)
    options = {"type": "cifs", "o": f"username=a,password={planted('webhook-fragment')}"}
    run_instead(stack, loaded, volumes=[{"name": "share", "dockerVolumeConfiguration": {"driverOpts": options}}])
    record = ("record", "-e", "antenna-production", "--verbose")
    assert overheard(*record, TIDEMARK_KEY=KEY, **LOUD).status == 0
    assert overheard(*record, **LOUD).status == 0
    read_all(overheard)
    (definition,) = overheard.tidemark.show("ecs.task-definition")["resources"]
    text = str(definition["description"])
    assert all(member in text for member in ("dockerLabels", "healthCheck", "splunk", "driverOpts"))
    assert b"antenna/database" in overheard.output and leaks(overheard) == []


# Options of Elastic Beanstalk that may have a secret: documented and undocumented ones, and values of another form.
LOADED_OPTIONS = [
    ("aws:elasticbeanstalk:environment:process:default", "HealthCheckPath", "/up?token={}"),
    ("aws:elasticbeanstalk:application", "Application Healthcheck URL", "HTTP:80/up?token={}"),
    ("aws:elasticbeanstalk:sqsd", "HttpPath", "/hooks/{}/job"),
    ("aws:elasticbeanstalk:sqsd", "WorkerQueueURL", "https://sqs.us-west-2.amazonaws.com/{}"),
    ("aws:elasticbeanstalk:sns:topics", "Notification Endpoint", "https://hooks.example/{}"),
    ("aws:elb:healthcheck", "Target", "HTTP:80/up?token={}"),
    ("aws:elasticbeanstalk:environment", "API_TOKEN", "{}"),
    ("aws:elasticbeanstalk:environment:process:default", "API_TOKEN", "{}"),
    ("aws:elasticbeanstalk:environment:proxy:staticfiles", "API_TOKEN", "{}"),
    ("aws:elasticbeanstalk:container:python", "API_TOKEN", "{}"),
    ("aws:elasticbeanstalk:container:tomcat:jvmoptions", "JVM Options", "-Dpassword={}"),
    ("aws:elasticbeanstalk:customoption", "Anything", "{}"),
    ("aws:rds:dbinstance", "DBPassword", "{}"),
    ("aws:ec2:vpc", "ELBScheme", "{}"),
    ("aws:elasticbeanstalk:hostmanager", "LogPublicationControl", "{}"),
    ("aws:elb:policies:backend", "PublicKey", "{}"),
]


def test_a_secret_in_an_option_of_another_name_or_form_is_not_stored(stack, overheard):
    secret = planted("webhook-path")
    options = [(namespace, name, form.format(secret)) for namespace, name, form in LOADED_OPTIONS]
    settings = [{"Namespace": namespace, "OptionName": name, "Value": value} for namespace, name, value in options]
    stack.client("elasticbeanstalk").update_environment(EnvironmentName=ENVIRONMENT, OptionSettings=settings)
    sections = [{"namespace": namespace, "option_name": name, "value": value} for namespace, name, value in options]
    bundle = archive(**{".ebextensions/a.config": json.dumps({"option_settings": sections}), "Dockerrun.aws.json": "{}"})
    stack.client("s3").put_object(Bucket=BUNDLE_BUCKET, Key=bundle_key("v9"), Body=bundle)
    record = ("record", "-e", "antenna-production", "--verbose")
    assert overheard(*record, TIDEMARK_KEY=KEY, **LOUD).status == 0
    read_all(overheard)
    described = overheard.tidemark.show("elasticbeanstalk.environment")["resources"][0]["description"]
    values = {(o["Namespace"], o["OptionName"]): o.get("Value") for o in described["OptionSettings"]}
    process = "aws:elasticbeanstalk:environment:process:default"
    assert values[process, "HealthCheckPath"] == "/up?REDACTED"
    assert all(values[namespace, name] != value for namespace, name, value in options)
    assert leaks(overheard) == []


def test_every_option_without_a_secret_is_stored(tidemark):
    tidemark.record()
    described = tidemark.show("elasticbeanstalk.environment")["resources"][0]["description"]
    free = (
        "aws:elasticbeanstalk:application:environment", "aws:elasticbeanstalk:customoption",
        "aws:cloudformation:template:parameter",
    )  # fmt: skip
    for facet, value in [("OptionSettings", "Value"), ("ConfigurationOptions", "DefaultValue")]:
        values = [option.get(value) for option in described[facet] if option["Namespace"] not in free]
        assert len([text for text in values if text]) > 40
        assert [text for text in values if "REDACTED" in str(text) or text == {"redacted": True}] == []


def test_the_table_lists_every_option_of_the_emulator():
    table = (Path(__file__).parents[2] / "Sources/TidemarkKinds/Options/options.txt").read_text()
    listed, namespace = set(), ""
    for line in table.splitlines():
        if line.startswith("namespace "):
            namespace = line.removeprefix("namespace ")
        elif line.startswith("  "):
            listed.add((namespace, line.strip().rpartition(": ")[0]))
    options = {(namespace, name) for known in (DEFAULTS, BALANCED) for namespace, names in known.items() for name in names}
    assert len(options) > 80 and options - listed == set()


def test_the_search_for_leaks_finds_one(stack, overheard):
    value = stack.property_value("POSTGRES_PASSWORD")
    (overheard.tidemark.folder / "leak").write_bytes(b"PGPASSWORD=" + value.encode())
    assert {where for where, _ in leaks(overheard)} == {"leak"}


def test_a_baseline_that_expects_a_secret_is_an_error_without_its_value(stack, overheard):
    overheard("record", "-e", "antenna-production")
    (overheard.tidemark.folder / "guess.yml").write_text(
        "environment: antenna-production\n"
        "expect:\n"
        "  - name: password\n"
        "    resource: elasticbeanstalk.environment\n"
        "    is:\n"
        "      properties: { POSTGRES_PASSWORD: hunter2 }\n"
    )
    result = overheard("drift", "--baseline", "guess.yml")
    assert result.status == 1 and "guess.yml:6:" in result.error and "plain" in result.error
    (overheard.tidemark.folder / "guess.yml").unlink()
    assert leaks(overheard) == []


def test_a_password_in_the_endpoint_s_url_is_not_printed(tidemark):
    endpoint = tidemark.variables["AWS_ENDPOINT_URL"].replace("http://", "http://user:hunter2@")
    assert "hunter2" not in tidemark.record(status=1, variables={"AWS_ENDPOINT_URL": endpoint}).error
