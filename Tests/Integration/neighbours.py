"""Two environments in one VPC whose resources have names that begin with each other's."""

from __future__ import annotations

import io
import json
import zipfile

import boto3

from emulator import images
from emulator.extensions.keys import key_id, secret_key
from emulator.names import ACCOUNT
from shop import REGION, options

NAMES = ("shop", "shop-admin")
REGISTRY = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"
TAGS = ("v1", "v10")
PASSWORD = "not-planted-2"


class Neighbours:
    """The environments `shop` and `shop-admin`: load-balanced in two zones, each with a MySQL database and its replica,
    and no Redis."""

    def __init__(self, endpoint: str):
        session = boto3.Session(key_id("somebody"), secret_key("somebody"), region_name=REGION)
        self.client = lambda service: session.client(service, endpoint_url=endpoint)
        self.variables = {
            "AWS_ACCESS_KEY_ID": key_id("somebody"),
            "AWS_SECRET_ACCESS_KEY": secret_key("somebody"),
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_REGION": REGION,
        }
        self.network()
        self.client("elasticbeanstalk").create_application(ApplicationName="store")
        self.client("s3").create_bucket(**bucket("store-bundles"))
        self.made: dict[str, set[tuple[str, str]]] = {}
        """The resources created for each environment, by kind and identity, without those that Elastic Beanstalk
        creates."""
        for name in NAMES:
            kinds = ("environment", "application-version", "bundle")
            self.made[name] = {(f"elasticbeanstalk.{kind}", name) for kind in kinds}
            self.roles(name)
            self.database(name)
            self.storage(name)
            self.environment(name)
            self.alarms(name)

    def network(self) -> None:
        """Creates the network that both share."""
        ec2 = self.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.30.0.0/16")["Vpc"]["VpcId"]
        self.subnets = [
            ec2.create_subnet(VpcId=self.vpc, CidrBlock=f"10.30.{number}.0/24", AvailabilityZone=f"{REGION}{zone}")[
                "Subnet"
            ]["SubnetId"]
            for number, zone in enumerate("ab")
        ]
        tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["RouteTables"]
        self.shared = {("elasticbeanstalk.application", "store"), ("s3.bucket", "store-bundles")}
        self.shared |= {("ec2.vpc", self.vpc), *(("ec2.subnet", subnet) for subnet in self.subnets)}
        self.shared |= {("ec2.route-table", f"{self.vpc}/{table['RouteTableId']}") for table in tables}

    def roles(self, name: str) -> None:
        iam = self.client("iam")
        trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
        allow = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{name}-static/*"}
        policy = iam.create_policy(PolicyName=f"{name}-static", PolicyDocument=document(allow))["Policy"]["Arn"]
        for role in (f"{name}-ec2", f"{name}-service"):
            iam.create_role(RoleName=role, AssumeRolePolicyDocument=document(trust))
            self.made[name].add(("iam.role", role))
        iam.attach_role_policy(RoleName=f"{name}-ec2", PolicyArn=policy)
        iam.create_instance_profile(InstanceProfileName=f"{name}-ec2")
        iam.add_role_to_instance_profile(InstanceProfileName=f"{name}-ec2", RoleName=f"{name}-ec2")
        self.made[name] |= {("iam.policy", policy), ("iam.instance-profile", f"{name}-ec2")}

    def database(self, name: str) -> None:
        rds = self.client("rds")
        group = self.client("ec2").create_security_group(GroupName=f"{name}-db", Description="MySQL", VpcId=self.vpc)
        rds.create_db_subnet_group(
            DBSubnetGroupName=f"{name}-db", DBSubnetGroupDescription="both zones", SubnetIds=self.subnets
        )
        rds.create_db_parameter_group(
            DBParameterGroupName=f"{name}-db", DBParameterGroupFamily="mysql8.0", Description="MySQL"
        )
        rds.create_db_instance(
            DBInstanceIdentifier=f"{name}-db",
            Engine="mysql",
            DBInstanceClass="db.m6g.large",
            AllocatedStorage=100,
            MasterUsername="root",
            MasterUserPassword=PASSWORD,
            VpcSecurityGroupIds=[group["GroupId"]],
            DBSubnetGroupName=f"{name}-db",
            DBParameterGroupName=f"{name}-db",
            MultiAZ=True,
        )
        # Nothing in the environment refers to the replica.
        rds.create_db_instance_read_replica(
            DBInstanceIdentifier=f"{name}-db-replica", SourceDBInstanceIdentifier=f"{name}-db"
        )
        self.made[name] |= {("rds.db-instance", f"{name}-db"), ("rds.db-subnet-group", f"{name}-db")}
        self.made[name] |= {("rds.db-parameter-group", f"{name}-db"), ("ec2.security-group", group["GroupId"])}

    def storage(self, name: str) -> None:
        """Creates a bucket, a repository with two tags of one image, and a secret."""
        self.client("s3").create_bucket(**bucket(f"{name}-static"))
        ecr = self.client("ecr")
        ecr.create_repository(repositoryName=name)
        for tag in TAGS:
            images.put(ecr, name, images.build(name, "v1"), tag)
        secret = self.client("secretsmanager").create_secret(Name=f"{name}/login", SecretString=PASSWORD)["ARN"]
        uri = f"{REGISTRY}/{name}"
        self.made[name] |= {("ecr.tag", f"{uri}:{tag}") for tag in TAGS}
        self.made[name] |= {("ecr.repository", uri), ("ecr.image", uri), ("s3.bucket", f"{name}-static")}
        self.made[name].add(("ecr.manifest", f"{uri}@{images.build(name, 'v1').digest}"))
        self.made[name].add(("secretsmanager.secret", secret))
        self.secret = secret

    def environment(self, name: str) -> None:
        beanstalk = self.client("elasticbeanstalk")
        (database,) = self.client("rds").describe_db_instances(DBInstanceIdentifier=f"{name}-db")["DBInstances"]
        body = bundle([{"name": "web", "image": f"{REGISTRY}/{name}:v1", "essential": True, "memory": 512}])
        self.client("s3").put_object(Bucket="store-bundles", Key=f"{name}.zip", Body=body)
        source = {"S3Bucket": "store-bundles", "S3Key": f"{name}.zip"}
        beanstalk.create_application_version(ApplicationName="store", VersionLabel=name, SourceBundle=source)
        chosen = {
            "aws:elasticbeanstalk:application:environment": {
                "DATABASE": f"mysql://root@{database['Endpoint']['Address']}:3306/shop",
                "STATIC_BUCKET": f"{name}-static",
                "LOGIN": self.secret,
            },
            "aws:elasticbeanstalk:environment": {
                "EnvironmentType": "LoadBalanced",
                "LoadBalancerType": "application",
                "ServiceRole": f"{name}-service",
            },
            "aws:autoscaling:launchconfiguration": {"IamInstanceProfile": f"{name}-ec2"},
            "aws:autoscaling:asg": {"MinSize": "2", "MaxSize": "4"},
            "aws:ec2:vpc": {"VPCId": self.vpc, "Subnets": ",".join(self.subnets), "ELBSubnets": ",".join(self.subnets)},
            "aws:elasticbeanstalk:cloudwatch:logs": {"StreamLogs": "true"},
        }
        beanstalk.create_environment(
            ApplicationName="store",
            EnvironmentName=name,
            VersionLabel=name,
            SolutionStackName="64bit Amazon Linux 2 v3.5.0 running ECS",
            OptionSettings=options(chosen),
        )

    def alarms(self, name: str) -> None:
        for alarm, dimension, value in (
            (name, "EnvironmentName", name),
            (f"{name}-db", "DBInstanceIdentifier", f"{name}-db"),
        ):
            self.client("cloudwatch").put_metric_alarm(
                AlarmName=alarm,
                Namespace="AWS",
                MetricName="Any",
                Dimensions=[{"Name": dimension, "Value": value}],
                Statistic="Average",
                Period=300,
                EvaluationPeriods=2,
                Threshold=80,
                ComparisonOperator="GreaterThanThreshold",
            )
            self.made[name].add(("cloudwatch.alarm", alarm))

    def made_by_beanstalk(self, name: str) -> set[tuple[str, str]]:
        """The resources that Elastic Beanstalk created for an environment, as boto3 lists them."""
        answer = self.client("elasticbeanstalk").describe_environment_resources(EnvironmentName=name)
        made = answer["EnvironmentResources"]
        instances = [one["Id"] for one in made["Instances"]]
        (balancer,) = [one["Name"] for one in made["LoadBalancers"]]
        found = {("ec2.instance", one) for one in instances} | {("elbv2.load-balancer", balancer)}
        found |= {("autoscaling.auto-scaling-group", one["Name"]) for one in made["AutoScalingGroups"]}
        ec2, elbv2, logs = self.client("ec2"), self.client("elbv2"), self.client("logs")
        listeners = elbv2.describe_listeners(LoadBalancerArn=balancer)["Listeners"]
        targets = elbv2.describe_target_groups(LoadBalancerArn=balancer)["TargetGroups"]
        found |= {("elbv2.listener", one["ListenerArn"]) for one in listeners}
        found |= {("elbv2.target-group", one["TargetGroupArn"]) for one in targets}
        (described,) = elbv2.describe_load_balancers(LoadBalancerArns=[balancer])["LoadBalancers"]
        groups = set(described["SecurityGroups"])
        for reservation in ec2.describe_instances(InstanceIds=instances)["Reservations"]:
            groups |= {group["GroupId"] for one in reservation["Instances"] for group in one["SecurityGroups"]}
        found |= {("ec2.security-group", group) for group in groups}
        own = logs.describe_log_groups(logGroupNamePrefix=f"/aws/elasticbeanstalk/{name}/")["logGroups"]
        found |= {("logs.log-group", one["logGroupName"]) for one in own}
        return found | self.running_on(instances)

    def running_on(self, instances: list[str]) -> set[tuple[str, str]]:
        """The cluster of these instances, and what runs in it."""
        ecs = self.client("ecs")
        for cluster in ecs.list_clusters()["clusterArns"]:
            members = ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]
            described = ecs.describe_container_instances(cluster=cluster, containerInstances=members)
            if {one["ec2InstanceId"] for one in described["containerInstances"]} == set(instances):
                tasks = ecs.list_tasks(cluster=cluster)["taskArns"]
                running = ecs.describe_tasks(cluster=cluster, tasks=tasks)["tasks"]
                families = {one["taskDefinitionArn"].rpartition(":")[0].rpartition("/")[2] for one in running}
                found = {("ecs.cluster", cluster.rpartition("/")[2]), ("ecs.container", "web")}
                return found | {("ecs.task-definition", family) for family in families}
        raise LookupError(f"no cluster of {instances}")


def bundle(containers: list[dict]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        dockerrun = {"AWSEBDockerrunVersion": 2, "containerDefinitions": containers}
        file.writestr("Dockerrun.aws.json", json.dumps(dockerrun))
    return archive.getvalue()


def bucket(name: str) -> dict:
    return {"Bucket": name, "CreateBucketConfiguration": {"LocationConstraint": REGION}}


def document(statement: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
