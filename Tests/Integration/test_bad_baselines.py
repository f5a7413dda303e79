"""Every mistake in a baseline is reported with its line and column."""

import pytest

from refused import refused


ENVIRONMENT = "environment: antenna-production\n"
DATABASE = ENVIRONMENT + "expect:\n  - name: database\n    resource: rds.db-instance\n"
BASELINES = {
    "an unknown key": (DATABASE + "    is: { Engine: postgres }\n    wheer: { a: b }\n", ":6:5: ", "wheer"),
    "an unknown key at the top": (DATABASE + "    is: { Engine: postgres }\nexpects: []\n", ":6:1: ", "expects"),
    "an unknown kind": (
        ENVIRONMENT + "expect:\n  - name: x\n    resource: rds.dbinstance\n    is: { a: b }\n",
        ":4:15: ",
        "'rds.db-instance'",
    ),
    "a misspelled attribute": (DATABASE + "    is:\n      DBInstanceClas: x\n", ":6:7: ", "'DBInstanceClass'"),
    "a misspelled condition": (
        DATABASE + "    where: { DBInstanceIdentifer: x }\n    is: { Engine: a }\n",
        ":5:14: ",
        "'DBInstanceIdentifier'",
    ),
    "a misspelled member": (DATABASE + "    is:\n      Endpoint: { Prt: 1 }\n", ":6:7: ", "'Port'"),
    "nothing expected": (DATABASE, ":3:5: ", "'is:'"),
    "no name": (ENVIRONMENT + "expect:\n  - resource: rds.db-instance\n    is: { Engine: a }\n", ":3:5: ", "name"),
    "a name twice": (
        DATABASE + "    is: { Engine: a }\n  - name: database\n    resource: rds.db-instance\n    is: { Engine: a }\n",
        ":6:5: ",
        "duplicate name",
    ),
    "a key twice": (DATABASE + "    is: { Engine: a }\n    is: { Engine: b }\n", ":", "twice"),
    "no environment": ("expect:\n  - name: x\n    resource: rds.db-instance\n    is: { Engine: a }\n", ":1:1: ", "env"),
    "a broken pattern": (DATABASE + "    is: { Engine: { matches: 'a(' } }\n", ":5:32: ", "regular expression"),
    "a lookahead": (DATABASE + "    is: { Engine: { matches: a(?=b) } }\n", ":5:31: ", "lookahead '(?='"),
    "a pattern without end": (
        DATABASE + "    is: { Engine: { matches: '((a{1000}){1000}){1000}' } }\n",
        ":5:41: ",
        "more than 10000 characters",
    ),
    "a deep pattern": (
        DATABASE + f"    is: {{ Engine: {{ matches: '{'(' * 100_000}' }} }}\n",
        ":5:131: ",
        "nested more than 100 deep",
    ),
    "a reference": (DATABASE + "    is: { Engine: '${other.name}' }\n", ":5:19: ", "refers to no expectation"),
    "no YAML": (ENVIRONMENT + "expect: [\n", ":", "not YAML"),
    "a tab": (ENVIRONMENT + "expect:\n\t- name: x\n", ":3:1: ", "not YAML"),
    "a list": ("- a\n- b\n", ":1:1: ", "map"),
    "nothing": ("", ":1:1: ", "empty"),
    "a comment": ("# nothing\n", ":1:1: ", "empty"),
    "no expectations": (ENVIRONMENT + "expect: []\n", ":2:9: ", "expect"),
}


@pytest.mark.parametrize("case", BASELINES)
def test_a_mistake_in_a_baseline_is_reported_with_its_place(copied, case):
    text, place, expected = BASELINES[case]
    (copied.folder / "b.yml").write_text(text)
    error = refused(copied, "drift", "--baseline", "b.yml")
    assert error.startswith(f"b.yml{place}") and expected in error, error


def test_every_mistake_is_reported_in_one_run(copied):
    mistakes = "    is: { Egnine: a, PublicAccess: b }\n    wheer: {}\n    becuase: x\n"
    (copied.folder / "b.yml").write_text(DATABASE + mistakes)
    result = copied("drift", "--baseline", "b.yml", status=1)
    lines = result.stderr.splitlines()
    assert result.stdout == "" and len(lines) == 4
    assert [line.split(":")[2] for line in lines] == ["5", "5", "6", "7"]


