"""The table of places: the district, what lies in it, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.models import Community, FormerAddress, Level
from communities.tables import positions
from communities.tables.columns import ChoiceColumn, Column, NumberColumn, PlaceColumn, World
from communities.tables.sets import PeopleColumn
from communities.tables.table import Cells, Table, slug_column

DEPTHS = {Level.DISTRICT: 0, Level.SUBDISTRICT: 1, Level.TOWN: 1}
DEEPEST = 2


class Communities(Table):
    """Places, one a line; one may lie in another that stands further down in the file."""

    kind = "communities"
    title = _("communities")
    model = Community
    place = "parent"
    unique = (("slug",), ("parent_id", "name"))
    constraint_columns = {"communities_community_district_on_top": "parent"}
    level_column = ChoiceColumn(
        name="level",
        label=_("level"),
        is_needed=True,
        choices=Level,
        explanation=_("One of 区, 街道, 镇, 社区, 村."),
        example="社区",
    )
    columns = (
        slug_column(),
        Column(name="name", label=_("name"), is_needed=True, example="桂花社区"),
        Column(
            name="other_name",
            label=_("other name"),
            explanation=_("A short or former name that stories may use."),
            example="桂花",
        ),
        level_column,
        PlaceColumn(
            name="parent",
            label=_("lies in"),
            explanation=_(
                "The larger place’s name; it may stand in this file. Empty for a district."
            ),
            example="桥头街道",
        ),
        NumberColumn(name="position", label=_("order"), example="10"),
        Column(name="intro", label=_("introduction"), lines=True, example="两条巷子，一个菜场。"),
        Column(name="address", label=_("street address"), example="桂花路1号"),
        Column(name="phone", label=_("phone"), example="0000-5550120"),
        PeopleColumn(
            name="people",
            label=_("people to call"),
            lines=True,
            explanation=_(
                "One a line: what for|name|phone. Everybody sees them: numbers of the office, "
                "no private ones."
            ),
            example="网格员（1—3号楼）|周明|0000-5550123",
        ),
        *positions.position_columns(),
    )

    def rows(self) -> QuerySet[Community]:
        """Return places with the people to call there (two queries)."""
        return Community.objects.select_related("parent").prefetch_related("people")

    def in_order(self, lines: Iterable[Cells], world: World) -> Sequence[int]:
        """Return larger places before smaller ones, by the level that stands in a line."""
        depths = []
        for cells in lines:
            try:
                level = Level(self.level_column.read(cells.get("level", ""), world))
            except ValidationError:
                known = world.places.by_word.get(cells.get("slug") or cells.get("name", ""), [])
                level = Level(known[0].level) if known else Level.COMMUNITY
            depths.append(DEPTHS.get(level, DEEPEST))
        return sorted(range(len(depths)), key=lambda place: depths[place])

    def prepare(self, cells: Cells) -> dict[str, ValidationError]:
        """Read the position in whatever system it is given."""
        return positions.prepare(cells)

    def check(self, row: Any, changed: set[str]) -> dict[str, ValidationError]:
        """Refuse half a position, one abroad, and a level that what lies there cannot lie in."""
        found = positions.check(row, changed)
        if "level" in changed and row.pk and row.pk > 0:
            try:
                row.check_level(Level(row.level))
            except ValidationError as refusal:
                found["level"] = refusal
        return found

    def loaded(self, rows: Sequence[Any], world: World) -> None:
        """Let a place be one object, wherever it is named: what a line changes, others see."""
        for row in rows:
            world.places.replace(row)
        for row in rows:
            if row.parent_id is not None:
                row.parent = world.places.by_pk[row.parent_id]

    def added(self, row: Any, world: World) -> None:
        """Let later lines lie in this one."""
        world.places.add(row)

    def create(self, rows: Sequence[Any]) -> None:
        """Save larger places first; an address one of them takes over leads elsewhere no more."""
        for depth in range(DEEPEST + 1):
            level = [row for row in rows if DEPTHS.get(row.level, DEEPEST) == depth]
            for row in level:
                # Its parent may have got its key only now.
                row.parent = row.parent
            Community.objects.bulk_create(level)
        FormerAddress.objects.filter(slug__in=[row.slug for row in rows]).delete()
