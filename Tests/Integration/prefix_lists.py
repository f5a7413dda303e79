"""A managed prefix list, and the rules of the database's security group that name lists."""

from __future__ import annotations

GROUP = "antenna-rds"


def create(stack, *blocks: str) -> str:
    """Creates a prefix list with these entries, and gives its id."""
    made = stack.client("ec2").create_managed_prefix_list(
        PrefixListName="office", MaxEntries=5, AddressFamily="IPv4", Entries=[{"Cidr": block} for block in blocks]
    )
    return made["PrefixList"]["PrefixListId"]


def admit(stack, prefix_list: str, port: int = 5432) -> None:
    """Adds a rule to the database's group that lets a prefix list in."""
    ec2 = stack.client("ec2")
    (group,) = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": [GROUP]}])["SecurityGroups"]
    rule = {
        "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "PrefixListIds": [{"PrefixListId": prefix_list}]
    }  # fmt: skip
    ec2.authorize_security_group_ingress(GroupId=group["GroupId"], IpPermissions=[rule])
