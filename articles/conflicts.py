"""Two people on one story: the second save meets the first, and nothing is written over.

A story's form remembers the revision it was opened with. Where another has come in between, the
form comes back as it was typed, with both texts side by side; the next save is then measured
against the revision that was shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from articles.bylines import Credit, format_credits
from articles.differences import Pair, side_by_side
from articles.drafts import new_key
from articles.models import Article, Genre, Revision, Section
from articles.revisions import ConflictError, check_base
from communities.forms import NewsroomForm
from communities.models import Activity, Community, ServiceStation

# The form's fields that a snapshot keeps under another name.
KEPT_AS = {"section": "section_id", "column": "column_id", "credit_line": "bylines"}
# Texts that a script can take over into the form as they stand.
TEXTS = ("kicker", "headline", "deck", "body", "source", "unread_credit", "correction_note")
# As a reader meets them.
ORDER = ("kicker", "headline", "deck", "credit_line", "body")


class _Unchanging(forms.Field):
    """A field of the form's own bookkeeping, of which the list of changes says nothing."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say that nothing of the story has changed."""
        return False


class BaseField(_Unchanging, forms.IntegerField):
    """The number of the revision a form was opened with."""


class KeyField(_Unchanging, forms.CharField):
    """The key under which a form's draft is kept."""


class OpenedForm(NewsroomForm):
    """A story's form, which knows the text it was opened with.

    Attributes:
        conflict: who has saved in between; None while nobody has.

    """

    base = BaseField(required=False, min_value=0, widget=forms.HiddenInput({"autocomplete": "off"}))
    draft_key = KeyField(
        required=False, max_length=64, widget=forms.HiddenInput({"autocomplete": "off"})
    )
    conflict: ConflictError | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Remember the present revision, and give the form a key."""
        super().__init__(*args, **kwargs)
        head = self.instance.head if self.instance.pk else None
        self.initial["base"] = head.number if head else 0
        self.initial["draft_key"] = new_key()

    def clean(self) -> dict[str, Any] | None:
        """Refuse to write over what somebody else has saved since the form was opened.

        The story has to be locked by whoever made the form, so that nobody saves after this look.
        """
        cleaned = super().clean()
        if self.instance.pk is None:
            return cleaned
        base = self.cleaned_data.get("base")
        try:
            check_base(self.instance, base)
        except ConflictError as conflict:
            if self._concerns_this_form(conflict.theirs, base):
                self.conflict = conflict
                self.add_error(None, forms.ValidationError(str(conflict), code="conflict"))
                self._measure_next_save_against(conflict.theirs)
        return cleaned

    def _concerns_this_form(self, theirs: Revision, base: int | None) -> bool:
        """Whether something this form shows has changed since its base, and not a deadline."""
        old = Revision.objects.filter(article=self.instance.identity, number=base or 0).first()
        if old is None:
            return True
        shown = {KEPT_AS.get(name, name) for name in self.fields} | {"bylines", "photos"}
        return any(theirs.content.get(name) != old.content.get(name) for name in shown)

    def _measure_next_save_against(self, theirs: Revision) -> None:
        """Let the form come back with the revision that is shown beside it as its base."""
        sent = cast(Any, self.data).copy()
        sent[self.add_prefix("base")] = str(theirs.number)
        self.data = sent


@dataclass(frozen=True)
class Difference:
    """A field in which two texts differ.

    Attributes:
        name: the field's name in the form.
        label: as the form calls it.
        theirs: what has been saved, as words.
        mine: what this form holds, as words.
        untouched: whether this form holds what it was opened with: only the other has changed it.
        is_text: whether the form's field holds these very words.

    """

    name: str
    label: str
    theirs: str
    mine: str
    untouched: bool
    is_text: bool

    @property
    def paragraphs(self) -> list[Pair | None]:
        """The paragraphs that differ, theirs beside mine; None stands for those in between."""
        shown: list[Pair | None] = []
        for pair in side_by_side(self.theirs, self.mine):
            if not pair.is_same:
                shown.append(pair)
            elif not shown or shown[-1] is not None:
                shown.append(None)
        return shown


def differences(
    form: OpenedForm, opened: Revision | None, captions: Iterable[str] | None = None
) -> list[Difference]:
    """Return the fields in which a form differs from what somebody else has saved.

    Args:
        form: a form whose `conflict` is set.
        opened: the revision the form was opened with.
        captions: the captions of the photos the form holds, in order; None leaves photos out.

    """
    assert form.conflict is not None  # noqa: S101 - for the type checker
    theirs = words(form.conflict.theirs.content)
    before = words(opened.content) if opened else {}
    mine = dict(_typed(form))
    labels = {name: str(field.label or name) for name, field in form.fields.items()}
    if captions is not None:
        mine["photos"] = _numbered(captions)
        labels["photos"] = gettext("photos")
    names = [*ORDER, *(name for name in mine if name not in ORDER)]
    return [
        Difference(
            name,
            labels[name],
            theirs[name],
            mine[name],
            untouched=mine[name] == before.get(name),
            is_text=name in TEXTS,
        )
        for name in names
        if name in mine and name in theirs and mine[name] != theirs[name]
    ]


def words(content: dict[str, Any]) -> dict[str, str]:
    """Return a snapshot's fields as words, by the form's names for them.

    Args:
        content: as `articles.revisions.snapshot` makes it.

    """
    credits = [
        Credit(line["name"], line["role"], line["organisation"]) for line in content["bylines"]
    ]
    sections = Section.objects.in_bulk([content["section_id"], content["column_id"]])
    shown = {name: plain(content.get(name) or "") for name in TEXTS}
    shown |= {
        "credit_line": " ".join(
            part for part in (format_credits(credits), content["unread_credit"]) if part
        ),
        "dateline": _yes_or_no(content["dateline"]),
        "genre": _genre(content["genre"]),
        "section": str(sections.get(content["section_id"], "")),
        "column": str(sections.get(content["column_id"], "")),
        "communities": _names(Community.objects.filter(pk__in=content["communities"])),
        "stations": _names(ServiceStation.objects.filter(pk__in=content["stations"])),
        "activities": _names(Activity.objects.filter(pk__in=content.get("activities", []))),
        "tags": _list(content["tags"]),
        "photos": _numbered(photo["caption"] for photo in content["photos"]),
    }
    for name in ("deadline", "expires_at"):
        moment = forms.DateTimeField(required=False).clean(content.get(name))
        shown[name] = _moment(moment)
    return shown


def _typed(form: OpenedForm) -> Iterator[tuple[str, str]]:
    """Yield a form's fields as words; one that is refused as it was typed."""
    for name in form.fields:
        if name in ("base", "draft_key"):
            continue
        value = form.cleaned_data[name] if name in form.cleaned_data else form[name].value()
        yield name, _as_words(name, value)


