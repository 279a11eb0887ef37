"""Service stations: where a resident gets help, warms a lunch box, has blood pressure taken."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.addresses import path_to
from communities.together import TogetherQuerySet

from .community import Community
from .hours import MIDNIGHT, Holiday, OpeningHours, SpecialDay, Weekday
from .kinds import Amenity, Service, StationKind
from .position import Box, Positioned
from .standing import Standing
from .station_parts import StationService
from .stories import Stories

# How long a station's data counts as true after somebody has checked it.
FRESH = datetime.timedelta(days=182)
# An amenity that no more stations than this have is rare.
FEW = 500


class ServiceStationQuerySet(TogetherQuerySet["ServiceStation"]):
    """Questions about stations."""

    def within(self, community: Community) -> ServiceStationQuerySet:
        """Stations of a place and of everything in it."""
        return self.filter(
            Q(community=community.pk)
            | Q(community__parent=community.pk)
            | Q(community__parent__parent=community.pk)
        )

    def managed_by(self, user: User | AnonymousUser) -> ServiceStationQuerySet:
        """The stations of the places somebody keeps."""
        if user.has_perm("communities.manage_every_place"):
            return self
        return self.filter(community__in=Community.objects.managed_by(user))

    def seen_by(self, user: User | AnonymousUser) -> ServiceStationQuerySet:
        """The stations somebody is shown in the newsroom: all, or those of the places they keep."""
        if user.has_perm("communities.see_every_place"):
            return self
        return self.managed_by(user)

    def stale(self, today: datetime.date | None = None) -> ServiceStationQuerySet:
        """Stations whose data nobody has checked for half a year, the longest unchecked first."""
        limit = (today or timezone.localdate()) - FRESH
        return self.filter(Q(checked_on__isnull=True) | Q(checked_on__lt=limit)).order_by(
            F("checked_on").asc(nulls_first=True), "pk"
        )

    def of_kind(self, kind: StationKind) -> ServiceStationQuerySet:
        """Stations of one kind."""
        return self.filter(kind=kind)

    def starting_with(self, station: ServiceStation) -> ServiceStationQuerySet:
        """Stations from one of them on, in the order of their names."""
        return self.filter(name__gte=station.name).exclude(name=station.name, pk__lt=station.pk)

    def offering(self, service: Service) -> ServiceStationQuerySet:
        """Stations that offer a service."""
        offers = StationService.objects.filter(station=OuterRef("pk"), service=service)
        return self.filter(Exists(offers))

    def newest(self) -> ServiceStationQuerySet:
        """Those whose opening day is known, the latest opened first."""
        return self.filter(opened_on__isnull=False).order_by("-opened_on", "-pk")

    def open_at(self, moment: datetime.datetime) -> ServiceStationQuerySet:
        """Stations that are open at a moment, by the rules of `communities.opening`.

        One query for the day in the newsroom's list of holidays, made at once; the rest is part of
        the query that fetches the stations.
        """
        local = timezone.localtime(moment)
        day, time = local.date(), local.time()
        holiday = Holiday.objects.calendar(day, day).get(day)
        lasting = Q(opens_at__lte=time) & (Q(closes_at__gt=time) | Q(closes_at=MIDNIGHT))
        of_station = OpeningHours.objects.filter(station=OuterRef("pk"))
        special = SpecialDay.objects.on(day).filter(station=OuterRef("pk"))

        def by_week(weekday: int) -> Exists:
            return Exists(of_station.filter(lasting, weekday=weekday))

        if holiday is None:
            usual = Q(by_week(day.weekday()))
        elif holiday.is_worked:
            usual = Q(by_week(holiday.works_like))
        else:
            has_own = Exists(of_station.filter(weekday=Weekday.HOLIDAY))
            usual = Q(by_week(Weekday.HOLIDAY)) | (
                ~Q(has_own)
                & Q(on_holidays=ServiceStation.OnHolidays.USUAL)
                & Q(by_week(day.weekday()))
            )
        return self.exclude_closed(day).filter(
            Exists(special.filter(lasting)) | (~Exists(special) & usual)
        )

    def exclude_closed(self, day: datetime.date) -> ServiceStationQuerySet:
        """Stations that are not closed for repair on a day."""
        return self.filter(
            Q(closed_from__isnull=True) | Q(closed_from__gt=day) | Q(closed_until__lt=day)
        )

    def in_box(self, box: Box) -> ServiceStationQuerySet:
        """Stations whose position lies in a rectangle, its edges included; on an index."""
        return self.filter(
            latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
        )

    def equipped_with(self, amenities: Iterable[Amenity]) -> ServiceStationQuerySet:
        """Stations that have every one of these amenities.

        One short query for each, made at once: what few stations have is looked up from the
        stations that have it, what many have is asked of those that come into question otherwise.
        (EXISTS alone took 80 ms of the finder's where one station in a thousand fits.)
        """
        found = self
        for amenity in amenities:
            has = ServiceStation.amenities.through.objects.filter(amenity=amenity.pk)
            few = list(has.values_list("servicestation_id", flat=True)[: FEW + 1])
            if len(few) <= FEW:
                found = found.filter(pk__in=few)
            else:
                found = found.filter(Exists(has.filter(servicestation=OuterRef("pk"))))
        return found

    def for_page(self, today: datetime.date | None = None) -> ServiceStationQuerySet:
        """Fetch along what a station's own page shows (two queries in all)."""
        offers = StationService.objects.select_related("service")
        return self.with_details(today).along(Prefetch("offers", queryset=offers), "photos")

    def with_details(self, today: datetime.date | None = None) -> ServiceStationQuerySet:
        """Fetch kind, community, amenities, hours and special days along (two queries in all)."""
        coming = SpecialDay.objects.ending_after(today or timezone.localdate())
        return self.select_related("kind", "community__parent__parent").along(
            "amenities", "hours", Prefetch("special_days", queryset=coming)
        )


class ServiceStation(Positioned):
    """A place that serves residents, with its hours and what it offers."""

    class OnHolidays(models.TextChoices):
        """What holds on public holidays for which no hours are given."""

        CLOSED = "closed", _("closed")
        USUAL = "usual", _("as on the weekday")

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(
        _("address name"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Made from the name's pinyin when left empty; stays when the name changes."),
    )
    kind = models.ForeignKey(
        StationKind, verbose_name=_("kind"), related_name="stations", on_delete=models.PROTECT
    )
    community = models.ForeignKey(
        Community, verbose_name=_("community"), related_name="stations", on_delete=models.PROTECT
    )
    address = models.CharField(_("street address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    description = models.TextField(_("description"), blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    checked_on = models.DateField(
        _("data checked on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last made sure that all of this is true."),
    )
    checked_by = models.ForeignKey(
        User,
        verbose_name=_("checked by"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
    )
    on_holidays = models.CharField(
        _("on public holidays"),
        max_length=8,
        choices=OnHolidays.choices,
        default=OnHolidays.CLOSED,
        help_text=_("Unless hours for public holidays are given below."),
    )
    closed_from = models.DateField(_("closed for repair from"), null=True, blank=True)
    closed_until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The last day; left empty, until further notice."),
    )
    closure_notice = models.CharField(
        _("notice"),
        max_length=200,
        blank=True,
        help_text=_("Shown to the public: why, and where to go meanwhile."),
    )
    amenities = models.ManyToManyField(
        Amenity, verbose_name=_("amenities"), related_name="stations", blank=True
    )

    objects = ServiceStationQuerySet.as_manager()

    # Given by `communities.opening.tell`; None where no hours are known.
    standing: Standing | None = None

    class Meta(Positioned.Meta):
        verbose_name = _("service station")
        verbose_name_plural = _("service stations")
        ordering = ["name", "pk"]
        constraints = [
            *Positioned.Meta.constraints,
            models.UniqueConstraint(
                fields=["community", "name"],
                name="communities_servicestation_name_in_community",
                violation_error_message=_("There is already a station of this name there."),
            ),
            models.CheckConstraint(
                name="communities_servicestation_has_slug",
                condition=~Q(slug=""),
                violation_error_message=_("An address name is needed."),
            ),
            models.CheckConstraint(
                name="communities_servicestation_closed_in_order",
                condition=Q(closed_until__isnull=True) | Q(closed_until__gte=F("closed_from")),
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                name="communities_servicestation_closed_has_first_day",
                condition=Q(closed_from__isnull=False)
                | Q(closed_until__isnull=True, closure_notice=""),
                violation_error_message=_("Give the first day the station is closed."),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "name", "id"], name="station_of_kind"),
            models.Index(fields=["-opened_on", "-id"], name="station_newest"),
            models.Index(fields=["name", "id"], name="station_by_name"),
            # What the finder walks; with the key at its end it need not look at the rows.
            models.Index(fields=["latitude", "longitude", "id"], name="station_by_position"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The station's page on the public site."""
        return path_to("communities:station", self.slug)

    def stories(self) -> Stories:
        """Published stories that name this station, the newest first."""
        return self.articles.model.objects.published().current().about_station(self)

    def is_closed_on(self, day: datetime.date) -> bool:
        """Whether the station is closed for repair on a day."""
        if self.closed_from is None or day < self.closed_from:
            return False
        return self.closed_until is None or day <= self.closed_until

    def has_closure_to_tell(self, today: datetime.date) -> bool:
        """Whether a closure for repair is under way or still to come."""
        return self.closed_from is not None and (
            self.closed_until is None or self.closed_until >= today
        )

    def is_stale(self, today: datetime.date) -> bool:
        """Whether nobody has checked the data for half a year, as `stale` asks of the database."""
        return self.checked_on is None or self.checked_on < today - FRESH

    @property
    def hours_by_days(self) -> list[tuple[str, str]]:
        """Opening hours as a notice board prints them.

        Days with the same hours are joined ("周一至周五"); days without a row are not listed.

        Returns:
            Pairs of (days, hours), e.g. ("周一至周五", "8:30–12:00、14:00–17:30").

        """
        spans: dict[int, list[str]] = {}
        for row in sorted(self.hours.all(), key=lambda row: (row.weekday, row.opens_at)):
            spans.setdefault(row.weekday, []).append(row.span)
        groups: list[tuple[list[int], str]] = []
        for weekday, texts in sorted(spans.items()):
            text = str(_(", ")).join(texts)
            if (
                weekday != Weekday.HOLIDAY
                and groups
                and groups[-1][1] == text
                and groups[-1][0][-1] == weekday - 1
            ):
                groups[-1][0].append(weekday)
            else:
                groups.append(([weekday], text))
        return [(_days(days), text) for days, text in groups]


def _days(days: list[int]) -> str:
    names = [str(Weekday(day).label) for day in days]
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return str(_(", ")).join(names)
    return str(_("%(first)s to %(last)s")) % {"first": names[0], "last": names[-1]}
