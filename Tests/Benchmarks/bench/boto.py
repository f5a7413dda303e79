"""`boto.py QUESTIONS DUMP`: what a user would write instead of `tidemark record`: asks, and keeps the answers as JSON."""

import json
import sys

import boto3
from botocore import xform_name

questions, dump = sys.argv[1:]
answers = [boto3.client("sts").get_caller_identity()]
for service, operation, parameters, *region in json.load(open(questions)):
    client = boto3.client(service, **({"region_name": region[0]} if region else {}))
    name = xform_name(operation)
    if client.can_paginate(name):
        answers.append(client.get_paginator(name).paginate(**parameters).build_full_result())
    else:
        answers.append(getattr(client, name)(**parameters))
with open(dump, "w") as file:
    json.dump(answers, file, default=str, sort_keys=True, indent=1)
print(f"{len(answers)} answers")
