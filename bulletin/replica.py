"""A second database that is only read: what the public reads comes from it, where there is one.

`DATABASE_REPLICA_URL` names a streaming replica of the primary database. A request reads from it if
it is a public page's GET by somebody who is not logged in, or makes a page that is kept for all.
Whatever writes, the newsroom, and what is made for a caller who carries a login's cookie is served
by the primary, so that nobody misses in the newsroom what they have just saved. Where the replica
does not answer, the primary is read for ten seconds before the replica is tried again. How far a
replica lags PostgreSQL says itself (`pg_stat_replication.replay_lag`).
"""

from __future__ import annotations

import contextvars
import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpRequest, HttpResponse

REPLICA = "replica"
# Seconds for which a replica that did not answer is left alone.
LEFT_ALONE = 10.0
# Addresses that are no public page: the newsroom's, and those that carry a secret.
NOT_PUBLIC = ("/admin/", "/preview/", "/mistakes/", "/healthz", "/readyz", "/metrics")

logger = logging.getLogger(__name__)
_alias: contextvars.ContextVar[str] = contextvars.ContextVar("reading", default=DEFAULT_DB_ALIAS)
_away_until = 0.0


def reading_alias() -> str:
    """Return which database is read by what runs now: "replica" or "default".

    Whoever asks a connection past the models, or compares versions of what was read, asks this.
    """
    return _alias.get()


def public_alias() -> str:
    """Return which database public pages are read from at this moment.

    The page cache compares its version by this one, because a version that the primary has and the
    replica has not would keep an old page under a new version.
    """
    global _away_until  # one moment for all threads of the process
    if REPLICA not in connections.databases or time.monotonic() < _away_until:
        return DEFAULT_DB_ALIAS
    try:
        connections[REPLICA].ensure_connection()
    except DatabaseError as error:
        _away_until = time.monotonic() + LEFT_ALONE
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        logger.warning("The replica does not answer; the primary is read. %s", reason)
        return DEFAULT_DB_ALIAS
    return REPLICA


def is_public_reading(request: HttpRequest) -> bool:
    """Whether a request may be answered from a database that lags a little."""
    path = request.path_info.removeprefix("/en")
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and not path.startswith(NOT_PUBLIC)
    )


class ReadsFromReplica:
    """Middleware: let what the public reads be read from the replica."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; what comes after it in this thread reads the primary again."""
        if not is_public_reading(request):
            return self.get_response(request)
        token = _alias.set(public_alias())
        try:
            return self.get_response(request)
        finally:
            _alias.reset(token)


class ReplicaRouter:
    """Django's router: reading where `reading_alias` says, writing in the primary alone."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        """Return where rows are read from."""
        return reading_alias()

    def db_for_write(self, model: type, **hints: Any) -> str:
        """Return where rows are written."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The replica gets its tables from the primary."""
        return db == DEFAULT_DB_ALIAS
