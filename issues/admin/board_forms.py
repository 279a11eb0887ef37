"""What is asked for on an issue's board: the tray's filters, and where a story is to stand."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Section
from articles.stages import Person
from communities.models import Community
from issues import placing
from issues.models import Issue, Page, Placement, Role
from issues.placing import Done, Seen, Spot
from issues.tray import MOST_PAGES, Length, Wanted

DEFAULT_DAYS = "30"
AGES = [
    ("1", _("within a day")),
    ("3", _("within three days")),
    ("7", _("within a week")),
    (DEFAULT_DAYS, _("within thirty days")),
    ("all", _("at any time")),
]


class TrayForm(forms.Form):
    """What somebody looks for in the tray; what cannot be read is left out."""

    text = forms.CharField(
        label=_("Words of the headline"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    section = forms.ModelChoiceField(
        Section.objects.all(), label=_("section or column"), required=False, empty_label=_("all")
    )
    community = forms.ModelChoiceField(
        Community.objects.all(), label=_("community"), required=False, empty_label=_("all")
    )
    days = forms.ChoiceField(label=_("came so far"), required=False, choices=AGES)
    length = forms.ChoiceField(
        label=_("length"), required=False, choices=[("", _("all")), *Length.choices]
    )
    printed = forms.BooleanField(label=_("also what is in print already"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES)

    shown = ("text", "section", "community", "days", "length", "printed")

    def __init__(self, asked: QueryDict) -> None:
        """Read an address; without filters it asks for the last thirty days."""
        data = asked.copy()
        data.setdefault("days", DEFAULT_DAYS)
        super().__init__(data, prefix=None, auto_id="tray-%s")

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields that are shown, in their order."""
        return [self[name] for name in self.shown]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for beside the thirty days."""
        return self.wanted() != Wanted(days=int(DEFAULT_DAYS))

    def wanted(self) -> Wanted:
        """Return what is looked for."""
        self.is_valid()
        found: dict[str, Any] = self.cleaned_data
        days = found.get("days") or DEFAULT_DAYS
        return Wanted(
            section=found.get("section"),
            community=found.get("community"),
            days=None if days == "all" else int(days),
            length=found.get("length") or "",
            text=found.get("text") or "",
            printed=bool(found.get("printed")),
        )

    def number(self) -> int:
        """Return which page of the tray is asked for."""
        self.is_valid()
        return self.cleaned_data.get("page") or 1

    def address(self, page: int) -> str:
        """Return the query of an address that shows another page of the tray."""
        query = cast(QueryDict, self.data).copy()
        query["page"] = str(page)
        return query.urlencode()


class MoveForm(forms.Form):
    """Where a story is to stand, and what the board showed whoever moves it.

    `origin` is the page it stands on (empty: the tray), `was` its role there, `lead` the story
    that led the page it comes to; a form without script sends no `lead`, and so displaces any.
    """

    story = forms.ModelChoiceField(
        Article.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("The story is not there any more.")},
    )
    origin = forms.ModelChoiceField(
        Page.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("The page it stood on is not there any more.")},
    )
    was = forms.ChoiceField(
        choices=[("", ""), *Role.choices], required=False, widget=forms.HiddenInput
    )
    lead = forms.IntegerField(required=False, widget=forms.HiddenInput)
    page = forms.ModelChoiceField(
        Page.objects.none(),
        label=_("to page"),
        required=False,
        empty_label=_("off the page, into the tray"),
        error_messages={"invalid_choice": _("This page is not there any more; choose another.")},
    )
    role = forms.ChoiceField(label=_("as"), choices=Role.choices, required=False)
    # A story that was taken off meanwhile is no mistake of whoever moves another before it.
    before = forms.IntegerField(label=_("before"), required=False, widget=forms.Select)

    def __init__(self, *args: Any, issue: Issue, by: Person, **kwargs: Any) -> None:
        """Offer the pages of an issue, and the stories that stand there or may come there.

        Args:
            *args: as of any form.
            issue: the issue.
            by: who moves.
            **kwargs: as of any form.

        """
        super().__init__(*args, **kwargs)
        self.issue, self.by = issue, by
        self.places = list(
            Placement.objects.filter(page__issue=issue)
            .select_related("page", "article")
            .defer("article__body")
            .order_by("page__position", "page__code", "position")
        )
        fields: dict[str, Any] = self.fields
        here = Article.objects.filter(pk__in=[one.article_id for one in self.places])
        fields["story"].queryset = here | Article.objects.editable_by(by)
        fields["origin"].queryset = fields["page"].queryset = issue.pages.all()
        fields["before"].widget.choices = [("", _("the last of them")), *self._stories()]

    def _stories(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Return the stories of each page, by its name, for a choice in groups."""
        groups: dict[str, list[tuple[int, str]]] = {}
        for one in self.places:
            name = f"{one.article.headline}（{one.get_role_display()}）"
            groups.setdefault(str(one.page), []).append((one.article_id, name))
        return list(groups.items())

    def clean_role(self) -> str:
        """Return the role; a feature where none is sent."""
        return self.cleaned_data["role"] or Role.FEATURE

    def do(self) -> Done:
        """Move the story.

        Raises:
            PlacingError: when it is refused; see `issues.placing`.
            LockedError: when the issue is locked.

        """
        sent = self.cleaned_data
        story, origin, page = sent["story"], sent["origin"], sent["page"]
        if page is None:
            if origin is None:
                return Done()
            return placing.take_off(self.issue, story, origin, by=self.by)
        spot = Spot(page, sent["role"], sent["before"])
        seen = Seen(role=sent["was"] or None, lead=sent["lead"])
        if origin is None:
            return placing.place(self.issue, story, spot, by=self.by, seen=seen)
        return placing.move(self.issue, story, origin, spot, by=self.by, seen=seen)
