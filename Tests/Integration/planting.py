"""Random answers built around the emulator's, with a secret at every place where README's "Secrets" promises redaction.

The places are a list of their own, written from that promise and not from the redactions of the kinds.
"""

from __future__ import annotations

import datetime
import json
import threading
from random import Random
from urllib.parse import quote, unquote

from moto.core.utils import get_service_model

MARK = "Pl4ntedS3cr3t"
"""Text that every secret contains twice, so that a part of a secret is found too."""

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
USER_INFO = "-._~!$&'()*+,;=:"
"""The characters beside letters and digits that RFC 3986 allows in user info (section 3.2.1)."""
TOKEN = "-._~+/="
"""The characters of a token in RFC 6750, section 2.1."""
PATH = USER_INFO + "@/"
QUERY = PATH + "?"
ANYTHING = QUERY + "#[]{}|\\^`<>\"% \n\té€"

# Forms of text around a secret, each with the characters that the secret may have there.
FORMS = [
    ("https://user:{}@host.example/x", USER_INFO),
    ("(postgres://{}@db.example)", USER_INFO),
    ('{{"dsn":"amqp://user:{}@host.example"}}', USER_INFO),
    ("https:\\/\\/user:{}@host.example\\/x", USER_INFO),
    ("https://host.example/,ftp://user:{}@host.example", USER_INFO),
    ("user:{}@db.example.org:5432", USER_INFO),
    ("DSN=user:{}@db", USER_INFO),
    ("https://host.example/a?password={}&timeout=5", QUERY),
    ("https://host.example/a?timeout=5&{}", QUERY),
    ("/health?token={}", QUERY),
    ("/health?{}", QUERY),
    ("check.php?token={}", QUERY),
    ("https://host.example/#access_token={}", QUERY),
    ("https://hooks.slack.com/services/{}", PATH),
    ("https://discord.com/api/webhooks/1/{}", PATH),
    ("https://team.webhook.office.com/{}", PATH),
    ("https://api.telegram.org/bot{}/sendMessage", PATH),
    ("Authorization: Basic {}", TOKEN),
    ('{{"authorization": "{}"}}', TOKEN),
    ("-H 'Proxy-Authorization: Digest response={}'", TOKEN),
    ("Bearer {}", TOKEN),
]

# Every operation whose answers are described, except for GetObject, which answers with bytes.
OPERATIONS = {
    "autoscaling": ["DescribeAutoScalingGroups"],
    "cloudwatch": ["DescribeAlarms"],
    "ec2": [
        "DescribeInstances", "DescribeInternetGateways", "DescribeRouteTables", "DescribeSecurityGroups",
        "DescribeSubnets", "DescribeVpcs",
    ],
    "ecr": ["DescribeImages", "DescribeRepositories", "GetLifecyclePolicy", "GetRepositoryPolicy", "ListImages"],
    "ecs": [
        "DescribeClusters", "DescribeContainerInstances", "DescribeTaskDefinition", "DescribeTasks", "ListClusters",
        "ListContainerInstances", "ListTasks",
    ],
    "elasticache": [
        "DescribeCacheClusters", "DescribeCacheParameterGroups", "DescribeCacheParameters", "DescribeCacheSubnetGroups",
        "DescribeReplicationGroups",
    ],
    "elasticbeanstalk": [
        "DescribeApplicationVersions", "DescribeApplications", "DescribeConfigurationOptions", "DescribeConfigurationSettings",
        "DescribeEnvironmentManagedActions", "DescribeEnvironmentResources", "DescribeEnvironments", "DescribePlatformVersion",
    ],
    "elbv2": ["DescribeListeners", "DescribeLoadBalancers", "DescribeTargetGroups"],
    "iam": [
        "GetInstanceProfile", "GetPolicy", "GetPolicyVersion", "GetRole", "GetRolePolicy", "ListAttachedRolePolicies",
        "ListRolePolicies",
    ],
    "logs": ["DescribeLogGroups"],
    "rds": ["DescribeDBInstances", "DescribeDBParameterGroups", "DescribeDBParameters", "DescribeDBSubnetGroups"],
    "s3": [
        "GetBucketAcl", "GetBucketCors", "GetBucketEncryption", "GetBucketLifecycleConfiguration", "GetBucketLocation",
        "GetBucketOwnershipControls", "GetBucketPolicy", "GetBucketPolicyStatus", "GetBucketTagging", "GetBucketVersioning",
        "GetPublicAccessBlock",
    ],
    "secretsmanager": ["DescribeSecret"],
}  # fmt: skip
SERVICES = {operation: service for service, operations in OPERATIONS.items() for operation in operations}

