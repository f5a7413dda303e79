#!/usr/bin/env python3
"""Write options.txt: the options of Elastic Beanstalk that AWS documents, and the form of their values.

    git clone https://github.com/awsdocs/aws-elastic-beanstalk-developer-guide GUIDE
    python3 Sources/TidemarkKinds/Options/generate.py GUIDE            rewrite options.txt
    python3 Sources/TidemarkKinds/Options/generate.py GUIDE --check    exit 1 if options.txt is not what would be written

The pages "General options for all environments" and "Platform specific options" are read at the commit below, the last one
before AWS archived the repository. NEWER holds what the published pages have beside it. A new option is one line there.

Where a page lists the valid values of an option, they are its form. Where it describes them, the form is in FORMS: an option
with neither is an error, so that nobody takes an option for harmless unseen.
"""

import difflib
import pathlib
import re
import subprocess
import sys

COMMIT = "5d7c96f8e9aa09c0542b9a5375248c3bede9433e"
PAGES = ["command-options-general", "command-options-specific"]

# The user's own environment properties, by any name: PropertyNames decides about them.
PROPERTIES = "aws:elasticbeanstalk:application:environment"

# The end of a namespace that is a name of the user's, as the pages write it.
PLACEHOLDER = re.compile(r":(process|policy|rule)_name$|:listener_port$")

# The options whose valid values a page describes in words, by namespace and name or by name alone.
FORMS = {
    "AccessLogsS3Bucket": "name",
    "AccessLogsS3Prefix": "file",
    "Application Healthcheck URL": "path",
    "BlockDeviceMappings": "list device",
    "ConfigDocument": "health-document",
    "CookieName": "name",
    "Custom Availability Zones": "list zone",
    "DBAllocatedStorage": "number",
    "DBEngineVersion": "version",
    "DBInstanceClass": "instance-type",
    "DBPassword": "secret",
    "DBSnapshotIdentifier": "name",
    "DBSubnets": "list id subnet",
    # A user's name is a secret everywhere else, in a property as in a URL.
    "DBUser": "secret",
    "DefaultProcess": "name",
    "EC2KeyName": "name",
    "ELBSubnets": "list id subnet",
    "HealthCheckInterval": "number",
    "HealthCheckPath": "path",
    "HostHeaders": "list host",
    "HttpPath": "path",
    "IamInstanceProfile": "role",
    "ImageId": "id ami",
    "InstancePorts": 'list number | ":all"',
    "InstanceProtocol": '"HTTP" | "HTTPS" | "TCP" | "SSL"',
    "InstanceType": "instance-type",
    "InstanceTypes": "list instance-type",
    # Whatever the JVM takes, system properties with passwords among them.
    "JVM Options": "secret",
    "LoadBalancerPorts": 'list number | ":all"',
    "LowerBreachScaleIncrement": "number",
    "ManagedSecurityGroup": "id sg",
    "MatcherHTTPCode": "list code",
    "MimeType": "mime-type",
    "MonitoringInterval": "minutes",
    "NodeCommand": "start-command",
    "NodeVersion": "version",
    "Notification Endpoint": "url",
    "Notification Topic ARN": "arn",
    "Notification Topic Name": "name",
    "NumProcesses": "number",
    "NumThreads": "number",
    "PauseTime": "duration",
    "PolicyNames": "list name",
    "PathPatterns": "list path-pattern",
    "PreferredStartTime": "day-time",
    "Process": "name",
    "PublicKey": "secret",
    "PublicKeyPolicyNames": "list name",
    "Recurrence": "cron",
    "RootVolumeIOPS": "number",
    "RootVolumeSize": "number",
    "Rules": "list name",
    "SSHSourceRestriction": "source-restriction",
    "SSLCertificateArns": "list arn",
    "SSLCertificateId": "arn",
    "SSLPolicy": "name",
    "SSLProtocols": "list name",
    "SSLReferencePolicy": "name",
    "SecurityGroups": "list name",
    "ServiceRole": "role",
    "ServiceRoleForManagedUpdates": "role",
    "SharedLoadBalancer": "arn",
    "SpotFleetOnDemandBase": "number",
    "SpotMaxPrice": 'number | "null"',
    "StartTime": "time",
    "EndTime": "time",
    "Subnets": "list id subnet",
    "SupportedArchitectures": 'list "arm64" | "x86_64" | "i386"',
    "Target": "path",
    "UpperBreachScaleIncrement": "number",
    "VPCId": "id vpc",
    "WSGIPath": "file",
    "WorkerQueueURL": "queue-url",
    "XX:MaxPermSize": "size",
    "Xms": "size",
    "Xmx": "size",
    "composer_options": "flags",
    "document_root": "file",
    "memory_limit": "size",
    "aws:autoscaling:updatepolicy:rollingupdate/Timeout": "duration",
    "aws:elasticbeanstalk:command/BatchSize": "number",
    # Its options are any of the JVM's.
    "aws:elasticbeanstalk:container:tomcat:jvmoptions/*": "secret",
}

