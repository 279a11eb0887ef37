"""What happened to a story, for whoever inspects a newsroom: on one sheet, or as a table.

Source of the need: 报纸期刊质量管理规定 (2020) obliges papers to keep to 三审三校; an inspection
asks who wrote, and who passed what text at which review and when.
"""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext

from articles import reviews
from articles.models import (
    STAGES,
    Article,
    Comment,
    Correction,
    Review,
    Revision,
    Stage,
    StoryEvent,
    Waiver,
)

Kind = StoryEvent.Kind
Decision = Review.Decision
# Events that decide what readers see.
DECIDING = frozenset(
    {Kind.REOPENED, Kind.SCHEDULED, Kind.UNSCHEDULED, Kind.UPDATED, Kind.WITHDRAWN, Kind.REINSTATED}
)

# A cell that begins with one of these is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


# What fits on an A4 page below the facts and the passes, in lines, and how many characters of a
# note stand on one of them.
_LINES = 30
_NOTE = 24


@dataclass(frozen=True)
class Entry:
    """One line of the record.

    Attributes:
        at: when.
        what: the step, in the newsroom's words.
        who: the person's name; "" where it was no person of this newsroom.
        text: the revision it concerns, with the beginning of its fingerprint; "" for none.
        note: what was said.
        persons: how many different reviewers the newsroom's rule asked for then; 0 where it asked
            for none.
        decides: whether it decided what readers see: a review, a publication, a withdrawal.

    """

    at: datetime.datetime
    what: str
    who: str
    text: str = ""
    note: str = ""
    persons: int = 0
    decides: bool = False

    @property
    def lines(self) -> int:
        """How many lines it takes on paper, about."""
        return max(1, -(-len(self.note) // _NOTE))


@dataclass(frozen=True)
class Sheet:
    """A story's record as it is shown and printed.

    Attributes:
        passes: the three reviews of the present text, None for one it has not passed yet, each
            with its name; empty for a text that a press had printed before.
        entries: everything that happened, each with whether it is on the paper.
        left_out: how many are not.
        persons: how many different reviewers the rule asked for: the fewest on this record.

    """

    passes: list[tuple[str, Entry | None]]
    entries: list[tuple[Entry, bool]]
    left_out: int
    persons: int


def sheet_of(story: Article) -> Sheet:
    """Return a story's record sheet (about nine queries)."""
    entries = entries_of(story)
    kept = _on_paper(entries)
    rules = {entry.persons for entry in entries if entry.persons}
    return Sheet(
        _passes(story),
        [(entry, number in kept) for number, entry in enumerate(entries)],
        len(entries) - len(kept),
        min(rules, default=reviews.persons_required()),
    )


def _on_paper(entries: list[Entry]) -> set[int]:
    """Return which entries fit on one page: the decisions first, then the latest of the others."""
    ranked = sorted(enumerate(entries), key=lambda row: (row[1].decides, row[0]), reverse=True)
    kept, lines = set(), 0
    for number, entry in ranked:
        lines += entry.lines
        if lines <= _LINES:
            kept.add(number)
    return kept


def _passes(story: Article) -> list[tuple[str, Entry | None]]:
    rows = story.identity.reviews.filter(round=story.round).select_related("by", "revision")
    passed = {row.stage: row for row in rows.order_by("pk") if row.decision == Decision.PASS}
    if Stage.PRINTED in passed:
        return []
    return [
        (str(stage.label), _of_review(passed[stage]) if stage in passed else None)
        for stage in STAGES
    ]


def name_of(person: User | None) -> str:
    """Return a person's name, or their login's."""
    return (person.get_full_name() or person.get_username()) if person else ""


def _text(revision: Revision | None) -> str:
    return f"{revision} {revision.text_digest[:8]}" if revision else ""


def entries_of(story: Article) -> list[Entry]:
    """Return a story's record, the earliest first (five queries)."""
    owner = story.identity
    changed: list[Entry] = []
    before = None
    for revision in owner.revisions.select_related("by").order_by("number"):
        if revision.text_digest != before:
            what = gettext("written") if before is None else gettext("text changed")
            changed.append(Entry(revision.at, what, name_of(revision.by), _text(revision)))
        before = revision.text_digest
    found = chain(
        changed,
        map(_of_event, owner.events.select_related("by", "revision")),
        map(_of_review, owner.reviews.select_related("by", "revision")),
        map(_of_comment, owner.comments.select_related("by", "revision")),
        map(_of_correction, owner.corrections.select_related("by", "revision")),
        map(_of_waiver, owner.waivers.select_related("by")),
    )
    return sorted(found, key=lambda entry: entry.at)


def _of_review(review: Review) -> Entry:
    return Entry(
        review.at,
        f"{review.get_stage_display()} {review.get_decision_display()}",
        name_of(review.by),
        _text(review.revision),
        review.note,
        review.persons,
        decides=True,
    )


def _of_event(event: StoryEvent) -> Entry:
    note = event.note
    if event.kind == StoryEvent.Kind.SCHEDULED:
        moment = localtime(datetime.datetime.fromisoformat(note))
        note = f"{moment:%Y-%m-%d %H:%M}"
    return Entry(
        event.at,
        str(event.get_kind_display()),
        name_of(event.by),
        _text(event.revision),
        note,
        decides=event.kind in DECIDING,
    )


def _of_comment(comment: Comment) -> Entry:
    note = f"“{comment.quote}” {comment.text}" if comment.quote else comment.text
    what = gettext("comment (settled)") if comment.resolved_at else gettext("comment")
    return Entry(comment.at, what, name_of(comment.by), _text(comment.revision), note)


def _of_correction(correction: Correction) -> Entry:
    what = gettext("correction published")
    return Entry(
        correction.at,
        what,
        name_of(correction.by),
        _text(correction.revision),
        correction.text,
        decides=True,
    )


def _of_waiver(waiver: Waiver) -> Entry:
    what = gettext("warning waved through")
    return Entry(waiver.at, what, name_of(waiver.by), "", f"{waiver.message}: {waiver.reason}")


def table(first: datetime.datetime, after: datetime.datetime) -> Iterator[list[str]]:
    """Yield every step of a period as rows of a table, in their order, with its head.

    Args:
        first: the period's first instant.
        after: the first instant after it.

    """
    yield [
        gettext("time"),
        gettext("story"),
        gettext("headline"),
        gettext("step"),
        gettext("person"),
        gettext("text"),
        gettext("note"),
        gettext("rule"),
    ]
    rules = {2: gettext("two persons"), 3: gettext("three persons")}
    for story, entry in _steps(first, after):
        cells = [
            f"{localtime(entry.at):%Y-%m-%d %H:%M:%S}",
            str(story.pk),
            story.headline,
            entry.what,
            entry.who,
            entry.text,
            entry.note,
            rules.get(entry.persons, ""),
        ]
        yield [harmless(cell) for cell in cells]


def _steps(first: datetime.datetime, after: datetime.datetime) -> Iterator[tuple[Article, Entry]]:
    """Yield the steps of a period from all that keeps some, none of them held in memory."""
    sources: list[Iterator[tuple[Article, Entry]]] = [
        _of_period(StoryEvent.objects.select_related("revision"), _of_event, first, after),
        _of_period(Review.objects.select_related("revision"), _of_review, first, after),
        _of_period(Comment.objects.select_related("revision"), _of_comment, first, after),
        _of_period(Correction.objects.select_related("revision"), _of_correction, first, after),
        _of_period(Waiver.objects.all(), _of_waiver, first, after),
    ]
    return heapq.merge(*sources, key=lambda row: row[1].at)


def _of_period(
    rows: QuerySet[Any],
    entry_of: Callable[[Any], Entry],
    first: datetime.datetime,
    after: datetime.datetime,
) -> Iterator[tuple[Article, Entry]]:
    wanted = rows.filter(at__gte=first, at__lt=after).select_related("by", "article")
    for row in wanted.order_by("at", "pk").iterator(500):
        yield row.article, entry_of(row)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
