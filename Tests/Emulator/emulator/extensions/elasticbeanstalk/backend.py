"""The service itself: creates, updates and terminates environments, and writes events."""

from __future__ import annotations

from moto.core.utils import utcnow
from moto.elasticbeanstalk import urls
from moto.elasticbeanstalk.exceptions import InvalidParameterValueError, ResourceNotFoundException
from moto.elasticbeanstalk.models import EBBackend
from moto.elasticbeanstalk.utils import make_arn
from moto.s3.models import s3_backends

from . import options, presigned, source
from .resources import Resources
from .state import (
    Application,
    ConfigurationSet,
    Deployment,
    Environment,
    Event,
    Options,
    Version,
    random_text,
)


class Beanstalk(EBBackend):
    """Replaces moto's backend; moto's reset then empties it too."""

    def __init__(self, region_name: str, account_id: str):
        super().__init__(region_name, account_id)
        self.applications: dict[str, Application] = {}
        self.environments: list[Environment] = []
        self.events: list[Event] = []

    @property
    def _url_module(self):
        # moto looks for the URLs beside the module of the class.
        return urls

    # MARK: Applications and versions

    def application(self, name: str) -> Application:
        if name not in self.applications:
            raise InvalidParameterValueError(f"No Application named '{name}' found.")
        return self.applications[name]

    def create_application(self, name: str, description: str | None = None, tags: dict | None = None) -> Application:
        if name in self.applications:
            raise InvalidParameterValueError(f"Application {name} already exists.")
        arn = make_arn(self.region_name, self.account_id, "application", name)
        self.applications[name] = Application(name, arn, description, tags or {})
        return self.applications[name]

    def create_version(self, application: str, label: str, description: str | None, bucket: str, key: str, process: bool):
        versions = self.application(application).versions
        if label in versions:
            raise InvalidParameterValueError(f"Application Version {label} already exists.")
        objects = s3_backends[self.account_id]["aws"]
        if bucket not in objects.buckets or key not in objects.buckets[bucket].keys:
            raise InvalidParameterValueError(f"Unable to download from S3 location (Bucket: {bucket}  Key: {key}).")
        arn = make_arn(self.region_name, self.account_id, "applicationversion", f"{application}/{label}")
        status = "PROCESSED" if process else "UNPROCESSED"
        versions[label] = Version(application, label, arn, description, bucket, key, status)
        return versions[label]

    def delete_version(self, application: str, label: str) -> None:
        self.application(application).versions.pop(label, None)

    def version(self, application: str, label: str) -> Version:
        versions = self.application(application).versions
        if label not in versions:
            raise InvalidParameterValueError(f"No Application Version named '{label}' found.")
        return versions[label]

    # MARK: Environments

    def find(self, name: str | None = None, id: str | None = None) -> Environment:
        for environment in self.environments:
            if environment.status != "Terminated" and (environment.name == name if id is None else environment.id == id):
                return environment
        if id is not None:
            raise InvalidParameterValueError(f"No Environment found for EnvironmentId = '{id}'.")
        raise InvalidParameterValueError(f"No Environment found for EnvironmentName = '{name}'.")

    def resources(self, environment: Environment) -> Resources:
        return Resources(self.account_id, self.region_name, environment)

    def create_environment(
        self,
        application: str,
        name: str,
        label: str | None,
        description: str | None,
        prefix: str | None,
        solution_stack: str,
        chosen: Options,
        tags: dict[str, str],
    ) -> Environment:
        self.application(application)
        if any(held.name == name and held.status != "Terminated" for held in self.environments):
            raise InvalidParameterValueError(f"Environment {name} already exists.")
        if label is not None:
            self.version(application, label)
        domain = f"{self.region_name}.elasticbeanstalk.com"
        environment = Environment(
            application=application,
            name=name,
            id=f"e-{random_text(10)}",
            arn=make_arn(self.region_name, self.account_id, "environment", f"{application}/{name}"),
            description=description,
            cname=f"{prefix}.{domain}" if prefix else f"{name}.eba-{random_text(8)}.{domain}",
            solution_stack=solution_stack,
            platform_arn=platform_arn(self.region_name, solution_stack),
            label=label,
            tags=tags,
            chosen=chosen,
        )
        self.environments.append(environment)
        self.add_event(environment, "createEnvironment is starting.")
        bucket = f"elasticbeanstalk-{self.region_name}-{self.account_id}"
        self.add_event(environment, f"Using {bucket} as Amazon S3 storage bucket for environment data.")
        code = self.code(environment)
        self.resources(environment).make(options.effective(environment, code.options, {}))
        self.add_event(environment, f"Created security group named: {environment.security_group}")
        if environment.load_balancer:
            self.add_event(environment, f"Created load balancer named: {environment.load_balancer}")
        else:
            self.add_event(environment, f"Created EIP: {environment.endpoint_url}")
        self.deploy(environment, code)
        self.settle(environment)
        self.add_event(environment, f"Application available at {environment.cname}.")
        self.add_event(environment, f"Successfully launched environment: {name}")
        return environment

    def update_environment(
        self, environment: Environment, label: str | None, description: str | None, chosen: Options, removed: list
    ) -> Environment:
        if environment.status != "Ready":
            raise InvalidParameterValueError(
                f"Environment named {environment.name} is in an invalid state for this operation. Must be Ready."
            )
        if label is not None:
            self.version(environment.application, label)
        if description is not None:
            environment.description = description
        if not chosen and not removed and label is None:
            return environment
        kept = {key: value for key, value in environment.chosen.items() if key not in removed}
        change = {"chosen": {**kept, **chosen}, "label": label or environment.label}
        environment.status = "Updating"
        environment.updated = utcnow()
        self.add_event(environment, "Environment update is starting.", label=change["label"])
        if environment.held:
            environment.waiting = change
            environment.configurations.append(self.draft(environment, change, "pending"))
            environment.health, environment.health_status = "Grey", "Info"
        else:
            self.finish(environment, change)
        return environment

    def draft(self, environment: Environment, change: dict, status: str) -> ConfigurationSet:
        """The configuration after a change, beside the deployed one."""
        deployed = environment.chosen, environment.label
        environment.chosen, environment.label = change["chosen"], change["label"]
        settings = self.settings(environment, self.code(environment))
        environment.chosen, environment.label = deployed
        now = utcnow()
        return ConfigurationSet(settings, status, environment.created, now)

    def finish(self, environment: Environment, change: dict) -> None:
        environment.waiting = None
        if environment.doomed:
            self.fail(environment, change)
            return
        environment.chosen, environment.label = change["chosen"], change["label"]
        self.add_event(environment, "Deploying new version to instance(s).")
        self.deploy(environment, self.code(environment))
        self.settle(environment)
        self.add_event(environment, "New application version was deployed to running EC2 instances.")
        self.add_event(environment, "Environment update completed successfully.")

    def fail(self, environment: Environment, change: dict) -> None:
        """The instance could not run the new version: the draft stays beside the deployed configuration."""
        environment.doomed = False
        failed = self.draft(environment, change, "failed")
        environment.configurations = [environment.configurations[0], failed]
        number = environment.deployments[-1].number + 1
        environment.deployments.append(Deployment(number, change["label"], "Failed", utcnow()))
        instance = self.resources(environment).instances()[0].id
        environment.status, environment.updated = "Ready", utcnow()
        environment.health, environment.health_status = "Red", "Degraded"
        environment.causes = [f"Incorrect application version found on all instances. Expected version \"{change['label']}\" (deployment {number})."]
        for message in (
            f"[Instance: {instance}] Command failed on instance. Return code: 1 Output: Engine execution has encountered an error..",
            "Unsuccessful command execution on instance id(s) "
            f"'{instance}'. Aborting the operation.",
            "Failed to deploy application.",
        ):
            self.add_event(environment, message, "ERROR", change["label"])

    def release(self, environment: Environment) -> None:
        """Completes a held update."""
        environment.held = False
        if environment.waiting is not None:
            self.finish(environment, environment.waiting)
        elif environment.status == "Updating":
            self.settle(environment)

    def deploy(self, environment: Environment, code: source.Source) -> None:
        now = utcnow()
        number = environment.deployments[-1].number + 1 if environment.deployments else 1
        environment.deployments.append(Deployment(number, environment.label, "Deployed", now))
        settings = self.settings(environment, code)
        properties = {
            name: value for (_, namespace, name), value in settings.items() if namespace == options.PROPERTIES
        }
        if code.dockerrun["containerDefinitions"]:
            self.resources(environment).run(
                code.dockerrun["containerDefinitions"], properties, code.dockerrun.get("volumes", [])
            )
        environment.configurations = [ConfigurationSet(settings, "deployed", environment.created, now)]

    def settings(self, environment: Environment, code: source.Source) -> Options:
        generated: Options = {}
        if environment.label is not None:
            version = self.version(environment.application, environment.label)
            generated[options.key(options.TEMPLATE, "AppSource")] = presigned.app_source(version, self.region_name)
        generated[options.key(options.TEMPLATE, "HooksPkgUrl")] = (
            f"https://elasticbeanstalk-platform-assets-{self.region_name}.s3.{self.region_name}.amazonaws.com"
            "/stalks/eb_ecs_amazon_linux_2_1.0.1186.0_20250701000000/lib/hooks.tar.gz"
        )
        groups = [environment.security_group]
        extra = options.value(environment.chosen, options.LAUNCH, "SecurityGroups")
        if extra:
            groups += extra.split(",")
        if environment.security_group:
            generated[options.key(options.LAUNCH, "SecurityGroups")] = ",".join(groups)
        return options.effective(environment, code.options, generated)

    def code(self, environment: Environment) -> source.Source:
        if environment.label is None:
            return source.NOTHING
        return source.read(self.account_id, self.version(environment.application, environment.label))

    def settle(self, environment: Environment) -> None:
        environment.status, environment.updated = "Ready", utcnow()
        environment.health, environment.health_status, environment.causes = "Green", "Ok", []

    def terminate(self, environment: Environment) -> Environment:
        self.add_event(environment, "terminateEnvironment is starting.")
        self.resources(environment).delete()
        environment.status, environment.updated = "Terminated", utcnow()
        environment.health, environment.health_status = "Grey", "Info"
        environment.endpoint_url = None
        environment.configurations = []
        self.add_event(environment, "terminateEnvironment completed successfully.")
        return environment

    # MARK: Events and tags

    def add_event(self, environment: Environment, message: str, severity: str = "INFO", label: str | None = None) -> None:
        self.events.append(
            Event(
                environment.application,
                environment.name,
                label or environment.label,
                severity,
                message,
                platform_arn=environment.platform_arn,
            )
        )

    def tags_of(self, arn: str) -> dict[str, str]:
        for tagged in (*self.environments, *self.applications.values()):
            if tagged.arn == arn:
                return tagged.tags
        raise ResourceNotFoundException(f"Resource not found for ARN '{arn}'.")


def platform_arn(region: str, solution_stack: str) -> str:
    """The platform's name in ARNs, of `64bit Amazon Linux 2 v3.5.0 running ECS`."""
    system, _, software = solution_stack.partition(" running ")
    base, _, version = system.rpartition(" v")
    return f"arn:aws:elasticbeanstalk:{region}::platform/{software} running on {base}/{version}"
