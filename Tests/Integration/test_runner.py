"""No text of AWS's, of a baseline's or of the command line's becomes a command of a CI runner."""

import json
from xml.etree import ElementTree

import pytest

from emulator.fixtures import documented
from runner import commands
from tidemark import KEYED, Tidemark

EVIL = ["##[stop-commands]x", "##vso[task.setvariable variable=x]y", "##teamcity[x]", "##[add-mask]a", "::add-mask::a"]
LABEL = "::stop-commands::##[group]"


@pytest.fixture(scope="module")
def evil(emulator, tmp_path_factory) -> Tidemark:
    """A history in which alarms, tags, releases and notes are commands, and a baseline full of them."""
    stack = documented(emulator.endpoint)
    cloudwatch = stack.client("cloudwatch")
    for name in EVIL:
        cloudwatch.put_metric_alarm(
            AlarmName=name, MetricName="CPUUtilization", Namespace="AWS/RDS", Statistic="Average", Period=60,
            EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold",
            Dimensions=[{"Name": "DBInstanceIdentifier", "Value": "antenna-postgres"}],
            AlarmDescription="\n".join(EVIL),
        )  # fmt: skip
    tidemark = Tidemark(tmp_path_factory.mktemp("evil"), {**stack.variables(), **KEYED})
    tidemark.record("--release", LABEL, "--note", "\n".join(EVIL), "--by", EVIL[0], "--commit", EVIL[4], "--url", EVIL[1])
    tag = {"Key": EVIL[0], "Value": "\n".join(EVIL)}
    stack.client("rds").add_tags_to_resource(
        ResourceName="arn:aws:rds:us-west-2:123456789012:db:antenna-postgres", Tags=[tag]
    )
    stack.change_database_class("db.t4g.medium")
    text = json.dumps("\n".join(EVIL))
    (tidemark.folder / "b.yml").write_text(
        f"environment: antenna-production\ndocuments: {text}\nexpect:\n  - name: {json.dumps(EVIL[0])}\n"
        f"    resource: rds.db-instance\n    section: {text}\n    why: {text}\n    fix: {text}\n"
        f"    is: {{ DBInstanceClass: {text}, 'TagList[##].Value': {text} }}\n"
        f"  - {{ name: {json.dumps(LABEL)}, resource: cloudwatch.alarm, where: {{ AlarmName: {json.dumps(EVIL[3])} }},"
        f" is: {{ AlarmDescription: {text} }} }}\n"
    )
    return tidemark


def printed(result) -> list[str]:
    return commands(result.stdout) + commands(result.stderr)


COMMANDS = {
    "record": ("record", "-e", "antenna-production", "--release", LABEL, "--by", EVIL[0]),
    "record --verbose": ("record", "-e", "antenna-production", "--verbose"),
    "show": ("show",),
    "show alarm": ("show", EVIL[3]),
    "log": ("log",),
    "diff": ("diff", "@1", "latest"),
    "who": ("who", LABEL),
    "tags": ("tags",),
    "drift": ("drift", "--baseline", "b.yml"),
    "replay": ("drift", "--baseline", "b.yml", "--replay"),
    "baseline check": ("baseline", "check", "b.yml"),
    "policy": ("policy",),
    "doctor": ("doctor",),
}


@pytest.mark.parametrize("variables", [{}, {"TIDEMARK_LOG": "debug"}], ids=["quiet", "debugging"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_of_tidemark_prints_one_of_the_runner(evil, command, variables):
    result = evil(*COMMANDS[command], status=None, variables=variables)
    assert result.status != 64 and printed(result) == []


@pytest.mark.parametrize("command", ["record", "show", "log", "diff", "who", "tags", "drift"])
def test_json_has_the_values_unchanged(evil, command):
    result = evil(*COMMANDS[command], "--format", "json", status=None)
    assert printed(result) == [] and json.loads(result.stdout)["tidemark"] >= 1
    assert command in ("record", "tags") or "##[" in json.dumps(json.loads(result.stdout))


@pytest.mark.parametrize("format", ["text", "json", "markdown", "junit", "sarif"])
def test_no_format_prints_one(evil, format):
    result = evil("drift", "--baseline", "b.yml", "--format", format, status=2)
    file = evil.folder / "report"
    evil("drift", "--baseline", "b.yml", "--format", f"{format}={file}", status=2)
    written = file.read_text()
    assert printed(result) == []
    if format in ("json", "sarif"):
        assert json.loads(result.stdout) == json.loads(written)
    if format == "junit":
        assert [one.attrib for one in ElementTree.fromstring(result.stdout).iter()] == [
            one.attrib for one in ElementTree.fromstring(written).iter()
        ]
    # A file is not a log: its reader gets the plain characters.
    assert format == "markdown" or "##[" in written


def test_annotations_are_the_only_commands(evil):
    result = evil("drift", "--baseline", "b.yml", "--format", "github", status=2)
    assert result.stderr == "" and set(commands(result.stdout)) <= {"error", "warning", "notice"}
    assert len(commands(result.stdout)) == len(result.stdout.splitlines())


@pytest.mark.parametrize("stream", ["/dev/stdout", "/dev/stderr"])
def test_a_stream_under_another_name_is_a_stream(evil, stream):
    assert printed(evil("drift", "--baseline", "b.yml", "--format", f"json={stream}", status=2)) == []


@pytest.mark.parametrize("text", [*EVIL, "\n" + "\n".join(EVIL)], ids=range(len(EVIL) + 1))
@pytest.mark.parametrize(
    "arguments",
    [
        ("show",), ("show", "--at"), ("show", "--history"), ("drift", "--baseline"), ("drift", "--format"), ("diff",),
        ("baseline", "check"), ("record", "-e"), ("record", "--region"), (), ("show", "a", "b"), ("record", "--by", "x", "--frob"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_arguments_are_not_printed_as_commands(evil, arguments, text):
    result = evil(*arguments, text, status=None)
    assert result.stdout + result.stderr != "" and printed(result) == []


def test_the_parser_finds_the_commands_that_runners_find():
    """Without this, the other tests could pass by an empty parser."""
    found = ["stop-commands", "##vso[", "##teamcity[", "add-mask", "add-mask"]
    assert [of for line in EVIL for of in commands(line) if of != "##["] == found
    assert commands("a ##[group]x\n  ::error file=a::b\r::unknown::x\na::error::b") == ["group", "##[", "error"]
