"""Activities: what is on, month by month; one of them; and all of it as a calendar to subscribe."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.views.decorators.http import require_safe

from communities import activity_facts
from communities.activity_calendar import Window, coming_weeks, is_known, month_of, months_around
from communities.activity_feed import subscription
from communities.addresses import root_of
from communities.models import Activity, ActivityKind, ActivityQuerySet, Community
from communities.models.activity_queryset import MOST
from communities.models.occurrence import expand

DATES_OF_ACTIVITY = 8
STORIES_OF_ACTIVITY = 12


@dataclass(frozen=True)
class Choice:
    """Which activities a reader asked for.

    Attributes:
        places: every place, to choose from.
        community: the one chosen.
        kind: the kind chosen, "" for all.

    """

    places: list[Community]
    community: Community | None
    kind: str

    @classmethod
    def of(cls, request: HttpRequest) -> Choice:
        """Read a request (one query).

        Raises:
            Http404: when there is no such place or kind.

        """
        slug, kind = request.GET.get("community", ""), request.GET.get("kind", "")
        names = ("name", "slug", "level", "parent", "position")
        places = Community.objects.only(*names).in_tree_order()
        community = next((place for place in places if place.slug == slug), None)
        if (slug and community is None) or (kind and kind not in ActivityKind.values):
            raise Http404("no such place or kind")
        return cls(places, community, kind)

    def among(self, activities: ActivityQuerySet) -> ActivityQuerySet:
        """Leave what was asked for."""
        if self.community is not None:
            activities = activities.at_community(self.community)
        return activities.of_kind(self.kind) if self.kind else activities

    @property
    def query(self) -> str:
        """The choice as an address carries it on, with its question mark; "" where all is shown."""
        asked = {"community": self.community.slug if self.community else "", "kind": self.kind}
        given = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(given)}" if given else ""

    @property
    def kind_name(self) -> str:
        """The kind as residents call it."""
        return str(ActivityKind(self.kind).label) if self.kind else ""


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """Show what is on this week and in the weeks to come."""
    today = timezone.localdate()
    return _calendar(request, coming_weeks(today), today, month=None)


@require_safe
def month(request: HttpRequest, month: datetime.date) -> HttpResponse:
    """Show a month's activities."""
    return _calendar(request, month_of(month), timezone.localdate(), month=month)


def _calendar(
    request: HttpRequest, window: Window, today: datetime.date, month: datetime.date | None
) -> HttpResponse:
    choice = Choice.of(request)
    public = Activity.objects.public()
    earliest = public.aggregate(first=Min("first_on"))["first"] or today
    if month is not None and not is_known(month, today, earliest):
        raise Http404("no activity in that month")
    rows = choice.among(public).in_window(window.first, window.last)
    found = expand(rows[:MOST], window.first, window.last)
    return render(
        request,
        "communities/activities.html",
        {
            "choice": choice,
            "kinds": ActivityKind.choices,
            "month": month,
            "window": window,
            "days": window.days(found, today),
            "weekdays": [WEEKDAYS_ABBR[number] for number in range(7)],
            "count": len(found),
            "is_cut": len(rows) > MOST,
            "months": months_around(month, today, earliest),
            "subscription": subscription(request, _calendar_of(choice.community)),
        },
    )


def _calendar_of(community: Community | None) -> str:
    """Return the path of a place's calendar, or of the whole district's."""
    if community is None:
        return reverse("communities:calendar")
    return reverse("communities:community_calendar", args=[community.slug])


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an activity: all about it, when it is next, and the stories written about it."""
    found = get_object_or_404(Activity.objects.public().for_page(), pk=pk)
    now = timezone.now()
    coming = found.coming(now, DATES_OF_ACTIVITY)
    on = next((one for one in coming if not one.is_cancelled), coming[0] if coming else None)
    latest = None if coming else found.latest(now)
    root = root_of(request)
    return render(
        request,
        "communities/activity.html",
        {
            "activity": found,
            "coming": coming,
            "next": on,
            "latest": latest,
            "parents": found.where.parents,
            "facts": activity_facts.event(found, on or latest, root=root),
            "stories": list(found.stories().for_lists()[:STORIES_OF_ACTIVITY]),
        },
    )
