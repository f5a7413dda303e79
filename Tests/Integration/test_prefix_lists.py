"""Prefix lists that rules of security groups name."""

import prefix_lists
from parity import cut, described


def lists(tidemark):
    return {one["identity"]: one for one in tidemark.show()["resources"] if one["kind"] == "ec2.prefix-list"}


def test_named_lists_equal_the_answers_of_boto3(stack, tidemark):
    ec2 = stack.client("ec2")
    name = "com.amazonaws.global.cloudfront.origin-facing"
    (aws,) = ec2.describe_managed_prefix_lists(Filters=[{"Name": "prefix-list-name", "Values": [name]}])["PrefixLists"]
    own = prefix_lists.create(stack, "10.0.0.0/8", "192.0.2.0/24")
    for port, one in ((443, aws["PrefixListId"]), (5432, own)):
        prefix_lists.admit(stack, one, port)
    tidemark.record("--strict")
    found = lists(tidemark)
    assert set(found) == {aws["PrefixListId"], own}
    assert {one["label"] for one in found.values()} == {f"ec2.prefix-list/{name}", "ec2.prefix-list/office"}
    for identity, one in found.items():
        (answer,) = ec2.describe_managed_prefix_lists(PrefixListIds=[identity])["PrefixLists"]
        entries = ec2.get_managed_prefix_list_entries(PrefixListId=identity)["Entries"]
        expected = {**described("ec2.prefix-list", answer), "Entries": cut(entries)}
        assert cut(one["description"]) == expected


BASELINE = """environment: antenna-production
expect:
  - name: database-is-closed
    resource: ec2.security-group
    where: { GroupName: antenna-rds }
    is: { ingress: { excludes: [ "tcp 5432 from 0.0.0.0/0" ] } }
"""


def test_a_list_that_is_opened_to_the_world_is_a_change_and_drift(stack, tidemark):
    identity = prefix_lists.create(stack, "10.0.0.0/8")
    prefix_lists.admit(stack, identity)
    tidemark.record("--strict")
    baseline = tidemark.folder / "closed.yml"
    baseline.write_text(BASELINE)
    assert tidemark("drift", "--baseline", str(baseline), status=0)
    halves = [{"Cidr": "0.0.0.0/1"}, {"Cidr": "128.0.0.0/1"}]
    stack.client("ec2").modify_managed_prefix_list(PrefixListId=identity, CurrentVersion=1, AddEntries=halves)
    changed = {one["facet"] for one in tidemark.record("--format", "json").json["changed"]}
    assert changed == {f"ec2.prefix-list/{identity} {facet}" for facet in ("Entries", "description")}
    (group,) = tidemark.show("ec2.security-group/antenna-rds")["resources"]
    assert group["facts"]["open-to-world"]["value"] == ["tcp 5432"]
    text = tidemark("drift", "--baseline", str(baseline), status=2).stdout
    assert f"tcp 5432 from {identity}" in text
