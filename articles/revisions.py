"""Revisions: every save of a story, kept, and brought back on request.

A revision is a snapshot of all that a story's form holds. Two digests tell whether anything, and
whether what the reader reads, differs between two of them: a change of the text needs review, a
change of section or tag does not.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import body as body_text
from articles.models import Article, Byline, Contributor, Photo, Revision, Section
from articles.models.states import TEXT
from articles.stages import Person, text_changed
from communities.models import Activity, Community, ServiceStation

PLAIN = tuple(sorted(TEXT))
PLACED = ("section_id", "column_id", "correction_note")
TIMES = ("expires_at", "deadline")
BYLINE = ("contributor_id", "name", "role", "kind", "organisation", "position")
PHOTO = ("caption", "credit", "alt", "focus_x", "focus_y", "position", "width", "height")
# What of a snapshot is read by the reader: a change of anything else needs no review.
READ = frozenset({*TEXT, "bylines", "photos", "correction_note"})


class RevisionError(Exception):
    """A refusal, with a message a person can act on."""


class ConflictError(RevisionError):
    """Somebody else has saved the story since this person opened it.

    Attributes:
        theirs: the revision that came in between.

    """

    def __init__(self, theirs: Revision) -> None:
        """Name who saved."""
        self.theirs = theirs
        who = _name(theirs.by)
        super().__init__(
            _("%(who)s has saved this story since you opened it. Both texts are shown below.")
            % {"who": who}
        )


def _name(person: User | None) -> str:
    return (person.get_full_name() or person.get_username()) if person else _("somebody")


def _readable(
    article: Article, bylines: Iterable[Byline], photos: Iterable[Photo]
) -> dict[str, Any]:
    """Return what of a story its readers read, as plain data."""
    content: dict[str, Any] = {name: getattr(article, name) for name in (*PLAIN, "correction_note")}
    content["bylines"] = [{name: getattr(line, name) for name in BYLINE} for line in bylines]
    content["photos"] = [
        {"image": photo.image.name, **{name: getattr(photo, name) for name in PHOTO}}
        for photo in photos
    ]
    return content


def snapshot(article: Article) -> dict[str, Any]:
    """Return all that a story's form holds, as plain data (about eight queries)."""
    # Asked for anew: rows that were fetched along may be older than what has just been saved.
    order = ("position", "pk")
    content = _readable(article, article.bylines.order_by(*order), article.photos.order_by(*order))
    for name in PLACED:
        content[name] = getattr(article, name)
    for name in TIMES:
        moment = getattr(article, name)
        content[name] = moment.isoformat() if moment else None
    content["communities"] = sorted(article.communities.values_list("pk", flat=True))
    content["stations"] = sorted(article.stations.values_list("pk", flat=True))
    content["activities"] = sorted(article.activities.values_list("pk", flat=True))
    content["tags"] = sorted(article.tags.values_list("name", flat=True))
    return content


