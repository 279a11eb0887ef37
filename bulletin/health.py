"""`/healthz` and `/readyz`: what load balancers, container runtimes and monitors ask.

They are answered in front of everything else: whoever asks on 127.0.0.1 over plain HTTP, under no
host name of ours, is neither sent to https nor refused.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

ALIVE, READY = "/healthz", "/readyz"
# A load balancer commonly waits five seconds or longer; both are in seconds.
PATIENCE = 3.0
CONNECT_TIMEOUT = 2

logger = logging.getLogger(__name__)


class HealthChecks:
    """Middleware, to stand first: answer the two addresses, and let everything else through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers everything else."""
        self.get_response = get_response
        self.readiness = Readiness()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, without a look at the host or the scheme."""
        if request.path_info not in (ALIVE, READY):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        problem = "" if request.path_info == ALIVE else self.readiness.problem()
        response = HttpResponse(
            f"{problem or 'ok'}\n",
            status=503 if problem else 200,
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": "no-store"},
        )
        # Monitors ask all day: the log is told of changes, below, and not of each answer.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response


class Readiness:
    """Whether this process can do its work.

    It looks in a thread of its own, because a database that is away may let one wait for longer
    than whoever asks is willing to. Migrations and the media folder are found right once in the
    life of a process: readers are not sent away because pictures cannot be taken in for a while.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._lock = threading.Lock()
        self._looking: Future[str] | None = None
        self._look_in = ThreadPoolExecutor(max_workers=1, thread_name_prefix="readiness")
        self._is_set_up = False
        self._said = ""

    def problem(self) -> str:
        """Return why this process is not ready, in one plain line; "" when it is."""
        with self._lock:
            # Who asks while somebody's look is under way is told what that one finds.
            if self._looking is None or self._looking.done():
                self._looking = self._look_in.submit(self._look)
            looking = self._looking
        try:
            problem = looking.result(timeout=PATIENCE)
        except TimeoutError:
            problem = f"database: no answer within {PATIENCE:g} seconds"
        if problem != self._said:
            logger.warning("readiness: %s", problem or "ready again")
            self._said = problem
        return problem

    def _look(self) -> str:
        database = _own_connection()
        try:
            with database.cursor() as cursor:
                cursor.execute("SELECT 1")
            if self._is_set_up:
                return ""
            missing = [name for name in _last_migrations() if name not in _applied(database)]
        except DatabaseError:
            return "database: no answer"
        finally:
            database.close()
        if missing:
            return "database: migrations are missing; run manage.py migrate"
        if not _media_is_writable():
            return "media folder: not writable"
        self._is_set_up = True
        return ""


def _own_connection() -> BaseDatabaseWrapper:
    """Return a connection that waits neither for the pool's nor long for the server."""
    database = connections[DEFAULT_DB_ALIAS].copy()
    options = {k: v for k, v in database.settings_dict["OPTIONS"].items() if k != "pool"}
    if database.vendor == "postgresql":
        options["connect_timeout"] = CONNECT_TIMEOUT
    database.settings_dict = {**database.settings_dict, "OPTIONS": options}
    return database


@cache
def _last_migrations() -> tuple[tuple[str, str], ...]:
    """Return the last migration of each app, as its files say."""
    return tuple(MigrationLoader(None).graph.leaf_nodes())


def _applied(database: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    # The recorder's own query would open this thread's usual connection, and nobody would close it.
    if not MigrationRecorder(database).has_table():
        return set()
    with database.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(cursor.fetchall())


def _media_is_writable() -> bool:
    """Return whether a picture could be kept; only a folder of this machine is asked."""
    if not isinstance(default_storage, FileSystemStorage):
        return True
    folder = Path(default_storage.location)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
