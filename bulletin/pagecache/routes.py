"""Which addresses are kept, and what of their query makes another page.

Every address of the site stands here: a test finds the one that was forgotten. What is left out is
kept for nobody: the newsroom, previews, forms and their answers, a position, big files.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import get_language_from_path

MINUTE = 60
# What is asked for at greater length is answered, but not kept.
LONGEST_QUERY = 300


@dataclass(frozen=True)
class Route:
    """How an address is kept.

    Attributes:
        parameters: the parameters of its query that its page depends on; others are not even
            passed on.
        several: those of them that may be given more than once.
        by_the_minute: whether the page says something of this minute ("open now"), and is made
            anew in the next.

    """

    parameters: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    by_the_minute: bool = False

    def query(self, asked: str) -> str | None:
        """Return the part of a query that counts, in one order; None if it is too long to keep.

        Args:
            asked: the query as it stands in the address, percent-encoded.

        """
        if not asked:
            return ""
        if len(asked) > LONGEST_QUERY * 4:
            return None
        given = parse_qsl(asked, keep_blank_values=True)
        known: dict[str, list[str]] = {}
        for name, value in given:
            if name in self.several:
                known.setdefault(name, []).append(value)
            elif name in self.parameters:
                # The last one counts, as everywhere in Django.
                known[name] = [value]
        pairs = [(name, value) for name in sorted(known) for value in known[name]]
        query = urlencode(pairs)
        return query if len(query) <= LONGEST_QUERY * 3 else None


def _route(*parameters: str, several: tuple[str, ...] = (), by_the_minute: bool = False) -> Route:
    return Route(frozenset((*parameters, *several)), frozenset(several), by_the_minute)


PLAIN = _route()
LIST = _route("from")
KEPT: dict[str, Route] = {
    "home": PLAIN,
    "accessibility": PLAIN,
    "offline": PLAIN,
    "qr_code": PLAIN,
    "card": PLAIN,
    "sitemap": PLAIN,
    "sitemap_month": PLAIN,
    "sitemap_part": PLAIN,
    "robots": PLAIN,
    "manifest": PLAIN,
    "service_worker": PLAIN,
    "articles:article": PLAIN,
    "articles:article_json": PLAIN,
    "articles:article_pinyin": PLAIN,
    "articles:oembed": _route("format", "url", "maxwidth", "maxheight"),
    "articles:section": LIST,
    "articles:contributor": LIST,
    "articles:tag": LIST,
    "articles:search": _route(
        "q", "section", "community", "contributor", "since", "until", "page", by_the_minute=True
    ),
    "articles:feeds": PLAIN,
    "articles:feed": PLAIN,
    "articles:section_feed": PLAIN,
    "articles:community_feed": PLAIN,
    "articles:contributor_feed": PLAIN,
    "articles:tag_feed": PLAIN,
    "communities:communities": PLAIN,
    "communities:community": _route(by_the_minute=True),
    "communities:latest": LIST,
    "communities:community_calendar": PLAIN,
    "communities:stations": _route(
        "place", "kind", "service", "open", "from", several=("amenity",), by_the_minute=True
    ),
    "communities:open_data": PLAIN,
    "communities:station": _route(by_the_minute=True),
    "communities:poster": PLAIN,
    "communities:station_calendar": PLAIN,
    "communities:activities": _route("community", "kind"),
    "communities:calendar": PLAIN,
    "communities:month": _route("community", "kind"),
    "communities:activity": _route(by_the_minute=True),
    "communities:activity_calendar": PLAIN,
    "issues:issues": _route("month"),
    "issues:issue": PLAIN,
    "issues:issue_json": PLAIN,
    "issues:issue_feed": PLAIN,
    "issues:issues_feed": PLAIN,
    "issues:page": PLAIN,
    "issues:large": PLAIN,
    "issues:archive": PLAIN,
    "issues:archive_year": PLAIN,
    "issues:archive_month": LIST,
    "issues:archive_day": LIST,
}
# Addresses that no page is ever kept of, beside the admin's.
NEVER = frozenset(
    {
        "articles:mistake",
        "articles:mistake_report",
        "articles:preview",
        "communities:near",
        "communities:open_data_file",
        "communities:poster_pdf",
        "issues:page_pdf",
    }
)


def route_of(path: str) -> Route | None:
    """Return how an address is kept, None if it is not.

    Args:
        path: the address's path, decoded, from the root of the site.

    """
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            return KEPT.get(resolve(path).view_name)
        except Resolver404:
            return None