def test_a_missing_baseline_is_an_error(copied):
    assert "'missing.yml'" in refused(copied, "drift", "--baseline", "missing.yml")
    assert "antenna/documented" in refused(copied, "drift", "--baseline", "shipped:antenna/undocumented")
    assert "'.'" in refused(copied, "drift", "--baseline", ".")


def test_a_baseline_that_is_not_text_is_an_error(copied):
    (copied.folder / "b.yml").write_bytes(bytes(range(256)) * 10)
    assert "UTF-8" in refused(copied, "drift", "--baseline", "b.yml")


def test_a_baseline_of_another_environment_is_an_error(copied):
    (copied.folder / "b.yml").write_text(DATABASE.replace("production", "staging") + "    is: { Engine: a }\n")
    error = refused(copied, "drift", "--baseline", "b.yml")
    assert "'antenna-staging'" in error and "'antenna-production'" in error


def test_a_baseline_with_exponential_aliases_is_refused(copied):
    bomb = "".join(f"        - &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    (copied.folder / "b.yml").write_text(DATABASE + f"    is:\n      TagList:\n        - &a0 [x]\n{bomb}")
    assert "too large" in copied("drift", "--baseline", "b.yml", status=1).stderr


GROUP = "  - { name: t, resource: ec2.security-group, where: { GroupName: antenna-rds }, is: { GroupName: antenna-rds } }\n"
LIMIT = "they have more than 1000000"


def database(name, identifier, engine="postgres"):
    return (
        f"  - {{ name: {name}, resource: rds.db-instance, where: {{ DBInstanceIdentifier: {identifier} }}, "
        f"is: {{ Engine: {engine} }} }}\n"
    )


def chain(count, target):
    links = (database(f"e{n}", f'"${{e{n + 1}{target}}}"') for n in range(count))
    return "".join(links) + database(f"e{count}", "antenna-postgres")


# The message for each, for every command.
ENDLESS = {
    "a text with 40 references": (GROUP + database("x", "a", f'"x{"${t}" * 40}"'), "at most 10 references"),
    "a condition with 40 references": (GROUP + database("x", f'"x{"${t}" * 40}"'), "at most 10 references"),
    "a chain of references": (chain(2_000, ""), "a chain of more than 100 references"),
    "a chain of lists": (chain(2_000, ".security-groups"), "a chain of more than 100 references"),
    "a circle of references": (chain(2_000, "").replace("antenna-postgres", '"${e0}"'), "circular reference in 'where': e0 -> e1"),
    "patterns without end": (
        "".join(database(f"e{n}", "a", '{ matches: "((a|b)*c){900}" }') for n in range(10_000)), LIMIT,
    ),
    "a name without end": (f"  - {{ name: a, resource: {'x' * 2_000_000}, is: {{ a: b }} }}\n", "unknown kind"),
}  # fmt: skip


@pytest.mark.parametrize("case", ENDLESS)
def test_a_baseline_of_exponential_size_ends_quickly_in_every_command(copied, case):
    items, expected = ENDLESS[case]
    (copied.folder / "b.yml").write_text(f"{ENVIRONMENT}expect:\n{items}")
    assert expected in refused(copied, "drift", "--baseline", "b.yml")
    found = copied("baseline", "check", "b.yml", status=1)
    assert expected in found.stdout and "1 baseline: 1 mistake\n" in found.stdout and found.stderr == ""
    # Baselines without a mistake are resolved too.
    assert expected in copied("baseline", "check", "b.yml", "--at", "latest", status=1).stdout


# These are expanded only against a snapshot: one finding.
MULTIPLIED = {
    "a text": GROUP + database("x", "antenna-postgres", f'"{"${t}" * 10}{"x" * 1_000}"'),
    "a list": GROUP + database("x", "antenna-postgres", f'{{ includes: [ "{"${t}" * 10}{"x" * 1_000}" ] }}'),
    "a condition": GROUP + database("x", f'"{"${t}" * 10}{"x" * 1_000}"'),
}


@pytest.mark.parametrize("case", MULTIPLIED)
def test_an_expectation_of_too_many_values_is_unseen(copied, case):
    (copied.folder / "b.yml").write_text(f"{ENVIRONMENT}expect:\n{MULTIPLIED[case]}")
    copied("baseline", "check", "b.yml")
    copied("baseline", "check", "b.yml", "--at", "latest")
    found = copied("drift", "--baseline", "b.yml", status=3).stdout
    assert LIMIT in found.replace("\n", " ") and "1 unseen" in found
