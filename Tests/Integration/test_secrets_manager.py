"""Secrets of Secrets Manager: the references to them, and what is stored of them."""

from __future__ import annotations

from containers import run_instead
from parity import cut


def create(stack, name):
    tags = [{"Key": "project", "Value": "antenna"}]
    made = stack.client("secretsmanager").create_secret(Name=name, SecretString="not-planted-1", Tags=tags)
    return made["ARN"]


def secrets(tidemark):
    return {one["identity"]: one for one in tidemark.show()["resources"] if one["kind"] == "secretsmanager.secret"}


def test_properties_and_containers_refer_to_secrets_and_no_value_is_requested(stack, tidemark):
    named, injected, other = (create(stack, f"antenna/{name}") for name in ("database", "django", "other"))
    stack.set_property("DATABASE_SECRET", named)

    def with_secret(containers):
        first, *rest = containers
        return [{**first, "secrets": [{"name": "DJANGO_SECRET_KEY", "valueFrom": f"{injected}:key::"}]}, *rest]

    run_instead(stack, with_secret)
    tidemark.record("--strict")
    found = secrets(tidemark)
    assert set(found) == {named, injected} and other not in found
    called = {one["operation"] for one in stack.calls() if one["service"] == "secretsmanager"}
    assert called == {"CreateSecret", "DescribeSecret"}
    moving = {"LastChangedDate", "LastAccessedDate", "VersionIdsToStages", "ResponseMetadata"}
    answer = stack.client("secretsmanager").describe_secret(SecretId=named)
    expected = {name: value for name, value in answer.items() if name not in moving}
    assert cut(found[named]["description"]) == cut(expected)
    assert found[named]["label"] == "secretsmanager.secret/antenna/database"


def test_a_new_value_is_not_a_change_and_a_deletion_is(stack, tidemark):
    arn = create(stack, "antenna/database")
    stack.set_property("DATABASE_SECRET", arn)
    tidemark.record()
    stack.client("secretsmanager").put_secret_value(SecretId=arn, SecretString="not-planted-2")
    assert tidemark.record("--format", "json").json["changed"] == []
    stack.client("secretsmanager").delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)
    changed = tidemark.record("--format", "json").json["changed"]
    gone = [f"secretsmanager.secret/{arn} {facet}" for facet in ("description", "incarnation")]
    assert [one["facet"] for one in changed if not one["content"]] == gone
    # AWS said that it is gone, which the state keeps.
    assert [one["facet"] for one in changed if one["content"]] == [f"secretsmanager.secret/{arn} reach"]
