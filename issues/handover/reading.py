"""An issue with all that leaves the house with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from articles.models import Article, Status
from issues.models import Issue, Page, Placement

# What was taken back from the reader is not handed to anybody else.
KEPT_BACK = (Status.WITHDRAWN, Status.DISCARDED)


@dataclass(frozen=True)
class Placed:
    """A story where it stands in an issue.

    Attributes:
        page: the page.
        number: its order on the page, from 1.
        placement: role and place.

    """

    page: Page
    number: int
    placement: Placement

    @property
    def story(self) -> Article:
        """The story."""
        return self.placement.article

    @property
    def name(self) -> str:
        """What its files are called: A03-01."""
        return f"{self.page.code}-{self.number:02d}"

    @property
    def is_kept_back(self) -> bool:
        """Whether its text is not handed out, because it was withdrawn or discarded."""
        return self.story.status in KEPT_BACK

    @property
    def state(self) -> str:
        """What has to be said of it: "" for a story that is finally approved."""
        if self.story.status == Status.APPROVED:
            return ""
        if self.is_kept_back:
            return _("%(status)s, text left out") % {"status": self.story.get_status_display()}
        return _("not finally approved: %(status)s") % {"status": self.story.get_status_display()}


def pages_of(issue: Issue) -> list[Page]:
    """Return an issue's pages with the stories on them (three queries)."""
    placements = Placement.objects.with_stories().order_by("position", "pk")
    pages = issue.pages.order_by("position", "code")
    return list(pages.prefetch_related(Prefetch("placements", placements)))


def placed_on(page: Page) -> list[Placed]:
    """Return what stands on a page that `pages_of` has fetched, in its order."""
    rows = enumerate(page.placements.all(), start=1)
    return [Placed(page, number, placement) for number, placement in rows]


def placed_in(pages: list[Page]) -> Iterator[Placed]:
    """Yield what stands on pages that `pages_of` has fetched, page by page."""
    for page in pages:
        yield from placed_on(page)
