"""Servers of our own in processes of their own, on the database of the test that starts them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
# How long a server may take to start on a machine that has much else to do, in seconds.
PATIENCE = 120


def free_port() -> int:
    """Return a port that this process alone takes, and that no outgoing connection is given.

    A port that the system picks may be picked again while the server of a test is dead.
    """
    for number in range(1000):
        port = 20_000 + (os.getpid() + number * 1013) % 10_000
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def address_of_the_database(name: str = "", host: str = "") -> str:
    """Return the address of a database beside the test's, as `DATABASE_URL` says it.

    Args:
        name: the database's name; the test's own, if none is given.
        host: host and port of PostgreSQL; those of the test's, if none are given.

    """
    settings = connection.settings_dict
    name = name or settings["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    login = quote(settings["USER"] or "", safe="")
    if settings["PASSWORD"]:
        login += f":{quote(settings['PASSWORD'], safe='')}"
    usual = f"{settings['HOST']}:{settings['PORT']}" if settings["PORT"] else settings["HOST"]
    return f"postgres://{login}{'@' if login else ''}{host or usual}/{name}"


@contextmanager
def server(var: Path, **variables: str) -> Iterator[str]:
    """Run one process of the site; give its address.

    Args:
        var: a folder for what it makes.
        variables: what its environment says beside that.

    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--log-level", "warning", "bulletin.wsgi:application"],
        cwd=ROOT,
        env={
            **os.environ,
            "ENVIRONMENT": "development",
            "VAR_DIR": str(var),
            "DATABASE_URL": address_of_the_database(),
            **variables,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + PATIENCE
        while ask(f"{address}/healthz")[0] != 200:
            assert process.poll() is None, "the server has ended"
            assert time.monotonic() < end, "the server does not start"
            time.sleep(0.1)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ask(address: str) -> tuple[int, str]:
    """Ask for an address; return status and text, 0 where nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()
    except OSError:
        return 0, ""
