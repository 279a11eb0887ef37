"""What stands at the head of every page: the paper's name, the latest issue, the section bar."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from articles.models import Section
from communities import every_page
from communities.every_page import AT, Parts
from issues.models import Issue


def parts() -> Parts:
    """Return what the masthead needs, for `communities.every_page`."""
    return {
        "latest_issue": Issue.objects.newest(AT),
        "section_bar": Section.objects.on_the_bar(),
    }


def shown(found: dict[str, list[Any]]) -> dict[str, Any]:
    """Return what `parts` has found, as templates name it."""
    latest = found["latest_issue"]
    return {
        "latest_issue": latest[0] if latest else None,
        "section_bar": found["section_bar"],
    }


def masthead(request: HttpRequest) -> dict[str, Any]:
    """Give templates the masthead.

    The issue and the bar are fetched when a template first uses one of them (one query), so pages
    without a masthead, the admin's among them, pay nothing. A view that has them already passes
    them under the same names.
    """
    fetched = cache(every_page.fetched)
    return {
        "site_name": settings.SITE_NAME,
        "site_motto": settings.SITE_MOTTO,
        "site": settings.SITE_RECORD,
        "today": timezone.localdate(),
        "latest_issue": SimpleLazyObject(lambda: fetched()["latest_issue"]),
        "section_bar": SimpleLazyObject(lambda: fetched()["section_bar"]),
    }
