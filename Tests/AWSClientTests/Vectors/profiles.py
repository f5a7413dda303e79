#!/usr/bin/env python3
"""Write what botocore reads from generated shared config and credentials files, to compare AWSSettings with.

    python3 Tests/AWSClientTests/Vectors/profiles.py

profiles.json: the files by the names that a user gives them, the environment, the profile that is passed in, and the
keys, the region and the endpoints that botocore finds, or which of its errors it raises. Some cases are written down
here, the others are composed of odd lines in an order that a seed decides.
"""

import json
import os
import pathlib
import random
import sys
import tempfile
from unittest import mock

import botocore.session
from botocore import exceptions
from botocore.configprovider import ConfiguredEndpointProvider

HERE = pathlib.Path(__file__).parent
CONFIG, CREDENTIALS = "~/.aws/config", "~/.aws/credentials"
ERRORS = {
    exceptions.ProfileNotFound: "profile",
    exceptions.ConfigParseError: "file",
    exceptions.PartialCredentialsError: "half",
    exceptions.InvalidConfigError: "services",
}
SERVICES = ["rds", "elasticbeanstalk", "sts"]


def keys(name, token=None):
    lines = f"aws_access_key_id = AKID{name}\naws_secret_access_key = hush/{name}+==\n"
    return lines + (f"aws_session_token = token/{name}==\n" if token else "")


ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "hush/ENV"}
TWO = f"[default]\nregion = us-east-1\n{keys('D')}[profile other]\nregion=eu-west-1\n{keys('O', token=True)}"


