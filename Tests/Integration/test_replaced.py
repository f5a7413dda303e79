"""Replacements in AWS: of an instance by Auto Scaling, of an environment by a rebuild."""

GUIDE = """\
environment: antenna-production
expect:
  - name: instance
    resource: ec2.instance
    section: "5.3"
    is:
      InstanceType: t3.large
      public-ip: true
      subnet-tier: public
      security-groups: [ "${created-group}", "${outbound-group}" ]
  - name: created-group
    resource: ec2.security-group
    where: { GroupName: { matches: "awseb-.*" } }
    is: { ingress: [ tcp 80 from 0.0.0.0/0 ] }
  - name: outbound-group
    resource: ec2.security-group
    where: { GroupName: antenna-apprunner-egress }
    is: { ingress: [], egress: [ all to 0.0.0.0/0 ] }
  - name: network
    resource: ec2.vpc
    section: "5.5"
    is: { IsDefault: true }
"""


def verdicts(tidemark, status):
    (tidemark.folder / "network.yml").write_text(GUIDE)
    report = tidemark("drift", "--baseline", "network.yml", "--format", "json", status=status).json
    return {one["name"]: one["verdict"] for one in report["expectations"]}


def changed(receipt):
    return {change["facet"]: change["content"] is None for change in receipt["changed"]}


def test_an_instance_replaced_by_auto_scaling_is_gone_and_the_other_is_added(stack, recorded):
    assert set(verdicts(recorded, 0).values()) == {"in sync"}
    old, new = stack.instance_id(), stack.replace_instance()
    receipt = recorded.record("--strict", "--format", "json").json
    # AWS lists a terminated instance for about an hour.
    listed = stack.client("ec2").describe_instances(InstanceIds=[old])["Reservations"][0]["Instances"][0]
    assert listed["State"]["Name"] == "terminated"
    assert changed(receipt)[f"ec2.instance/{old} description"] is True
    assert changed(receipt)[f"ec2.instance/{new} description"] is False
    assert set(verdicts(recorded, 0).values()) == {"in sync"}
    assert recorded.record("--strict", "--format", "json").json["changed"] == []


def test_a_rebuilt_environment_leaves_no_resources_behind(stack, recorded):
    before = {one["label"] for one in recorded.show()["resources"]}
    stack.rebuild_environment()
    recorded.record("--rebind", "--strict")
    after = recorded.show()["resources"]
    assert all(one["reached"] for one in after) and len(after) == len(before)
    assert set(verdicts(recorded, 0).values()) == {"in sync"}
    assert recorded.record("--strict", "--format", "json").json["changed"] == []


def test_a_subnet_that_loses_its_route_is_drift(stack, recorded):
    ec2 = stack.client("ec2")
    (table,) = [
        table
        for table in ec2.describe_route_tables()["RouteTables"]
        if any(route.get("GatewayId", "").startswith("igw-") for route in table["Routes"])
    ]
    ec2.delete_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0")
    recorded.record("--strict")
    assert {name for name, verdict in verdicts(recorded, 2).items() if verdict == "drifted"} == {"instance"}


def test_an_environment_without_a_load_balancer_has_none(stack, recorded):
    (recorded.folder / "balanced.yml").write_text(
        "environment: antenna-production\n"
        "expect: [ { name: balancer, resource: elbv2.load-balancer, is: { Scheme: internet-facing } } ]\n"
    )
    report = recorded("drift", "--baseline", "balanced.yml", "--format", "json", status=2).json
    (finding,) = report["expectations"][0]["findings"]
    assert finding["verdict"] == "drifted" and finding["change"] == "missing"
