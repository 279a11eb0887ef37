"""What search engines are told: every public address, by kind and by month, and who may look.

Written by us, because Django's sitemaps count their rows and skip to each page: here a month's file
is walked on the index of publication, and stays as it is when the month is over.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Exists, Max, Model, OuterRef, Subquery
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import archive
from articles.feeds.formats import permitted, whole_seconds
from articles.models import Article, Contributor, Correction, Section, Tag
from communities.addresses import root_of
from communities.models import Activity, Community, ServiceStation
from communities.together import fetch
from issues.models import Issue
from issues.months import years_of_issues

PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# What one file may hold: https://www.sitemaps.org/protocol.html
LARGEST = 50_000
# What a news sitemap may hold, and how old it may be.
LARGEST_NEWS, NEWS_DAYS = 1_000, 2
LANGUAGE = "zh-cn"
# Stands for a story's key where paths are made; in no path otherwise.
STAND_IN = 987_654_321


@dataclass(frozen=True)
class Entry:
    """An address and what is told of it."""

    address: str
    changed_at: datetime.datetime | None = None
    # Of news alone.
    published_at: datetime.datetime | None = None
    headline: str = ""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the files: of each kind, each year's issues, each month's stories (seven queries)."""
    now = timezone.now()
    months = archive.latest_in(archive.months_of(archive.years(now)), now)
    changes = _later_changes(now)
    entries = [Entry(reverse("sitemap_part", args=[name])) for name in PARTS]
    for kind, last in _last_keys().items():
        for number in range(1, -(-last // LARGEST) + 1):
            entries.append(Entry(reverse("sitemap_part", args=[f"{kind}-{number}"])))
    for found in years_of_issues(now):
        address = reverse("sitemap_part", args=[f"{ISSUES}-{found.year}"])
        entries.append(Entry(address, found.changed_at))
    for month, moment in months.items():
        changed_at = max([moment, *changes.get(month.first, [])])
        entries.append(Entry(reverse("sitemap_month", args=[month.first]), changed_at))
    return _answer(request, "sitemapindex", "sitemap", entries)


def _last_keys() -> dict[str, int]:
    """Return the last key of each kind that has files by ranges of keys (one query)."""
    last = {
        kind: things._default_manager.order_by("-pk").values_list("pk", flat=True)[:1]
        for kind, things in BY_KEY.items()
    }
    fetch(*last.values())
    return {kind: next(iter(found), 0) for kind, found in last.items()}


def _later_changes(at: datetime.datetime) -> dict[datetime.date, list[datetime.datetime]]:
    """Return when stories of each month were last corrected and withdrawn (two queries)."""
    # Asked of each correction's story, by its key: SQLite would go through all stories first.
    story = Article.objects.published(at).order_by().filter(pk=OuterRef("article"))
    corrected = (
        Correction.objects.annotate(hour=Subquery(story.values("publish_at")))
        .filter(hour__isnull=False)
        .annotate(month=TruncMonth("hour"))
        .order_by()
        .values_list("month")
        .annotate(Max("at"))
    )
    withdrawn = (
        Article.objects.withdrawn(at)
        .annotate(month=TruncMonth("publish_at"))
        .order_by()
        .values_list("month")
        .annotate(Max("withdrawn_at"))
    )
    found: dict[datetime.date, list[datetime.datetime]] = {}
    for month, moment in (*corrected, *withdrawn):
        found.setdefault(month.date(), []).append(moment)
    return found


@require_safe
def month(request: HttpRequest, month: datetime.date) -> HttpResponse:
    """List a month's stories (one query)."""
    period = archive.Period.month(month.year, month.month)
    corrections = Correction.objects.filter(article=OuterRef("pk")).order_by("-at")
    corrected_at = Subquery(corrections.values("at")[:1])
    stories = period.stories(timezone.now()).annotate(corrected_at=corrected_at)
    rows = stories.values_list("pk", "publish_at", "corrected_at")[:LARGEST]
    address = _story_address()
    entries = [Entry(address(pk), max(filter(None, moments))) for pk, *moments in rows]
    if not entries:
        raise Http404("no story in that month")
    return _answer(request, "urlset", "url", entries)


def _story_address() -> Callable[[int], str]:
    """Return what gives a story's path by its key.

    A month may have thousands of stories, and Django puts each path together anew.
    """
    before, after = reverse("articles:article", args=[STAND_IN]).split(str(STAND_IN))
    return lambda key: f"{before}{key}{after}"


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponse:
    """List the addresses of a kind."""
    now = timezone.now()
    kind, _, number = name.partition("-")
    if name in PARTS:
        entries = PARTS[name](now)
    elif NUMBER.fullmatch(number) and kind == ISSUES:
        entries = _issues(int(number), now)
    elif NUMBER.fullmatch(number) and kind in BY_KEY:
        entries = _by_key(BY_KEY[kind], int(number), now)
    else:
        raise Http404("no such list")
    return _answer(request, "urlset", "url", entries)


def _pages(at: datetime.datetime) -> list[Entry]:
    """Return the pages that are always there, and the sections (one query)."""
    names = (
        "home",
        "communities:communities",
        "communities:stations",
        "communities:activities",
        "issues:issues",
        "issues:archive",
        "articles:feeds",
    )
    sections = (section.get_absolute_url() for section in Section.objects.all()[:LARGEST])
    return [Entry(address) for address in (*map(reverse, names), *sections)]


def _activities(at: datetime.datetime) -> list[Entry]:
    """Return what residents can still go to (one query); the past is reached from its stories."""
    activities = Activity.objects.public().coming(at)[:LARGEST]
    return [Entry(activity.get_absolute_url(), activity.updated_at) for activity in activities]


def _issues(year: int, at: datetime.datetime) -> list[Entry]:
    """Return a year's issues and their pages (two queries)."""
    entries = []
    issues = Issue.objects.published(at).filter(date__year=year)
    for issue in issues.prefetch_related("pages"):
        entries.append(Entry(issue.get_absolute_url(), issue.publish_at))
        for page in issue.pages.all():
            page.issue = issue
            entries.append(Entry(page.get_absolute_url(), issue.publish_at))
    if not entries:
        raise Http404("no issue in that year")
    return entries


def _news(at: datetime.datetime) -> list[Entry]:
    """Return the stories of the last two days, as Google News reads them (one query)."""
    since = at - datetime.timedelta(days=NEWS_DAYS)
    address = _story_address()
    stories = Article.objects.published(at).current(at).filter(publish_at__gt=since)
    return [
        Entry(address(pk), None, moment, headline)
        for pk, moment, headline in stories.values_list("pk", "publish_at", "headline")[
            :LARGEST_NEWS
        ]
    ]


def _by_key(things: type[Model], number: int, at: datetime.datetime) -> list[Entry]:
    """Return the public ones of a range of keys (one query).

    A file holds those of as many keys as it may have addresses: which of them are public changes,
    and their keys do not, so nothing moves from one file to another.
    """
    last = number * LARGEST
    rows = things._default_manager.filter(pk__gt=last - LARGEST, pk__lte=last).order_by("pk")
    if things in KNOWN_BY_STORIES:
        stories = Article.objects.published(at).current(at).order_by()
        rows = rows.filter(Exists(stories.filter(**{KNOWN_BY_STORIES[things]: OuterRef("pk")})))
    entries = [Entry(one.get_absolute_url()) for one in rows]  # type: ignore[attr-defined]
    # The first is named as soon as there is anything; a file after the last is none.
    if not entries and number != 1:
        raise Http404("no such list")
    return entries


ISSUES = "issues"
# A file's number or year: not so large that no database could be asked for it.
NUMBER = re.compile(r"[1-9][0-9]{0,3}")
# What is public because a story names it, and how a story does.
KNOWN_BY_STORIES: dict[type[Model], str] = {
    Contributor: "bylines__contributor",
    Tag: "tagged__tag",
}
# What has files by ranges of keys.
BY_KEY: dict[str, type[Model]] = {
    "places": Community,
    "stations": ServiceStation,
    "contributors": Contributor,
    "tags": Tag,
}
PARTS: dict[str, Callable[[datetime.datetime], list[Entry]]] = {
    "pages": _pages,
    "activities": _activities,
    "news": _news,
}


def _answer(
    request: HttpRequest, root: str, element: str, entries: Iterable[Entry]
) -> HttpResponse:
    site = root_of(request)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<{root} xmlns="{PROTOCOL}" xmlns:news="{NEWS}">'
        if root == "urlset"
        else f'<{root} xmlns="{PROTOCOL}">',
        *(f"<{element}>{_facts(entry, site)}</{element}>" for entry in entries),
        f"</{root}>",
    ]
    answer = HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=600"
    # It lists what is to be found, and is not to be found itself.
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _facts(entry: Entry, site: str) -> str:
    facts = f"<loc>{escape(site + entry.address)}</loc>"
    if entry.changed_at:
        facts += f"<lastmod>{_moment(entry.changed_at)}</lastmod>"
    if entry.published_at:
        paper = escape(permitted(settings.SITE_NAME))
        facts += (
            f"<news:news><news:publication><news:name>{paper}</news:name>"
            f"<news:language>{LANGUAGE}</news:language></news:publication>"
            f"<news:publication_date>{_moment(entry.published_at)}</news:publication_date>"
            f"<news:title>{escape(permitted(entry.headline))}</news:title></news:news>"
        )
    return facts


def _moment(moment: datetime.datetime) -> str:
    return whole_seconds(moment).isoformat()


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what search engines may look at (`SEARCH_ENGINES`), and where the list is."""
    if settings.SEARCH_ENGINES == "deny":
        lines = ["User-agent: *", "Disallow: /"]
    else:
        # The newsroom itself; in each language, what is not public yet and what is searched for.
        closed = [reverse("admin:index")]
        closed += [f"{prefix}{path}/" for prefix in ("/", "/en/") for path in ("preview", "search")]
        sitemap = request.build_absolute_uri(reverse("sitemap"))
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {sitemap}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