def written():
    """Cases: a label, the files, the environment and the profile."""

    def case(label, config=None, credentials=None, profile=None, environment=None, files=None):
        found = {CONFIG: config, CREDENTIALS: credentials, **(files or {})}
        return label, {name: text for name, text in found.items() if text is not None}, environment or {}, profile

    yield case("nothing")
    yield case("keys in the environment", environment=ENVIRONMENT)
    yield case("a session token in the environment", environment={**ENVIRONMENT, "AWS_SESSION_TOKEN": "t"})
    yield case("the older token comes first",
               environment={**ENVIRONMENT, "AWS_SESSION_TOKEN": "t", "AWS_SECURITY_TOKEN": "older"})  # fmt: skip
    yield case("half in the environment", environment={"AWS_ACCESS_KEY_ID": "AKIDENV"})
    yield case("a secret alone is ignored", TWO, environment={"AWS_SECRET_ACCESS_KEY": "hush/ENV"})
    yield case("default", TWO)
    yield case("the environment comes before default", TWO, environment=ENVIRONMENT)
    yield case("a variable names the profile", TWO, environment={"AWS_PROFILE": "other"})
    yield case("the other variable", TWO, environment={"AWS_DEFAULT_PROFILE": "other"})
    yield case("keys come before a variable's profile", TWO, environment={"AWS_PROFILE": "other", **ENVIRONMENT})
    yield case("a profile passed in comes before keys", TWO, profile="other", environment=ENVIRONMENT)
    yield case("default passed in comes before keys", TWO, profile="default", environment=ENVIRONMENT)
    yield case("a profile passed in comes before a variable's", TWO, profile="default",
               environment={"AWS_PROFILE": "other"})  # fmt: skip
    yield case("no such profile", TWO, profile="nobody")
    yield case("no such profile in a variable, beside keys", TWO, environment={"AWS_PROFILE": "nobody", **ENVIRONMENT})
    yield case("default must be there where it is named", "[profile other]\nregion = x\n", profile="default")
    yield case("a profile without keys", "[profile bare]\nregion = eu-west-1\n", profile="bare")
    yield case("the region of the environment", TWO, environment={"AWS_DEFAULT_REGION": "ap-south-1"}, profile="other")
    yield case("the credentials file wins", TWO, f"[default]\n{keys('C')}")
    yield case("the credentials file wins in the region too", TWO, "[default]\nregion = sa-east-1\n")
    yield case("a profile of the credentials file alone", TWO, f"[third]\n{keys('T', token=True)}", profile="third")
    yield case("halves from two files are not a pair", "[default]\naws_secret_access_key = s\n", "[default]\naws_access_key_id = A\n")
    yield case("a secret in one file does not hide a pair in the other", TWO, "[default]\naws_secret_access_key = s\n")
    yield case("half a pair in the config file", "[default]\naws_access_key_id = A\n")
    yield case("no token of the other file", TWO, f"[other]\n{keys('C')}", profile="other")
    yield case("an empty token", f"[default]\n{keys('D')}aws_session_token =\n")
    yield case("the older token of a profile", f"[default]\n{keys('D', token=True)}aws_security_token = older\n")
    yield case("a section of the config file that is not a profile", f"[other]\n{keys('O')}", profile="other")
    yield case("the word profile in the credentials file", None, f"[profile other]\n{keys('O')}", profile="other")
    yield case("and by that name", None, f"[profile other]\n{keys('O')}", profile="profile other")
    for header, name in [
        ('[profile "two words"]', "two words"), ("[profile 'two words']", "two words"), (r"[profile two\ words]", "two words"),
        ("[profile two words]", "two words"), ('[profile "a\\"b"]', 'a"b'), ('[profile "a\\b"]', "a\\b"), ("[profile 'a\\b']", "a\\b"),
        ("[profile   wide]", "wide"), ("[profile\ttab]", "tab"), ("[ profile spaced ]", "spaced"), ("[profiles plural]", "plural"),
        ("[profile]", "profile"), ('[profile "open]', "open"), ("[profile a]b]", "a]b"), ("[profile x] # note", "x"),
        ("[profile Upper]", "Upper"), ("[profile Upper]", "upper"), ("[profile default]", "default"), ("[profile #x]", "#x"),
        ("[profile zürich]", "zürich"), ('[profile a"b"c]', "abc"), ('["profile" q]', "q"), ("[profile trailing\\]", "trailing"),
    ]:  # fmt: skip
        yield case(f"named {header}", f"{header}\nregion = eu-west-1\n{keys('N')}", profile=name)
    yield case("the same profile in two spellings", f"[profile default]\n{keys('A', token=True)}[default]\n{keys('B')}")
    yield case("and the other way round", f"[default]\n{keys('B')}[profile default]\nregion = a\n")
    yield case("a section twice", f"{TWO}[default]\nregion = x\n")
    yield case("an option twice", "[default]\nregion = a\nregion = b\n")
    yield case("an option twice, in another case", "[default]\nregion = a\nREGION = b\n")
    yield case("options in capitals", "[default]\nAWS_Access_Key_ID = A\nAWS_SECRET_ACCESS_KEY = s\nRegion = r\n")
    yield case("an option before any section", "region = a\n[default]\n")
    yield case("an invalid line", "[default]\nnonsense\n")
    yield case("an option without a name", "[default]\n = a\n")
    yield case("an empty section name", "[default]\n[]\n")
    yield case("DEFAULT is in every section", "[DEFAULT]\nregion = all\n[profile a]\noutput = json\n", profile="a")
    yield case("a mistake in DEFAULT that no section takes", "[DEFAULT]\ns3 =\n  nonsense\n[default]\ns3 = x\nregion = a\n")
    yield case("a mistake in DEFAULT that a section takes", "[DEFAULT]\ns3 =\n  nonsense\n[default]\nregion = a\n")
    yield case("DEFAULT is not a profile", "[DEFAULT]\nregion = all\n", profile="DEFAULT")
    yield case("a colon", "[default]\nregion: eu-west-1\naws_access_key_id: A=B\naws_secret_access_key = c:d=e\n")
    yield case("comments", f"# one\n; two\n[default]\n  # three = x\nregion = a # kept\n#region = b\n{keys('D')};\n")
    yield case("CRLF", TWO.replace("\n", "\r\n"), profile="other")
    yield case("CR alone", TWO.replace("\n", "\r"), profile="other")
    yield case("no line end at the end", "[default]\nregion = eu-west-1")
    yield case("a mark at the beginning", "\ufeff[default]\nregion = a\n")
    yield case("odd spaces", "[default]\n\u00a0region\u00a0=\u2003eu-west-1\u3000\x1f\n")
    yield case("blocks", f"[default]\ns3 =\n  max_queue = 1\n\n  # note\n  region = no\nregion = eu-west-1\n{keys('D')}")
    yield case("a value on several lines", f"[default]\noutput = a\n  b\n\n  c\nregion = eu-west-1\n{keys('D')}")
    yield case("an indented section", f"  [default]\n  region = a\n   {keys('D')}", profile="default")
    yield case("an invalid block", "[default]\ns3 =\n  nonsense\nregion = a\n")
    yield case("an indented header is a value", "[default]\nregion = a\n  [profile b]\n", profile="b")
    yield case("an indented option continues the one above", "[default]\nregion = a\n output = json\n")
    yield case("other files by variables", "[default]\nregion = no\n", files={"~/c/one": TWO, "~/c/two": f"[other]\n{keys('X')}"},
               profile="other", environment={"AWS_CONFIG_FILE": "~/c/one", "AWS_SHARED_CREDENTIALS_FILE": "$DIR/two", "DIR": "~/c"})  # fmt: skip
    yield case("braces and unknown variables", files={"~/c/one": TWO, "~/$NO/two": f"[other]\n{keys('X')}"}, profile="other",
               environment={"AWS_CONFIG_FILE": "~/${D}/one", "AWS_SHARED_CREDENTIALS_FILE": "~/$NO/two", "D": "c"})  # fmt: skip
    yield case("files that do not exist", TWO, environment={"AWS_CONFIG_FILE": "~/none", "AWS_SHARED_CREDENTIALS_FILE": ""})
    services = "[services s]\nrds =\n  endpoint_url = http://rds\nelastic_beanstalk =\n  endpoint_url=http://eb\nsts =\n  a = b\n"
    profile = "[default]\nservices = s\nendpoint_url = http://all\n"
    yield case("endpoints of a profile", profile + services)
    yield case("endpoints of the environment come first", profile + services,
               environment={"AWS_ENDPOINT_URL": "http://env", "AWS_ENDPOINT_URL_STS": "http://sts"})  # fmt: skip
    yield case("endpoints are ignored by a variable", profile + services, environment={"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE"})
    yield case("endpoints are ignored by the profile", f"{profile}ignore_configured_endpoint_urls = True\n",
               environment={"AWS_ENDPOINT_URL": "http://env"})  # fmt: skip
    yield case("the variable decides whether they are ignored", f"{profile}ignore_configured_endpoint_urls = true\n{services}",
               environment={"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false"})  # fmt: skip
    yield case("no such services", profile)
    yield case("no such services, but the environment says all", profile, environment={"AWS_ENDPOINT_URL": "http://env"})
    yield case("empty services", f"{profile}[services s]\n")
    yield case("services in the credentials file are ignored", profile, services)
    yield case("an endpoint in the credentials file", "[default]\n", "[default]\nendpoint_url = http://c\n")
    yield case("services by a quoted name", f'[default]\nservices = two words\n[services "two words"]\n{services.split(chr(10), 1)[1]}')


