"""`boto.py CALLS DUMP THREADS`: a script that a user would write instead of `tidemark record`; it makes the calls and
stores the answers as JSON.

It knows all calls in advance, so that none waits for the answer to another.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

questions, dump, threads = sys.argv[1:]
config = Config(max_pool_connections=int(threads))
asked = [("sts", "GetCallerIdentity", {}), *map(tuple, json.load(open(questions)))]
places = {(service, *region) for service, _, _, *region in asked}
clients = {
    (service, *region): boto3.client(service, config=config, **({"region_name": region[0]} if region else {}))
    for service, *region in sorted(places)
}


def answer(question):
    service, operation, parameters, *region = question
    client, name = clients[service, *region], xform_name(operation)
    try:
        if client.can_paginate(name):
            return client.get_paginator(name).paginate(**parameters).build_full_result()
        return getattr(client, name)(**parameters)
    except ClientError as error:
        # "Not found" is an answer too: a bucket may have no policy.
        if "NoSuch" in error.response["Error"]["Code"] or "NotFound" in error.response["Error"]["Code"]:
            return error.response
        raise


with ThreadPoolExecutor(int(threads)) as pool:
    answers = list(pool.map(answer, asked))
# Whether the environment changed meanwhile.
(environment,) = [question for question in asked if question[1] == "DescribeEnvironments"]
answers.append(answer(environment))
with open(dump, "w") as file:
    json.dump(answers, file, default=str, sort_keys=True, indent=1)
print(f"{len(answers)} answers")
