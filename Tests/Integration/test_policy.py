"""The printed policy is sufficient, and each part of it is needed for exactly the facets that it shows."""

import json
import re
import shutil

import prefix_lists
import pytest

from access import actions, least, policy, with_resource, without
from emulator import names
from log import root
from questions import BUCKETS, BUNDLE, IMAGES, INSTANCE_ROLE, MANIFESTS, TAGS, UNSEEN, action, each, unseen
from refused import RECORD, refused
from shop import REGION, Shop
from tidemark import Tidemark

# Without it nothing is recorded.
FIRST = "elasticbeanstalk:DescribeEnvironments"
SECRET = "secretsmanager.secret/antenna/login"
PREFIX_LIST = "ec2.prefix-list/office"
# What is asked for once ever hides nothing that was recorded.
ONCE = {
    "ecr:BatchGetImage": each(MANIFESTS, "config", "description"),
    "ecr:GetDownloadUrlForLayer": each(MANIFESTS, "config"),
}
# Resources that the documented stack does not have are added here; only a property names the secret.
ADDED = {
    ("elasticbeanstalk", "DescribeConfigurationSettings"): {SECRET: ["reach"]},
    ("ec2", "DescribeManagedPrefixLists"): {PREFIX_LIST: ["description"]},
    ("ec2", "DescribeSecurityGroups"): {PREFIX_LIST: ["reach"]},
    ("ec2", "GetManagedPrefixListEntries"): {PREFIX_LIST: ["Entries"]},
    ("iam", "GetRolePolicy"): {INSTANCE_ROLE: ["RolePolicyList"]},
    ("rds", "DescribeDBInstances"): {PREFIX_LIST: ["reach"]},
    ("secretsmanager", "DescribeSecret"): {SECRET: ["description"]},
}
BALANCER, LISTENERS, TARGETS = "elbv2.load-balancer", "elbv2.listener", "elbv2.target-group"
# The same for the other stack, by kind; its environment is load-balanced.
BALANCED = {
    ("elbv2", "DescribeLoadBalancers"): {
        BALANCER: ["description"], LISTENERS: ["description"], "ec2.security-group": ["reach"]
    },
    ("elbv2", "DescribeListeners"): {LISTENERS: ["description"]},
    ("elbv2", "DescribeTargetGroups"): {TARGETS: ["description"]},
}


def hidden_by(*tables: dict) -> dict[str, dict[str, list[str]]]:
    """By action, what is unseen without it: several calls can need one action."""
    hidden: dict[str, dict[str, set[str]]] = {}
    for table in tables:
        for (service, operation), facets in table.items():
            found = hidden.setdefault(action(service, operation), {})
            for label, names_of_facets in facets.items():
                found.setdefault(label, set()).update(names_of_facets)
    return {name: {label: sorted(facets) for label, facets in found.items()} for name, found in hidden.items()}


HIDDEN = hidden_by(UNSEEN, ADDED)
HIDDEN_IF_BALANCED = hidden_by(BALANCED)


@pytest.fixture
def antenna(stack, tidemark):
    """The documented stack with an inline policy, a secret and a prefix list, a history of it, and the user."""
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}
    stack.client("iam").put_role_policy(
        RoleName=names.INSTANCE_PROFILE, PolicyName="read", PolicyDocument=json.dumps(document)
    )
    secret = stack.client("secretsmanager").create_secret(Name="antenna/login", SecretString="not-planted-1")
    stack.set_property("LOGIN_SECRET", secret["ARN"])
    prefix_lists.admit(stack, prefix_lists.create(stack, "10.0.0.0/8"))
    tidemark.record("--strict")
    with least(stack.endpoint, stack.client("iam")) as allow:
        yield tidemark, allow


def again(tidemark, name: str) -> Tidemark:
    """The program with a copy of the history."""
    folder = tidemark.folder / name
    folder.mkdir()
    shutil.copy(tidemark.history, folder)
    return Tidemark(folder, tidemark.variables)


def denied(receipt: str) -> set[str]:
    """The actions that a report lists as denied, each with the advice to allow it."""
    found = re.findall(r"(\S+:\w+)(?: about \S+)?(?: in \S+)? denied \(\w+\); allow (\S+)\n", receipt)
    assert all(one == advised for one, advised in found) and receipt.count(" denied ") == len(found), receipt
    return {one for one, _ in found}


def test_the_printed_policy_is_sufficient(antenna, tmp_path_factory):
    tidemark, allow = antenna
    nothing = Tidemark(tmp_path_factory.mktemp("nothing"), tidemark.variables)
    for allowed in (policy(tidemark), policy(nothing)):
        keys = allow(allowed)
        copied = again(tidemark, str(len(json.dumps(allowed))))
        assert "all answered" in copied.record("--strict", variables=keys).stdout
        # A first snapshot, and doctor's calls.
        first = Tidemark(tmp_path_factory.mktemp("first"), {**tidemark.variables, **keys})
        assert "all answered" in first.record("--strict").stdout and root(first.history) == root(tidemark.history)
        assert "denied" not in first("doctor", "-e", "antenna-production").stdout


