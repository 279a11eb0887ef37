"""Places by what people call them: a name, or a way down the tree such as 桥头街道/桂花社区."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.models import Community

STEPS = re.compile(r"\s*[/／>＞]\s*")


class Places:
    """An index of places, to which those that stand in a file are added."""

    def __init__(self, places: Iterable[Community]) -> None:
        """Take the places of the directory."""
        self.by_pk: dict[int, Community] = {}
        self.by_word: dict[str, list[Community]] = defaultdict(list)
        for place in places:
            self.add(place)

    def add(self, place: Community) -> None:
        """Add a place, or what a place is called now."""
        self.by_pk[place.pk] = place
        for word in {place.name, place.other_name, place.slug} - {""}:
            if place not in self.by_word[word]:
                self.by_word[word].append(place)

    def replace(self, place: Community) -> None:
        """Put another object of the same row in its place."""
        self.by_pk[place.pk] = place
        for word in {place.name, place.other_name, place.slug} - {""}:
            self.by_word[word] = [place if one == place else one for one in self.by_word[word]]

    def written(self, place: Community | None) -> str:
        """Return the shortest way down the tree that leads to this place and no other."""
        if place is None:
            return ""
        way = [place.name]
        above = place
        while len(self._led_to(way)) > 1 and above.parent_id in self.by_pk:
            above = self.by_pk[above.parent_id]
            way.insert(0, above.name)
        return "/".join(way)

    def find(self, text: str) -> Community:
        """Return the place that a name or a way down the tree means.

        Raises:
            ValidationError: codes "no_place" and "which_place", the latter with the ways to all
                that may be meant.

        """
        found = self.by_word.get(text, []) or self._led_to(STEPS.split(text))
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("There is no place called “%(name)s” in the directory."),
                code="no_place",
                params={"name": text},
            )
        raise ValidationError(
            _("Several places are called “%(name)s”. Write which: %(ways)s."),
            code="which_place",
            params={"name": text, "ways": "、".join(self.written(place) for place in found)},
        )

    def _led_to(self, way: list[str]) -> list[Community]:
        return [place for place in self.by_word.get(way[-1], []) if self._lies_in(place, way[:-1])]

    def _lies_in(self, place: Community, way: list[str]) -> bool:
        """Whether the names of a way are those of places above, in their order."""
        above = self.by_pk.get(place.parent_id or 0)
        for name in reversed(way):
            while above is not None and name not in (above.name, above.other_name, above.slug):
                above = self.by_pk.get(above.parent_id or 0)
            if above is None:
                return False
            above = self.by_pk.get(above.parent_id or 0)
        return True
