"""Asking the page cache as a server does, and what it answered."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

import brotli
from django.core.handlers.wsgi import WSGIHandler

from bulletin.pagecache.layer import PageCache
from bulletin.pagecache.store import Store
from bulletin.pagecache.version import Version

MEGABYTE = 1024 * 1024
# As it is before browser tests put a door before it, which is shut between them.
ANSWER = WSGIHandler.__call__


@dataclass
class Said:
    """An answer: status, headers by their names in small letters, bytes as they came."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def text(self) -> str:
        encoding = self.headers.get("content-encoding")
        opened = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}
        return opened[encoding](self.raw).decode()


@dataclass
class Django:
    """Django behind the cache: what it was asked, and what stands in its way."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    before: Callable[[dict[str, Any]], None] = lambda environ: None

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ)
        self.before(environ)
        return ANSWER(WSGIHandler(), environ, start)


class Site:
    """One process of the site."""

    def __init__(self, megabytes: float = 8) -> None:
        self.django = Django()
        self.store = Store(int(megabytes * MEGABYTE))
        self.version = Version(lambda: "default", is_patient=True)
        self.cache = PageCache(self.django, self.store, self.version)

    def ask(self, address: str, method: str = "GET", body: bytes = b"", **headers: str) -> Said:
        """Ask for an address; headers by their WSGI names, without `HTTP_`."""
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "10.0.0.1",
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_HOST": "localhost",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **{f"HTTP_{name}": value for name, value in headers.items()},
        }
        started: list[Any] = []
        answer = self.cache(environ, lambda *given: started.append(given))
        raw = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        status, pairs = started[0][:2]
        return Said(int(status[:3]), {name.lower(): value for name, value in pairs}, raw)

    @property
    def renders(self) -> int:
        """How many requests Django has been asked."""
        return len(self.django.asked)

    def notice(self) -> None:
        """Let the time pass after which the database is asked again."""
        self.version._ask_at = float("-inf")
