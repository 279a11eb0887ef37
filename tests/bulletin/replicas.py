"""A second database for Django, as DATABASE_REPLICA_URL makes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

from bulletin import replica


@contextmanager
def reading_from(settings: Any, name: str, **changes: Any) -> Iterator[None]:
    """Let what the public reads come from a database; `settings` is pytest's fixture."""
    connections.databases["replica"] = {**connections.databases["default"], "NAME": name, **changes}
    # Django lets tests reach only the databases of their beginning, unless they go by another name.
    connections["replica"].alias = "copy"
    settings.DATABASE_ROUTERS = ["bulletin.replica.ReplicaRouter"]
    settings.MIDDLEWARE = ["bulletin.replica.ReadsFromReplica", *settings.MIDDLEWARE]
    replica._away_until = 0.0
    try:
        yield
    finally:
        connections["replica"].close()
        del connections["replica"]
        del connections.databases["replica"]
        replica._away_until = 0.0


def rewrite(headline: str) -> None:
    """Change the story behind everybody's back."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET headline = %s", [headline])