def test_without_one_action_its_own_facets_are_unseen(antenna, subtests):
    tidemark, allow = antenna
    allowed, before = policy(tidemark), root(tidemark.history)
    needed = actions(allowed)
    # An action that hides nothing would not be noticed by this test.
    assert set(needed) == {FIRST, *HIDDEN, *ONCE, *HIDDEN_IF_BALANCED}
    for name in needed:
        if name == FIRST:
            continue
        with subtests.test(action=name):
            copied = again(tidemark, name)
            if name in ONCE:
                copied.history.unlink()
            receipt = copied.record(variables=allow(without(allowed, name))).stdout
            assert denied(receipt) == ({name} if name in HIDDEN | ONCE else set()), receipt
            assert (root(copied.history) == before) == (name not in ONCE)
            lost = ONCE.get(name) if name == "ecr:GetDownloadUrlForLayer" else HIDDEN.get(name, {})
            assert unseen(copied.show()) == lost


def test_without_the_first_action_nothing_is_recorded_and_the_action_is_named(antenna):
    tidemark, allow = antenna
    error = refused(tidemark, *RECORD, variables=allow(without(policy(tidemark), FIRST)))
    assert "cannot be determined" in error and f"not authorized to perform: {FIRST} " in error
    assert error.endswith(": ask for the permission that is named")


# The images of all repositories are one answer.
CONTROLS = {
    f":repository/{names.BACKEND_REPOSITORY}": ["ecr.repository/antenna-backend", *TAGS[1:], *IMAGES],
    f":repository/{names.AWSCLI_REPOSITORY}": ["ecr.repository/antenna-awscli", TAGS[0], *IMAGES],
    f":::{names.STATIC_BUCKET}": [BUCKETS[0]],
    f":::{names.BUNDLE_BUCKET}": [BUCKETS[1]],
    f":::{names.BUNDLE_BUCKET}/*": [BUNDLE],
}
CHANGES = {
    "shorter": lambda arn: arn[:-1],
    "longer": lambda arn: f"{arn}-2",
    "another account's": lambda arn: arn.replace(names.ACCOUNT, "210987654321"),
    "another region's": lambda arn: arn.replace(names.REGION, "us-east-1"),
}
# The ARN of a bucket has neither account nor region.
CASES = [
    (resource, change)
    for resource in CONTROLS
    for change in CHANGES
    if change in ("shorter", "longer") or not resource.startswith(":::")
]


@pytest.mark.parametrize("resource, change", CASES)
def test_a_policy_for_another_resource_is_not_sufficient(antenna, resource, change):
    tidemark, allow = antenna
    allowed = policy(tidemark)
    (arn,) = {one for statement in allowed["Statement"] for one in statement["Resource"] if one.endswith(resource)}
    limited = {one for statement in allowed["Statement"] if arn in statement["Resource"] for one in statement["Action"]}
    receipt = tidemark.record(variables=allow(with_resource(allowed, arn, CHANGES[change](arn)))).stdout
    lost = {
        label: sorted({facet for name in limited for facet in HIDDEN.get(name, {}).get(label, [])})
        for label in CONTROLS[resource]
    }
    assert unseen(tidemark.show()) == lost
    # Calls that would follow from its answer are not made.
    assert denied(receipt) and denied(receipt) <= limited


# MARK: Behind a load balancer


@pytest.fixture
def shop(empty, tmp_path):
    shop = Shop(empty.endpoint)
    tidemark = Tidemark(tmp_path, {**shop.variables, "AWS_REGION": REGION})
    tidemark.record("-e", "shop-live", "--strict")
    iam = shop.client("iam")
    iam.create_user(UserName="somebody")
    iam.create_access_key(UserName="somebody")
    iam.attach_user_policy(UserName="somebody", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    with least(empty.endpoint, iam) as allow:
        yield tidemark, allow


def test_the_same_holds_behind_a_load_balancer(shop, subtests):
    tidemark, allow = shop
    allowed, before = policy(tidemark), root(tidemark.history)
    for name in ["", *HIDDEN_IF_BALANCED]:
        with subtests.test(action=name or "all"):
            copied = again(tidemark, name or "all")
            receipt = copied.record("-e", "shop-live", variables=allow(without(allowed, name))).stdout
            assert denied(receipt) == ({name} if name else set()), receipt
            lost = {one["kind"]: one["unseen"] for one in copied.show()["resources"] if one["unseen"]}
            assert lost == HIDDEN_IF_BALANCED.get(name, {}) and root(copied.history) == before
