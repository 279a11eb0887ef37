"""What may stand in a column: how it is written from a row, read from a cell, and put into a row.

A value that a row has and a cell that says the same are equal as text: `show` writes both.
"""

# ruff: noqa: D102 - what a method does stands at Column

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.models import Amenity, Service, StationKind
from communities.tables.cells import tidy
from communities.tables.places import Places

DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
SIXTH_PLACE = Decimal("0.000001")
# How the three systems are written in a file, and what else people call them.
SYSTEMS = {
    "GCJ-02": ("gcj-02", "gcj02", "高德", "腾讯", "火星坐标", "国测局"),
    "BD-09": ("bd-09", "bd09", "百度"),
    "WGS-84": ("wgs-84", "wgs84", "gps"),
}


@dataclass
class World:
    """What cells may name: places, kinds, amenities, services, each by its name."""

    places: Places
    kinds: dict[str, StationKind]
    amenities: dict[str, Amenity]
    services: dict[str, Service]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of text, kept in the attribute of its name.

    Attributes:
        name: the attribute.
        label: the column's name in a file.
        explanation: what stands in it, for the template.
        example: a cell of the template's example line.
        is_needed: whether a new row must have it.
        attributes: what of the model it decides; the name alone, if nothing is given.

    """

    name: str
    label: str | Promise
    explanation: str | Promise = ""
    example: str = ""
    is_needed: bool = False
    attributes: tuple[str, ...] = ()
    lines: bool = False

    @property
    def decides(self) -> tuple[str, ...]:
        """The model's fields whose errors belong to this column."""
        return self.attributes or (self.name,)

    @property
    def counts(self) -> bool:
        """Whether another value is a change of the row."""
        return True

    @property
    def saved(self) -> tuple[str, ...]:
        """The model's fields to be written when the column has changed."""
        return self.decides

    def value_of(self, row: Any, world: World) -> Any:
        """Return what a row has."""
        return getattr(row, self.name)

    def show(self, value: Any, world: World) -> str:
        """Return a value as it is written in a cell."""
        return tidy(str(value)) if value is not None else ""

    def read(self, text: str, world: World) -> Any:
        """Return the value a cell means; the cell is not blank.

        Raises:
            ValidationError: what is wrong, in words.

        """
        return text if self.lines else " ".join(text.split("\n"))

    @property
    def blank(self) -> Any:
        """The value that a blank cell means."""
        return ""

    def put(self, row: Any, value: Any) -> None:
        """Give a row a value, without saving it."""
        setattr(row, self.name, value)

    def store(self, values: Sequence[tuple[Any, Any]]) -> None:
        """Save what does not stand in the row itself: pairs of (row, value)."""


class DateColumn(Column):
    """A day."""

    def read(self, text: str, world: World) -> datetime.date:
        found = DATE.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
        try:
            if found:
                return datetime.date(*map(int, found.groups()))
        except ValueError:
            pass
        message = _("“%(text)s” is no date; write e.g. 2026-03-01.")
        raise ValidationError(message, code="date", params={"text": text})

    @property
    def blank(self) -> None:
        return None


class NumberColumn(Column):
    """A whole number, zero where nothing is given."""

    def read(self, text: str, world: World) -> int:
        digits = unicodedata.normalize("NFKC", text)
        if not re.fullmatch("[0-9]{1,5}", digits) or int(digits) > 32767:
            message = _("“%(text)s” is no number between 0 and 32767.")
            raise ValidationError(message, code="number", params={"text": text})
        return int(digits)

    @property
    def blank(self) -> int:
        return 0


@dataclass(frozen=True, kw_only=True)
class ChoiceColumn(Column):
    """One of a few words."""

    choices: type[TextChoices]

    def show(self, value: Any, world: World) -> str:
        return str(self.choices(value).label) if value else ""

    def read(self, text: str, world: World) -> str:
        for choice in self.choices:
            if text in (str(choice.label), choice.value):
                return choice.value
        raise ValidationError(
            _("“%(text)s” is none of: %(words)s."),
            code="choice",
            params={"text": text, "words": "、".join(str(one.label) for one in self.choices)},
        )


class KindColumn(Column):
    """A kind of station, by its name."""

    def show(self, value: Any, world: World) -> str:
        return value.name if value else ""

    def value_of(self, row: Any, world: World) -> Any:
        return row.kind if row.kind_id else None

    def read(self, text: str, world: World) -> StationKind:
        if text not in world.kinds:
            raise unknown(
                _("There is no kind called “%(name)s”. There are: %(known)s."), text, world.kinds
            )
        return world.kinds[text]


class PlaceColumn(Column):
    """A place, by its name or a way down the tree."""

    def value_of(self, row: Any, world: World) -> Any:
        return world.places.by_pk.get(getattr(row, f"{self.name}_id"))

    def show(self, value: Any, world: World) -> str:
        return world.places.written(value)

    def read(self, text: str, world: World) -> Model:
        return world.places.find(text)

    @property
    def blank(self) -> None:
        return None


@dataclass(frozen=True, kw_only=True)
class DegreesColumn(Column):
    """A longitude or latitude, already in GCJ-02 (`positions.prepare`)."""

    most: int

    def show(self, value: Any, world: World) -> str:
        return "" if value is None else f"{value:.6f}"

    def read(self, text: str, world: World) -> Decimal:
        try:
            degrees = Decimal(unicodedata.normalize("NFKC", text).strip().rstrip("°"))
        except InvalidOperation:
            degrees = Decimal("NaN")
        if not degrees.is_finite():
            message = _("“%(text)s” are no degrees; write e.g. %(example)s.")
            params = {"text": text, "example": self.example}
            raise ValidationError(message, code="degrees", params=params)
        if abs(degrees) > self.most:
            message = _("Not above %(limit_value)s degrees. Are longitude and latitude swapped?")
            raise ValidationError(message, code="degrees", params={"limit_value": self.most})
        return degrees.quantize(SIXTH_PLACE)

    @property
    def blank(self) -> None:
        return None


class SystemColumn(Column):
    """In which of the three systems a file's coordinates are; ours are always GCJ-02."""

    @property
    def counts(self) -> bool:
        return False

    def value_of(self, row: Any, world: World) -> str:
        return "" if row.longitude is None else "GCJ-02"

    def read(self, text: str, world: World) -> str:
        return system_named(text)

    def put(self, row: Any, value: Any) -> None:
        """Leave the row alone: its position has been converted."""


def system_named(text: str) -> str:
    """Return the system that a word means, as SYSTEMS writes it.

    Raises:
        ValidationError: code "system".

    """
    word = unicodedata.normalize("NFKC", text).strip().lower()
    for system, words in SYSTEMS.items():
        if word in words or any(word.startswith(one) for one in words):
            return system
    message = _("“%(text)s” is none of: %(words)s.")
    raise ValidationError(
        message, code="system", params={"text": text, "words": "、".join(SYSTEMS)}
    )


def unknown(message: Any, name: str, known: Iterable[str]) -> ValidationError:
    """Return the error for a name that the directory does not have, with those it has."""
    some = [*known]
    shown = "、".join(some[:20]) + ("…" if len(some) > 20 else "")
    return ValidationError(message, code="unknown", params={"name": name, "known": shown or "—"})
