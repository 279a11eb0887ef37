"""The table of activities: what, where, when and how often, for whom."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from communities.hours_words import NAMES
from communities.models import Activity, ActivityKind, Repeats, ServiceStation
from communities.models.hours import MIDNIGHT
from communities.tables.columns import (
    ChoiceColumn,
    Column,
    DateColumn,
    NumberColumn,
    PlaceColumn,
    World,
)
from communities.tables.table import Cells, Table

TIME = re.compile(r"(\d{1,2}):(\d{2})")
ISO_DAYS = "1234567"


@dataclass
class WorldOfActivities(World):
    """What cells may name, stations by their names among it."""

    stations: dict[str, list[ServiceStation]] = field(default_factory=dict)


class StationColumn(Column):
    """A station by its name, where several have it with the community: 桥头社区/桥头驿站."""

    def value_of(self, row: Any, world: World) -> Any:
        """Return the station an activity is at."""
        return row.station if row.station_id else None

    def show(self, value: Any, world: World) -> str:
        """Return the station's name, with the community where it is not the only one."""
        if value is None:
            return ""
        if len(_stations(world).get(value.name, [])) <= 1:
            return str(value.name)
        return f"{world.places.written(world.places.by_pk[value.community_id])}/{value.name}"

    def read(self, text: str, world: World) -> ServiceStation:
        """Return the station that a name, or place and name, or an address name means."""
        way, _slash, name = text.replace("／", "/").rpartition("/")
        found = _stations(world).get(text) or _stations(world).get(name, [])
        if way and len(found) > 1:
            place = world.places.find(way)
            found = [one for one in found if one.community_id == place.pk]
        if len(found) == 1:
            return found[0]
        if not found:
            message = _("There is no station called “%(name)s” in the directory.")
            raise ValidationError(message, code="no_station", params={"name": text})
        message = _("Several places are called “%(name)s”. Write which: %(ways)s.")
        ways = "、".join(self.show(one, world) for one in found)
        raise ValidationError(message, code="which_station", params={"name": text, "ways": ways})

    @property
    def blank(self) -> None:
        """Return None: it is at no station."""
        return None


def _stations(world: World) -> dict[str, list[ServiceStation]]:
    return world.stations if isinstance(world, WorldOfActivities) else {}


class TimeColumn(Column):
    """A time of day; 24:00 is the end of the day."""

    def show(self, value: datetime.time | None, world: World) -> str:
        """Return a time as 09:00."""
        if value is None:
            return ""
        return "24:00" if value == MIDNIGHT and self.name == "ends_at" else f"{value:%H:%M}"

    def read(self, text: str, world: World) -> datetime.time:
        """Return the time that is written."""
        found = TIME.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
        if found and (int(found[1]), int(found[2])) == (24, 0):
            return MIDNIGHT
        try:
            if found:
                return datetime.time(int(found[1]), int(found[2]))
        except ValueError:
            pass
        message = _("“%(text)s” is no time; write e.g. 09:00.")
        raise ValidationError(message, code="time", params={"text": text})

    @property
    def blank(self) -> None:
        """Return None: nobody said."""
        return None


class WeekdaysColumn(Column):
    """Weekdays: 周二、周五."""

    def show(self, value: str, world: World) -> str:
        """Return the days' names."""
        return "、".join(f"周{NAMES[ISO_DAYS.index(digit)]}" for digit in value)

    def read(self, text: str, world: World) -> str:
        """Return the days as ISO 8601 numbers them."""
        days = re.sub("周|星期|礼拜|[、,，\\s]", "", text).replace("天", "日")
        if not days or set(days) - set(NAMES):
            message = _("“%(text)s” are no weekdays; write e.g. 周二、周五.")
            raise ValidationError(message, code="weekdays", params={"text": text})
        return "".join(sorted(ISO_DAYS[NAMES.index(day)] for day in set(days)))


class CountColumn(NumberColumn):
    """A whole number, or none; -1 stands for the last."""

    def show(self, value: int | None, world: World) -> str:
        """Return the number, 最后 for the last."""
        if value is None:
            return ""
        return "最后" if value == -1 else str(value)

    def read(self, text: str, world: World) -> int:
        """Return the number."""
        return -1 if text.startswith("最后") else super().read(text, world)

    @property
    def blank(self) -> Any:
        """Return None, or what the model takes for nothing given."""
        return 1 if self.name == "every" else None


class Said(TextChoices):
    """Yes and no, as a cell says them."""

    YES = "yes", _("yes")
    NO = "no", _("no")


@dataclass(frozen=True, kw_only=True)
class YesColumn(Column):
    """Yes or no."""

    empty: bool = False

    def show(self, value: bool, world: World) -> str:
        """Return 是 or 否."""
        return str((Said.YES if value else Said.NO).label)

    def read(self, text: str, world: World) -> bool:
        """Return whether a cell says yes."""
        for said in Said:
            if text.lower() in (str(said.label), said.value):
                return said == Said.YES
        message = _("“%(text)s” is none of: %(words)s.")
        words = "、".join(str(said.label) for said in Said)
        raise ValidationError(message, code="choice", params={"text": text, "words": words})

    @property
    def blank(self) -> bool:
        """Return what an empty cell means."""
        return self.empty


