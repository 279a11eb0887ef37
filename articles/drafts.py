"""What is being typed and has not been saved, and who has which story open.

A working draft is kept under the key of one opened form, so that two tabs of one person do not
write over each other. Once its form is saved the row stays for a while without its text: a copy
that arrives late, or the same form sent twice, is then known for what it is.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string

from articles.models import Article, Presence, WorkingDraft

KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
MOST_FIELDS = 600
MOST_CHARACTERS = 600_000
MOST_DRAFTS = 200
# The content's entry that names the form which took a draft over.
INTO = "_into"
# The content's entry with what the choices of a field are called: {field: {value: label}}.
LABELS = "_labels"
# No form counts this far: a draft with it has been saved.
SAVED = 2**63 - 1
# Its form is being saved, and nothing had been kept before.
CLAIMED = 0
REMEMBERED = datetime.timedelta(days=30)
PRESENT = datetime.timedelta(seconds=45)

Content = dict[str, Any]


class DraftError(Exception):
    """A draft that cannot be kept.

    Attributes:
        code: "shape" (no form sends this), "size", "many" (drafts of one person) or "saved" (its
            form has been saved).

    """

    def __init__(self, code: str) -> None:
        """Say why."""
        self.code = code
        super().__init__(code)


def new_key() -> str:
    """Return a key for a form that is being opened."""
    return get_random_string(22)


def keep(
    user: User,
    key: str,
    article: Article | None,
    base: int,
    content: Content,
    *,
    sequence: int,
    at: datetime.datetime | None = None,
) -> WorkingDraft:
    """Keep what a form holds, unless something typed later has been kept already.

    Args:
        user: who types.
        key: the form's key.
        article: the story it changes; None for a new one.
        base: the number of the revision the form was opened with; 0 for none.
        content: the form's fields, {name: value or list of values}, with `LABELS` beside them.
        sequence: grows with each text of a form; a smaller one comes too late and changes nothing.
        at: the moment; now, if none is given.

    Returns:
        The draft as it is kept; its `sequence` tells whether this text is in it.

    Raises:
        DraftError: when it cannot be kept.

    """
    if not KEY.fullmatch(key) or not 0 < sequence < SAVED or not 0 <= base < 2**31:
        raise DraftError("shape")
    values = {
        "article": article,
        "base_number": base,
        "content": cleaned(content),
        "sequence": sequence,
        "updated_at": at or timezone.now(),
    }
    mine = WorkingDraft.objects.filter(user=user)
    if not mine.filter(key=key).exists() and offered(user).count() >= MOST_DRAFTS:
        raise DraftError("many")
    draft, made = WorkingDraft.objects.get_or_create(user=user, key=key, defaults=values)
    if not made:
        # In one statement, so that of two that arrive at once the later text stays.
        mine.filter(key=key, sequence__lt=sequence).update(**values)
        draft.refresh_from_db()
    if draft.sequence == SAVED:
        raise DraftError("saved")
    return draft


def cleaned(content: Any) -> Content:
    """Return a form's fields as the database can hold them.

    Raises:
        DraftError: when it is no form's content, or too much.

    """
    if not isinstance(content, dict):
        raise DraftError("shape")
    labels = content.get(LABELS, {})
    fields = {name: value for name, value in content.items() if name != LABELS}
    if not isinstance(labels, dict) or len(fields) > MOST_FIELDS or len(labels) > MOST_FIELDS:
        raise DraftError("shape")
    kept: Content = {_sound(name): _value(value) for name, value in fields.items()}
    kept[LABELS] = {_sound(name): _names(names) for name, names in labels.items()}
    if sum(map(len, _texts(kept))) > MOST_CHARACTERS:
        raise DraftError("size")
    return kept


def _value(value: Any) -> str | list[str]:
    return [_sound(one) for one in value] if isinstance(value, list) else _sound(value)


def _names(names: Any) -> dict[str, str]:
    if not isinstance(names, dict):
        raise DraftError("shape")
    return {_sound(value): _sound(name) for value, name in names.items()}


def _sound(text: Any) -> str:
    """Return a text without what PostgreSQL's JSON cannot hold: NUL, halves of characters."""
    if not isinstance(text, str):
        raise DraftError("shape")
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "")


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    else:
        for inner in value:
            yield from _texts(inner)


