"""A page's stories as they stand in print: lead, features, photo news, briefs under their heads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.models import Article, Section
from issues.models import Placement, Role


@dataclass
class Sheet:
    """The parts of a page, each in the order of its placements."""

    lead: Article | None = None
    features: list[Article] = field(default_factory=list)
    photos: list[Article] = field(default_factory=list)
    columns: list[tuple[Section | None, list[Article]]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on the page."""
        return not (self.lead or self.features or self.photos or self.columns)


def arrange(placements: Iterable[Placement]) -> Sheet:
    """Arrange a page's placements.

    Briefs of one standing column stand together under its head; those of none come last.
    """
    sheet = Sheet()
    columns: dict[Section | None, list[Article]] = {}
    for placement in placements:
        story = placement.article
        if placement.role == Role.LEAD:
            sheet.lead = story
        elif placement.role == Role.PHOTO:
            sheet.photos.append(story)
        elif placement.role == Role.BRIEF:
            columns.setdefault(story.column, []).append(story)
        else:
            sheet.features.append(story)
    sheet.columns = sorted(columns.items(), key=lambda group: group[0] is None)
    return sheet
