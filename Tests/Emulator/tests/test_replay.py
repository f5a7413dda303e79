"""Captured answers are repeated to the byte, and no others."""

import asyncio
from dataclasses import replace

import pytest
from botocore.exceptions import HTTPClientError
from botocore.parsers import ResponseParserError

from emulator import clients
from emulator.replay import UNKNOWN_CALL, Replay, Reply, capturing, key, reply

QUESTIONS = [
    ("rds", "describe_db_subnet_groups", {"DBSubnetGroupName": "antenna-postgres-public"}),
    ("ec2", "describe_subnets", {}),
    ("ecs", "list_clusters", {}),
    ("s3", "get_bucket_location", {"Bucket": "antenna-static-files"}),
]


def ask(url, service, name, parameters):
    answer = getattr(clients.client(url, service), name)(**parameters)
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


@pytest.fixture
def captured(stack):
    with capturing(stack.endpoint) as (url, answers):
        for question in QUESTIONS:
            ask(url, *question)
    return answers


@pytest.fixture
def serve():
    """Serves answers, altered by a function, until the end of the test."""
    running = []

    def start(answers, alter=reply):
        async def respond(request):
            await asyncio.sleep(0)
            return alter(answers.get(key(request), UNKNOWN_CALL))

        running.append(Replay(respond))
        return running[-1].url

    yield start
    for replay in running:
        replay.stop()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question[0])
def test_the_same_request_has_the_same_answer(stack, captured, serve, question):
    assert ask(serve(captured), *question) == ask(stack.endpoint, *question)


def test_another_request_is_an_error(captured, serve):
    with pytest.raises(ResponseParserError, match="no answer was captured for this call"):
        ask(serve(captured), "rds", "describe_db_subnet_groups", {"DBSubnetGroupName": "another"})


def test_a_truncated_answer_closes_the_connection(captured, serve):
    def cut(answer):
        whole = reply(answer)
        return replace(whole, sent=whole.sent[:-10], closes=True)

    with pytest.raises(HTTPClientError):
        ask(serve(captured, cut), *QUESTIONS[0])
    with pytest.raises(HTTPClientError):
        ask(serve(captured, lambda _: Reply(b"", closes=True)), *QUESTIONS[0])
