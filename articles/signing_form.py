"""The byline's line in a story's form: typed as printed, put under the story as people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import body as body_text
from articles import signing
from articles.conflicts import OpenedForm
from articles.signing import SignedLine
from communities.forms import Lines

# A longer line is no byline.
LONGEST = 600


def one_line(text: str) -> str:
    """Return a headline without what pasting brings along: line ends, invisible characters."""
    return " ".join(body_text.INVISIBLE.sub("", text).split())


def keys_in(answers: Iterable[str]) -> set[int]:
    """Return the keys among the answers; anything else is none."""
    return {int(one) for one in answers if one.isascii() and one.isdecimal() and len(one) < 19}


class HeadlineField(forms.CharField):
    """A line long enough to wrap on a phone: shown on several lines, kept as one."""

    def to_python(self, value: Any) -> str:
        """Return the headline as one line, so that one of blanks alone is none."""
        return one_line(super().to_python(value) or "")


class AnswersField(forms.Field):
    """The answers to what a line has left open: of one name any number of values."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        """Return the answers; an empty one is none."""
        return [str(one) for one in value or () if str(one)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say that nothing of the story has changed."""
        return False


class CreditLineInput(Lines):
    """A byline's line with the people it names below it.

    Attributes:
        read: reads a line for the form this field is in.
        article: the key of the story; None for one that is not saved.

    """

    read: Callable[[str], SignedLine] | None = None
    article: int | None = None

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the line and its people."""
        line = one_line(str(value or ""))
        context = {
            "textarea": super().render(name, value, attrs, renderer),
            "signed": self.read(line) if self.read and line else None,
            "article": self.article,
        }
        return render_to_string("admin/widgets/credit_line.html", context)


class SigningForm(OpenedForm):
    """A story's form with its byline as a line.

    Attributes:
        by: who has the form open.
        signed: the line as it was read, once it has been put under the story.

    """

    by: User | AnonymousUser | None = None
    signed: SignedLine | None = None

    credit_line = HeadlineField(
        label=_("bylines"),
        required=False,
        max_length=LONGEST,
        widget=CreditLineInput(attrs={"rows": 1, "class": "line-text"}),
        help_text=_("As printed, e.g. 全媒体记者 付明 通讯员 黄小雨 李雪"),
    )
    new_people = AnswersField(required=False)
    chosen_people = AnswersField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the line that stands under the story."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["credit_line"] = one_line(self.instance.credit_line)
        if "credit_line" in self.fields:
            widget = self.fields["credit_line"].widget
            widget.read, widget.article = self.read_line, self.instance.pk

    def read_line(self, line: str) -> SignedLine:
        """Say whom a line names, with the answers this form holds."""
        return signing.read(line, article=self.instance, by=self.by, **self._answers())

    def _answers(self) -> dict[str, Any]:
        if not self.is_bound:
            return {}
        found = {name: self[name].data or () for name in ("chosen_people", "new_people")}
        return {"choices": keys_in(found["chosen_people"]), "new_people": set(found["new_people"])}

    def clean(self) -> dict[str, Any] | None:
        """Ask what the line leaves open."""
        cleaned = super().clean()
        if self._signs_anew:
            for problem in self.read_line(self.cleaned_data["credit_line"]).problems:
                self.add_error("credit_line", problem)
        return cleaned

    @property
    def _signs_anew(self) -> bool:
        """Whether another line was sent; a form without the line leaves the bylines alone."""
        return (
            "credit_line" in self.cleaned_data
            and self.add_prefix("credit_line") in self.data
            and "credit_line" in self.changed_data
        )

    def _save_m2m(self) -> None:
        """Put the line's people under the story, with all else that stands under it."""
        super()._save_m2m()  # type: ignore[misc]
        if self._signs_anew:
            line = self.cleaned_data["credit_line"]
            self.signed = signing.sign(self.instance, line, by=self.by, **self._answers())
