"""The layer in front of Django that answers with kept pages (WSGI, PEP 3333)."""

from __future__ import annotations

import io
import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from bulletin.pagecache.away import AWAY
from bulletin.pagecache.figures import Figures
from bulletin.pagecache.page import Headers, Page, encoding_for
from bulletin.pagecache.routes import MINUTE, Route, route_of
from bulletin.pagecache.store import Store
from bulletin.pagecache.version import Version

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# What Django is told of a request for a page that is kept: nothing by which one visitor differs
# from another. So a page can depend on no cookie, no login, no language and no forged header.
TOLD = (
    "SCRIPT_NAME",
    "PATH_INFO",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "HTTP_HOST",
    "wsgi.version",
    "wsgi.url_scheme",
    "wsgi.errors",
    "wsgi.multithread",
    "wsgi.multiprocess",
    "wsgi.run_once",
)
# How long one request waits for another that makes the same page, in seconds.
WAIT = 10
# After a page could not be made, how long the old one is handed out without another try.
RETRY_AFTER = 1
FAILED = 500
OK = "200 OK"
# Found, moved for good, not there, withdrawn: all of them are asked for again and again.
KEPT_CODES = frozenset({200, 301, 404, 410})
# How often a request that found itself too late looks who makes the page now.
TRIES = 3


class Answer:
    """An answer of Django's, read whole."""

    def __init__(self, application: Application, environ: Environ) -> None:
        """Ask for it."""
        self.status, self.headers = "", []
        written: list[bytes] = []

        def start(status: str, headers: Headers, exc_info: object = None) -> Callable[..., Any]:
            self.status, self.headers = status, headers
            return written.append

        body = application(environ, start)
        try:
            written.extend(body)
        finally:
            if close := getattr(body, "close", None):
                close()
        self.body = b"".join(written)

    headers: Headers

    @property
    def code(self) -> int:
        """The status as a number."""
        return int(self.status[:3])

    @property
    def may_be_kept(self) -> bool:
        """Whether it is the same for everybody, by what it says of itself."""
        if self.code not in KEPT_CODES:
            return False
        said: dict[str, str] = {}
        for name, value in self.headers:
            said[name.lower()] = f"{said.get(name.lower(), '')},{value}".lower()
        control = said.get("cache-control", "")
        return (
            "set-cookie" not in said
            and "content-encoding" not in said
            and not any(word in control for word in ("private", "no-store", "no-cache"))
            and set(said.get("vary", "").replace(" ", "").split(",")) <= {"", "accept-encoding"}
        )


class Making:
    """A page that one request makes while others wait for it."""

    def __init__(self) -> None:
        """Begin."""
        self.done = threading.Event()
        self.page: Page | None = None


