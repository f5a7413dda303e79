"""A library's messages name no option, command or variable of the program: only the command line does."""

import pathlib
import re

import pytest

SOURCES = pathlib.Path(__file__).parents[2] / "Sources"
# The command line, and the reports of its commands, whose hints are for its user.
OF_THE_PROGRAM = {"TidemarkCLI", "TidemarkReports"}
LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
NAMED = re.compile(r"--[a-z]|(?<!\w)-e NAME|'tidemark [a-z]|TIDEMARK_|tidemark\.yml")
# A command of another program, which AWS's users run whatever they use.
OF_OTHERS = re.compile(r"aws (sso login|configure export-credentials) --profile")
# The variable of a pipeline that a library reads, which its users set whatever they use.
READ = {'"TIDEMARK_ID_TOKEN"'}


def literals(text):
    """The string literals of a Swift source, without its comments."""
    for line in text.splitlines():
        if not line.lstrip().startswith("//"):
            yield from LITERAL.findall(line)


LIBRARIES = sorted(folder.name for folder in SOURCES.iterdir() if folder.name not in OF_THE_PROGRAM)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_names_no_option_of_the_command_line(library):
    named = [
        (source.name, literal)
        for source in (SOURCES / library).rglob("*.swift")
        for literal in literals(source.read_text())
        if literal not in READ and NAMED.search(OF_OTHERS.sub("", literal))
    ]
    assert named == []
