"""The finder: stations by name, by kind, by what they offer, and by how near they are.

A position is sent to `near` alone, in the body of a POST that carries no cookie: so it stands in no
address, no history, no referrer and no access log, and nothing here keeps it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from communities import opening
from communities.coordinates import Point
from communities.finder import nearest
from communities.finder_forms import FinderForm, NearForm
from communities.models import Community, ServiceStation
from communities.models.community import names_in_order
from communities.origins import origins_named
from communities.together import fetch

STATIONS_PER_PAGE = 60
# Beyond fifteen minutes a few are enough to choose from.
BEYOND = 6


@require_safe
def stations(request: HttpRequest) -> HttpResponse:
    """Show the finder: stations near what was typed, or else by name.

    `?place=` is where somebody starts from; `?kind=`, `?amenity=` (several), `?service=` and
    `?open=on` say what is wanted; without a place the list runs by name from one station on
    (`?from=`).
    """
    form = FinderForm(request.GET)
    if form.asks_for_what_is_not:
        raise Http404("no such kind or amenity")
    typed = form.cleaned_data.get("place", "")
    names = Community.objects.rows_on_map()
    if typed:
        origins = origins_named(typed)
        answer = {"origins": origins, **(_near(form, origins[0].point) if origins else {})}
    elif form.errors:
        answer = {}
    else:
        answer = _by_name(form, request, names)
    return render(
        request,
        "communities/stations.html",
        {
            "form": form,
            "kind": form.kind_wanted,
            "typed": typed,
            "names": names_in_order(names),
            **answer,
        },
    )


@csrf_exempt  # It changes nothing and reads no cookie; a token would need one.
@never_cache
@sensitive_post_parameters("longitude", "latitude")
@require_POST
def near(request: HttpRequest) -> HttpResponse:
    """Answer which stations are near a position: a piece of HTML that the page puts in place."""
    form = NearForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    return render(request, "communities/_answer.html", {"form": form, **_near(form, form.point)})


def _near(form: FinderForm, point: Point) -> dict[str, Any]:
    now = timezone.now()
    found = nearest(point, form.stations(now))
    opening.tell([one.station for one in found], now)
    return {
        "start": point,
        "found": found,
        "within": [one for one in found if one.is_in_circle],
        "beyond": [one for one in found if not one.is_in_circle][:BEYOND],
    }


def _by_name(form: FinderForm, request: HttpRequest, *others: QuerySet[Any]) -> dict[str, Any]:
    """Return a page of the list by name, and how to ask for the next; fetch others with it."""
    now = timezone.now()
    wanted = form.stations(now).with_details()
    first = None
    if slug := request.GET.get("from", ""):
        # PostgreSQL would refuse the character outright.
        if "\x00" in slug:
            raise Http404("no such address name")
        first = get_object_or_404(ServiceStation, slug=slug)
        wanted = wanted.starting_with(first)
    page = wanted[: STATIONS_PER_PAGE + 1]
    fetch(page, *others)
    rows = opening.tell(page, now)
    query = request.GET.copy()
    query.pop("from", None)
    return {
        "stations": rows[:STATIONS_PER_PAGE],
        "is_first_page": first is None,
        "next_station": rows[STATIONS_PER_PAGE] if len(rows) > STATIONS_PER_PAGE else None,
        "query": query.urlencode(),
        "is_chosen": bool(query),
    }