HEADERS = ["[default]", "[profile a]", '[profile "a b"]', "[a]", "[profile default]", "[DEFAULT]", "[services a]", "  [profile b]", "[b] x"]
# A section has at most one entry of a row, because a repeated option is an error.
LINES = [
    ["aws_access_key_id = AKID{}", "aws_access_key_id=AKID{}\naws_secret_access_key:hush{}/", "aws_secret_access_key = hush{}=",
     "AWS_ACCESS_KEY_ID = AKID{}\n\n#x\naws_secret_access_key = s{}", " aws_access_key_id = AKID{}\n aws_secret_access_key = s:{}="],
    ["aws_session_token = token{}", "aws_session_token =", "aws_security_token= older{}"],
    ["region = region-{}", "Region=region-{}", "  region = indented-{}", "\tregion = tab-{}", "region:r{} # kept", "region\t=\tr-{}"],
    ["endpoint_url = http://h{}", "endpoint_url = http://h{}:1/a=b"],
    ["services = a", "services = nobody"],
    ["s3 =\n  addressing_style = path\n  x{} = y", "s3 =\n\n  # note\n  x = y\n z{}=1", "output = json\n  continued {}"],
    ["rds =\n  endpoint_url = http://rds{}", "rds =\n\tendpoint_url=http://tab{}\n\n region = x", "rds =\n endpoint_url ="],
    ["# comment {}", "  ; comment = {}", "", "   ", "odd option {} = value", "[x = y"],
    ["ignore_configured_endpoint_urls = false"],
]  # fmt: skip
MISTAKES = ["nonsense {}", "= nothing", "s3 =\n  nonsense", "[unclosed"]