# Members that control the walk: pages, and what ECS did not find.
STEERING = {"Marker", "NextMarker", "NextToken", "nextToken", "IsTruncated", "failures"}


class Planter:
    """Generator of an answer's additional members: the same for the same answer and seed."""

    def __init__(self, *seeds: object):
        self.random = Random(" ".join(map(str, seeds)))

    def secret(self, others: str = ANYTHING) -> str:
        def some() -> str:
            return "".join(self.random.choices(LETTERS + others * 2, k=self.random.randint(0, 4)))

        return some() + MARK + some() + MARK + some()

    def text(self) -> str:
        """A text with a secret in one of the forms."""
        form, others = self.random.choice(FORMS)
        before, after = self.random.choice(["", "see ", "a, b: "]), self.random.choice(["", " and more", "\nnext"])
        return before + form.format(self.secret(others)) + after

    def value(self, shape, depth: int):
        kind = shape.type_name
        if kind == "structure":
            return self.fill(shape, {}, depth)
        if kind == "list":
            return [self.value(shape.member, depth - 1) for _ in range(self.random.randint(1, 2))]
        if kind == "map":
            return {self.text(): self.value(shape.value, depth - 1)}
        if kind == "string":
            return self.text()
        made = {"boolean": self.random.random() < 0.5, "timestamp": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}
        return made.get(kind, b"bytes" if kind == "blob" else 7)

    def fill(self, shape, value, depth: int = 3):
        """The value with additional members; those that the walk uses are unchanged."""
        if shape.type_name == "list":
            return [self.fill(shape.member, one, depth) for one in value]
        if shape.type_name != "structure":
            return value
        filled = dict(value)
        for name, member in shape.members.items():
            if name in value:
                filled[name] = self.fill(member, value[name], depth - 1)
            elif depth and name not in STEERING and self.random.random() < 0.4:
                filled[name] = self.value(member, depth - 1)
        return filled

    # Policies

    def statement(self) -> dict:
        key = self.random.choice(["aws:Referer", "AWS:referer", "aws:UserAgent"])
        operator = self.random.choice(["StringEquals", "StringLike", "ForAnyValue:StringNotLike"])
        value = self.secret() if self.random.random() < 0.5 else [self.secret(), self.secret()]
        return {"Sid": self.text(), "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {operator: {key: value}}}

    def policy(self, text: str) -> str:
        policy = json.loads(text)
        statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
        return json.dumps({**policy, "Statement": [*statements, self.statement()]})

    def encoded(self, text: str) -> str:
        """The policy in the encoding that IAM answers with."""
        if self.random.random() < 0.2:
            return quote(unquote(text)[:-1] + self.secret())
        return quote(self.policy(unquote(text)))


# MARK: Values that are secret as a whole

PROPERTIES = "aws:elasticbeanstalk:application:environment"
HIDDEN_OPTIONS = [
    (PROPERTIES, "UNHEARD_OF"),
    (PROPERTIES, "SENTRY_DSN"),
    (PROPERTIES, "DJANGO_DEBUG"),
    ("aws:cloudformation:template:parameter", "EnvironmentVariables"),
    ("aws:elasticbeanstalk:customoption", "Token"),
    ("aws:rds:dbinstance", "DBPassword"),
    ("aws:unheard:of", "Token"),
    # Not an option of that namespace, and an option with a value of another form.
    ("aws:elasticbeanstalk:environment", "API_TOKEN"),
    ("aws:elasticbeanstalk:environment:proxy:staticfiles", "API_TOKEN"),
    ("aws:elasticbeanstalk:container:python", "NumThreads"),
    ("aws:elasticbeanstalk:container:tomcat:jvmoptions", "JVM Options"),
]
PATH_OPTIONS = [
    ("aws:elasticbeanstalk:environment:process:web", "HealthCheckPath"),
    ("aws:elasticbeanstalk:sqsd", "HttpPath"),
    ("aws:elb:healthcheck", "Target"),
]


def hidden(planter: Planter) -> list[tuple[str, str, str]]:
    """Options whose values are secret, as a whole or as a segment of a path. No harmless value has a `!`."""
    return [(namespace, name, f"{planter.secret()}!") for namespace, name in HIDDEN_OPTIONS] + [
        (namespace, name, f"/up/{planter.secret(LETTERS)}/x") for namespace, name in PATH_OPTIONS
    ]


def options(answer: dict, planter: Planter) -> None:
    for settings in answer["ConfigurationSettings"]:
        settings["OptionSettings"] += [
            {"Namespace": namespace, "OptionName": name, "Value": value} for namespace, name, value in hidden(planter)
        ]


def defaults(answer: dict, planter: Planter) -> None:
    answer["Options"] += [
        {"Namespace": namespace, "Name": name, "DefaultValue": value} for namespace, name, value in hidden(planter)
    ]


def target_groups(answer: dict, planter: Planter) -> None:
    for group in answer["TargetGroups"]:
        group["HealthCheckPath"] = f"/up/{planter.secret(LETTERS)}"


def containers(answer: dict, planter: Planter) -> None:
    definition = answer["taskDefinition"]
    for number, container in enumerate(definition["containerDefinitions"]):
        container |= {
            "command": [planter.secret()],
            "entryPoint": [planter.secret()],
            "healthCheck": {"command": [planter.secret()]},
            "dockerLabels": {planter.secret(LETTERS): planter.secret()},
            "logConfiguration": {
                "logDriver": ["splunk", "awslogs", "awsfirelens", "json-file", "gelf"][number % 5],
                "options": {"splunk-token": planter.secret(), planter.secret(LETTERS): planter.secret()},
            },
            "firelensConfiguration": {"type": "fluentbit", "options": {"token": planter.secret()}},
        }
        container["environment"] = [*container.get("environment", []), {"name": "UNHEARD_OF", "value": planter.secret()}]
    shares = {"driverOpts": {"o": planter.secret()}, "labels": {"token": planter.secret()}}
    definition["volumes"] = [*definition.get("volumes", []), {"name": "share", "dockerVolumeConfiguration": shares}]


def password(answer: dict, planter: Planter) -> None:
    for database in answer["DBInstances"]:
        database["PendingModifiedValues"] = {"MasterUserPassword": planter.secret()}


def parameters(answer: dict, planter: Planter) -> None:
    answer["Parameters"] += [
        {"ParameterName": "init_connect", "ParameterValue": planter.secret(), "DataType": "string", "Source": "user"}
    ]


def listeners(answer: dict, planter: Planter) -> None:
    for listener in answer["Listeners"]:
        listener["DefaultActions"] += [
            {
                "Type": "authenticate-oidc",
                "AuthenticateOidcConfig": {
                    "ClientSecret": planter.secret(),
                    "AuthenticationRequestExtraParams": {"key": planter.secret()},
                },
            },
            {"Type": "authenticate-cognito", "AuthenticateCognitoConfig": {
                "AuthenticationRequestExtraParams": {"key": planter.secret()}}},
            {"Type": "redirect", "RedirectConfig": {"Query": f"key={planter.secret()}&#{{query}}"}},
        ]  # fmt: skip


def rotation(answer: dict, planter: Planter) -> None:
    answer["ExternalSecretRotationMetadata"] = [{"Key": "token", "Value": planter.secret()}]


def bucket_policy(answer: dict, planter: Planter) -> None:
    answer["Policy"] = planter.policy(answer["Policy"])


def repository_policy(answer: dict, planter: Planter) -> None:
    answer["policyText"] = planter.policy(answer["policyText"])


def trust(answer: dict, planter: Planter) -> None:
    answer["Role"]["AssumeRolePolicyDocument"] = planter.encoded(answer["Role"]["AssumeRolePolicyDocument"])


def inline_policy(answer: dict, planter: Planter) -> None:
    answer["PolicyDocument"] = planter.encoded(answer["PolicyDocument"])


def managed_policy(answer: dict, planter: Planter) -> None:
    answer["PolicyVersion"]["Document"] = planter.encoded(answer["PolicyVersion"]["Document"])


WHOLE = {
    "DescribeCacheParameters": parameters,
    "DescribeConfigurationOptions": defaults,
    "DescribeConfigurationSettings": options,
    "DescribeDBInstances": password,
    "DescribeDBParameters": parameters,
    "DescribeListeners": listeners,
    "DescribeSecret": rotation,
    "DescribeTargetGroups": target_groups,
    "DescribeTaskDefinition": containers,
    "GetBucketPolicy": bucket_policy,
    "GetPolicyVersion": managed_policy,
    "GetRepositoryPolicy": repository_policy,
    "GetRole": trust,
    "GetRolePolicy": inline_policy,
}


def bundle(files: dict, planter: Planter) -> None:
    """Plants secrets in the files of a source bundle; `files` is what `redeployed.upload` passes."""
    for container in files["Dockerrun.aws.json"]["containerDefinitions"]:
        container |= {
            "command": [planter.secret()],
            "environment": [{"name": "UNHEARD_OF", "value": planter.secret()}],
            "unheardOf": planter.secret(),
        }
    setup = files[".ebextensions/00_setup.config"]
    setup["option_settings"] |= {
        PROPERTIES: {"UNHEARD_OF": planter.secret(), "SENTRY_DSN": planter.secret()},
        "aws:elasticbeanstalk:customoption": {"Token": planter.secret()},
        "aws:elasticbeanstalk:environment": {"API_TOKEN": planter.secret()},
        "aws:elasticbeanstalk:sqsd": {"HttpPath": f"/up/{planter.secret(LETTERS)}", "MaxRetries": planter.secret()},
    }
    setup["commands"] = {"01": {"command": planter.secret(), "env": {"A": planter.secret()}, "test": planter.secret()}}
    setup["container_commands"] = {"01": {"command": planter.secret(), "cwd": planter.text()}}
    setup["files"] = {
        f"/etc/{planter.text()}": {"content": planter.secret()},
        "/etc/b": {"source": f"https://host.example/{planter.secret(QUERY)}"},
    }
    setup["sources"] = {f"/opt/{planter.text()}": f"https://user:{planter.secret(USER_INFO)}@host.example/a.zip"}
    setup["packages"] = {
        "yum": {f"https://user:{planter.secret(USER_INFO)}@host.example/{name}.rpm": [] for name in ("a", "a", "b")},
        "rpm": {"agent": f"https://user:{planter.secret(USER_INFO)}@host.example/agent.rpm"},
    }
    setup["Resources"] = {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": planter.secret()}}}
    setup["unheard_of"] = {planter.secret(LETTERS): planter.secret()}
    files[".ebignore"] = f"*.pyc\n{planter.text()}\n".encode()


class Planting:
    """For `altered`: plants secrets in every answer, and collects the operations that were called."""

    def __init__(self, seed: int):
        self.seed = seed
        self.operations: set[str] = set()
        self.lock = threading.Lock()

    def __call__(self, operation: str, answer: dict) -> dict:
        service = SERVICES.get(operation)
        if service is None:
            return answer
        with self.lock:
            self.operations.add(operation)
        planter = Planter(self.seed, operation, json.dumps(answer, default=lambda time: None, sort_keys=True))
        if operation in WHOLE:
            WHOLE[operation](answer, planter)
        return planter.fill(get_service_model(service).operation_model(operation).output_shape, answer)
