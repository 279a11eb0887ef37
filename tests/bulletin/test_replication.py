"""A true streaming replica: two PostgreSQL servers of the test's own, and who is asked what."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client

from bulletin import replica
from tests.factories import make_article, make_section

from .backups.newsrooms import connected_to
from .replicas import reading_from, rewrite

AS_POSTGRES = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")


class Cluster:
    """A PostgreSQL server in a folder, run by a user who may (PostgreSQL refuses root)."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs = folder, programs
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.getuid() == 0:
            command = [*AS_POSTGRES, *command]
        # Its own file, since the server keeps what it is given open.
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            done = subprocess.run(command, stdout=log, stderr=log, cwd="/", check=False)
        assert done.returncode == 0, (self.folder.parent / f"{self.folder.name}.log").read_text()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder.parent}"
        self.run("pg_ctl", "-D", str(self.folder), "-w", "-t", "120", "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    @property
    def place(self) -> dict[str, str]:
        """What Django calls the server and the login."""
        return {"HOST": "127.0.0.1", "PORT": str(self.port), "USER": "paper", "PASSWORD": ""}


@pytest.fixture
def servers(transactional_db: None) -> Iterator[tuple[Cluster, Cluster]]:
    """A primary with the suite's tables, and its replica."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no replicas")
    version = connection.pg_version // 10_000
    programs = Path(f"/usr/lib/postgresql/{version}/bin")
    if not (programs / "initdb").exists() or (os.getuid() == 0 and not shutil.which("setpriv")):
        pytest.skip(f"PostgreSQL {version}'s programs are not on this machine")
    # Beside pytest's folders, which others may not enter.
    parent = Path(f"/tmp/bulletin-replica-{os.getpid()}")  # noqa: S108 # removed below
    parent.mkdir()
    if os.getuid() == 0:
        shutil.chown(parent, "postgres", "postgres")
    first, second = Cluster(parent / "first", programs), Cluster(parent / "second", programs)
    running = []
    try:
        first.run(
            *("initdb", "-D", str(first.folder), "-U", "paper", "-A", "trust", "-E", "UTF8"),
            *("--locale=C.UTF-8", "--no-sync"),
        )
        first.start()
        running.append(first)
        server = f"postgres://paper@127.0.0.1:{first.port}"
        subprocess.run(
            ["psql", "-q", f"{server}/postgres", "-c", "CREATE DATABASE paper"], check=True
        )
        source = ["pg_dump", "--no-owner", connection.settings_dict["NAME"]]
        for option, name in (("-h", "HOST"), ("-p", "PORT"), ("-U", "USER")):
            if value := connection.settings_dict[name]:
                source += [option, str(value)]
        dumped = subprocess.run(source, check=True, capture_output=True).stdout
        subprocess.run(
            ["psql", "-q", "-o", "/dev/null", f"{server}/paper"], input=dumped, check=True
        )
        second.run(
            *("pg_basebackup", "-h", "127.0.0.1", "-p", str(first.port), "-U", "paper"),
            *("-D", str(second.folder), "-R", "-X", "stream", "-c", "fast", "--no-sync"),
        )
        second.start()
        running.append(second)
        yield first, second
    finally:
        for cluster in reversed(running):
            cluster.stop()
        shutil.rmtree(parent)


def test_what_is_saved_in_the_primary_is_read_from_the_replica(servers, settings):
    first, second = servers
    with (
        connected_to("paper", **first.place),
        reading_from(settings, "paper", **second.place),
    ):
        story = make_article("第一盏灯", section=make_section())
        address = f"/articles/{story.pk}/"
        assert replica.public_alias() == "replica"
        with connections["replica"].cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            assert cursor.fetchone() == (True,)
        for headline in ("第一盏灯", "第二盏灯"):
            rewrite(headline)
            end = time.monotonic() + 60
            while headline not in Client().get(address).content.decode():
                assert time.monotonic() < end
                time.sleep(0.1)
        # Where the replica goes, the primary answers.
        second.stop()
        connections["replica"].close()
        rewrite("第三盏灯")
        assert "第三盏灯" in Client().get(address).content.decode()
        second.start()
