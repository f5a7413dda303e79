"""`show` prints what boto3 returns about Elastic Beanstalk, after the documented cuts."""

import io
import json
import re
import zipfile

import yaml

from parity import REDACTED, cut, described, option, shown  # noqa: F401


def test_the_environment_equals_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    eb = stack.client("elasticbeanstalk")
    kind, name = "elasticbeanstalk.environment", stack.environment
    (answer,) = eb.describe_environments(EnvironmentNames=[name])["Environments"]
    resources = eb.describe_environment_resources(EnvironmentName=name)["EnvironmentResources"]
    sets = eb.describe_configuration_settings(ApplicationName=stack.application, EnvironmentName=name)
    (settings,) = [one for one in sets["ConfigurationSettings"] if one["DeploymentStatus"] == "deployed"]
    options = eb.describe_configuration_options(ApplicationName=stack.application, EnvironmentName=name)["Options"]
    platform = eb.describe_platform_version(PlatformArn=answer["PlatformArn"])["PlatformDescription"]
    expected = {
        **described(kind, answer),
        # Options that could be set do not belong to the environment.
        "ConfigurationOptions": cut(
            [{key: one[key] for key in ("Namespace", "Name", "DefaultValue") if key in one} for one in options]
        ),
        "EnvironmentResources": cut(resources),
        "PlatformDescription": cut({key: value for key, value in platform.items() if key != "DateUpdated"}),
        "OptionSettings": cut([option(one) for one in settings["OptionSettings"]]),
    }
    assert cut(shown[kind, name]) == expected
    values = [one.get("Value") for one in expected["OptionSettings"]]
    assert REDACTED in values and any(isinstance(value, str) and "REDACTED" in value for value in values)


def test_the_application_and_its_deployed_version_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    eb = stack.client("elasticbeanstalk")
    (application,) = eb.describe_applications(ApplicationNames=[stack.application])["Applications"]
    (version,) = eb.describe_application_versions(ApplicationName=stack.application, VersionLabels=["v9"])[
        "ApplicationVersions"
    ]
    for kind, name, answer in (
        ("elasticbeanstalk.application", stack.application, application),
        ("elasticbeanstalk.application-version", stack.environment, version),
    ):
        assert cut(shown[kind, name]) == described(kind, answer)


def test_a_managed_action_equals_the_answer_of_boto3(stack, tidemark):
    stack.set_environment(managed_update="Platform update to 3.5.1")
    (action,) = stack.client("elasticbeanstalk").describe_environment_managed_actions(
        EnvironmentName=stack.environment
    )["ManagedActions"]
    tidemark.record()
    (environment,) = tidemark.show("elasticbeanstalk.environment")["resources"]
    kept = {key: value for key, value in action.items() if key not in ("Status", "WindowStartTime")}
    assert environment["description"]["ManagedActions"] == [kept]


def unpacked(body):
    with zipfile.ZipFile(io.BytesIO(body)) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def test_the_bundle_equals_the_unpacked_object(standing, shown):
    stack, _ = standing
    answer = stack.client("s3").get_object(
        Bucket=shown["elasticbeanstalk.application-version", stack.environment]["SourceBundle"]["S3Bucket"],
        Key=shown["elasticbeanstalk.application-version", stack.environment]["SourceBundle"]["S3Key"],
    )
    files = unpacked(answer.pop("Body").read())
    del answer["ResponseMetadata"]
    # boto3 requests the object's checksum as well.
    answer = {name: value for name, value in answer.items() if not name.startswith("Checksum")}
    answer["Metadata"] = REDACTED
    bundle = dict(shown["elasticbeanstalk.bundle", stack.environment])
    assert bundle.pop("Files") == sorted(files)
    assert bundle.pop("EBIgnore") == files[".ebignore"].split()
    dockerrun, (config,) = bundle.pop("Dockerrun"), bundle.pop("EBExtensions")
    assert cut(bundle) == cut(answer)

    written = json.loads(files["Dockerrun.aws.json"])
    for container in written["containerDefinitions"]:
        for name in container.keys() & {"command", "entryPoint"}:
            container[name] = REDACTED
        for variable in container.get("environment", []):
            variable["value"] = REDACTED
    assert cut(dockerrun) == cut(written)

    written = yaml.safe_load(files[".ebextensions/00_setup.config"])
    options = [
        {"Namespace": namespace, "OptionName": name, "Value": value}
        for namespace, values in written["option_settings"].items()
        for name, value in values.items()
    ]
    assert cut(config.pop("option_settings")) == cut([option(one) for one in options])
    assert config.pop("File") == "00_setup.config" and config.keys() == written.keys() - {"option_settings"}
    assert config["packages"] == [
        {"Manager": "rpm", "Name": "agent", "Versions": REDACTED},
        {"Manager": "yum", "Name": "jq"},
    ]
    assert config["sources"] == [
        {"Path": "/opt/antenna/geo", "URL": "https://REDACTED@downloads.example.org/REDACTED"}
    ]
    assert config["Resources"] == [
        {"Name": "PartnerTopic", "Other": [{"Name": "Properties", "Value": REDACTED}], "Type": "AWS::SNS::Topic"}
    ]
    secret = {"command", "content", "env", "test"}
    for section, key in (("commands", "Name"), ("container_commands", "Name"), ("files", "Path")):
        found = {one.pop(key): one for one in config[section]}
        for name, members in written[section].items():
            source = members.get("source")
            expected = {member: REDACTED if member in secret else value for member, value in members.items()}
            if source:
                expected["source"] = re.sub(r"(?<=\w)/.*", "/REDACTED?REDACTED", source)
            assert found.pop(name) == expected
        assert found == {}


def test_deployed_settings_are_shown_while_others_are_pending(stack, tidemark):
    stack.hold_updates()
    stack.set_property("DJANGO_DEBUG", "True")
    sets = stack.client("elasticbeanstalk").describe_configuration_settings(
        ApplicationName=stack.application, EnvironmentName=stack.environment
    )["ConfigurationSettings"]
    assert len(sets) == 2
    tidemark.declare_plain()
    tidemark.record()
    (environment,) = tidemark.show("elasticbeanstalk.environment")["resources"]
    assert environment["facts"]["properties"]["value"]["DJANGO_DEBUG"] == "False"
    stack.release_updates()
    tidemark.record()
    (environment,) = tidemark.show("elasticbeanstalk.environment")["resources"]
    assert environment["facts"]["properties"]["value"]["DJANGO_DEBUG"] == "True"
