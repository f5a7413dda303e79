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
