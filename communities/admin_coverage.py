"""The fifteen-minute circle in the newsroom: a map, a table, the same as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from communities import walking
from communities.coverage import Coverage, coverage
from communities.models import Community, StationKind

if TYPE_CHECKING:
    from communities.admin import ServiceStationAdmin

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def urls(site_admin: ServiceStationAdmin) -> list[URLPattern]:
    """Return the addresses of the page and of its table."""

    def page(request: HttpRequest) -> HttpResponse:
        found = _reckoned(site_admin, request)
        kind = _kind(found, request.GET.get("kind", ""))
        number = [total.kind for total in found.totals].index(kind) if kind else 0
        context = {
            **site_admin.admin_site.each_context(request),
            "title": gettext("Fifteen-minute circle"),
            "found": found,
            "kind": kind,
            "shown": [(row.community, row.reaches[number]) for row in found.rows if kind],
            "dots": [
                (f"{station.longitude:.6f}", f"{station.latitude:.6f}", station.name)
                for station in found.stations
                if kind and station.kind_id == kind.pk
            ],
            "names": Community.objects.names_on_map(),
        }
        return render(request, "admin/communities/servicestation/coverage.html", context)

    def table(request: HttpRequest) -> HttpResponse:
        found = _reckoned(site_admin, request)
        response = HttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
        name = content_disposition_header(
            as_attachment=True, filename=gettext("fifteen-minute circle") + ".csv"
        )
        response["Content-Disposition"] = name or "attachment"
        return response

    wrap = site_admin.admin_site.admin_view
    return [
        path("coverage/", wrap(require_safe(page)), name="communities_servicestation_coverage"),
        path(
            "coverage.csv",
            wrap(require_safe(table)),
            name="communities_servicestation_coverage_csv",
        ),
    ]


def _reckoned(site_admin: ServiceStationAdmin, request: HttpRequest) -> Coverage:
    """Return the figures of the places somebody is shown; stations are public, all of them count.

    Raises:
        PermissionDenied: for whoever may not see stations.

    """
    if not site_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    return coverage(Community.objects.seen_by(request.user), StationKind.objects.all())


def _kind(found: Coverage, slug: str) -> StationKind | None:
    """Return the kind that is drawn: the one asked for, else the first.

    Raises:
        Http404: for a kind that is not.

    """
    kinds = [total.kind for total in found.totals]
    if not slug:
        return kinds[0] if kinds else None
    for kind in kinds:
        if kind.slug == slug:
            return kind
    raise Http404("no such kind")


def _csv(found: Coverage) -> bytes:
    """Write the table; the mark at its beginning tells Excel that it is UTF-8."""
    text = io.StringIO()
    sheet = csv.writer(text)
    head = [gettext("community"), gettext("lies in")]
    for total in found.totals:
        head += [
            gettext("%(kind)s: metres straight") % {"kind": total.kind.name},
            gettext("%(kind)s: minutes on foot") % {"kind": total.kind.name},
            gettext("%(kind)s: within %(minutes)d minutes")
            % {"kind": total.kind.name, "minutes": walking.CIRCLE},
        ]
    sheet.writerow([_cell(value) for value in head])
    yes, no = gettext("yes"), gettext("no")
    for row in found.rows:
        line: list[Any] = [_cell(row.community.name), _cell(_above(row.community))]
        for reach in row.reaches:
            metres = "" if reach.metres is None else round(reach.metres)
            line += [metres, reach.minutes or "", yes if reach.is_within else no]
        sheet.writerow(line)
    for community in found.without_position:
        sheet.writerow([_cell(community.name), _cell(_above(community)), gettext("no position")])
    sheet.writerow([])
    sheet.writerow([walking.assumption()])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _above(community: Community) -> str:
    return community.parent.name if community.parent else ""


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
