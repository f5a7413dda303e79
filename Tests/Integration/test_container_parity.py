"""`show` prints what boto3 returns about containers and images, after the documented cuts."""

import json

from parity import PROPERTIES, REDACTED, cut, option, shown  # noqa: F401


def variable(given):
    value = option({"Namespace": PROPERTIES, "OptionName": given["name"], "Value": given["value"]})["Value"]
    return {**given, "value": value}


def container(given):
    """The definition as it must be stored: without commands and secret variables."""
    hidden = {name: REDACTED for name in ("command", "entryPoint") if given.get(name)}
    return {**given, **hidden, "environment": [variable(one) for one in given["environment"]]}


def test_cluster_and_task_definition_equal_the_answer_of_boto3(stack, tidemark):
    tidemark.record("--strict")
    shown = {(one["kind"], one["identity"]): one["description"] for one in tidemark.show()["resources"]}
    ecs = stack.client("ecs")
    (name,) = [identity for kind, identity in shown if kind == "ecs.cluster"]
    (cluster,) = ecs.describe_clusters(clusters=[name], include=["SETTINGS", "CONFIGURATIONS", "TAGS"])["clusters"]
    kept = {"clusterArn", "clusterName", "settings", "configuration", "tags", "capacityProviders"}
    expected = cut({member: value for member, value in cluster.items() if member in kept})
    assert cut(shown["ecs.cluster", name]) == expected
    (family,) = [identity for kind, identity in shown if kind == "ecs.task-definition"]
    (arn,) = ecs.list_tasks(cluster=name)["taskArns"]
    (task,) = ecs.describe_tasks(cluster=name, tasks=[arn])["tasks"]
    definition = ecs.describe_task_definition(taskDefinition=task["taskDefinitionArn"])["taskDefinition"]
    definition["containerDefinitions"] = [container(one) for one in definition["containerDefinitions"]]
    assert cut(shown["ecs.task-definition", family]) == cut(definition)
    assert len(definition["containerDefinitions"]) == 5


def test_containers_repositories_and_tags_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    ecs, ecr = stack.client("ecs"), stack.client("ecr")
    (cluster,) = [identity for kind, identity in shown if kind == "ecs.cluster"]
    tasks = ecs.describe_tasks(cluster=cluster, tasks=ecs.list_tasks(cluster=cluster)["taskArns"])["tasks"]
    running = {name: one for (kind, name), one in shown.items() if kind == "ecs.container"}
    assert len(running) == 5
    for name, found in running.items():
        # The members that distinguish deployments; the task's identity is a reading.
        kept = {
            (task["taskDefinitionArn"], one["name"], one["image"], one["imageDigest"])
            for task in tasks
            for one in task["containers"]
            if one["name"] == name
        }
        found = {
            (task["taskDefinitionArn"], one["name"], one["image"], one["imageDigest"])
            for task in found["tasks"]
            for one in task["containers"]
        }
        assert found == kept
    repositories = {uri: one for (kind, uri), one in shown.items() if kind == "ecr.repository"}
    for answer in ecr.describe_repositories()["repositories"]:
        assert cut(repositories.pop(answer["repositoryUri"])) == cut(answer)
        listed = ecr.list_images(repositoryName=answer["repositoryName"], filter={"tagStatus": "TAGGED"})["imageIds"]
        for image in listed:
            assert cut(shown["ecr.tag", f"{answer['repositoryUri']}:{image['imageTag']}"]) == cut(image)
    assert repositories == {}


def test_running_images_equal_the_answer_of_boto3(standing, shown):
    stack, _ = standing
    moving = {"imageTags", "imageScanStatus", "imageScanFindingsSummary", "lastRecordedPullTime"}
    images = [identity for kind, identity in shown if kind == "ecr.image"]
    assert len(images) == 2
    for uri in images:
        (found,) = shown["ecr.image", uri]["imageDetails"]
        name, digest = uri.partition("/")[2], found["imageDigest"]
        parameters = {"repositoryName": name, "imageIds": [{"imageDigest": digest}]}
        (answer,) = stack.client("ecr").describe_images(**parameters)["imageDetails"]
        assert cut(found) == cut({member: value for member, value in answer.items() if member not in moving})


def test_a_repository_s_policies_are_parsed_documents(stack, tidemark):
    ecr = stack.client("ecr")
    expire = {"selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5}}
    rules = [{"rulePriority": number, **expire, "action": {"type": "expire"}} for number in (2, 1)]
    ecr.put_lifecycle_policy(repositoryName="antenna-backend", lifecyclePolicyText=json.dumps({"rules": rules}))
    pull = {"Sid": "pull", "Effect": "Allow", "Principal": "*", "Action": ["ecr:BatchGetImage"]}
    policy = {"Version": "2012-10-17", "Statement": [pull]}
    ecr.set_repository_policy(repositoryName="antenna-backend", policyText=json.dumps(policy))
    tidemark.record("--strict")
    (shown,) = tidemark.show("ecr.repository/antenna-backend")["resources"]
    assert cut(shown["description"]["lifecyclePolicyText"]) == cut({"rules": rules})
    assert cut(shown["description"]["policyText"]) == cut(policy)
    (other,) = tidemark.show("ecr.repository/antenna-awscli")["resources"]
    assert not {"lifecyclePolicyText", "policyText"} & set(other["description"])
    ecr.delete_lifecycle_policy(repositoryName="antenna-backend")
    receipt = tidemark.record("--format", "json").json
    (change,) = receipt["changed"]
    assert change["facet"].endswith("/antenna-backend lifecyclePolicyText") and change["content"] is None
