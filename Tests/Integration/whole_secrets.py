"""Plants secrets in answers and in a source bundle, in values that are secret as a whole."""

from __future__ import annotations

from planter import LETTERS, QUERY, USER_INFO, Planter

PROPERTIES = "aws:elasticbeanstalk:application:environment"
HIDDEN_OPTIONS = [
    (PROPERTIES, "UNHEARD_OF"),
    (PROPERTIES, "SENTRY_DSN"),
    (PROPERTIES, "EB_HEALTHCHECK"),
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
