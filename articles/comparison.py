"""Two states of a story, field by field, with the comments on the passages they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext

from articles.conflicts import plain, words
from articles.differences import NEW_PARAGRAPH, Change, Kind, Pair, inline, side_by_side
from articles.models import Article, Comment
from articles.models.states import REPRINT
from articles.passages import Passage, nearest

# As a reader meets them; what the desk alone sees comes last.
FIELDS = (
    *("correction_note", "kicker", "headline", "deck", "credit_line", "body", "photos"),
    *("source", "original_title", "original_author", "responsible_editor"),
    *("genre", "dateline", "section", "column", "communities", "stations", "activities", "tags"),
    *("expires_at", "deadline"),
)


@dataclass(frozen=True)
class Run:
    """A run of a text as it is shown.

    Attributes:
        kind: what happened to it.
        text: the run.
        comments: the numbers of the comments whose passage begins or goes on here.
        ends: those of them whose passage ends here.
        moved: whether it is a whole paragraph that stands elsewhere in the other state.

    """

    kind: Kind
    text: str
    comments: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    moved: bool = False


@dataclass(frozen=True)
class FieldComparison:
    """A field of a story in two states.

    Attributes:
        name: the field.
        label: as the form calls it.
        changed: whether the two differ.
        paragraphs: both states as one text, paragraph by paragraph.
        pairs: each paragraph beside what it became.

    """

    name: str
    label: str
    changed: bool
    paragraphs: list[list[Run]]
    pairs: list[Pair] = field(default_factory=list)


def label_of(name: str) -> str:
    """Return what the form calls a field."""
    if name == "credit_line":
        return gettext("bylines")
    if name == "photos":
        return gettext("photos")
    return str(Article._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def compare_states(
    old: dict[str, Any] | None, new: dict[str, Any], comments: Iterable[Comment] = ()
) -> list[FieldComparison]:
    """Compare two snapshots of a story; fields that are empty in both are left out.

    Args:
        old: the earlier snapshot; None to show the later one without any marks.
        new: the later snapshot, as `articles.revisions.snapshot` makes it.
        comments: whose passages are marked until they are settled, numbered from 1 in their order.

    """
    after = state_words(new, beside=old)
    before = state_words(old, beside=new) if old is not None else after
    listed = list(comments)
    found = []
    for name in FIELDS:
        was, now = before.get(name, ""), after.get(name, "")
        unset = name == "dateline" and was == now and not new["dateline"]
        if (not was and not now) or unset:
            continue
        paragraphs = marked(inline(was, now), now, passages_in(name, listed))
        found.append(
            FieldComparison(name, label_of(name), was != now, paragraphs, side_by_side(was, now))
        )
    return found


def passages_in(name: str, comments: Iterable[Comment]) -> list[Passage]:
    """Return what is commented in a field and not settled yet; comments are counted from 1."""
    return [
        Passage(number, comment.quote, comment.start)
        for number, comment in enumerate(comments, start=1)
        if comment.quote and comment.resolved_at is None and comment.field in ("", name)
    ]


def state_words(content: dict[str, Any], *, beside: dict[str, Any] | None = None) -> dict[str, str]:
    """Return all of a snapshot as words, by the fields' names.

    Args:
        content: as `articles.revisions.snapshot` makes it.
        beside: the snapshot it is compared with; where that has other pictures they are named.

    """
    origin = {name: plain(content.get(name) or "") for name in REPRINT}
    replaced = beside is not None and _pictures(beside) != _pictures(content)
    lines = []
    for number, photo in enumerate(content["photos"], start=1):
        said = [photo[name] for name in ("caption", "credit", "alt") if photo[name]]
        named = [PurePosixPath(photo["image"]).name] if replaced else []
        lines.append(f"{number}. " + " · ".join([*said, *named]))
    return {**words(content), **origin, "photos": "\n".join(lines)}


def _pictures(content: dict[str, Any]) -> list[str]:
    return [photo["image"] for photo in content["photos"]]


def marked(
    paragraphs: Iterable[list[Change]], text: str, passages: Iterable[Passage] = ()
) -> list[list[Run]]:
    """Divide the runs of a text at the passages that have comments, wherever changes cut them.

    Args:
        paragraphs: as `articles.differences.inline` gives them.
        text: the later text.
        passages: what is commented in it.

    """
    spans = [(*span, passage.number) for passage in passages if (span := nearest(passage, text))]
    found, end = [], 0
    for paragraph in paragraphs:
        standing = _standing(paragraph)
        # What cannot be found again stands where the one before it ends.
        begin = max(text.find(standing, end), end)
        end = begin + len(standing)
        found.append(_divided(paragraph, standing, begin, spans))
    return found


def _standing(paragraph: list[Change]) -> str:
    kept = (change.text for change in paragraph if change.kind != Kind.REMOVED)
    return "".join(kept).replace(NEW_PARAGRAPH, "")


def _divided(
    paragraph: list[Change], standing: str, begin: int, spans: list[tuple[int, int, int]]
) -> list[Run]:
    """Divide one paragraph that begins at a place of its text."""
    runs: list[Run] = []
    at = begin
    for change in paragraph:
        if change.kind == Kind.REMOVED or change.text == NEW_PARAGRAPH:
            runs.append(Run(change.kind, change.text, moved=change.moved))
            continue
        end = at + len(change.text)
        cuts = {cut for start, stop, _number in spans for cut in (start, stop) if at < cut < end}
        for left, right in pairwise(sorted({at, end} | cuts)):
            here = [span for span in spans if span[0] < right and span[1] > left]
            numbers = tuple(number for _start, _stop, number in here)
            ends = tuple(number for _start, stop, number in here if stop == right)
            text = standing[left - begin : right - begin]
            runs.append(Run(change.kind, text, numbers, ends, change.moved))
        at = end
    return runs