def digest_of(content: dict[str, Any]) -> str:
    """Return a fingerprint of a snapshot."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def text_digest(content: dict[str, Any]) -> str:
    """Return a fingerprint of what of a snapshot the reader reads."""
    return digest_of({name: value for name, value in content.items() if name in READ})


def is_on_record(article: Article) -> bool:
    """Whether the text as it stands is the one its present revision holds.

    Two queries; none where bylines and photos have been fetched along under the story's lock.
    """
    if article.head is None:
        return False
    bylines = sorted(article.bylines.all(), key=lambda row: (row.position, row.pk))
    photos = sorted(article.photos.all(), key=lambda row: (row.position, row.pk))
    return article.head.text_digest == text_digest(_readable(article, bylines, photos))


def locked(article: Article) -> Article:
    """Read a story again and keep others from it until the transaction ends."""
    return Article.objects.select_for_update().get(pk=article.pk)


def check_base(article: Article, base: int | None) -> None:
    """Make sure that nobody has saved a story since somebody opened it.

    Call it on a locked story before its text is written.

    Args:
        article: the story as it is in the database.
        base: the number of the revision the form was opened with; 0 or None for a story that had
            none.

    Raises:
        ConflictError: when another revision has come in between.

    """
    head = article.head
    if head is not None and head.number != (base or 0):
        raise ConflictError(head)


@transaction.atomic
def record(
    article: Article,
    *,
    by: Person | None,
    base: int | None = None,
    at: datetime.datetime | None = None,
    kind: Revision.Kind = Revision.Kind.SAVE,
    restored_from: Revision | None = None,
) -> Revision:
    """Keep a story's present state as a revision; nothing new is made where nothing has changed.

    A changed text that is in review goes where the newsroom's rule says
    (`articles.stages.text_changed`).

    Args:
        article: the story, saved with its bylines, photos, places and tags.
        by: who saved it; None for a program.
        base: the number of the revision that the new text was made from; None skips the check.
            Save the text in the same transaction: a refusal then takes it back.
        at: the moment; now, if none is given.
        kind: how it came about.
        restored_from: the revision it brings back.

    Returns:
        The new revision, or the present one. `article.head` is it.

    Raises:
        ConflictError: when somebody has saved since `base`.

    """
    content = snapshot(article)
    digest = digest_of(content)
    story = locked(article)
    if base is not None:
        check_base(story, base)
    if story.head is not None and story.head.digest == digest and restored_from is None:
        article.refresh_from_db()
        return story.head
    owner = story.identity
    if owner.pk != story.pk:
        owner = locked(owner)
    last = Revision.objects.filter(article=owner).aggregate(Max("number"))["number__max"] or 0
    made = Revision.objects.create(
        article=owner,
        number=last + 1,
        kind=kind,
        content=content,
        digest=digest,
        text_digest=text_digest(content),
        by=by if isinstance(by, User) else None,
        at=at or timezone.now(),
        restored_from=restored_from,
    )
    changed = story.head is not None and story.head.text_digest != made.text_digest
    # Counted anew: the object's own parsed body may be older than its text.
    characters = body_text.character_count(body_text.parse(content["body"]))
    Article.objects.filter(pk=story.pk).move(head=made, characters=characters)
    if changed:
        text_changed(story, made, by=by, at=made.at)
    article.refresh_from_db()
    return made


@transaction.atomic
def restore(
    article: Article,
    revision: Revision,
    *,
    by: Person,
    base: int | None = None,
    at: datetime.datetime | None = None,
) -> Revision:
    """Bring a story back to what it was; the revisions in between stay.

    Args:
        article: an open story (in its draft, returned or in review).
        revision: one of its revisions.
        by: who asks for it.
        base: the revision this person saw as the present one; None skips the check.
        at: the moment; now, if none is given.

    Raises:
        RevisionError: when the revision is another story's, or the text is closed to change.
        ConflictError: when somebody saved in between.

    """
    story = locked(article)
    if revision.article_id != story.identity.pk:
        raise RevisionError(_("This revision belongs to another story."))
    if story.is_frozen:
        raise RevisionError(_("“%(story)s” is closed to change.") % {"story": story})
    if base is not None:
        check_base(story, base)
    apply(story, revision.content)
    return record(story, by=by, at=at, kind=Revision.Kind.RESTORE, restored_from=revision)


def apply(story: Article, content: dict[str, Any]) -> None:
    """Make a story what a snapshot says. What has been deleted since is left out.

    Args:
        story: a locked story whose text is open (or inside the gate).
        content: as `snapshot` made it.

    """
    for name in PLAIN:
        # A snapshot from before a field was there says nothing of it.
        setattr(story, name, content.get(name, getattr(story, name)))
    story.correction_note = content.get("correction_note", "")
    for name in TIMES:
        moment = content.get(name)
        setattr(story, name, datetime.datetime.fromisoformat(moment) if moment else None)
    for name in ("section_id", "column_id"):
        known = Section.objects.filter(pk=content[name]).exists()
        setattr(story, name, content[name] if known else None)
    story.save()
    story.communities.set(Community.objects.filter(pk__in=content["communities"]))
    story.stations.set(ServiceStation.objects.filter(pk__in=content["stations"]))
    story.activities.set(Activity.objects.filter(pk__in=content.get("activities", [])))
    story.tags.set(content["tags"], clear=True)
    story.bylines.all().delete()
    people = set(
        Contributor.objects.filter(
            pk__in=[line["contributor_id"] for line in content["bylines"]]
        ).values_list("pk", flat=True)
    )
    Byline.objects.bulk_create(
        Byline(article=story, **line)
        for line in content["bylines"]
        if line["contributor_id"] in people
    )
    story.photos.all().delete()
    Photo.objects.bulk_create(Photo(article=story, **photo) for photo in content["photos"])
