"""Moves on an issue's board: a story onto a page, to another place, off again.

Several editors move at once. Each verb locks the issue's row and looks where the story stands by
then: a move that still makes sense is made, one that would undo what somebody else has just done
is refused with who did it. The same move sent twice, because no answer came to the first, is made
once.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.states import READY
from articles.ordering import OUT_OF_THE_WAY
from articles.record_sheet import name_of
from articles.stages import Person
from issues.models import Issue, Move, Page, Placement, Role, gate

# What the forms of pages and of the stories on them ask for.
RIGHTS = tuple(
    f"issues.{right}"
    for right in ("change_page", "add_placement", "change_placement", "delete_placement")
)


# The order of the roles on a page: lead, features, photos, briefs.
RANK = {role.value: number for number, role in enumerate(Role)}


class PlacingError(Exception):
    """A move that is refused, in words for whoever made it."""


class StoryMovedError(PlacingError):
    """Somebody else has moved the story meanwhile."""


class LeadTakenError(PlacingError):
    """Somebody else has given the page another lead meanwhile."""


class NotReadyError(PlacingError):
    """The story cannot be planned with: it has not passed a review, or changes a published one."""


class PageGoneError(PlacingError):
    """The page does not belong to the issue any more."""


@dataclass(frozen=True)
class Spot:
    """Where a story is to stand.

    Attributes:
        page: the page.
        role: what it is to be there.
        before: the key of the story it is to stand before; None for the last of its role.

    """

    page: Page
    role: str
    before: int | None = None


@dataclass(frozen=True)
class Seen:
    """What the board showed when somebody made a move; what is None was not looked at.

    Attributes:
        role: what the story was on its page.
        lead: the key of the story that led the page it is to come to; 0 where none did.

    """

    role: str | None = None
    lead: int | None = None


@dataclass
class Done:
    """What has come of a move.

    Attributes:
        move: what goes on record; None where the story stood there already.
        said: what else happened, as sentences.

    """

    move: Move | None = None
    said: list[str] = field(default_factory=list)


def may_arrange(by: Person) -> bool:
    """Whether somebody may move stories on the boards of issues."""
    return by.has_perms(RIGHTS)


@transaction.atomic
def place(
    issue: Issue,
    story: Article,
    spot: Spot,
    *,
    by: Person,
    seen: Seen | None = None,
    at: datetime.datetime | None = None,
) -> Done:
    """Put a story on a page that stands on none.

    A second lead takes the place of the first, which becomes a feature.

    Args:
        issue: the issue; its row is locked and read again.
        story: the story.
        spot: where to.
        by: who does it.
        seen: what the board showed.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the rights of `RIGHTS`.
        LockedError: when the issue is past its planning.
        StoryMovedError: when somebody has put it elsewhere meanwhile.
        LeadTakenError: when the page has another lead than the one that was seen.
        NotReadyError: when the story cannot be planned with.
        PageGoneError: when the page is not the issue's any more.

    """
    row = _begin(issue, spot.page, by)
    places = _places_of(row, story)
    if places:
        if _stands_at(places, spot):
            return Done()
        raise _moved(row, story, places)
    fresh = Article.objects.get(pk=story.pk)
    if fresh.status not in READY or fresh.revises_id is not None:
        raise NotReadyError(
            _("“%(story)s” cannot be planned with any more: it is “%(status)s”.")
            % {"story": fresh.headline, "status": fresh.get_status_display()}
        )
    fresh_place = Placement(article=fresh)
    return _put(row, fresh_place, spot, seen or Seen(), by, at or timezone.now())


@transaction.atomic
def move(
    issue: Issue,
    story: Article,
    origin: Page,
    spot: Spot,
    *,
    by: Person,
    seen: Seen | None = None,
    at: datetime.datetime | None = None,
) -> Done:
    """Move a story that stands on a page: to another, into another role, in another order.

    Where somebody has only changed its role or its order meanwhile, both wishes are met: who asks
    for the role the story had leaves it the one it has by now.

    Args:
        issue: the issue; its row is locked and read again.
        story: the story.
        origin: the page it stands on.
        spot: where to.
        by: who does it.
        seen: what the board showed.
        at: the moment; now, if none is given.

    Raises:
        PlacingError: as `place` does.
        PermissionDenied: without the rights of `RIGHTS`.
        LockedError: when the issue is past its planning.

    """
    row = _begin(issue, spot.page, by)
    places = _places_of(row, story)
    here = next((one for one in places if one.page_id == origin.pk), None)
    if here is None:
        if _stands_at(places, spot):
            return Done()
        raise _moved(row, story, places)
    if spot.page.pk != origin.pk and any(one.page_id == spot.page.pk for one in places):
        raise PlacingError(
            _("“%(story)s” already stands on page %(page)s.")
            % {"story": story.headline, "page": spot.page.code}
        )
    seen = seen or Seen()
    if spot.page.pk == origin.pk and seen.role == spot.role != here.role:
        spot = Spot(spot.page, here.role, spot.before)
    return _put(row, here, spot, seen, by, at or timezone.now())


@transaction.atomic
def take_off(
    issue: Issue,
    story: Article,
    origin: Page,
    *,
    by: Person,
    at: datetime.datetime | None = None,
) -> Done:
    """Take a story off its page, back to the tray.

    Args:
        issue: the issue; its row is locked and read again.
        story: the story.
        origin: the page it stands on.
        by: who does it.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the rights of `RIGHTS`.
        LockedError: when the issue is past its planning.
        StoryMovedError: when somebody has moved it to another page meanwhile.

    """
    row = _begin(issue, None, by)
    places = _places_of(row, story)
    here = next((one for one in places if one.page_id == origin.pk), None)
    if here is None:
        if places:
            raise _moved(row, story, places)
        return Done()
    done = Done(_record(row, here, here.page.code, here.role, None, "", by, at or timezone.now()))
    with gate.opened():
        _count, gone = here.delete()
        _number(_on(origin))
    if gone.get("issues.PageArea"):
        done.said.append(_("Its areas over the picture of the page it left are gone."))
    return done


def _begin(issue: Issue, page: Page | None, by: Person) -> Issue:
    if not may_arrange(by):
        raise PermissionDenied
    row = Issue.objects.select_for_update().get(pk=issue.pk)
    if row.is_held_fast:
        raise gate.locked()
    if page is not None and not Page.objects.filter(pk=page.pk, issue=row).exists():
        raise PageGoneError(_("The page does not belong to this issue any more."))
    return row


def _places_of(row: Issue, story: Article) -> list[Placement]:
    places = Placement.objects.filter(page__issue=row, article=story)
    return list(places.select_related("page", "article").order_by("page__position"))


def _on(page: Page) -> list[Placement]:
    return list(page.placements.select_related("article").order_by("position", "pk"))


def _stands_at(places: Sequence[Placement], spot: Spot) -> bool:
    """Whether a story stands where it is wished to be: an answer got lost, or two had one idea."""
    return any(one.page_id == spot.page.pk and one.role == spot.role for one in places)


def _moved(row: Issue, story: Article, places: Sequence[Placement]) -> StoryMovedError:
    last = row.moves.filter(story=story).select_related("by").first()
    names = {"story": story.headline, "who": name_of(last.by) if last else _("somebody else")}
    if not places:
        said = _("%(who)s has taken “%(story)s” off its page meanwhile; nothing was moved.")
    else:
        names["page"] = places[0].page.code
        said = _("%(who)s has put “%(story)s” on page %(page)s meanwhile; nothing was moved.")
    return StoryMovedError(said % names)


def _put(
    row: Issue, place: Placement, spot: Spot, seen: Seen, by: Person, moment: datetime.datetime
) -> Done:
    """Put a story at a spot, and number what stands there and what it has left behind."""
    done = Done()
    from_page, from_role = (place.page, place.role) if place.pk else (None, "")
    others = [one for one in _on(spot.page) if one.pk != place.pk]
    old_lead = next((one for one in others if one.role == Role.LEAD), None)
    if spot.role != Role.LEAD:
        old_lead = None
    elif old_lead and seen.lead not in (None, old_lead.article_id):
        raise _lead_taken(row, old_lead)
    with gate.opened():
        if old_lead:
            old_lead.role = Role.FEATURE
            old_lead.save(update_fields=["role"])
        areas_gone = 0
        if from_page and from_page.pk != spot.page.pk:
            # They are outlines over the picture of the page it leaves.
            areas_gone = place.areas.all().delete()[0]
        unmoved = place.position if place.pk and from_page == spot.page else None
        place.page, place.role = spot.page, spot.role
        order = _ordered(others, place, spot.before, done)
        if old_lead is None and from_role == spot.role and unmoved == order.index(place) + 1:
            return Done()
        # Out of the way of all that is there until it gets its number.
        place.position = 2 * OUT_OF_THE_WAY
        place.save()
        _number(order)
        if from_page and from_page.pk != spot.page.pk:
            _number(_on(from_page))
    if old_lead:
        _record(row, old_lead, spot.page.code, Role.LEAD, spot.page, Role.FEATURE, by, moment)
        done.said.append(
            _("“%(story)s” was the lead of page %(page)s and is a feature now.")
            % {"story": old_lead.article.headline, "page": spot.page.code}
        )
    if areas_gone:
        done.said.append(_("Its areas over the picture of the page it left are gone."))
    code = from_page.code if from_page else ""
    done.move = _record(row, place, code, from_role, spot.page, spot.role, by, moment)
    return done


def _lead_taken(row: Issue, lead: Placement) -> LeadTakenError:
    last = row.moves.filter(story=lead.article_id).select_related("by").first()
    return LeadTakenError(
        _(
            "%(who)s has made “%(story)s” the lead of page %(page)s meanwhile; nothing was moved. "
            "Move yours there once more to put it in its place."
        )
        % {
            "who": name_of(last.by) if last else _("somebody else"),
            "story": lead.article.headline,
            "page": lead.page.code,
        }
    )


def _ordered(
    others: list[Placement], place: Placement, before: int | None, done: Done
) -> list[Placement]:
    """Return a page's stories in their new order: before one of the same role, or after them all.

    The lead stands first; the first of a role comes after the roles before it.
    """
    if place.role == Role.LEAD:
        return [place, *others]
    alike = [number for number, one in enumerate(others) if one.role == place.role]
    rank = RANK[place.role]
    ahead = alike or [number for number, one in enumerate(others) if RANK[one.role] < rank]
    at = ahead[-1] + 1 if ahead else 0
    if before is not None and before != place.article_id:
        anchor = next((n for n in alike if others[n].article_id == before), None)
        if anchor is None:
            done.said.append(_("The story it was to stand before is not there any more."))
        else:
            at = anchor
    return [*others[:at], place, *others[at:]]


def _number(places: Sequence[Placement]) -> None:
    """Number a page's stories 1, 2, 3 … (two queries, none where they are numbered like this)."""
    numbers = {one.pk: number for number, one in enumerate(places, start=1)}
    if all(one.position == numbers[one.pk] for one in places):
        return
    here = Placement.objects.filter(pk__in=numbers)
    here.update(position=F("position") + OUT_OF_THE_WAY)
    whens = [When(pk=key, then=Value(number)) for key, number in numbers.items()]
    here.update(position=Case(*whens))


def _record(
    row: Issue,
    place: Placement,
    from_page: str,
    from_role: str,
    to_page: Page | None,
    to_role: str,
    by: Person,
    moment: datetime.datetime,
) -> Move:
    return Move.objects.create(
        issue=row,
        story=place.article,
        by=cast(User, by),
        at=moment,
        from_page=from_page,
        from_role=from_role,
        to_page=to_page.code if to_page else "",
        to_role=to_role,
    )