class PageCache:
    """Answers with a kept page where there is one that is still true, else lets Django make it.

    However many ask, a page is made once for each version of the content. While it is made, the
    others get the old one for less than a second after the change (`Version.may_be_old`), and wait
    after that. A page that cannot be made leaves the old one in its place.
    """

    def __init__(self, application: Application, store: Store, version: Version) -> None:
        """Stand in front of an application."""
        self.application = application
        self.store = store
        self.version = version
        self.handed_out = self.made = self.old = self.failed = 0
        self._making: dict[str, Making] = {}
        self._lock = threading.Lock()
        self.figures = Figures()
        # Counting for operators costs more than handing a page out, so it is done now and then.
        version.asked = self._count
        self._https = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
        self._passed_on = (settings.STATIC_URL, settings.MEDIA_URL, "/admin/")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        path = environ["PATH_INFO"]
        if path.startswith(self._passed_on):
            return self.application(environ, start_response)
        asked = environ.get("QUERY_STRING", "")
        route: Route | None = None
        query: str | None = ""
        if asked:
            route = _route(environ)
            query = None if route is None else route.query(asked)
            if query is None:
                return self.application(environ, start_response)
        # A query that is encoded has no space: nothing in a path can be taken for one.
        host = environ.get("HTTP_HOST", "").lower()
        key = f"{query} {self._scheme(environ)}://{host}{environ.get('SCRIPT_NAME', '')}{path}"
        page = self.store.get(key)
        if page is None and route is None and (route := _route(environ)) is None:
            # A health check, say: it is to be answered whether or not the database is.
            return self.application(environ, start_response)
        version = self.version.current()
        if page is None or page.version != version or page.until <= time.time():
            if route is None and (route := _route(environ)) is None:
                return self.application(environ, start_response)
            found = self._fresh(key, environ, route, query or "")
            if isinstance(found, Answer):
                start_response(found.status, found.headers)
                return [] if method == "HEAD" else [found.body]
            page = found
        else:
            self.handed_out += 1
        return self._hand_out(key, page, environ, start_response, method)

    def _count(self) -> None:
        answers = {
            "kept": self.handed_out,
            "made": self.made,
            "old": self.old,
            "failed": self.failed,
        }
        self.figures.tell(answers, pages=len(self.store), size=self.store.bytes)

    def _hand_out(
        self, key: str, page: Page, environ: Environ, start_response: StartResponse, method: str
    ) -> Iterable[bytes]:
        known = environ.get("HTTP_IF_NONE_MATCH", "")
        since = environ.get("HTTP_IF_MODIFIED_SINCE", "")
        if (known or since) and page.status == OK and page.is_known(known, since):
            start_response("304 Not Modified", page.unchanged())
            return []
        size = page.size
        headers, body = page.answer(encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")))
        if page.size != size:
            self.store.grown(key, page)
        start_response(page.status, headers)
        return [] if method == "HEAD" else [body]

    def _scheme(self, environ: Environ) -> str:
        """Return the scheme as Django sees it (`HttpRequest.scheme`)."""
        if self._https is not None:
            header, secure = self._https
            said = environ.get(header)
            if said is not None:
                return "https" if said.split(",", 1)[0].strip() == secure else "http"
        return str(environ.get("wsgi.url_scheme", "http"))

    def _fresh(self, key: str, environ: Environ, route: Route, query: str) -> Page | Answer:
        """Return a page that is true now: made here, or by another request at the same time."""
        for _ in range(TRIES):
            old = self.store.get(key)
            if old is not None and time.monotonic() < old.retry_at:
                self.old += 1
                return old
            with self._lock:
                making = self._making.get(key)
                is_ours = making is None
                if making is None:
                    making = self._making[key] = Making()
            if is_ours:
                try:
                    found = self._make(key, old, environ, route, query)
                    making.page = found if isinstance(found, Page) else None
                    return found
                finally:
                    with self._lock:
                        del self._making[key]
                    making.done.set()
            if old is not None and self._will_do(old):
                self.old += 1
                return old
            making.done.wait(WAIT)
            page = making.page
            # It may have been begun before the last change.
            if page is not None and (page.version == self.version.number or page is old):
                return page
        return self._make(key, self.store.get(key), environ, route, query)

    def _will_do(self, old: Page) -> bool:
        """Return whether an old page may be handed out while somebody makes the new one."""
        # Of the same version is what is old by the minute alone.
        return (
            old.version == self.version.number
            or self.version.is_database_away
            or self.version.may_be_old(old.version)
        )

    def _make(
        self, key: str, old: Page | None, environ: Environ, route: Route, query: str
    ) -> Page | Answer:
        # Read before the page is made: what changes meanwhile makes it old at once.
        version, is_away = self.version.number, self.version.is_database_away
        if is_away and old is not None:
            self.old += 1
            return old
        until = time.time()
        until = until - until % MINUTE + MINUTE if route.by_the_minute else float("inf")
        try:
            told = self._told(environ, query)
            if is_away:
                # Nobody is to wait for what does not come.
                told[AWAY] = True
            answer = Answer(self.application, told)
        except Exception:
            # Django answers its own errors; what comes through is the server's, and is told of.
            if old is None:
                raise
            logger.exception("A page could not be made.")
            return self._leave(old)
        if answer.code >= FAILED:
            if old is not None:
                return self._leave(old)
            self.failed += 1
            return answer
        if not answer.may_be_kept:
            self.store.drop(key)
            return answer
        self.made += 1
        page = Page(answer.status, answer.headers, answer.body, version, until)
        self.store.put(key, page)
        return page

    def _leave(self, old: Page) -> Page:
        """Return the page of before, since no new one could be made."""
        self.failed += 1
        self.old += 1
        old.retry_at = time.monotonic() + RETRY_AFTER
        return old

    def _told(self, environ: Environ, query: str) -> Environ:
        told = {name: environ[name] for name in TOLD if name in environ}
        told["REQUEST_METHOD"] = "GET"
        told["QUERY_STRING"] = query
        told["REMOTE_ADDR"] = ""
        told["wsgi.input"] = io.BytesIO()
        told["CONTENT_LENGTH"] = "0"
        if self._https is not None and self._scheme(environ) == "https":
            header, secure = self._https
            told[header] = secure
        return told


def _route(environ: Environ) -> Route | None:
    # WSGI gives a path's bytes as latin-1 (PEP 3333).
    try:
        path = environ["PATH_INFO"].encode("latin-1").decode()
    except UnicodeError:
        return None
    return route_of(path)
