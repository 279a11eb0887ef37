"""Columns whose cell holds several things: opening hours, amenities, services, people to call."""

# ruff: noqa: D102 - what a method does stands at Column

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities import hours_text, hours_words
from communities.hours_text import Hours
from communities.models import (
    ContactPerson,
    OpeningHours,
    ServiceStation,
    SpecialDay,
    StationService,
    Weekday,
)
from communities.tables.cells import divided, joined, parted
from communities.tables.columns import Column, World, unknown


class HoursColumn(Column):
    """Week, public holidays and special days of a station, as `hours_words` writes them."""

    @property
    def saved(self) -> tuple[str, ...]:
        return ("on_holidays",)

    def value_of(self, row: Any, world: World) -> Hours:
        return hours_text.of(row) if row.pk and row.pk > 0 else Hours()

    def show(self, value: Hours, world: World) -> str:
        return hours_words.written(value)

    def read(self, text: str, world: World) -> Hours:
        return hours_words.read(text)

    @property
    def blank(self) -> Hours:
        return Hours()

    def put(self, row: Any, value: Hours) -> None:
        # As the syntax means it: a week that says nothing of public holidays holds on them.
        if value.week and Weekday.HOLIDAY not in value.week:
            choices = ServiceStation.OnHolidays
            row.on_holidays = choices.CLOSED if value.closed_on_holidays else choices.USUAL

    def store(self, values: Sequence[tuple[Any, Any]]) -> None:
        stations = [row for row, _hours in values]
        OpeningHours.objects.filter(station__in=stations).delete()
        SpecialDay.objects.filter(station__in=stations).delete()
        made = [one for row, hours in values for one in hours.rows(row)]
        OpeningHours.objects.bulk_create(one for one in made if isinstance(one, OpeningHours))
        SpecialDay.objects.bulk_create(one for one in made if isinstance(one, SpecialDay))


class BelongingsColumn(Column):
    """A column whose cell lists rows of another table that belong to this one's."""

    @property
    def saved(self) -> tuple[str, ...]:
        return ()

    @property
    def blank(self) -> list[Any]:
        return []

    def put(self, row: Any, value: Any) -> None:
        """Leave the row alone; `store` saves what belongs to it."""


class AmenitiesColumn(BelongingsColumn):
    """Amenities by their names, in the directory's order."""

    def value_of(self, row: Any, world: World) -> list[Any]:
        return [*row.amenities.all()] if row.pk and row.pk > 0 else []

    def show(self, value: Any, world: World) -> str:
        return "、".join(one.name for one in sorted(value, key=lambda one: (one.position, one.pk)))

    def read(self, text: str, world: World) -> list[Any]:
        found, errors = {}, []
        for name in divided(text, world.amenities):
            if name in world.amenities:
                found[name] = world.amenities[name]
            else:
                message = _("There is no amenity called “%(name)s”. There are: %(known)s.")
                errors.append(unknown(message, name, world.amenities))
        if errors:
            raise ValidationError(errors)
        return [*found.values()]

    def store(self, values: Sequence[tuple[Any, Any]]) -> None:
        links = ServiceStation.amenities.through
        links.objects.filter(servicestation__in=[row.pk for row, _value in values]).delete()
        links.objects.bulk_create(
            links(servicestation_id=row.pk, amenity_id=one.pk)
            for row, value in values
            for one in value
        )


class ServicesColumn(BelongingsColumn):
    """Services by their names; with what to bring and a note behind upright strokes."""

    def value_of(self, row: Any, world: World) -> list[StationService]:
        return [*row.offers.all()] if row.pk and row.pk > 0 else []

    def show(self, value: Any, world: World) -> str:
        in_order = sorted(value, key=lambda one: (one.service.position, one.service.pk))
        if not any(one.bring or one.note for one in in_order):
            return "、".join(one.service.name for one in in_order)
        parts = ([one.service.name, one.bring, one.note] for one in in_order)
        return "\n".join(joined(part, "|").rstrip("|") for part in parts)

    def read(self, text: str, world: World) -> list[StationService]:
        found: dict[str, StationService] = {}
        errors = []
        for line in filter(None, map(str.strip, text.split("\n"))):
            parts = parted(line)
            names = [parts[0]] if len(parts) > 1 else divided(line, world.services)
            bring, note = [*parts[1:], "", ""][:2]
            for name in names:
                if name not in world.services:
                    message = _("There is no service called “%(name)s”. There are: %(known)s.")
                    errors.append(unknown(message, name, world.services))
                elif name in found:
                    message = _("“%(name)s” stands here twice.")
                    errors.append(ValidationError(message, code="twice", params={"name": name}))
                else:
                    service = world.services[name]
                    found[name] = StationService(service=service, bring=bring, note=note)
            errors += _too_long(StationService, bring=bring, note=note)
        if errors:
            raise ValidationError(errors)
        return [*found.values()]

    def store(self, values: Sequence[tuple[Any, Any]]) -> None:
        StationService.objects.filter(station__in=[row for row, _value in values]).delete()
        StationService.objects.bulk_create(
            StationService(station=row, service=one.service, bring=one.bring, note=one.note)
            for row, value in values
            for one in value
        )


class PeopleColumn(BelongingsColumn):
    """People to call, one a line: what for, name and phone between upright strokes."""

    def value_of(self, row: Any, world: World) -> list[ContactPerson]:
        return [*row.people.all()] if row.pk and row.pk > 0 else []

    def show(self, value: Any, world: World) -> str:
        return "\n".join(joined([one.role, one.name, one.phone], "|") for one in value)

    def read(self, text: str, world: World) -> list[ContactPerson]:
        found: list[ContactPerson] = []
        errors = []
        for line in filter(None, map(str.strip, text.split("\n"))):
            parts = parted(line)
            if len(parts) != 3 or not all(parts):
                message = _("“%(line)s”: write what for, name and phone, e.g. %(example)s.")
                params = {"line": line, "example": "网格员（1—3号楼）|周明|0000-5550123"}
                errors.append(ValidationError(message, code="person", params=params))
                continue
            role, name, phone = parts
            errors += _too_long(ContactPerson, role=role, name=name, phone=phone)
            found.append(ContactPerson(role=role, name=name, phone=phone, position=len(found)))
        if errors:
            raise ValidationError(errors)
        return found

    def store(self, values: Sequence[tuple[Any, Any]]) -> None:
        ContactPerson.objects.filter(community__in=[row for row, _value in values]).delete()
        made = []
        for row, value in values:
            for one in value:
                one.community = row
                made.append(one)
        ContactPerson.objects.bulk_create(made)


def _too_long(model: Any, **texts: str) -> list[ValidationError]:
    found = []
    for name, text in texts.items():
        field = model._meta.get_field(name)
        if len(text) > field.max_length:
            message = _("%(what)s has %(count)d characters; at most %(most)d have room.")
            params = {"what": field.verbose_name, "count": len(text), "most": field.max_length}
            found.append(ValidationError(message, code="long", params=params))
    return found
