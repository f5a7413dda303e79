"""Ceph's S3 server, radosgw, with one monitor and one store in memory, on loopback.

The Debian packages are radosgw, ceph-mon, ceph-osd and ceph-common. There is no authentication between the daemons, which
listen on 127.0.0.1 alone; each process is ended by its id.
"""

from __future__ import annotations

import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = """
[global]
fsid = {fsid}
mon_host = [v2:127.0.0.1:{monitor}/0]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr1 = false
ms_mon_client_mode = crc
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
run_dir = {folder}
crash_dir = {folder}
mon_data = {folder}/mon
osd_data = {folder}/osd
rgw_data = {folder}
admin_socket =
log_file =
log_to_stderr = true
err_to_stderr = true
mon_cluster_log_to_file = false
# One copy on one host.
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pg_autoscale_mode = off
rgw_rados_pool_pg_num_min = 4
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
mon_data_avail_crit = 1
mon_osd_crush_smoke_test = false
osd_crush_chooseleaf_type = 0
osd_crush_initial_weight = 1
paxos_propose_interval = 0.02
paxos_min_wait = 0.01
osd_objectstore = memstore
memstore_device_bytes = 1073741824
rgw_frontends = beast endpoint=127.0.0.1:{gateway} tcp_nodelay=1
rgw_thread_pool_size = 64
rgw_run_sync_thread = false
"""
# More than a slow machine needs.
LIMIT = 120


@dataclass(frozen=True)
class Ceph:
    endpoint: str
    access_key: str
    secret_key: str


@contextmanager
def running(folder: Path) -> Iterator[Ceph]:
    """Runs inside the `with` block, in an empty folder."""
    configuration = folder / "ceph.conf"
    monitor, gateway = free_ports(2)
    cluster, store = str(uuid.uuid4()), str(uuid.uuid4())
    configuration.write_text(CONFIGURATION.format(fsid=cluster, folder=folder, monitor=monitor, gateway=gateway))
    for name in ("mon", "osd"):
        (folder / name).mkdir()
    log = folder / "log"

    def run(*command: str) -> None:
        with log.open("ab") as output:
            subprocess.run(command, check=True, stdout=output, stderr=output, stdin=subprocess.DEVNULL, timeout=LIMIT)

    with ExitStack() as daemons:

        def start(*command: str) -> subprocess.Popen:
            output = daemons.enter_context(log.open("ab"))
            process = subprocess.Popen([*command, "-f"], stdout=output, stderr=output, stdin=subprocess.DEVNULL)
            daemons.callback(end, process)
            return process

        common = ("-c", str(configuration))
        chart = str(folder / "monmap")
        run("monmaptool", "--create", "--fsid", cluster, "--addv", "a", f"[v2:127.0.0.1:{monitor}/0]", chart)
        run("ceph-mon", *common, "-i", "a", "--mkfs", "--monmap", chart)
        start("ceph-mon", *common, "-i", "a")
        run("ceph", *common, "--connect-timeout", "60", "osd", "new", store)
        run("ceph-osd", *common, "-i", "0", "--mkfs", "--osd-uuid", store)
        osd = start("ceph-osd", *common, "-i", "0")
        wait(lambda: b"state: booting -> active" in log.read_bytes(), osd, log)
        found = Ceph(f"http://127.0.0.1:{gateway}", secrets.token_hex(10).upper(), secrets.token_hex(20))
        keys = (f"--access-key={found.access_key}", f"--secret-key={found.secret_key}")
        run("radosgw-admin", *common, "user", "create", "--uid=recorder", "--display-name=recorder", *keys)
        rgw = start("radosgw", *common, "-n", "client.admin")
        wait(lambda: answers(found.endpoint), rgw, log)
        yield found


def end(process: subprocess.Popen) -> None:
    """Ends a process whose data nobody needs any more."""
    process.kill()
    process.wait()


def wait(is_ready: Callable[[], bool], process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + LIMIT
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"'{process.args[0]}' did not start:\n" + log.read_text(errors="replace")[-2000:])
        time.sleep(0.05)


def answers(endpoint: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(endpoint, timeout=5) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def free_ports(count: int) -> list[int]:
    """Ports that are free now; all sockets are closed after the last one was bound, so that none is chosen twice."""
    with ExitStack() as sockets:
        bound = [sockets.enter_context(socket.socket()) for _ in range(count)]
        for one in bound:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in bound]