# What the published pages list and the archived ones do not, as of November 2026.
NEWER = {
    "aws:autoscaling:launchconfiguration": {
        "DisableDefaultEC2SecurityGroup": "boolean",
        "LaunchTemplateTagPropagationEnabled": "boolean",
    },
    "aws:ec2:instances": {
        "SpotAllocationStrategy": '"capacity-optimized" | "price-capacity-optimized" | "capacity-optimized-prioritized"'
        ' | "lowest-price"',
    },
    # An option is any variable; its value is the ARN of a secret or a parameter.
    "aws:elasticbeanstalk:application:environmentsecrets": {"*": "arn"},
    "aws:elasticbeanstalk:windows:activedirectory": {
        "DirectoryId": "id d",
        "DirectoryName": "host",
        "DirectoryOU": "distinguished-name",
    },
    "aws:elbv2:listener:*": {"Protocol": '"TLS"'},
    "aws:elbv2:listener:default": {"Protocol": '"TLS"'},
    "aws:elbv2:loadbalancer": {"IpAddressType": '"ipv4" | "dualstack"'},
}

# What DescribeConfigurationSettings answers for every environment, and no page lists.
UNDOCUMENTED = {
    "aws:cloudformation:template:parameter": {
        "AppSource": "presigned-url",
        "HooksPkgUrl": "presigned-url",
        "InstancePort": "number",
        "InstanceTypeFamily": "name",
    },
    "aws:elasticbeanstalk:control": {
        "DefaultSSHPort": "number",
        "LaunchTimeout": "number",
        "LaunchType": '"Migration" | "Normal"',
        "RollbackLaunchOnFailure": "boolean",
    },
    "aws:elasticbeanstalk:environment": {
        "ExternalExtensionsS3Bucket": "name",
        "ExternalExtensionsS3Key": "file",
    },
}

HEADER = f"""\
# The options of Elastic Beanstalk whose values may be harmless, and the form that harmless values have. Written by generate.py
# from the developer guide of AWS (command-options-general and command-options-specific, commit {COMMIT[:12]}): do not edit.
#
#   namespace NAME        * at its end is a name of the user's
#     OPTION: FORM        * as an option is any name, /* any path
#
# A form is one of OptionForm, or the values themselves in quotation marks, or several with | between them. With 'list' before
# it, it is that of each element of a list with commas. What stands here as 'secret', or not at all, is never stored plain.
"""


def plain(cell):
    """A cell of a table without its Markdown."""
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", cell).strip()


def namespaces(page):
    """The namespaces of a page, each with the rows of its table."""
    namespace, rows = None, []
    for line in page.splitlines():
        heading = re.match(r"(?:\*\*|#+ )Namespace: `([^`]+)`", line)
        if heading:
            namespace = PLACEHOLDER.sub(":*", heading[1])
        elif line.startswith("|") and namespace:
            cells = [plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
            if cells[0] != "---" and cells[0].strip("*") != "Name":
                yield namespace, cells


def option_name(cell):
    name = cell.removeprefix("(deprecated)").strip().strip("`")
    if " path " in f" {name.lower()} ":
        return "/*"
    return "*" if name.startswith("*") else name


def form(namespace, name, values):
    described = FORMS.get(f"{namespace}/{name}") or FORMS.get(name)
    if described:
        return described
    # A folder that is served under a path of the user's.
    if namespace.endswith(":staticfiles"):
        return "file"
    quoted = [value.strip("' ") for value in re.findall(r"`([^`]+)`", values)]
    words = quoted or re.split(r"[,\s]+", values.strip())
    if set(word.lower() for word in words) == {"true", "false"}:
        return "boolean"
    if words != [""] and all(re.fullmatch(r"[0-9.]+|to", word) for word in words):
        return "number" if " to " in values or not quoted else literals(words)
    if quoted or all(re.fullmatch(r"[A-Z]{3,5}", word) for word in words):
        return literals(words)
    sys.exit(f"generate.py: no form for {namespace}/{name}: {values!r}")


def literals(words):
    return " | ".join(f'"{word}"' for word in dict.fromkeys(words))


def united(one, other):
    """The form of an option that several platforms have, each with its own values."""
    return one if one == other else " | ".join(dict.fromkeys(one.split(" | ") + other.split(" | ")))


def table(guide):
    options = {}
    for page in PAGES:
        text = subprocess.run(
            ["git", "-C", guide, "show", f"{COMMIT}:doc_source/{page}.md"], capture_output=True, text=True, check=True
        ).stdout
        for namespace, (cell, *_, values) in namespaces(text):
            if namespace == PROPERTIES:
                continue
            add(options, namespace, option_name(cell), form(namespace, option_name(cell), values))
    for source in (NEWER, UNDOCUMENTED):
        for namespace, forms in source.items():
            for name, value in forms.items():
                add(options, namespace, name, value)
    return options


def add(options, namespace, name, value):
    forms = options.setdefault(namespace, {})
    forms[name] = united(forms[name], value) if name in forms else value


def generate(guide):
    lines = [HEADER.rstrip()]
    for namespace, forms in sorted(table(guide).items()):
        lines += ["", f"namespace {namespace}", *(f"  {name}: {forms[name]}" for name in sorted(forms))]
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--check"]):
        sys.exit("usage: generate.py GUIDE [--check]")
    path = pathlib.Path(__file__).with_name("options.txt")
    text = generate(sys.argv[1])
    if sys.argv[2:] == ["--check"]:
        found = path.read_text() if path.exists() else ""
        difference = difflib.unified_diff(found.splitlines(), text.splitlines(), "options.txt", "generated", lineterm="", n=1)
        print("\n".join(difference), end="")
        sys.exit(found != text)
    path.write_text(text)


if __name__ == "__main__":
    main()
