"""What a table is: its columns, the rows it may speak of, what has to be unique among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.models import Amenity, Community, Service, StationKind
from communities.tables.columns import Column, World
from communities.tables.places import Places

Cells = dict[str, str]
# Rows written by one statement.
AT_ONCE = 500


class Table:
    """A table of the directory; subclasses say of what.

    Attributes:
        kind: its name in addresses and commands.
        title: what people call it.
        model: whose rows it holds.
        columns: in the order of a file.
        key: the column that says which row a line is about.
        naming: the column of its name.
        place: the column that says in which place a row lies; with the name it finds a row.
        reckoned: attributes that a row reckons from the others when it is saved.
        unique: sets of attributes that two rows may not have in common, the last of which is the
            column where that is said.
        constraint_columns: the column for a constraint's message, by the constraint's name.

    """

    kind: str
    title: Promise
    model: type[Model]
    columns: tuple[Column, ...]
    key: str = "slug"
    naming: str = "name"
    place: str
    reckoned: frozenset[str] = frozenset()
    unique: tuple[tuple[str, ...], ...]
    constraint_columns: dict[str, str] = {}

    def rows(self) -> QuerySet[Any]:
        """Return every row with what its cells show fetched along."""
        raise NotImplementedError

    def world(self) -> World:
        """Return what cells may name."""
        return World(
            places=Places(Community.objects.all()),
            kinds={one.name: one for one in StationKind.objects.all()},
            amenities={one.name: one for one in Amenity.objects.all()},
            services={one.name: one for one in Service.objects.all()},
        )

    def in_order(self, lines: Iterable[Cells], world: World) -> Sequence[int]:
        """Return in which order lines are taken: those that others lie in come first."""
        return range(len([*lines]))

    def prepare(self, cells: Cells) -> dict[str, ValidationError]:
        """Put cells into the shape the columns expect; return what is wrong by column."""
        return {}

    def check(self, row: Any, changed: set[str]) -> dict[str, ValidationError]:
        """Return what is wrong with a row that has changed in these columns, by column."""
        return {}

    def loaded(self, rows: Sequence[Any], world: World) -> None:
        """Take note of the rows that lines are about."""

    def added(self, row: Any, world: World) -> None:
        """Take note of a row that later lines may name."""

    def identity(self, row: Any) -> tuple[Any, ...]:
        """Return by what a row is found that a line does not name by its key."""
        return (getattr(row, f"{self.place}_id"), getattr(row, self.naming))

    def meant(self, cells: Cells, world: World) -> tuple[Any, ...] | None:
        """Return what `identity` gives for the row a line is about; None where that is not said."""
        if not cells.get(self.naming):
            return None
        place = cells.get(self.place, "")
        try:
            return (world.places.find(place).pk if place else None, cells[self.naming])
        except ValidationError:
            return None

    def update(self, rows: Sequence[Any], names: Sequence[str]) -> None:
        """Save what has changed of rows."""
        for row in rows:
            # What it lies in may have got its key only now.
            setattr(row, self.place, getattr(row, self.place))
        if names:
            self.model._default_manager.bulk_update(rows, names, batch_size=AT_ONCE)

    def create(self, rows: Sequence[Any]) -> None:
        """Save new rows."""
        self.model._default_manager.bulk_create(rows)

    @property
    def by_name(self) -> dict[str, Column]:
        """The columns by their attributes."""
        return {column.name: column for column in self.columns}

    def named(self) -> dict[str, Column]:
        """The columns by what they may be called in a file, in each of our languages."""
        found = {}
        for language in ("en", "zh-hans"):
            with translation.override(language):
                for column in self.columns:
                    found[plain(str(column.label))] = column
        return found


def plain(name: str) -> str:
    """Return a column's name without what differs by accident: blanks, stars, case, width."""
    return "".join(name.split()).strip("*＊").replace("（", "(").replace("）", ")").lower()


def slug_column() -> Column:
    """Return the column that says which row a line is about."""
    return SlugColumn(
        name="slug",
        label=_("address name"),
        explanation=_(
            "Says which row is meant; leave it empty for a new one, it is made from the pinyin."
        ),
    )


class SlugColumn(Column):
    """An address name; it is given once and never changed by a table."""

    def read(self, text: str, world: World) -> str:
        """Return the address name, if it can be one."""
        if not all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in text):
            message = _("An address name holds letters a to z, digits and hyphens, nothing else.")
            raise ValidationError(message, code="slug")
        return text
