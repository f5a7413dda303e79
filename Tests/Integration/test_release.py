"""The files of a release: what the program needs to run, what it contains, and that the lists of it are whole."""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from threading import Event

import pytest

import releases
from authority import Authority
from emulator.proxy import forwarded, serving
from releases import ROOT
from tidemark import Tidemark

sys.path.insert(0, str(ROOT / ".release/package"))
import components  # noqa: E402
import debian  # noqa: E402
import source  # noqa: E402
import tarball  # noqa: E402

LOADED = {"libc.so.6", "libm.so.6"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The unpacked tarball."""
    return releases.unpacked(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def listed():
    """The components in the SPDX document, by name."""
    document = json.loads(releases.file(".spdx.json").read_text())
    linked = {
        relationship["relatedSpdxElement"]
        for relationship in document["relationships"]
        if relationship["relationshipType"] == "STATIC_LINK"
    }
    return {package["name"]: package for package in document["packages"] if package["SPDXID"] in linked}


def output(*command) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# MARK: The program


def test_the_program_needs_glibc_alone_and_shows_its_libraries_no_symbol(folder):
    program = folder / "tidemark"
    dynamic = output("readelf", "--dynamic", "--wide", program)
    needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic))
    assert {name for name in needed if not name.startswith("ld-linux")} == LOADED
    assert "RPATH" not in dynamic and "RUNPATH" not in dynamic
    symbols = [line.split() for line in output("readelf", "--symbols", "--wide", program).splitlines() if " FUNC " in line]
    assert symbols and {fields[6] for fields in symbols} == {"UND"}, "the only symbols are functions of glibc"


def test_the_program_has_no_path_of_the_machine_that_built_it(folder):
    content = (folder / "tidemark").read_bytes()
    assert str(ROOT).encode() not in content and b"/.build/" not in content.replace(b"./.build/", b"")
    assert ".swift_modhash" not in output("readelf", "--sections", "--wide", folder / "tidemark")


def test_a_tls_call_is_made_by_libcurls_openssl_beside_the_programs_own(standing, copied, folder, tmp_path):
    stack, _ = standing
    authority = Authority(tmp_path, "localhost")
    started, libraries = Event(), set()

    def answer(request):
        started.wait()
        libraries.update(re.findall(r"lib(?:ssl|crypto|curl)\.so", Path(f"/proc/{process.pid}/maps").read_text()))
        return forwarded(stack.endpoint, request)

    shipped = Tidemark(copied.folder, copied.variables, str(folder / "tidemark"))
    with serving(answer, authority.context) as url:
        shipped.variables |= {"AWS_ENDPOINT_URL": url, "AWS_CA_BUNDLE": str(authority.file)}
        process = shipped.start("record", "--strict")
        started.set()
        _, error = process.communicate(timeout=120)
    assert (process.returncode, error) == (0, b"")
    assert libraries == {"libcurl.so", "libssl.so", "libcrypto.so"}
    assert shipped("history", "verify", variables={"AWS_ENDPOINT_URL": None}).status == 0


def test_without_libcurl_an_error_says_what_to_install_and_reports_work(copied, folder, tmp_path):
    (tmp_path / "libcurl.so.4").write_text("not a library")
    shipped = Tidemark(copied.folder, {**copied.variables, "LD_LIBRARY_PATH": str(tmp_path)}, str(folder / "tidemark"))
    error = shipped("record", status=1).error
    assert "libcurl cannot be started: " in error and error.endswith(": install libcurl 4, Debian's libcurl4")
    assert "v9" in shipped("log").stdout


# MARK: The files


def test_the_tarball_has_the_program_and_its_papers(folder):
    with tarfile.open(releases.file(".tar.gz")) as archive:
        entries = archive.getmembers()
    modes = {Path(entry.name).name: (entry.mode, entry.uid, entry.gid, entry.uname, entry.isfile()) for entry in entries}
    papers = ["LICENSE", "NOTICES", "tidemark.spdx.json"]
    assert modes == {
        **{name: (0o644, 0, 0, "root", True) for name in papers},
        "tidemark": (0o755, 0, 0, "root", True),
    }
    assert {str(Path(entry.name).parent) for entry in entries} == {f"tidemark-{releases.version()}-linux-{machine()}"}
    assert (folder / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert (folder / "tidemark.spdx.json").read_bytes() == releases.file(".spdx.json").read_bytes()


def machine() -> str:
    return output("uname", "-m").strip()


def test_the_checksums_are_those_of_all_other_files():
    lines = dict(reversed(line.split("  ")) for line in releases.file(".sha256").read_text().splitlines())
    others = [file for file in releases.FILES.iterdir() if file.suffix != ".sha256"]
    assert lines == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in others} and len(others) == 3


def test_the_debian_package_has_the_same_program_and_names_what_it_needs(folder, tmp_path):
    package = releases.file(".deb")
    subprocess.run(["dpkg-deb", "--extract", package, tmp_path], check=True)
    files = sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file())
    papers = "usr/share/doc/tidemark"
    assert files == ["usr/bin/tidemark", f"{papers}/copyright", f"{papers}/tidemark.spdx.json"]
    assert (tmp_path / files[0]).read_bytes() == (folder / "tidemark").read_bytes()
    notices = [(folder / name).read_text() for name in ("LICENSE", "NOTICES")]
    assert (tmp_path / files[1]).read_text() == "\n".join(notices)
    depends = output("dpkg-deb", "--field", package, "Depends").strip()
    glibc = debian.glibc(folder / "tidemark")
    assert depends == f"libc6 (>= {glibc}), libcurl4 (>= 7.88), ca-certificates"
    subprocess.run(["dpkg", "--compare-versions", glibc, "le", "2.36"], check=True)


# MARK: What it contains


def test_the_list_has_every_package_and_the_versions_that_are_in_the_program(listed, folder):
    resolved = dict(line.split() for line in (ROOT / "Tests/dependencies.txt").read_text().splitlines())
    assert {name: listed[name]["versionInfo"] for name in resolved} == resolved
    program = (folder / "tidemark").read_bytes()
    for name in ("libsqlite3-dev", "libssl-dev"):
        upstream = listed[name]["versionInfo"].partition("-")[0]
        assert f"\0{upstream}\0".encode() in program, name
    unicode = listed["icu"]["versionInfo"].partition(".")[0]
    # zlib and libstdc++ write no version into a program; these are messages of theirs.
    marks = {"icu": f"icudt{unicode}l", "zlib1g-dev": "incorrect header check", "libstdc++-12-dev": "basic_string::append"}
    assert {name for name, mark in marks.items() if mark.encode() in program and name in listed} == set(marks)


def test_each_static_archive_and_each_object_has_its_package_in_the_list(listed):
    files = components.read(ROOT / ".build/linked-tidemark")
    archives = {Path(name).name for name in files if name.endswith(".a")}
    assert {"libsqlite3.a", "libcrypto.a", "libz.a", "libstdc++.a", "libgcc.a", "libswiftCore.a"} <= archives
    named = {component.name for component in components.linked(ROOT / ".build/linked-tidemark")}
    assert named == set(listed)
    assert all(package["licenseConcluded"] and package["externalRefs"] for package in listed.values())


def test_a_linked_file_of_an_unknown_license_ends_the_release():
    with pytest.raises(source.Problem, match="'/usr/bin/dpkg' is linked, and the license of 'dpkg' is unknown: add it to"):
        components.debian(Path("/usr/bin/dpkg"))


def test_the_notices_have_those_of_every_component(listed, folder):
    notices = (folder / "NOTICES").read_text()
    for name, package in listed.items():
        [_, text, *_] = re.split(rf"^{re.escape(name)} {re.escape(package['versionInfo'])}: \S+$\n=+\n", notices, flags=re.M)
        assert re.search("copyright|public domain", text.partition("=====")[0], re.I), name


# MARK: Versions and bytes


@pytest.fixture
def commit(tmp_path, monkeypatch):
    """Makes a repository with one commit of a program of version 0.1.0; returns a function that calls git in it."""
    monkeypatch.setattr(source, "ROOT", tmp_path)
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho 0.1.0\n")
    program.chmod(0o755)

    def git(*arguments):
        author = ["-c", "user.name=release-bot", "-c", "user.email=release-bot@example.com"]
        return output("git", "-C", tmp_path, *author, *arguments)

    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "program", "--date", "2026-11-30T12:00:00Z")
    return git


def test_the_version_is_the_tags_or_names_the_commit(commit, tmp_path):
    program = tmp_path / "program"
    short = commit("rev-parse", "--short=12", "HEAD").strip()
    untagged = source.Source.of(program)
    assert untagged.version == f"0.1.0+g{short}" and untagged.time == int(commit("log", "-1", "--format=%ct"))
    commit("tag", "v0.1.0")
    assert source.Source.of(program).version == "0.1.0"
    (tmp_path / "other").touch()
    assert source.Source.of(program).version == f"0.1.0+g{short}.changed"


def test_a_tag_that_is_not_the_programs_version_ends_the_release(commit, tmp_path):
    commit("tag", "v0.2.0")
    with pytest.raises(source.Problem) as problem:
        source.Source.of(tmp_path / "program")
    assert str(problem.value) == "the commit has the tag 'v0.2.0', and the program is version '0.1.0': tag it 'v0.1.0'"


def test_the_same_contents_give_the_same_bytes(tmp_path):
    release = source.Source("0.1.0-dev", 1_790_000_000)
    contents = {name: name.encode() * 1000 for name in ("tidemark", "LICENSE", "NOTICES", "tidemark.spdx.json")}
    digests = []
    for name, shuffled in [("a", contents), ("b", dict(reversed(contents.items())))]:
        folder = tmp_path / name
        folder.mkdir()
        files = [tarball.write(folder, release, shuffled), debian.write(folder, release, Path("/bin/true"), shuffled)]
        digests.append([(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files])
    assert digests[0] == digests[1]
    assert [name for name, _ in digests[0]][1].startswith("tidemark_0.1.0~dev_")
