"""The list of stations to be checked, and the one tap that says a station's data is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities import checking

if TYPE_CHECKING:
    from communities.admin import ServiceStationAdmin

SHOWN = 50


def urls(site_admin: ServiceStationAdmin) -> list[URLPattern]:
    """Return the addresses of the list and of the tap."""
    wrap = site_admin.admin_site.admin_view

    def to_check(request: HttpRequest) -> HttpResponse:
        if not site_admin.has_change_permission(request):
            raise PermissionDenied
        waiting = checking.awaiting_check(cast(User, request.user))
        return render(
            request,
            "admin/communities/servicestation/checking.html",
            {
                **site_admin.admin_site.each_context(request),
                "title": _("Stations whose data is to be checked"),
                "opts": site_admin.opts,
                "stations": waiting.with_details()[:SHOWN],
            },
        )

    def confirm(request: HttpRequest, pk: int) -> HttpResponse:
        station = get_object_or_404(site_admin.get_queryset(request), pk=pk)
        try:
            check = checking.confirm(station, by=cast(User, request.user))
        except ValidationError as refusal:
            raise PermissionDenied(refusal.messages[0]) from None
        said = _("Thank you: the data of %(station)s is on record as right on %(date)s.")
        date = date_format(timezone.localtime(check.at), "DATE_FORMAT")
        messages.success(request, said % {"station": station.name, "date": date})
        return HttpResponseRedirect(reverse("admin:communities_servicestation_checking"))

    return [
        path("checking/", wrap(require_safe(to_check)), name="communities_servicestation_checking"),
        path(
            "<int:pk>/confirm/",
            wrap(require_POST(confirm)),
            name="communities_servicestation_confirm",
        ),
    ]
