"""A machine with a wrong clock: entries have AWS's time, and one with a wrong time does not affect the others."""

import datetime
from email.utils import format_datetime

from emulator.proxy import forwarded, serving
from log import check

DECADE = datetime.timedelta(days=3650)


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def dated(endpoint, offset):
    """An endpoint whose clock differs from this machine's."""

    def answer(request):
        true = forwarded(endpoint, request)
        headers = {name: value for name, value in true.headers.items() if name.lower() != "date"}
        return type(true)(true.status, {**headers, "Date": format_datetime(now() + offset, usegmt=True)}, true.body)

    return serving(answer)


def test_a_snapshot_has_the_time_of_aws(standing, copied):
    stack, _ = standing
    with dated(stack.endpoint, DECADE) as url:
        output = copied.record(variables={"AWS_ENDPOINT_URL": url}).stdout
    assert "hint      this machine's clock is 3153" in output and "the entry has AWS's time" in output
    newest = copied("log", "--format", "json").json["entries"][0]
    assert newest["at"][:4] == str((now() + DECADE).year) and newest["secondsAhead"] is None


def test_a_time_in_the_future_does_not_affect_later_entries(standing, copied):
    stack, _ = standing
    with dated(stack.endpoint, DECADE) as url:
        copied.record(variables={"AWS_ENDPOINT_URL": url})
    assert f"as of {now():%Y-%m-%d}" in copied.record().stdout
    assert check(copied.history) == 4
    assert copied.show("--at", f"{now() + datetime.timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}")["asOf"]["seq"] == 3
    assert copied.show()["asOf"]["seq"] == 3
