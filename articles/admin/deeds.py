"""What can be done to a story on the page of its publication, and what has to be said for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext_lazy as _

from articles import previews, publishing, reviews
from articles.models import Article
from articles.publishing import Standing
from communities.admin_base import HourField
from communities.forms import Lines

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Person = User | AnonymousUser
Subject = TypeVar("Subject")


class Plain(forms.Form):
    """Nothing to fill in."""


class Reason(forms.Form):
    """Why something is done; it stays on record."""

    note = forms.CharField(
        label=_("Reason"),
        widget=Lines(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("A reason is needed.")},
    )


class PublicReason(Reason):
    """Why a story is withdrawn, in words for its readers."""

    note = forms.CharField(
        label=_("Reason"),
        help_text=_("Readers who open the story’s address see this."),
        widget=Lines(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Say why the story is withdrawn: readers are told.")},
    )


class Hour(forms.Form):
    """When a story appears."""

    publish_at = HourField(label=_("publish at"))


class Lifetime(forms.Form):
    """How long a preview link opens."""

    hours = forms.TypedChoiceField(
        label=_("opens for"),
        coerce=int,
        choices=[(24, _("one day")), (72, _("three days")), (168, _("a week"))],
    )


@dataclass(frozen=True)
class Deed(Generic[Subject]):
    """Something that can be done to a story (or to something else that has verbs) on a page.

    Attributes:
        name: what the page sends.
        label: what its button says.
        form: what has to be filled in for it.
        offered: whether it fits the story as it stands and a person's rights.
        do: does it; gets the story, the person and the form's values.
        grave: shown last and apart, because it is not easily undone.

    """

    name: str
    label: StrOrPromise
    form: type[forms.Form]
    offered: Callable[[Subject, Person], bool]
    do: Callable[[Subject, User, dict[str, Any]], Any]
    grave: bool = False


def _untimed(story: Article, _by: Person) -> bool:
    return publishing.standing(story) == Standing.UNTIMED


def _publishable(story: Article, by: Person) -> bool:
    return (
        publishing.may_publish(by)
        and publishing.standing(story) in (Standing.UNTIMED, Standing.WAITING)
        and publishing.bound_to(story) is None
    )


def _given_to_readers(story: Article) -> bool:
    return publishing.standing(story) in (Standing.PUBLISHED, Standing.WITHDRAWN)


def _edits(by: Person) -> bool:
    return by.has_perm("articles.edit_any_article")


DEEDS: tuple[Deed[Article], ...] = (
    Deed(
        "publish",
        _("Publish now"),
        Plain,
        _publishable,
        lambda story, by, _values: publishing.publish(story, by=by),
    ),
    Deed(
        "schedule",
        _("Publish at a time"),
        Hour,
        lambda story, by: _publishable(story, by) and not story.revises_id,
        lambda story, by, values: publishing.publish(story, by=by, publish_at=values["publish_at"]),
    ),
    Deed(
        "unschedule",
        _("Take the time away"),
        Reason,
        lambda story, by: (
            _publishable(story, by) and publishing.standing(story) == Standing.WAITING
        ),
        lambda story, by, values: publishing.unschedule(story, by=by, note=values["note"]),
    ),
    Deed(
        "reopen",
        _("Back to its writer"),
        Reason,
        lambda story, by: _untimed(story, by) and _edits(by),
        lambda story, by, values: reviews.reopen(story, by=by, note=values["note"]),
    ),
    Deed(
        "revise",
        _("Change the published text"),
        Plain,
        lambda story, by: _edits(by) and _given_to_readers(story),
        lambda story, by, _values: publishing.revise(story, by=by),
    ),
    Deed(
        "reinstate",
        _("Undo the withdrawal (final review)"),
        Reason,
        lambda story, by: (
            by.has_perm("articles.review_final")
            and publishing.standing(story) == Standing.WITHDRAWN
        ),
        lambda story, by, values: publishing.reinstate(story, by=by, note=values["note"]),
    ),
    Deed(
        "drop",
        _("Drop this change"),
        Plain,
        lambda story, by: (
            bool(story.revises_id)
            and _edits(by)
            and not reviews.is_in_review(story)
            and (story.filed_by_id == by.pk or publishing.may_publish(by))
        ),
        lambda story, by, _values: publishing.drop(story, by=by),
        grave=True,
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        PublicReason,
        lambda story, by: (
            by.has_perm("articles.withdraw_article")
            and publishing.standing(story) in (Standing.WAITING, Standing.PUBLISHED)
        ),
        lambda story, by, values: publishing.withdraw(story, by=by, reason=values["note"]),
        grave=True,
    ),
    Deed(
        "link",
        _("Make a preview link"),
        Lifetime,
        lambda story, _by: publishing.standing(story) != Standing.PUBLISHED,
        lambda story, by, values: previews.make_link(story, by=by, hours=values["hours"]),
    ),
)


def deeds_for(story: Article, by: Person) -> list[Deed[Article]]:
    """Return what somebody may do to a story as it stands."""
    return [deed for deed in DEEDS if deed.offered(story, by)]
