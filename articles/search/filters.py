"""By what a search is narrowed: section, community, person, days."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, Byline, Contributor, Section
from communities.models import Community

# Databases count no days before or after these; nothing was published then.
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(9998, 12, 31)


@dataclass(frozen=True)
class Filters:
    """What a story has to be besides holding the words; None for any.

    Attributes:
        section: a section, or a standing column.
        community: a place; stories about places in it count.
        contributor: a person whose name stands under the story.
        since: the first day of publication, by the newsroom's calendar.
        until: the last.

    """

    section: Section | None = None
    community: Community | None = None
    contributor: Contributor | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return any((self.section, self.community, self.contributor, self.since, self.until))

    @property
    def besides_days(self) -> int:
        """How many filters there are, not counting days."""
        return sum(one is not None for one in (self.section, self.community, self.contributor))

    def among(self, at: datetime.datetime) -> ArticleQuerySet:
        """Return the stories the public may see at a moment that fit."""
        stories = self.dated(at)
        if self.section is not None:
            stories = stories.in_section(self.section)
        if self.community is not None:
            links = Article.communities.through.objects.filter(
                article=OuterRef("pk"), community__in=self.places
            )
            stories = stories.filter(Exists(links))
        if self.contributor is not None:
            theirs = Byline.objects.filter(article=OuterRef("pk"), contributor=self.contributor)
            stories = stories.filter(Exists(theirs))
        return stories

    def dated(self, at: datetime.datetime) -> ArticleQuerySet:
        """Return the stories the public may see that appeared on the days asked for.

        What was public at the end of the last day: one bound in place of two, because SQLite walks
        an index from the first it is given.
        """
        since, until = self.span(at)
        stories = Article.objects.published(until)
        return stories if since is None else stories.filter(publish_at__gte=since)

    def span(self, at: datetime.datetime) -> tuple[datetime.datetime | None, datetime.datetime]:
        """Return the first moment of the days asked for, None for any, and the last until now.

        Args:
            at: the moment it is now.

        """
        if self.until is not None:
            day_after = min(self.until, LATEST) + datetime.timedelta(days=1)
            at = min(at, _beginning(day_after) - datetime.timedelta(microseconds=1))
        return (None if self.since is None else _beginning(max(self.since, EARLIEST))), at

    def narrow(self, at: datetime.datetime, most: int) -> QuerySet | None:
        """Return what leads to all stories that fit one of the filters, where these are few.

        Each is asked of the index that leads from it to its stories; going through the stories to
        ask each whether it fits takes hundreds of times as long. Days are no such filter: what
        search finds is put in order by its hours anyway.

        Args:
            at: the moment at which the public may see them.
            most: how many are few.

        Returns:
            A question for keys; None where more than so many fit every single one.

        """
        sources: list[QuerySet] = []
        if self.contributor is not None:
            theirs = Byline.objects.filter(contributor=self.contributor)
            sources.append(theirs.order_by().values("article"))
        if self.community is not None:
            links = Article.communities.through.objects.filter(community__in=self.places)
            sources.append(links.values("article"))
        if self.section is not None:
            sources.append(self.dated(at).in_section(self.section).order_by().values("pk"))
        for source in sources:
            if source[: most + 1].count() <= most:
                return source
        return None

    @cached_property
    def places(self) -> list[int]:
        """The keys of the community and of the places in it."""
        if self.community is None:
            return []
        return list(
            Community.objects.within(self.community).order_by().values_list("pk", flat=True)
        )


def _beginning(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=timezone.get_current_timezone())
