"""Telling the hub of our feeds that they have changed (WebSub), so that nobody has to ask us.

A worker beside the server looks every half minute for stories and issues that appeared, were
corrected or were withdrawn: whether somebody pressed a button or an hour has come is all the same
to it. What it finds is written down first and told then, so that nothing is lost while the hub is
away. How a publisher tells a hub is left open by https://www.w3.org/TR/websub/; hubs take what
PubSubHubbub says, `hub.mode=publish` and any number of `hub.url`.
"""

from __future__ import annotations

import datetime
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Collection, Iterator
from http.client import HTTPException
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Prefetch
from django.urls import reverse
from django.utils import translation

from articles.feeds import CommunityFeed, ContributorFeed, SectionFeed, StoryFeed, TagFeed
from articles.feeds.formats import FORMS
from articles.models import Article, Correction
from communities.models import Community
from issues.feeds import IssueFeed, IssuesFeed
from issues.models import Issue, Placement, ToldChange, ToldFeed
from issues.models.issue import live_at

# How far back is looked: a change may be saved a while after the moment it says.
WINDOW = datetime.timedelta(days=1)
# How many feeds the hub is told of at once, and how many seconds it has for an answer.
BATCH, PATIENCE = 20, 10
# How long a hub that is away is left alone: twice as long each time, and in the end for good.
FIRST_WAIT, LONGEST_WAIT = datetime.timedelta(minutes=1), datetime.timedelta(hours=6)
MOST_ATTEMPTS = 12
# What an answer between 400 and 499 means that says nothing against the feeds.
LATER = (408, 425, 429)
# A kind of feed and what it is asked for.
Feed = tuple[str, tuple[Any, ...]]


class HubError(Exception):
    """The hub did not take what it was told.

    Attributes:
        refused: whether it has something against these feeds; it was not there, if not.

    """

    def __init__(self, message: str, *, refused: bool = False) -> None:
        """Say what the hub answered."""
        super().__init__(message)
        self.refused = refused


def note_changes(at: datetime.datetime) -> int:
    """Write down the feeds of everything that has changed by a moment and was not noted yet.

    Six queries while nothing has changed; the whole of it is written in one transaction.

    Returns:
        How many feeds are due because of it.

    """
    newest = ToldChange.objects.aggregate(at=Max("changed_at"))["at"]
    begin = min(at - WINDOW, newest or at)
    found = _changes(begin, at)
    known = dict(ToldChange.objects.filter(what__in=found).values_list("what", "changed_at"))
    news = {what: moment for what, moment in found.items() if known.get(what, begin) < moment}
    if not news:
        return 0
    due = [ToldFeed(path=path, due_at=at) for path in sorted(_paths(_feeds_of(news, at)))]
    told = [ToldChange(what=what, changed_at=moment) for what, moment in sorted(news.items())]
    with transaction.atomic():
        ToldFeed.objects.bulk_create(
            due,
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["due_at", "attempts"],
        )
        ToldChange.objects.bulk_create(
            told, update_conflicts=True, unique_fields=["what"], update_fields=["changed_at"]
        )
        ToldChange.objects.filter(changed_at__lt=begin).delete()
    return len(due)


def _changes(begin: datetime.datetime, at: datetime.datetime) -> dict[str, datetime.datetime]:
    """Return what changed for the public between two moments, and when it did last."""
    published = Article.objects.published(at).order_by()
    story = published.filter(pk=OuterRef("article"))
    corrected = Correction.objects.filter(Exists(story), at__gt=begin, at__lte=at)
    withdrawn = Article.objects.withdrawn(at).filter(withdrawn_at__gt=begin)
    issues = Issue.objects.published(at).filter(publish_at__gt=begin)
    found: dict[str, datetime.datetime] = {}
    for kind, rows in (
        ("article", published.filter(publish_at__gt=begin).values_list("pk", "publish_at")),
        ("article", corrected.values_list("article", "at")),
        ("article", withdrawn.values_list("pk", "withdrawn_at")),
        ("issue", issues.values_list("pk", "publish_at")),
    ):
        for key, moment in rows:
            if moment:
                what = f"{kind} {key}"
                found[what] = max(found.get(what, moment), moment)
    return found


