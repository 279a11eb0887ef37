"""What is wrong with an issue before it can appear: problems as data, never an exception.

What would put something false before the reader blocks: an empty page, a story that nobody has
finally approved, one that stands there twice. The rest is pointed out and left to the editor.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, TextChoices, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import publishing
from articles.models import Article, Status
from issues.models import Issue, Page, Placement, Role, Web


class Level(TextChoices):
    """What a problem does."""

    BLOCKS = "blocks", gettext_lazy("has to be mended")
    WARNS = "warns", gettext_lazy("to be looked at")


@dataclass(frozen=True)
class Lack:
    """Something that is wrong.

    Attributes:
        level: whether the issue can be locked and scheduled all the same.
        message: what is wrong, as a sentence that names page and story.
        page: the page; None for the issue as a whole.
        story: the story; None where it is not one's.

    """

    level: Level
    message: str
    page: Page | None = None
    story: Article | None = None

    @property
    def blocks(self) -> bool:
        """Whether the issue cannot appear like this."""
        return self.level == Level.BLOCKS


def lacks_of(issue: Issue, at: datetime.datetime | None = None) -> list[Lack]:
    """Return what is wrong with an issue, page by page, what blocks first on each.

    Args:
        issue: the issue; what stands in it is fetched (four queries, none where it has been).
        at: the moment; now, if none is given.

    """
    prefetch_related_objects([issue], *_everything())
    pages = list(issue.pages.all())
    found = []
    if issue.date is None:
        found.append(Lack(Level.BLOCKS, _("The issue has no date.")))
    if not pages:
        found.append(Lack(Level.BLOCKS, _("The issue has no page.")))
    elsewhere: dict[int, list[Page]] = defaultdict(list)
    for page in pages:
        placements = list(page.placements.all())
        lacks = [
            *_of_page(page, placements),
            *(lack for one in placements for lack in _of_story(page, one, elsewhere, at)),
        ]
        found += sorted(lacks, key=lambda lack: not lack.blocks)
        for placement in placements:
            elsewhere[placement.article_id].append(page)
    return found


def fetch_for_lacks(issues: Sequence[Issue]) -> None:
    """Fetch what the lacks of many issues are found by (five queries, whatever their number)."""
    prefetch_related_objects(issues, *_everything())


def _everything() -> tuple[str | Prefetch, ...]:
    # A board asks every few seconds; the texts themselves say nothing of what is wrong.
    stories = Placement.objects.select_related("article__column").defer("article__body")
    return (
        "pages__columns",
        Prefetch("pages__placements", stories),
        "pages__placements__article__photos",
    )


def _of_page(page: Page, placements: list[Placement]) -> Iterator[Lack]:
    """Yield what a page lacks as a whole."""
    code = {"page": page.code}
    if not placements:
        yield Lack(Level.BLOCKS, _("Page %(page)s has no story.") % code, page)
    else:
        if not any(placement.role == Role.LEAD for placement in placements):
            yield Lack(Level.WARNS, _("Page %(page)s has no lead.") % code, page)
        if not any(placement.article.photos.all() for placement in placements):
            yield Lack(Level.WARNS, _("Page %(page)s has no photo.") % code, page)
    filled = {placement.article.column_id for placement in placements}
    for column in page.columns.all():
        if column.pk not in filled:
            yield Lack(
                Level.WARNS,
                _("Page %(page)s: nothing stands in “%(column)s”.") % {**code, "column": column},
                page,
            )
    if page.budget and (over := characters_on(placements) - page.budget) > 0:
        said = ngettext(
            "Page %(page)s: %(over)d character over its budget.",
            "Page %(page)s: %(over)d characters over its budget.",
            over,
        )
        yield Lack(Level.WARNS, said % {**code, "over": over}, page)
    if not page.editor:
        yield Lack(Level.WARNS, _("Page %(page)s has no page editor.") % code, page)
    if not page.proof:
        yield Lack(Level.WARNS, _("Page %(page)s has no proof-reader.") % code, page)


def characters_on(placements: Iterable[Placement]) -> int:
    """Return how many characters of text the stories of a page have, as newsrooms count them."""
    return sum(placement.article.characters for placement in placements)


def _of_story(
    page: Page,
    placement: Placement,
    elsewhere: dict[int, list[Page]],
    at: datetime.datetime | None,
) -> Iterator[Lack]:
    """Yield what is wrong with a story that stands on a page.

    Args:
        page: the page.
        placement: the story's place on it.
        elsewhere: the pages before this one, by the stories that stand on them.
        at: the moment; now, if none is given.

    """
    story = placement.article
    names = {"page": page.code, "story": story.headline}
    if story.status == Status.WITHDRAWN:
        said = _("Page %(page)s: “%(story)s” has been withdrawn.")
        yield Lack(Level.BLOCKS, said % names, page, story)
    elif story.status != Status.APPROVED:
        names["standing"] = str(publishing.standing(story, at).label)
        said = _("Page %(page)s: “%(story)s” is not finally approved (%(standing)s).")
        yield Lack(Level.BLOCKS, said % names, page, story)
    for other in elsewhere[story.pk]:
        said = _("Page %(page)s: “%(story)s” stands on page %(other)s too.")
        yield Lack(Level.BLOCKS, said % {**names, "other": other.code}, page, story)
    photos = list(story.photos.all())
    if any(not photo.credit for photo in photos):
        said = _("Page %(page)s: a photo of “%(story)s” has no credit.")
        yield Lack(Level.WARNS, said % names, page, story)
    if any(not photo.alt for photo in photos):
        said = _("Page %(page)s: a photo of “%(story)s” has no description for the blind.")
        yield Lack(Level.WARNS, said % names, page, story)
    if not page.issue.is_held_fast and _has_own_hour(placement, at) and story.publish_at:
        hour = date_format(timezone.localtime(story.publish_at), "DATETIME_FORMAT")
        said = _(
            "Page %(page)s: “%(story)s” has an hour of its own (%(hour)s), which gives way to the "
            "issue’s; to keep it, let it appear on the web first."
        )
        yield Lack(Level.WARNS, said % {**names, "hour": hour}, page, story)


def _has_own_hour(placement: Placement, at: datetime.datetime | None) -> bool:
    story = placement.article
    return (
        placement.web == Web.WITH_ISSUE
        and story.status == Status.APPROVED
        and story.publish_at is not None
        and not story.is_public(at)
    )


def in_preparation(at: datetime.datetime | None = None) -> list[tuple[Issue, list[Lack]]]:
    """Return today's issue and those to come, with what is wrong with each (five queries)."""
    moment = at or timezone.now()
    today = timezone.localdate(moment)
    coming = Issue.objects.filter(date__gte=today).order_by("date")
    issues = list(coming.prefetch_related(*_everything())[:5])
    return [(issue, lacks_of(issue, moment)) for issue in issues]
