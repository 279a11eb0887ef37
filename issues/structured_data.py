"""What machines are told of an issue, in the words of schema.org."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from articles.structured_data import LANGUAGE, moment, paper
from communities.structured_data import without_blanks
from issues.models import Issue


def issue_facts(issue: Issue, root: str) -> dict[str, Any]:
    """Return an issue the public sees.

    Args:
        issue: with its pages fetched, and on them the placements the public sees.
        root: scheme and host of the site, without a slash at the end.

    """
    stories = {
        placement.article.get_absolute_url(): placement.article.headline
        for page in issue.pages.all()
        for placement in page.placements.all()
    }
    return without_blanks(
        {
            "@type": "PublicationIssue",
            "issueNumber": issue.number,
            "datePublished": moment(issue.publish_at),
            "url": root + issue.get_absolute_url(),
            "inLanguage": LANGUAGE,
            "publisher": paper(root),
            "isPartOf": {"@type": "Newspaper", "name": settings.SITE_NAME, "url": f"{root}/"},
            "hasPart": [
                {"@type": "NewsArticle", "headline": headline, "url": root + address}
                for address, headline in stories.items()
            ],
        }
    )
