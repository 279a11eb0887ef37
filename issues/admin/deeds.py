"""What can be done on the pages of an issue's scheduling, and what has to be said for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from articles.admin.deeds import Deed, Hour, Person, Plain, Reason
from articles.models import Article
from communities.admin_base import HourField
from issues import appearing, scheduling
from issues.models import Issue, Page, Placement, Role, Stage, Web


class NewHour(Reason):
    """Another hour, and why."""

    publish_at = HourField(label=_("publish at"))
    field_order = ["publish_at", "note"]


class PutIn(forms.Form):
    """A story to put on a page of an issue."""

    article = forms.ModelChoiceField(
        Article.objects.none(),
        label=_("story"),
        error_messages={"required": _("Choose a story.")},
    )
    page = forms.ModelChoiceField(
        Page.objects.none(),
        label=_("page"),
        empty_label=None,
        error_messages={"required": _("Choose a page.")},
    )
    role = forms.ChoiceField(label=_("role on the page"), choices=Role.choices, initial="feature")
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=_("Stays on record; may be left empty."),
    )

    def __init__(self, *args: Any, issue: Issue, by: Person, **kwargs: Any) -> None:
        """Offer the issue's pages, and the stories this person may see.

        Args:
            *args: as of any form.
            issue: the issue.
            by: who fills it in.
            **kwargs: as of any form.

        """
        super().__init__(*args, **kwargs)
        stories: Any = self.fields["article"]
        stories.queryset = Article.objects.editable_by(by).filter(revises__isnull=True)
        field = Placement._meta.get_field("article")
        stories.widget = AutocompleteSelect(field, admin.site, choices=stories.choices)
        pages: Any = self.fields["page"]
        pages.queryset = issue.pages.all()


def _at(*stages: Stage) -> Any:
    """Return the condition that an issue has come so far, and the person may schedule."""
    return lambda issue, by: scheduling.may_schedule(by) and issue.stage() in stages


ISSUE_DEEDS: tuple[Deed[Issue], ...] = (
    Deed(
        "lock",
        _("Lock"),
        Plain,
        _at(Stage.PLANNING),
        lambda issue, by, _values: scheduling.lock(issue, by=by),
    ),
    Deed(
        "schedule",
        _("Appear at a time"),
        Hour,
        _at(Stage.LOCKED),
        lambda issue, by, values: scheduling.schedule(
            issue, by=by, publish_at=values["publish_at"]
        ),
    ),
    Deed(
        "publish",
        _("Appear now"),
        Plain,
        _at(Stage.LOCKED),
        lambda issue, by, _values: scheduling.schedule(issue, by=by),
    ),
    Deed(
        "reschedule",
        _("Move to another hour"),
        NewHour,
        _at(Stage.SCHEDULED),
        lambda issue, by, values: scheduling.reschedule(
            issue, by=by, publish_at=values["publish_at"], note=values["note"]
        ),
    ),
    Deed(
        "unlock",
        _("Unlock"),
        Reason,
        _at(Stage.LOCKED),
        lambda issue, by, values: scheduling.unlock(issue, by=by, note=values["note"]),
    ),
    Deed(
        "unschedule",
        _("Take off the schedule"),
        Reason,
        _at(Stage.SCHEDULED),
        lambda issue, by, values: scheduling.unschedule(issue, by=by, note=values["note"]),
        grave=True,
    ),
)


def _still_hidden(place: Placement, by: Person) -> bool:
    return scheduling.may_schedule(by) and not place.article.is_public()


STORY_DEEDS: tuple[Deed[Placement], ...] = (
    Deed(
        "release",
        _("Appear with the issue"),
        Plain,
        lambda place, by: _still_hidden(place, by) and place.web != Web.WITH_ISSUE,
        lambda place, by, _values: appearing.release(place, by=by),
    ),
    Deed(
        "web_first",
        _("On the web first"),
        Hour,
        lambda place, by: _still_hidden(place, by) and not place.page.issue.is_live(),
        lambda place, by, values: appearing.web_first(
            place, by=by, publish_at=values["publish_at"]
        ),
    ),
    Deed(
        "hold",
        _("Hold for print"),
        Reason,
        lambda place, by: _still_hidden(place, by) and place.web != Web.HELD,
        lambda place, by, values: appearing.hold(place, by=by, note=values["note"]),
    ),
    Deed(
        "pull",
        _("Pull out of the issue"),
        Reason,
        lambda place, by: scheduling.may_schedule(by),
        lambda place, by, values: scheduling.pull(place, by=by, note=values["note"]),
        grave=True,
    ),
)
