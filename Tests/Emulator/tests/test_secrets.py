"""Every planted secret is in the stack in plain text, so that a test can find a reader that stores one."""

import base64
import io
import json
import subprocess
import sys
import zipfile
from urllib.request import urlopen

import pytest

from emulator.properties import TEMPLATES, is_secret
from emulator.secrets import PLACES, every_form, every_secret, planted
from test_stack import properties, tasks


def plain_text(stack):
    """Every answer that a reader of the stack can get, as one text."""
    beanstalk, ec2, ecs = (stack.client(name) for name in ("elasticbeanstalk", "ec2", "ecs"))
    parameters = {"ApplicationName": "antenna", "EnvironmentName": "antenna-production"}
    answers = [beanstalk.describe_configuration_settings(**parameters)]
    definition = tasks(stack)[0]["taskDefinitionArn"]
    answers.append(ecs.describe_task_definition(taskDefinition=definition))
    instance = ec2.describe_instances()["Reservations"][0]["Instances"][0]["InstanceId"]
    data = ec2.describe_instance_attribute(InstanceId=instance, Attribute="userData")["UserData"]["Value"]
    answers.append(base64.b64decode(data).decode())
    answers.append(stack.client("s3").get_bucket_policy(Bucket="antenna-static-files")["Policy"])
    key = {"Bucket": "elasticbeanstalk-us-west-2-123456789012", "Key": "antenna/antenna-v9.zip"}
    kept = stack.client("s3").get_object(**key)
    answers.append(kept["Metadata"])
    bundle = zipfile.ZipFile(io.BytesIO(kept["Body"].read()))
    answers += [bundle.read(name).decode() for name in bundle.namelist()]
    for service, operation, group in (
        ("rds", "describe_db_parameters", {"DBParameterGroupName": "antenna-postgres16"}),
        ("elasticache", "describe_cache_parameters", {"CacheParameterGroupName": "antenna-redis7"}),
    ):
        answers.append(getattr(stack.client(service), operation)(**group, Source="user"))
    answers += images(stack.client("ecr"))
    return "\n".join(one if isinstance(one, str) else json.dumps(one, default=str) for one in answers)


def images(ecr):
    """The presigned URL of the configuration of each image, and the configuration."""
    for repository in ecr.describe_repositories()["repositories"]:
        name = {"repositoryName": repository["repositoryName"]}
        identities = ecr.list_images(**name)["imageIds"]
        for image in ecr.batch_get_image(**name, imageIds=identities)["images"]:
            config = json.loads(image["imageManifest"])["config"]["digest"]
            url = ecr.get_download_url_for_layer(**name, layerDigest=config)["downloadUrl"]
            with urlopen(url) as response:
                yield from (url, response.read().decode())


def test_each_is_in_the_stack(stack):
    text = plain_text(stack)
    # The master password is sent to RDS, which never answers it.
    hidden = {"database-master-password"}
    missing = [place for place in PLACES if place not in hidden and not any(form in text for form in every_form(planted(place)))]
    assert missing == []


def test_each_is_distinct_and_recognisable():
    values = every_secret()
    assert len(values) == len(set(values)) and all(value.startswith("Pl4nt") and len(value) >= 36 for value in values)


def test_a_rotated_value_is_in_the_list(stack):
    for name in filter(is_secret, TEMPLATES):
        before = properties(stack)[name]
        after = stack.rotate(name)
        assert properties(stack)[name] == after != before
        assert any(form in after for value in every_secret() for form in every_form(value))


@pytest.mark.parametrize("around", ["", "x", "xy", "xyz"])
def test_a_secret_inside_base64_is_recognised(around):
    value = planted("user-data")
    encoded = base64.b64encode(f"{around}{value}{around}".encode()).decode()
    assert any(form in encoded for form in every_form(value))


def test_the_command_prints_them_all():
    run = subprocess.run([sys.executable, "-m", "emulator", "secrets"], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == every_secret()


def test_cloudtrail_hides_what_it_hides_in_aws(stack):
    stack.replace_database()
    stack.rotate("GEODATA")
    stack.client("elasticache").describe_cache_clusters()
    events = stack.client("cloudtrail").lookup_events()["Events"]
    text = "\n".join(event["CloudTrailEvent"] for event in events)
    assert planted("database-master-password") not in text
    assert planted("unlisted-property", 1) in text