def _feeds_of(changed: Collection[str], at: datetime.datetime) -> set[Feed]:
    """Return the feeds in which something stands that has changed."""
    keys: dict[str, list[int]] = {"article": [], "issue": []}
    for what in changed:
        kind, key = what.split()
        keys[kind].append(int(key))
    feeds = set(chain.from_iterable(map(_feeds_of_story, _stories(keys["article"]))))
    if feeds:
        feeds.add((StoryFeed.address, ()))
    places = Placement.objects.filter(live_at(at, "page__issue__"), article__in=keys["article"])
    dates = {
        *places.values_list("page__issue__date", flat=True),
        *Issue.objects.filter(pk__in=keys["issue"]).values_list("date", flat=True),
    }
    feeds |= {(IssueFeed.address, (date,)) for date in dates}
    if dates:
        feeds.add((IssuesFeed.address, ()))
    return feeds


def _stories(keys: list[int]) -> Iterator[Article]:
    places = Prefetch("communities", Community.objects.with_parents())
    stories = Article.objects.filter(pk__in=keys).select_related("section", "column")
    # The checker knows no prefetching of taggit's manager.
    stories = stories.prefetch_related("tags", "bylines", places)  # type: ignore[misc]
    return stories.iterator(chunk_size=200)


def _feeds_of_story(story: Article) -> Iterator[Feed]:
    """Yield the feeds a story stands in, but for those of the paper and of issues."""
    yield StoryFeed.address, ()
    for section in (story.section, story.column):
        if section:
            yield SectionFeed.address, (section.slug,)
    for place in story.communities.all():
        for one in (place, *place.parents):
            yield CommunityFeed.address, (one.slug,)
    for line in story.bylines.all():
        yield ContributorFeed.address, (line.contributor_id,)
    for tag in story.tags.all():
        yield TagFeed.address, (tag.slug,)


def _paths(feeds: set[Feed]) -> Iterator[str]:
    """Yield the addresses of feeds, in both forms and in each language of the interface."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, asked in feeds:
                for form in FORMS:
                    yield reverse(name, args=[*asked, form])


def tell_hub(at: datetime.datetime) -> int:
    """Tell the hub of the feeds that are due.

    Returns:
        How many it was told of.

    Raises:
        HubError: when it is not there; everything that is due is put off.

    """
    told = 0
    due = ToldFeed.objects.filter(due_at__lte=at).order_by("due_at", "pk")
    while feeds := list(due[:BATCH]):
        told += _tell(feeds, at)
    return told


def _tell(feeds: list[ToldFeed], at: datetime.datetime) -> int:
    these = ToldFeed.objects.filter(pk__in=[feed.pk for feed in feeds], due_at__lte=at)
    try:
        _send([feed.path for feed in feeds])
    except HubError as error:
        if error.refused and len(feeds) > 1:
            # One of them is the reason; the others are not to wait for it.
            return sum(_tell([feed], at) for feed in feeds)
        everything = ToldFeed.objects.filter(due_at__lte=at)
        _put_off(these if error.refused else everything, feeds[0].attempts, at)
        if error.refused:
            return 0
        raise
    these.update(due_at=None, attempts=0, told_at=at)
    return len(feeds)


def _put_off(feeds: Any, attempts: int, at: datetime.datetime) -> None:
    """Try some feeds again later, or not at all: whoever follows them still asks by themselves."""
    feeds.filter(attempts__gte=MOST_ATTEMPTS - 1).update(due_at=None, attempts=0)
    wait = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT)
    feeds.update(due_at=at + wait, attempts=F("attempts") + 1)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Leave redirects unfollowed: what is told goes to the host the operator has named."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _send(paths: list[str]) -> None:
    """Tell the hub of some feeds in one request.

    Raises:
        HubError: when it does not take it.

    """
    urls = [("hub.url", settings.SITE_ADDRESS + path) for path in paths]
    words = urllib.parse.urlencode([("hub.mode", "publish"), *urls]).encode()
    # The settings let nothing through but https, and http on this machine.
    request = urllib.request.Request(  # noqa: S310
        settings.WEBSUB_HUB, data=words, headers={"User-Agent": "Bulletin"}
    )
    try:
        urllib.request.build_opener(_NoRedirects).open(request, timeout=PATIENCE).close()
    except urllib.error.HTTPError as error:
        error.close()
        refused = 400 <= error.code < 500 and error.code not in LATER
        raise HubError(f"HTTP {error.code}", refused=refused) from error
    except (OSError, HTTPException) as error:
        raise HubError(str(error)) from error
