"""An issue for other systems: one ninjs object with its pages, and on them its stories."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse

from articles.ninjs import JSON, LANGUAGE, STANDARD, TEXT, moment, outline, usage_terms
from issues.models import Issue, Page, Placement


def issue_as_ninjs(issue: Issue, *, root: str, at: datetime.datetime) -> dict[str, Any]:
    """Return an issue the public sees (four queries).

    Its pages are associations of type composite; the stories that the public sees are
    associations of those, each with its address and that of its own JSON.

    Args:
        issue: the issue.
        root: scheme and host of the site, without a slash at the end.
        at: the moment the issue was asked for: it and its stories appear in the same instant.

    """
    placements = Placement.objects.public(at).order_by("position", "pk").select_related("article")
    stories = placements.prefetch_related("article__bylines", "article__corrections")
    pages = issue.pages.order_by("position", "code")
    return {
        "standard": STANDARD,
        **_composite(root + issue.get_absolute_url(), f"{settings.SITE_NAME} {issue}", issue),
        "representationtype": "full",
        "language": LANGUAGE,
        "copyrightholder": settings.SITE_NAME,
        "usageterms": usage_terms(),
        "infosources": [{"name": settings.SITE_NAME, "uri": f"{root}/"}],
        "renditions": [
            {
                "name": "ninjs",
                "href": root + reverse("issues:issue_json", args=[issue.date]),
                "contenttype": JSON,
            }
        ],
        "associations": [
            _page(page, issue, root)
            for page in pages.prefetch_related(Prefetch("placements", stories))
        ],
    }


def _page(page: Page, issue: Issue, root: str) -> dict[str, Any]:
    page.issue = issue
    stories = [
        {
            "name": placement.article.headline,
            **outline(placement.article, root=root),
            "profile": placement.role,
        }
        for placement in page.placements.all()
    ]
    return {
        "name": str(page),
        **_composite(root + page.get_absolute_url(), str(page), issue),
        "slugline": page.code,
        **({"associations": stories} if stories else {}),
    }


def _composite(address: str, title: str, issue: Issue) -> dict[str, Any]:
    return {
        "uri": address,
        "type": "composite",
        "firstcreated": moment(issue.publish_at),
        "versioncreated": moment(issue.publish_at),
        "pubstatus": "usable",
        "headlines": [{"role": "main", "contenttype": TEXT, "value": title}],
    }
