"""Random texts and members with secrets, the same for the same seed."""

from __future__ import annotations

import datetime
import json
from random import Random
from urllib.parse import quote, unquote

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
