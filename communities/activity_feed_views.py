"""Calendars of activities, for phones and calendar programs to fetch again and again."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_safe

from communities import activity_feed
from communities.addresses import root_of
from communities.models import Activity, ActivityQuerySet, Community, ServiceStation

CONTENT_TYPE = "text/calendar; charset=utf-8"


def _today() -> datetime.date:
    return timezone.localdate()


def _all(request: HttpRequest) -> tuple[ActivityQuerySet, str]:
    name = gettext("%(paper)s: activities") % {"paper": settings.SITE_NAME}
    return activity_feed.in_feeds(Activity.objects.all(), _today()), name


def _of_community(request: HttpRequest, slug: str) -> tuple[ActivityQuerySet, str]:
    place = get_object_or_404(Community, slug=slug)
    rows = Activity.objects.at_community(place)
    return activity_feed.in_feeds(rows, _today()), _named(place.name)


def _of_station(request: HttpRequest, slug: str) -> tuple[ActivityQuerySet, str]:
    place = get_object_or_404(ServiceStation, slug=slug)
    rows = Activity.objects.at_station(place)
    return activity_feed.in_feeds(rows, _today()), _named(place.name)


def _one(request: HttpRequest, pk: int) -> tuple[ActivityQuerySet, str]:
    """An activity can be taken over as long as its page can be opened."""
    rows = Activity.objects.public().filter(pk=pk)
    return rows, get_object_or_404(rows).title


def _named(place: str) -> str:
    return gettext("%(place)s: activities") % {"place": place}


def _calendar_view(scope: Any) -> Any:
    """Return a view of the activities a scope gives; asked again, it says when nothing changed."""

    def etag(request: HttpRequest, **names: Any) -> str:
        rows, name = scope(request, **names)
        return activity_feed.fingerprint(rows, name, request.build_absolute_uri())

    @require_safe
    @condition(etag_func=etag)
    def view(request: HttpRequest, **names: Any) -> HttpResponse:
        rows, name = scope(request, **names)
        text = activity_feed.calendar_of(
            rows.with_details(),
            name=name,
            address=request.build_absolute_uri(request.path),
            root=root_of(request),
        )
        return HttpResponse(text, content_type=CONTENT_TYPE)

    return view


calendar = _calendar_view(_all)
community_calendar = _calendar_view(_of_community)
station_calendar = _calendar_view(_of_station)
activity_calendar = _calendar_view(_one)
