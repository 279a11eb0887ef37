"""The database stops for a while, or hangs: pages seen before stay, others come with a 503."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from articles.models import Article
from bulletin.pagecache.version import CHECK_EVERY
from tests.factories import make_article
from tests.servers import PATIENCE, address_of_the_database, ask, server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite is a file and never away by itself"
    ),
]


class Line:
    """The line between the site and its database, which can be cut, held up and mended."""

    def __init__(self, target: tuple[int, str | tuple[str, int]]) -> None:
        self.target = target
        self.is_cut = self.is_held_up = False
        self.open: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while True:
            try:
                here, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(here)
            if self.is_cut:
                here.close()
            elif not self.is_held_up:
                family, address = self.target
                there = socket.socket(family)
                there.connect(address)
                self.open.append(there)
                for ends in ((here, there), (there, here)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                if not self.is_held_up:
                    sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            self._hang_up(end)

    def _hang_up(self, end: socket.socket) -> None:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()

    def cut(self) -> None:
        self.is_cut = True
        for end in self.open:
            self._hang_up(end)

    def hold_up(self) -> None:
        self.is_held_up = True

    def mend(self) -> None:
        self.is_cut = self.is_held_up = False
        # What was held up has lost data and is of no more use.
        for end in self.open:
            self._hang_up(end)

    def close(self) -> None:
        self.listener.close()
        self.cut()


@pytest.fixture
def line() -> Iterator[Line]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW unix_socket_directories")
        folder = cursor.fetchone()[0].split(",")[0].strip()
        cursor.execute("SHOW port")
        port = int(cursor.fetchone()[0])
    host = connection.settings_dict["HOST"]
    target = (
        (socket.AF_INET, (host, int(connection.settings_dict["PORT"] or port)))
        if host and not host.startswith("/")
        else (socket.AF_UNIX, f"{host or folder}/.s.PGSQL.{port}")
    )
    line = Line(target)  # type: ignore[arg-type]
    yield line
    line.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it does not come to be so"
        time.sleep(0.1)


@pytest.mark.parametrize("trouble", ["cut", "hold_up"])
def test_seen_pages_stay_and_everything_comes_back_by_itself(line, tmp_path: Path, trouble):
    seen, unseen = make_article("第1稿"), make_article("没有人读过的稿件")
    database = address_of_the_database(host=f"127.0.0.1:{line.port}")
    pool = {"DATABASE_URL": database, "DATABASE_POOL_SIZE": "4"}
    with server(tmp_path, **pool) as address:
        for path in ("/", seen.get_absolute_url()):
            assert ask(address + path)[0] == 200
        getattr(line, trouble)()
        # By then the database is to be asked again.
        time.sleep(2 * CHECK_EVERY)
        # The first request learns that the database is away; the pages stay all the while.
        for _ in range(30):
            status, text = ask(address + seen.get_absolute_url())
            assert (status, "第1稿" in text) == (200, True)
            assert ask(f"{address}/?from=nowhere")[0] == 200
        status, text = ask(address + unseen.get_absolute_url())
        assert status == 503
        assert "半分钟后再试" in text
        Article.objects.filter(pk=seen.pk).move(headline="第2稿")
        line.mend()
        until(lambda: "第2稿" in ask(address + seen.get_absolute_url())[1])
        until(lambda: ask(address + unseen.get_absolute_url())[0] == 200)
