"""The revisions of a story, each with who made it, how long it is and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles import body as body_text
from articles.models import Article, Revision, StoryEvent
from articles.record_sheet import name_of

Kind = StoryEvent.Kind
# Events that say something of the text they stand with.
TELLING = frozenset({Kind.SUBMITTED, Kind.SCHEDULED, Kind.UPDATED, Kind.WITHDRAWN})


@dataclass(frozen=True)
class Version:
    """A revision in the list of a story's revisions.

    Attributes:
        revision: the revision.
        who: who saved it; "" for a program.
        characters: the length of its body as newsrooms count it.
        more: by how many that differs from the one before, signed; "" for nothing.
        labels: what came of it, such as a review it passed.

    """

    revision: Revision
    who: str
    characters: int
    more: str = ""
    labels: list[str] = field(default_factory=list)


def versions_of(story: Article) -> list[Version]:
    """Return a story's revisions, the latest first (three queries)."""
    rows = story.identity.revisions.select_related("by", "restored_from")
    found: list[Version] = []
    before = 0
    for revision in rows.prefetch_related("reviews", "events").order_by("number"):
        characters = body_text.character_count(body_text.parse(revision.content["body"]))
        more = characters - before if found else 0
        found.append(
            Version(
                revision,
                name_of(revision.by),
                characters,
                f"{more:+d}" if more else "",
                _labels(revision),
            )
        )
        before = characters
    return found[::-1]


def _labels(revision: Revision) -> list[str]:
    told = [
        (event.at, str(event.get_kind_display()))
        for event in revision.events.all()
        if event.kind in TELLING
    ]
    judged = [
        (review.at, f"{review.get_stage_display()} {review.get_decision_display()}")
        for review in revision.reviews.all()
    ]
    labels = [label for _at, label in sorted(told + judged)]
    if revision.kind == Revision.Kind.SAVE:
        return labels
    source = f" {revision.restored_from}" if revision.restored_from else ""
    return [f"{revision.get_kind_display()}{source}", *labels]
