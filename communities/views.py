"""Places and stations."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import conditional_page, require_safe

from communities import opening, posters
from communities.activity_feed import subscription
from communities.models import Community, FormerAddress, ServiceStation
from communities.models.activity_queryset import next_among
from communities.models.community import names_in_order
from communities.qr import qr_code
from communities.together import fetch

STATIONS_OF_COMMUNITY = 30
STORIES_OF_STATION = 12
PHOTO_STORIES = 3
ACTIVITIES_OF_PLACE = 6
LATEST = 4
# What a poster has room for in large type: amenities and services together.
ROOMY = 16


@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """Show the whole tree of places."""
    return render(
        request, "communities/communities.html", {"places": Community.objects.in_tree_order()}
    )


@require_safe
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a place: its news and that of the places in it, its stations, the places in it."""
    place = Community.objects.with_parents().filter(slug=slug).first()
    if place is None:
        return redirect(_renamed(slug), permanent=True)
    now = timezone.now()
    try:
        stories = place.stories().for_lists().listing_query(request.GET.get("from", ""))
    except ValueError:
        raise Http404("no such place in the list") from None
    children, neighbours = place.children_summed_up(), place.neighbours()
    people, activities = place.people.all(), place.activities_within().soon(now)
    photo_stories = place.photo_stories().for_lists()[:PHOTO_STORIES]
    stations = place.stations_within().with_details()[:STATIONS_OF_COMMUNITY]
    fetch(stories.rows, children, neighbours, people, activities, photo_stories, stations)
    return render(
        request,
        "communities/community.html",
        {
            "community": place,
            "listing": stories.listing(),
            "children": list(children),
            "neighbours": list(neighbours),
            "people": list(people),
            "occurrences": next_among(activities, ACTIVITIES_OF_PLACE, now),
            "photo_stories": list(photo_stories),
            "stations": opening.tell(stations, now),
        },
    )


def _renamed(slug: str) -> Community:
    """Return the place that had an address name before, or that took in the one that had it."""
    former = FormerAddress.objects.select_related("community")
    return get_object_or_404(former, slug=slug).community


@require_safe
def latest(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a place's latest news as a piece of a page, for the browser that remembers the place."""
    place = Community.objects.filter(slug=slug).first()
    if place is None:
        return redirect("communities:latest", _renamed(slug).slug, permanent=True)
    stories = list(place.stories().for_lists()[:LATEST])
    answer = render(request, "communities/latest.html", {"community": place, "stories": stories})
    # A piece of a page is no page to be found.
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def station(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a station: where, when, what it offers, the latest stories about it."""
    place = get_object_or_404(ServiceStation.objects.for_page(), slug=slug)
    now = timezone.now()
    today = timezone.localdate(now)
    calendar = reverse("communities:station_calendar", args=[slug])
    opening.tell([place], now)
    names = Community.objects.rows_on_map(around=place)
    activities = place.activities.public().soon(now)
    stories = place.stories().for_lists()[:STORIES_OF_STATION]
    fetch(names, activities, stories)
    return render(
        request,
        "communities/station.html",
        {
            "station": place,
            "week": opening.week(place, today),
            "special_days": opening.coming_special_days(place, today),
            "stale": place.is_stale(today),
            "closure": place if place.has_closure_to_tell(today) else None,
            "names": names_in_order(names),
            "occurrences": next_among(activities, ACTIVITIES_OF_PLACE, now),
            "subscription": subscription(request, calendar),
            "stories": list(stories),
        },
    )


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a station's poster: one sheet of A4 that the browser prints, with the way back here."""
    place = get_object_or_404(ServiceStation.objects.for_page(), slug=slug)
    address = request.build_absolute_uri(place.get_absolute_url())
    return render(
        request,
        "communities/poster.html",
        {
            "station": place,
            "hours": place.hours_by_days,
            "is_full": len(place.amenities.all()) + len(place.offers.all()) > ROOMY,
            "address": address,
            "code": qr_code(address),
        },
    )


@require_safe
@conditional_page
def poster_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Return a station's poster as a PDF; where none can be set, lead to the page to be printed."""
    place = get_object_or_404(ServiceStation.objects.for_page(), slug=slug)
    try:
        pdf = posters.poster(place, request.build_absolute_uri(place.get_absolute_url()))
    except ValidationError as refusal:
        if refusal.code != "busy":
            return redirect("communities:poster", slug)
        said = HttpResponse(
            refusal.messages[0], status=503, content_type="text/plain; charset=utf-8"
        )
        said["Retry-After"] = "5"
        return said
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = content_disposition_header(as_attachment=False, filename=f"{place.name}.pdf")
    answer["Content-Disposition"] = name or "inline"
    answer["X-Robots-Tag"] = "noindex"
    return answer
