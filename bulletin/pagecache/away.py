"""What is said while the database is away, by which no request waits for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from bulletin.views import database_away

# Set by the page cache in a request's environment; what visitors send begins with `HTTP_` there.
AWAY = "bulletin.database_away"


class DatabaseAway:
    """Middleware, to stand last: answer 503 where the page cache knows the database to be away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers everything else."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return database_away(request) if AWAY in request.META else self.get_response(request)
