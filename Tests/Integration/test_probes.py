"""Addresses that are asked when a release is recorded."""

import pytest

from authority import DAY, Authority
from emulator.message import Answer
from emulator.proxy import serving
from log import bodies

SECRET = "hunter2-of-the-page"


@pytest.fixture
def site():
    """A server whose path is the status of its answers; yields its address and what was asked."""
    asked = []

    def answer(request):
        asked.append(request.target)
        if request.path == "/away":
            return Answer(302, {"Location": "https://elsewhere.example/"}, b"")
        return Answer(int(request.path.strip("/")), {}, SECRET.encode())

    with serving(answer) as url:
        yield url, asked


def test_a_probe_is_part_of_the_release(cached, site):
    url, asked = site
    done = cached.record(
        "--release", "v10", "--probe", f"api={url}/200", "--probe", f"flower={url}/204", "--allow-local-probes",
        "--format", "json",
    )  # fmt: skip
    assert asked == ["/200", "/204"] or asked == ["/204", "/200"]
    probes = done.json["release"]["probes"]
    assert [(probe["name"], probe["url"], probe["status"]) for probe in probes] == [
        ("api", f"{url}/200", 200), ("flower", f"{url}/204", 204),
    ]  # fmt: skip
    assert all(probe["milliseconds"] >= 0 and "failure" not in probe for probe in probes)
    assert bodies(cached.history, "snapshot")[-1]["release"]["probes"] == probes
    assert SECRET.encode() not in cached.history.read_bytes()


def test_a_failed_probe_is_recorded_and_exits_with_4(cached, site):
    url, _ = site
    cases = {
        f"{url}/503": "the server answered 503",
        f"{url}/away": "the server redirected to another host, or from https to http",
        "https://does-not-exist.invalid/": "Could not resolve host",
    }
    for address, why in cases.items():
        done = cached.record("--release", "v10", "--probe", f"api={address}", "--allow-local-probes", status=4)
        assert f"api: failed: {why}" in done.stdout
        assert "failure" in bodies(cached.history, "snapshot")[-1]["release"]["probes"][0]


def test_a_probe_does_not_reach_the_runner_itself(cached, site):
    url, asked = site
    for address in (url, url.replace("localhost", "127.0.0.1"), "http://169.254.169.254/latest/meta-data/", "http://[::1]/"):
        done = cached.record("--release", "v10", "--probe", f"api={address}", status=4)
        assert "api: failed: the host has an address of this machine or its link" in done.stdout
    assert asked == []


def test_a_certificate_is_verified(cached, tmp_path_factory):
    good = Authority(tmp_path_factory.mktemp("good"), "localhost")
    old = Authority(tmp_path_factory.mktemp("old"), "localhost", -2 * DAY, -DAY)
    for authority, trusted, status, said in (
        (good, good, 0, "api: 200 in"),
        (good, None, 4, "the server's certificate is signed by an unknown authority"),
        (old, old, 4, "the server's certificate has expired"),
    ):
        with serving(lambda request: Answer(200, {}, b"x"), authority.context) as url:
            variables = {"SSL_CERT_FILE": str(trusted.file)} if trusted else {}
            done = cached.record(
                "--release", "v10", "--probe", f"api={url}/", "--allow-local-probes", status=status, variables=variables
            )
        assert said in done.stdout


def test_the_project_names_probes_and_an_option_wins(cached, site):
    url, asked = site
    (cached.folder / "tidemark.yml").write_text(
        f"environments:\n  antenna-production:\n    probes: {{ api: '{url}/500', flower: '{url}/200' }}\n"
    )
    cached.record("--release", "v10", "--probe", f"api={url}/201", "--allow-local-probes")
    assert sorted(asked) == ["/200", "/201"]
    # Without a release nothing is asked.
    cached.record()
    assert len(asked) == 2
    refused = cached.record("--release", "v11", variables={"CI": "true"}, status=1)
    assert "'probes' in tidemark.yml cannot be used in CI" in refused.error


def test_an_address_with_a_secret_is_refused(cached):
    for address in ("https://me:hunter2@example.com/", "https://example.com/?token=hunter2"):
        done = cached.record("--release", "v10", "--probe", f"api={address}", status=None)
        assert done.status in (1, 64) and "hunter2" not in done.stderr
    assert "--probe needs a release" in cached.record("--probe", "api=https://example.com/", status=64).stderr
