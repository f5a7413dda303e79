"""A stack that this project did not build: load-balanced in two zones of another region, beside one with similar
names."""

from __future__ import annotations

import boto3

from emulator.extensions.keys import key_id, secret_key

REGION = "eu-central-1"
EVERYWHERE = "0.0.0.0/0"
SIGN_IN_SECRET = "not-planted-sign-in-secret"


class Shop:
    """The environment `shop-live`, made with boto3 alone and any key, and `shop-live-2` in its own VPC."""

    def __init__(self, endpoint: str):
        session = boto3.Session(key_id("somebody"), secret_key("somebody"), region_name=REGION)
        self.client = lambda service: session.client(service, endpoint_url=endpoint)
        self.variables = {
            "AWS_ACCESS_KEY_ID": key_id("somebody"),
            "AWS_SECRET_ACCESS_KEY": secret_key("somebody"),
            "AWS_ENDPOINT_URL": endpoint,
        }
        self.client("elasticbeanstalk").create_application(ApplicationName="shop")
        self.vpc, self.subnets = self.network("10.20")
        self.group = self.database_group(self.vpc)
        self.database("orders", self.group)
        self.environment("shop-live", self.vpc, self.subnets)
        self.sign_in()
        other, subnets = self.network("10.21")
        self.database("orders-archive", self.database_group(other))
        self.environment("shop-live-2", other, subnets)

    def network(self, prefix: str) -> tuple[str, dict[str, list[str]]]:
        """Creates public and private subnets in two zones; the private ones have a NAT gateway."""
        ec2 = self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock=f"{prefix}.0.0/16")["Vpc"]["VpcId"]
        subnets = {
            tier: [
                ec2.create_subnet(
                    VpcId=vpc, CidrBlock=f"{prefix}.{start + number}.0/24", AvailabilityZone=f"{REGION}{zone}"
                )["Subnet"]["SubnetId"]
                for number, zone in enumerate("ab")
            ]
            for tier, start in (("public", 0), ("private", 10))
        }
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        nat = ec2.create_nat_gateway(SubnetId=subnets["public"][0], AllocationId=address)["NatGateway"]["NatGatewayId"]
        for tier, target in (("public", {"GatewayId": gateway}), ("private", {"NatGatewayId": nat})):
            table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
            ec2.create_route(RouteTableId=table, DestinationCidrBlock=EVERYWHERE, **target)
            for subnet in subnets[tier]:
                ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        return vpc, subnets

    def database_group(self, vpc: str) -> str:
        ec2 = self.client("ec2")
        group = ec2.create_security_group(GroupName="shop", Description="The shop's own", VpcId=vpc)["GroupId"]
        ec2.authorize_security_group_ingress(
            GroupId=group,
            IpPermissions=[
                {
                    "IpProtocol": "tcp",
                    "FromPort": 3306,
                    "ToPort": 3310,
                    "Ipv6Ranges": [{"CidrIpv6": "2001:db8::/32", "Description": "the office"}],
                },
                {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": "192.0.2.0/24"}]},
                {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]},
            ],
        )
        return group

    def database(self, name: str, group: str) -> None:
        self.client("rds").create_db_instance(
            DBInstanceIdentifier=name,
            Engine="mysql",
            DBInstanceClass="db.m6g.large",
            AllocatedStorage=100,
            MasterUsername="root",
            MasterUserPassword="not-planted-1",
            VpcSecurityGroupIds=[group],
            MultiAZ=True,
        )

    def environment(self, name: str, vpc: str, subnets: dict[str, list[str]]) -> None:
        chosen = {
            "aws:elasticbeanstalk:application:environment": {"GREETING": "grüß Gott, <b>&\"'\\ 日本"},
            "aws:elasticbeanstalk:environment": {"EnvironmentType": "LoadBalanced", "LoadBalancerType": "application"},
            "aws:autoscaling:asg": {"MinSize": "2", "MaxSize": "4"},
            "aws:ec2:vpc": {
                "VPCId": vpc,
                "Subnets": ",".join(subnets["private"]),
                "ELBSubnets": ",".join(subnets["public"]),
            },
        }
        self.client("elasticbeanstalk").create_environment(
            ApplicationName="shop",
            EnvironmentName=name,
            SolutionStackName="64bit Amazon Linux 2 v3.5.0 running ECS",
            OptionSettings=options(chosen),
        )

    def sign_in(self) -> None:
        """Adds a second listener with a sign-in."""
        elbv2 = self.client("elbv2")
        (group,) = elbv2.describe_target_groups()["TargetGroups"]
        elbv2.create_listener(
            LoadBalancerArn=group["LoadBalancerArns"][0],
            Protocol="HTTPS",
            Port=443,
            SslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06",
            Certificates=[{"CertificateArn": "arn:aws:iam::123456789012:server-certificate/shop"}],
            DefaultActions=[
                {
                    "Type": "authenticate-oidc",
                    "Order": 1,
                    "AuthenticateOidcConfig": {
                        "Issuer": "https://login.example",
                        "AuthorizationEndpoint": "https://login.example/authorize",
                        "TokenEndpoint": "https://login.example/token",
                        "UserInfoEndpoint": "https://login.example/userinfo",
                        "ClientId": "shop",
                        "ClientSecret": SIGN_IN_SECRET,
                    },
                },
                {"Type": "forward", "Order": 2, "TargetGroupArn": group["TargetGroupArn"]},
            ],
        )

    def set_property(self, name: str, value: str) -> None:
        chosen = {"aws:elasticbeanstalk:application:environment": {name: value}}
        self.client("elasticbeanstalk").update_environment(EnvironmentName="shop-live", OptionSettings=options(chosen))


def options(chosen: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    return [
        {"Namespace": namespace, "OptionName": name, "Value": value}
        for namespace, names in chosen.items()
        for name, value in names.items()
    ]