def text(chance):
    lines = []
    for header in chance.sample(HEADERS, chance.randint(1, 5)):
        lines.append(header)
        lines += [chance.choice(row) for row in chance.sample(LINES, chance.randint(1, 6))]
    if chance.random() < 0.05:
        lines.insert(chance.randint(0, len(lines)), chance.choice(MISTAKES))
    end = chance.choice(["\n", "\n", "\n", "\r\n"])
    return "".join(line.replace("{}", str(chance.randint(1, 99))).replace("\n", end) + end for line in lines)


def composed(count):
    chance = random.Random(20261123)
    for number in range(count):
        files = {CONFIG: text(chance)}
        if chance.random() < 0.6:
            files[CREDENTIALS] = text(chance)
        environment = {}
        if chance.random() < 0.2:
            environment["AWS_PROFILE"] = chance.choice(["a", "b", "a b"])
        if chance.random() < 0.2:
            environment.update(ENVIRONMENT)
        profile = chance.choice([None, None, None, "default", "a", "b", "a b"])
        yield f"composed {number}", files, environment, profile


def found(environment, profile):
    """What botocore finds, or the name of its error."""
    try:
        session = botocore.session.Session(profile=profile)
        credentials = session.get_credentials()
        scoped = session.get_scoped_config()
        endpoints = {}
        for name in SERVICES:
            if not session.get_config_variable("ignore_configured_endpoint_urls"):
                endpoints[name] = ConfiguredEndpointProvider(session.full_config, scoped, name, environment).provide()
        region = session.get_config_variable("region")
    except tuple(ERRORS) as error:
        return {"error": ERRORS[type(error)]}
    expected = {"region": region, "endpoints": {name: url for name, url in endpoints.items() if url}}
    if credentials:
        expected["keys"] = [credentials.access_key, credentials.secret_key, credentials.token or None]
    return expected


def vector(label, files, environment, profile):
    with tempfile.TemporaryDirectory() as home:
        for name, content in files.items():
            path = pathlib.Path(name.replace("~", home))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
        with mock.patch.dict(os.environ, {**environment, "HOME": home, "AWS_EC2_METADATA_DISABLED": "true"}, clear=True):
            expected = found(dict(environment), profile)
    return {"case": label, "files": files, "environment": environment, "profile": profile, "expected": expected}


def usable(vector):
    """Whether botocore's result is valid: it mishandles a block in place of a text, and a line break in a key."""
    expected = vector["expected"]
    values = [*(expected.get("keys") or []), expected.get("region"), *expected.get("endpoints", {}).values()]
    return all(value is None or isinstance(value, str) and "\n" not in value and value != "" for value in values)


def main():
    vectors = [vector(*case) for case in [*written(), *composed(250)]]
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in filter(usable, vectors))
    (HERE / "profiles.json").write_text(f"[\n{rows}\n]\n")


if __name__ == "__main__":
    sys.exit(main())