def _as_words(name: str, value: Any) -> str:
    if name == "dateline":
        return _yes_or_no(value)
    if name == "genre":
        return _genre(value)
    if name in ("deadline", "expires_at"):
        return _moment(value)
    if name == "tags":
        return _list(value or [])
    if isinstance(value, Model):
        return str(value)
    if value is not None and not isinstance(value, str) and hasattr(value, "__iter__"):
        return _names(value)
    return plain(str(value or ""))


def plain(text: str) -> str:
    """Return a text without what sending it through a form adds."""
    return text.replace("\r\n", "\n").strip()


def _yes_or_no(value: object) -> str:
    return gettext("yes") if value else gettext("no")


def _genre(value: str) -> str:
    return str(dict(Genre.choices).get(value, value))


def _moment(value: Any) -> str:
    return date_format(localtime(value), "DATETIME_FORMAT") if hasattr(value, "tzinfo") else ""


def _names(rows: Iterable[object]) -> str:
    return _list(map(str, rows))


def _list(names: str | Iterable[str]) -> str:
    return names if isinstance(names, str) else "、".join(sorted(names))


def _numbered(captions: Iterable[str]) -> str:
    return "\n".join(f"{number}. {plain(text)}" for number, text in enumerate(captions, start=1))


def opened_with(story: Article, base: object) -> Revision | None:
    """Return the revision of a number that a form sent, if there is one."""
    number = int(base) if isinstance(base, int | str) and str(base).isdecimal() else 0
    return Revision.objects.filter(article=story.identity, number=number).first()
