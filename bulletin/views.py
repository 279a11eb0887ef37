"""The home page, the accessibility statement and the error pages."""

from __future__ import annotations

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bulletin.frontpage import compose

# When to come back while the database is away, in seconds.
RETRY_AFTER = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the front page."""
    front = compose()
    return render(
        request,
        "bulletin/home.html",
        {
            "front": front,
            "latest_issue": front.issue,
            "section_bar": [section for section, _ in front.sections],
        },
    )


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how the site is made readable for everyone, and whom to tell when it is not."""
    return render(request, "bulletin/accessibility.html")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show the 404 page, with ways on."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show the 500 page, which asks the database for nothing."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return database_away(request)
    return render(None, "500.html", {"site_name": settings.SITE_NAME}, status=500)


def database_away(request: HttpRequest) -> HttpResponse:
    """Say that the database is away: with a 503 proxies and search engines come back."""
    context = {"site_name": settings.SITE_NAME, "is_away": True}
    answer = render(None, "500.html", context, status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer
