"""Questions about activities."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import F, Q
from django.utils import timezone

from communities.together import TogetherQuerySet

from .community import Community
from .occurrence import Occurrence, expand
from .station import ServiceStation

if TYPE_CHECKING:
    from .activity import Activity

# What one page or feed takes in; a place with more asks for a smaller place or a kind.
MOST = 1000
# How far ahead a place tells of what is on.
AHEAD = datetime.timedelta(days=31)


class ActivityQuerySet(TogetherQuerySet["Activity"]):
    """Questions about activities. What the public sees is decided in `public` and nowhere else."""

    def public(self) -> ActivityQuerySet:
        """Activities the public can open, those that are cancelled among them."""
        return self.filter(is_public=True)

    def between(self, first: datetime.date, last: datetime.date) -> ActivityQuerySet:
        """Activities that may take place on a day of a window, both its ends included.

        Two conditions, each with an index: those that begin in it, and those that began before and
        last into it. `dates` says on which days.
        """
        return self.filter(
            Q(first_on__range=(first, last))
            | Q(last_on__gt=F("first_on"), last_on__gte=first, first_on__lt=first)
        )

    def coming(self, at: datetime.datetime | None = None) -> ActivityQuerySet:
        """Activities that have a day to come, today included, the one that begins first first."""
        return self.filter(last_on__gte=timezone.localdate(at)).order_by("first_on", "pk")

    def past(self, at: datetime.datetime | None = None) -> ActivityQuerySet:
        """Activities whose last day is over, the latest first."""
        return self.filter(last_on__lt=timezone.localdate(at)).order_by("-last_on", "-pk")

    def at_community(self, community: Community) -> ActivityQuerySet:
        """Activities of a place, of the places in it and of their stations."""
        places = Community.objects.within(community).values("pk")
        return self.filter(Q(community__in=places) | Q(station__community__in=places))

    def at_station(self, station: ServiceStation) -> ActivityQuerySet:
        """Activities at a station."""
        return self.filter(station=station)

    def of_kind(self, kind: str) -> ActivityQuerySet:
        """Activities of a kind."""
        return self.filter(kind=kind)

    def managed_by(self, user: User | AnonymousUser) -> ActivityQuerySet:
        """The activities of the places somebody keeps, and of their stations."""
        if user.has_perm("communities.manage_every_place"):
            return self
        places = Community.objects.managed_by(user).values("pk")
        return self.filter(Q(community__in=places) | Q(station__community__in=places))

    def seen_by(self, user: User | AnonymousUser) -> ActivityQuerySet:
        """The activities somebody is shown in the newsroom: all, or those of their places."""
        if user.has_perm("communities.see_every_place"):
            return self
        return self.managed_by(user)

    def with_details(self) -> ActivityQuerySet:
        """Fetch what lists and calendars show: places and changed dates (two queries in all)."""
        places = ("station__community", "community")
        return self.select_related(*places).along("changed_dates")

    def for_page(self) -> ActivityQuerySet:
        """Fetch along what an activity's own page shows (two queries in all)."""
        larger = ("station__community__parent__parent", "community__parent__parent")
        return self.with_details().select_related(*larger)

    def window(self, first: datetime.date, last: datetime.date) -> ActivityQuerySet:
        """Return the query of `in_window`, to be fetched together with others."""
        found = self.between(first, last).with_details().order_by("first_on", "pk")
        return found[: MOST + 1]

    def soon(self, at: datetime.datetime | None = None) -> ActivityQuerySet:
        """Return the query of what `next_among` chooses from."""
        today = timezone.localdate(at)
        return self.window(today, today + AHEAD)

    def in_window(self, first: datetime.date, last: datetime.date) -> list[Activity]:
        """Return what may take place in a window, with all that its occurrences need (two queries).

        At most one more than `MOST`, those that begin first: one more, so that whoever shows them
        can say that there are more.
        """
        return list(self.window(first, last))

    def occurrences(self, first: datetime.date, last: datetime.date) -> list[Occurrence]:
        """Return what takes place in a window, in the order of time (two queries)."""
        return expand(self.in_window(first, last), first, last)

    def next_occurrences(self, count: int, at: datetime.datetime | None = None) -> list[Occurrence]:
        """Return when each takes place next, within a month, at most `count` (two queries).

        Times that are cancelled stand before it, so that nobody comes for nothing.
        """
        now = at or timezone.now()
        return next_among(self.soon(now), count, now)


def next_among(rows: Iterable[Activity], count: int, at: datetime.datetime) -> list[Occurrence]:
    """Return when each of some activities takes place next, as `next_occurrences` does.

    Args:
        rows: what `ActivityQuerySet.soon` finds.
        count: how many at most.
        at: the moment.

    """
    today = timezone.localdate(at)
    told: set[int] = set()
    found = []
    for one in expand(list(rows), today, today + AHEAD):
        if one.activity_id in told or one.is_over(at):
            continue
        found.append(one)
        if not one.is_cancelled:
            told.add(one.activity_id)
    return found[:count]