def offered(user: User, article: Article | None = None) -> QuerySet[WorkingDraft]:
    """Return what somebody has typed and not saved, the latest first.

    Args:
        user: whose drafts; nobody sees another's.
        article: those for one story; without it all, of new stories too.

    """
    found = WorkingDraft.objects.filter(user=user).exclude(sequence__in=(CLAIMED, SAVED))
    return found.filter(article=article) if article else found


def drop(user: User, key: str) -> None:
    """Throw a draft away because its typist says so."""
    offered(user).filter(key=key).delete()


def take_over(user: User, key: str, into: str) -> None:
    """Note that another form holds a draft's text by now.

    The device it was typed on may let its own copy go, and what is typed there afterwards is a
    draft of its own.

    Args:
        user: whose draft.
        key: the draft's key.
        into: the key of the form that has taken its text.

    """
    if KEY.fullmatch(into) and into != key:
        offered(user).filter(key=key).update(sequence=SAVED, content={INTO: into})


def claim(user: User, key: str) -> None:
    """Make sure that a form is saved once; call it in the transaction that saves.

    Of two that send the same form at once the second waits here for the first.

    Args:
        user: who saves.
        key: the form's key; "" does nothing.

    Raises:
        DraftError: "saved", when the form has been saved before.

    """
    if not KEY.fullmatch(key):
        return
    draft, _made = WorkingDraft.objects.get_or_create(
        user=user, key=key, defaults={"sequence": CLAIMED, "updated_at": timezone.now()}
    )
    locked = WorkingDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.sequence == SAVED and INTO not in locked.content:
        raise DraftError("saved")


def finish(user: User, key: str, article: Article, *, at: datetime.datetime | None = None) -> None:
    """Note that a form has been saved: its draft has done its work.

    Args:
        user: who saved.
        key: the form's key; "" does nothing.
        article: the saved story with its present revision.
        at: the moment; now, if none is given.

    """
    if not KEY.fullmatch(key):
        return
    moment = at or timezone.now()
    WorkingDraft.objects.update_or_create(
        user=user,
        key=key,
        defaults={
            "article": article,
            "base_number": article.head.number if article.head else 0,
            "sequence": SAVED,
            "content": {},
            "updated_at": moment,
        },
    )
    WorkingDraft.objects.filter(
        user=user, sequence__in=(CLAIMED, SAVED), updated_at__lt=moment - REMEMBERED
    ).delete()


def saved(user: User, keys: Iterable[str]) -> QuerySet[WorkingDraft]:
    """Return, of some forms, those that were saved or taken over: story and revision number."""
    return WorkingDraft.objects.filter(user=user, key__in=list(keys), sequence=SAVED)


def arrive(
    article: Article, user: User, device: str, at: datetime.datetime | None = None
) -> Presence:
    """Note that somebody has opened a story for editing.

    Args:
        article: the story.
        user: who.
        device: the key of the opened form: one person may have two.
        at: the moment; now, if none is given.

    """
    moment = at or timezone.now()
    Presence.objects.filter(article=article, seen_at__lt=moment - PRESENT).delete()
    here, _made = Presence.objects.update_or_create(
        article=article,
        user=user,
        device=device,
        defaults={"seen_at": moment},
        create_defaults={"seen_at": moment, "since": moment},
    )
    return here


def stay(
    article: Article, user: User, device: str, at: datetime.datetime | None = None
) -> Presence:
    """Note that somebody still has a story open; one who was taken for gone arrives anew."""
    return arrive(article, user, device, at)


def leave(article: Article, user: User, device: str) -> None:
    """Note that somebody has closed a story."""
    Presence.objects.filter(article=article, user=user, device=device).delete()


def present(article: Article, at: datetime.datetime | None = None) -> QuerySet[Presence]:
    """Return who has a story open, first come first; whoever was not heard of for 45 s is gone."""
    moment = at or timezone.now()
    return (
        Presence.objects.filter(article=article, seen_at__gte=moment - PRESENT)
        .select_related("user")
        .order_by("since", "pk")
    )