class Activities(Table):
    """Activities, one a line; dates that are cancelled or moved are left to their own pages."""

    kind = "activities"
    title = _("activities")
    model = Activity
    key = "pk"
    naming = "title"
    place = "community"
    reckoned = frozenset({"first_on", "last_on"})
    unique = (("starts_on", "starts_at", "station_id", "community_id", "title"),)
    constraint_columns = {
        "communities_activity_somewhere": "station",
        "communities_activity_cancelled_with_notice": "cancellation_notice",
    }
    columns = (
        Column(
            name="pk",
            label=_("activity number"),
            explanation=_("Says which activity is meant; leave it empty for a new one."),
        ),
        Column(name="title", label=_("title"), is_needed=True, example="血压义诊"),
        ChoiceColumn(
            name="kind", label=_("kind"), is_needed=True, choices=ActivityKind, example="义诊"
        ),
        StationColumn(
            name="station",
            label=_("service station"),
            explanation=_("Its name; where several have it, with the community: 桥头社区/桥头驿站"),
            example="桥头驿站",
        ),
        PlaceColumn(
            name="community",
            label=_("community"),
            explanation=_("Where it is at no station; a station's community is known."),
        ),
        Column(name="spot", label=_("spot"), example="二楼活动室"),
        DateColumn(name="starts_on", label=_("day"), is_needed=True, example="2026-12-08"),
        TimeColumn(name="starts_at", label=_("begins at"), is_needed=True, example="09:00"),
        TimeColumn(name="ends_at", label=_("ends at"), example="11:00"),
        ChoiceColumn(
            name="repeats",
            label=_("repeats"),
            choices=Repeats,
            explanation=_("Left empty, it takes place once."),
        ),
        CountColumn(
            name="every",
            label=_("every how many"),
            explanation=_("2 is every second day, week or month."),
        ),
        WeekdaysColumn(name="weekdays", label=_("weekdays"), explanation="周二、周五"),
        CountColumn(name="nth", label=_("which one in the month"), explanation="1、2、3、4、最后"),
        CountColumn(name="month_day", label=_("day of the month"), explanation="1—31、最后"),
        DateColumn(name="until", label=_("repeats until")),
        CountColumn(name="count", label=_("how many times")),
        Column(name="for_whom", label=_("for whom"), example="60岁以上居民"),
        CountColumn(name="places", label=_("number of places"), example="30"),
        Column(name="sign_up", label=_("how to sign up"), example="提前一天到前台登记"),
        Column(name="phone", label=_("phone"), example="0000-5550123"),
        Column(name="cost", label=_("cost")),
        Column(name="organiser", label=_("organiser"), example="桥头社区卫生服务站"),
        Column(name="description", label=_("what it is about"), lines=True),
        YesColumn(name="is_public", label=_("shown to the public"), empty=True, example="是"),
        YesColumn(name="is_cancelled", label=_("cancelled altogether")),
        Column(name="cancellation_notice", label=_("cancellation notice")),
    )

    def rows(self) -> QuerySet[Activity]:
        """Return activities with their stations."""
        return Activity.objects.select_related("station__community", "community")

    def world(self) -> World:
        """Return what cells may name, every station among it (some 0.3 s for 100,000)."""
        usual = super().world()
        world = WorldOfActivities(usual.places, usual.kinds, usual.amenities, usual.services)
        for station in ServiceStation.objects.only("name", "slug", "community"):
            station.community = world.places.by_pk[station.community_id]
            for word in {station.name, station.slug}:
                world.stations.setdefault(word, []).append(station)
        return world

    def prepare(self, cells: Cells) -> dict[str, ValidationError]:
        """Refuse two places in one line, rather than guess which is meant."""
        if cells.get("station") and cells.get("community"):
            message = _("Leave this empty where a station is given; its community is known.")
            return {"community": ValidationError(message, code="two_places")}
        return {}

    def identity(self, row: Any) -> tuple[Any, ...]:
        """Return title, day, hour and where."""
        return (row.title, row.starts_on, row.starts_at, row.station_id, row.community_id)

    def meant(self, cells: Cells, world: World) -> tuple[Any, ...] | None:
        """Return title, day, hour and where, as a line says them."""
        columns = self.by_name
        found = []
        try:
            for name in ("starts_on", "starts_at", "station", "community"):
                text = cells.get(name, "")
                found.append(columns[name].read(text, world) if text else None)
        except ValidationError:
            return None
        day, hour, station, community = found
        # The model takes the community of a station away.
        where = (station.pk, None) if station else (None, community.pk if community else None)
        return (cells.get("title", ""), day, hour, *where)

    def update(self, rows: Sequence[Any], names: Sequence[str]) -> None:
        """Save activities one by one: each reckons its days and counts its versions."""
        for row in rows:
            row.save()

    def create(self, rows: Sequence[Any]) -> None:
        """Save new activities with the days reckoned from them."""
        for row in rows:
            row.reckon()
        super().create(rows)
