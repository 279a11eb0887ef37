"""Forms of the proof record: an error to note, one to strike out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.deeds import Reason
from articles.models import Article
from articles.stages import Person
from communities.admin_base import DateInput
from issues import proofing
from issues.models import Issue, Page, Placement, ProofError
from issues.proofing import ProofingError

# Behind what is filled in each time: what mostly stays as it is.
RARELY = ("weight", "found_on", "found_by", "note")
LEAST = 0.1


class NoteForm(forms.Form):
    """An error as it was printed: where, what, and what is right."""

    where = forms.ChoiceField(
        label=_("where it stands"), error_messages={"required": _("Choose a story or a page.")}
    )
    wrong = forms.CharField(label=_("printed words"), max_length=200)
    right = forms.CharField(label=_("as it should be"), max_length=200)
    sure = forms.BooleanField(
        label=_("It was printed like this; note it all the same"),
        required=False,
        widget=forms.HiddenInput,
    )
    kind = forms.ChoiceField(label=_("kind of error"), choices=ProofError.Kind.choices)
    prominent = forms.BooleanField(
        label=_("In a headline or the like, or an important name, time or picture: counts double"),
        required=False,
    )
    weight = forms.DecimalField(
        label=_("counts"),
        required=False,
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(LEAST)],
        widget=forms.NumberInput(attrs={"step": "0.1", "min": "0.1", "inputmode": "decimal"}),
        help_text=_(
            "By the rule if left empty; for punctuation, layout and other things say it yourself."
        ),
    )
    found_on = forms.DateField(label=_("found on"), widget=DateInput)
    found_by = forms.CharField(label=_("found by"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, issue: Issue, by: Person, **kwargs: Any) -> None:
        """Offer the issue's stories page by page, and each page itself (one query).

        Args:
            *args: as of any form.
            issue: the issue; its pages have been fetched.
            by: who notes.
            **kwargs: as of any form.

        """
        initial = {
            "kind": ProofError.Kind.WORDS,
            "found_on": timezone.localdate(),
            "found_by": by.get_full_name() if by.is_authenticated else "",
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.issue, self.by = issue, by
        self.places: dict[str, tuple[Page, int | None]] = {}
        pages = {page.pk: page for page in issue.pages.all()}
        grouped: dict[int, list[tuple[str, str]]] = {key: [] for key in pages}
        placed = Placement.objects.filter(page__in=pages).order_by("position", "pk")
        for page_key, story, headline in placed.values_list("page", "article", "article__headline"):
            name = f"{page_key}-{story}"
            grouped[page_key].append((name, headline))
            self.places[name] = (pages[page_key], story)
        for key, page in pages.items():
            elsewhere = gettext("elsewhere on page %(page)s") % {"page": page.code}
            grouped[key].append((str(key), elsewhere))
            self.places[str(key)] = (page, None)
        choices: Any = self.fields["where"]
        choices.choices = [
            ("", gettext("(choose)")),
            *((str(page), grouped[key]) for key, page in pages.items()),
        ]

    @property
    def rarely(self) -> list[forms.BoundField]:
        """The fields that mostly stay as they are."""
        return [self[name] for name in RARELY]

    @property
    def each_time(self) -> list[forms.BoundField]:
        """The fields that are filled in each time."""
        return [field for field in self if field.name not in RARELY and not field.is_hidden]

    @property
    def asks_rarely(self) -> bool:
        """Whether something is wrong with what is folded away."""
        return any(name in self.errors for name in RARELY)

    def clean(self) -> dict[str, Any]:
        """Question words that do not stand in the story they are said to stand in."""
        cleaned = super().clean() or {}
        if {"where", "wrong"} & set(self.errors):
            return cleaned
        _page, key = self.places[cleaned["where"]]
        story = Article.objects.filter(pk=key).first() if key else None
        cleaned["story"] = story
        if story is not None and not proofing.stands_in(story, cleaned["wrong"]):
            # From now on the box to tick is shown, ticked or not.
            self.fields["sure"].widget = forms.CheckboxInput()
            if not cleaned.get("sure"):
                self.add_error(
                    "wrong",
                    ValidationError(
                        _(
                            "These words do not stand in the story. If the press printed them all "
                            "the same, tick the box below and note it again."
                        ),
                        code="not_there",
                    ),
                )
        return cleaned

    def note_it(self) -> ProofError | None:
        """Note the error; a refusal is told at its field, and None returned."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "sure"}
        page, _story = self.places[values.pop("where")]
        try:
            return proofing.note_error(page, by=self.by, **values)
        except ProofingError as refusal:
            self.add_error(refusal.field or None, str(refusal))
            return None


class StrikeForm(Reason):
    """Why an error is struck out."""
