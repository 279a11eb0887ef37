"""The table of service stations."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from communities.models import ServiceStation, StationService
from communities.tables import positions
from communities.tables.columns import Column, DateColumn, KindColumn, PlaceColumn
from communities.tables.sets import AmenitiesColumn, HoursColumn, ServicesColumn
from communities.tables.table import Cells, Table, slug_column


class Stations(Table):
    """Service stations, one a line."""

    kind = "stations"
    title = _("service stations")
    model = ServiceStation
    place = "community"
    unique = (("slug",), ("community_id", "name"))
    constraint_columns = {
        "communities_servicestation_closed_in_order": "closed_until",
        "communities_servicestation_closed_has_first_day": "closed_from",
    }
    columns = (
        slug_column(),
        Column(name="name", label=_("name"), is_needed=True, example="桂花社区暖心驿站"),
        KindColumn(
            name="kind",
            label=_("kind"),
            is_needed=True,
            explanation=_("One of the kinds in the directory."),
            example="驿站",
        ),
        PlaceColumn(
            name="community",
            label=_("community"),
            is_needed=True,
            explanation=_(
                "Its name; where several have it, with the larger place: 桥头街道/桂花社区"
            ),
            example="桥头街道/桂花社区",
        ),
        Column(name="address", label=_("street address"), example="桂花路3号"),
        Column(name="phone", label=_("phone"), example="0000-5550123"),
        HoursColumn(
            name="hours",
            label=_("opening hours"),
            attributes=("on_holidays",),
            explanation=_(
                "Days, then hours; breaks with 、, rules with ；. Without a word on 节假日 "
                "the week holds on public holidays, too. Special days: "
                "2026-02-16至2026-02-20 休息 “春节”"
            ),
            example="周一至周五 08:30-12:00、14:00-17:30；节假日 休息",
        ),
        AmenitiesColumn(
            name="amenities",
            label=_("amenities"),
            explanation=_("Names from the directory, with 、 between them."),
            example="微波炉、饮水机",
        ),
        ServicesColumn(
            name="services",
            label=_("services"),
            lines=True,
            explanation=_(
                "Names from the directory, with 、 between them; or one a line as "
                "service|what to bring|note."
            ),
            example="居住证申领|身份证、照片|每周三上午",
        ),
        *positions.position_columns(),
        DateColumn(name="opened_on", label=_("opened on"), example="2025-05-01"),
        Column(name="description", label=_("description"), lines=True, example="累了进来坐坐。"),
        DateColumn(name="closed_from", label=_("closed for repair from")),
        DateColumn(
            name="closed_until",
            label=_("closed for repair until"),
            explanation=_("The last day; left empty, until further notice."),
        ),
        Column(
            name="closure_notice",
            label=_("closure notice"),
            explanation=_("Shown to the public: why, and where to go meanwhile."),
        ),
    )

    def rows(self) -> QuerySet[ServiceStation]:
        """Return stations with hours, special days, amenities and services (5 queries)."""
        offers = StationService.objects.select_related("service")
        return ServiceStation.objects.select_related("kind", "community").prefetch_related(
            "hours", "special_days", "amenities", Prefetch("offers", queryset=offers)
        )

    def prepare(self, cells: Cells) -> dict[str, ValidationError]:
        """Read the position in whatever system it is given."""
        return positions.prepare(cells)

    def check(self, row: Any, changed: set[str]) -> dict[str, ValidationError]:
        """Refuse half a position and one abroad."""
        return positions.check(row, changed)
