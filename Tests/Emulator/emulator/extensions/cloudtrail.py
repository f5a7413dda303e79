"""CloudTrail: LookupEvents over the management calls that were made.

The parameters of a call are stored in plain text, as in AWS, except for the few that CloudTrail hides.
"""

from __future__ import annotations

import json
import uuid
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timezone

from moto.cloudtrail.responses import CloudTrailResponse
from moto.core import DEFAULT_ACCOUNT_ID

from ..call import Call
from ..message import Answer
from .iam import caller_arn

READS = ("Describe", "List", "Get", "Lookup", "BatchGet", "Head")
OBJECT_CALLS = ("PutObject", "GetObject", "DeleteObject", "HeadObject", "CopyObject", "UploadPart")
HIDDEN = {"MasterUserPassword", "AuthToken"}
GLOBAL = {"iam": "us-east-1", "sts": "us-east-1"}
SOURCES = {"cloudwatch": "monitoring", "elbv2": "elasticloadbalancing"}

RESOURCES = {
    "EnvironmentName": "AWS::ElasticBeanstalk::Environment",
    "ApplicationName": "AWS::ElasticBeanstalk::Application",
    "VersionLabel": "AWS::ElasticBeanstalk::ApplicationVersion",
    "DBInstanceIdentifier": "AWS::RDS::DBInstance",
    "ReplicationGroupId": "AWS::ElastiCache::ReplicationGroup",
    "GroupId": "AWS::EC2::SecurityGroup",
    "repositoryName": "AWS::ECR::Repository",
    "RoleName": "AWS::IAM::Role",
    "UserName": "AWS::IAM::User",
    "Bucket": "AWS::S3::Bucket",
}


@dataclass
class Event:
    call: Call
    answer: Answer
    caller: str
    at: datetime = field(default_factory=lambda: datetime.now(timezone.utc))
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def region(self) -> str:
        return GLOBAL.get(self.call.service, self.call.region)

    @property
    def source(self) -> str:
        return f"{SOURCES.get(self.call.service, self.call.service)}.amazonaws.com"

    @property
    def reads(self) -> bool:
        return self.call.operation.startswith(READS)

    @property
    def user(self) -> str:
        return self.caller.rpartition("/")[2]

    @property
    def resources(self) -> list[dict]:
        found = {name: self.call.parameters.get(name) for name in RESOURCES}
        return [
            {"ResourceType": RESOURCES[name], "ResourceName": value}
            for name, value in found.items()
            if isinstance(value, str)
        ]

    def matches(self, name: str, value: str) -> bool:
        if name in ("ResourceName", "ResourceType"):
            return any(resource[name] == value for resource in self.resources)
        return value == {
            "EventId": self.id,
            "EventName": self.call.operation,
            "EventSource": self.source,
            "ReadOnly": str(self.reads).lower(),
            "Username": self.user,
            "AccessKeyId": self.call.access_key,
        }.get(name)

    def described(self) -> dict:
        return {
            "EventId": self.id,
            "EventName": self.call.operation,
            "ReadOnly": str(self.reads).lower(),
            "AccessKeyId": self.call.access_key,
            "EventTime": int(self.at.timestamp()),
            "EventSource": self.source,
            "Username": self.user,
            "Resources": self.resources,
            "CloudTrailEvent": json.dumps(self.record(), default=str),
        }

    def record(self) -> dict:
        """The event in the form of "CloudTrail record contents" of its user guide."""
        assumed = ":assumed-role/" in self.caller
        record = {
            "eventVersion": "1.11",
            "userIdentity": {
                "type": "AssumedRole" if assumed else "IAMUser",
                "principalId": self.call.access_key,
                "arn": self.caller,
                "accountId": DEFAULT_ACCOUNT_ID,
                "accessKeyId": self.call.access_key,
                **({} if assumed else {"userName": self.user}),
            },
            "eventTime": self.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "eventSource": self.source,
            "eventName": self.call.operation,
            "awsRegion": self.region,
            "sourceIPAddress": "198.51.100.7",
            "userAgent": self.call.request.header("user-agent"),
            "requestParameters": member_names(hide(self.call.parameters)) or None,
            "responseElements": None if self.reads or self.answer.status >= 400 else member_names(self.answered()),
            "requestID": str(uuid.uuid5(uuid.NAMESPACE_URL, self.id)),
            "eventID": self.id,
            "readOnly": self.reads,
            "eventType": "AwsApiCall",
            "managementEvent": True,
            "recipientAccountId": DEFAULT_ACCOUNT_ID,
            "eventCategory": "Management",
        }
        if self.answer.status >= 400:
            record["errorCode"] = "AccessDenied" if self.answer.status == 403 else "Client.Error"
        return record

    def answered(self) -> dict | None:
        from ..pages import parse

        if self.call.operation not in self.call.model.operation_names:
            return None
        return parse(self.call, self.answer) or None


def hide(parameters: dict) -> dict:
    return {
        name: "HIDDEN_DUE_TO_SECURITY_REASONS" if name in HIDDEN else value for name, value in parameters.items()
    }


def member_names(value):
    """The parameters with names as CloudTrail writes them: the first letter is small."""
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: member_names(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [member_names(inner) for inner in value]
    return value


events: deque[Event] = deque(maxlen=20_000)


def install() -> None:
    CloudTrailResponse.lookup_events = lookup_events


def clear() -> None:
    events.clear()


def observe(call: Call, answer: Answer) -> None:
    """Stores a call that was answered; calls about objects are not management events."""
    if answer.status == 0 or call.operation is None or not call.signed or (call.service == "s3" and call.operation in OBJECT_CALLS):
        return
    events.append(Event(call, answer, caller_arn(call.access_key)))


def lookup_events(handler: CloudTrailResponse) -> str:
    attributes = handler._get_param("LookupAttributes") or []
    start, end = handler._get_param("StartTime"), handler._get_param("EndTime")
    found = [
        event.described()
        for event in reversed(list(events))
        if event.region == handler.region
        and all(event.matches(one["AttributeKey"], one["AttributeValue"]) for one in attributes)
        and (start is None or event.at.timestamp() >= float(start))
        and (end is None or event.at.timestamp() <= float(end))
    ]
    return json.dumps({"Events": found})
