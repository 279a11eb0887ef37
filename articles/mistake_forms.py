"""The form a reader sends a mistake with: no account, no cookie, no puzzle.

Against programs that fill in whatever they find it has a signed time (nobody reads a story and
writes what is wrong with it in three seconds; a form of last week is somebody's copy) and a field
that people neither see nor reach. Nothing typed is ever lost: a refusal shows the form again.
"""

from __future__ import annotations

import datetime
import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models.mistake import LONGEST_CONTACT, LONGEST_QUOTE, LONGEST_TEXT
from communities.forms import Lines

SALT = "articles.mistakes"
SHORTEST = datetime.timedelta(seconds=3)
LONGEST = datetime.timedelta(days=1)
# What people write between the digits of a phone number.
BETWEEN_DIGITS = re.compile(r"[\s\-–—()（）+转]")
PHONE = re.compile(r"[0-9]{7,20}", re.ASCII)


def opened_mark(story: int, at: datetime.datetime) -> str:
    """Return the signed mark of a form for a story (its key), opened at a moment."""
    return signing.dumps([story, int(at.timestamp())], salt=SALT)


def age_of(mark: str, story: int, at: datetime.datetime) -> datetime.timedelta | None:
    """Return for how long a form has been open; None for what is no mark of this story's form."""
    try:
        key, opened = signing.loads(mark, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return datetime.timedelta(seconds=at.timestamp() - opened) if key == story else None


def sent_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site, as far as the browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


class MistakeForm(forms.Form):
    """A reader's report of a mistake in a story."""

    quote = forms.CharField(
        label=_("The words in the story"),
        required=False,
        max_length=LONGEST_QUOTE,
        widget=Lines(attrs={"rows": 3}),
        error_messages={
            "max_length": _(
                "A passage may have %(limit_value)d characters; this one has %(show_value)d."
            )
        },
    )
    text = forms.CharField(
        label=_("What is wrong in it"),
        max_length=LONGEST_TEXT,
        widget=Lines(attrs={"rows": 5}),
        error_messages={
            "required": _("Please write what is wrong."),
            "max_length": _(
                "Please say it in %(limit_value)d characters; there are %(show_value)d now."
            ),
        },
    )
    contact = forms.CharField(
        label=_("Phone number or mail address"),
        required=False,
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Please give one phone number or mail address.")},
    )
    # A field for programs: its name tempts them, people do not meet it.
    website = forms.CharField(required=False)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, story: int, at: datetime.datetime, from_here: bool = True, **kwargs: Any
    ) -> None:
        """Make a form.

        Args:
            *args: as for any form.
            story: the key of the story it is about.
            at: now.
            from_here: whether it was sent from a page of this site.
            **kwargs: as for any form.

        """
        super().__init__(*args, **kwargs)
        self.story, self.at, self.from_here = story, at, from_here
        for name in ("quote", "text", "contact"):
            wrong = f"{name}-error " if name in self.errors else ""
            attrs = self.fields[name].widget.attrs
            attrs["aria-describedby"] = f"{wrong}{name}-help"
            # A browser would cut what is pasted without a word.
            attrs.pop("maxlength", None)

    @property
    def mark(self) -> str:
        """The mark of the form as shown: the one it came with while that is good, or a new one."""
        sent = str(self.data.get("opened", ""))
        age = age_of(sent, self.story, self.at)
        return sent if age is not None and age <= LONGEST else opened_mark(self.story, self.at)

    def clean_contact(self) -> str:
        """Refuse what nobody can be reached at."""
        contact: str = self.cleaned_data["contact"]
        if "@" in contact:
            try:
                validate_email(contact)
            except ValidationError:
                raise ValidationError(_("This is not a mail address."), code="mail") from None
        elif contact and not PHONE.fullmatch(BETWEEN_DIGITS.sub("", contact)):
            raise ValidationError(
                _("Please give a phone number or a mail address, or leave this empty."),
                code="phone",
            )
        return contact

    def clean(self) -> dict[str, Any] | None:
        """Refuse what no person has sent from here, in words that let a person send it again."""
        cleaned = super().clean()
        age = age_of(self.cleaned_data.get("opened", ""), self.story, self.at)
        if self.errors:
            # One thing after the other: it comes back anyway.
            return cleaned
        if not self.from_here:
            raise ValidationError(
                _("This was not sent from this page. Please send it once more."), code="elsewhere"
            )
        if age is None or age > LONGEST:
            raise ValidationError(
                _("This page has been open for long. Please send it once more."), code="old"
            )
        if age < SHORTEST:
            raise ValidationError(
                _("That was very fast. Please wait a few seconds and send it once more."),
                code="fast",
            )
        if self.cleaned_data.get("website"):
            raise ValidationError(
                _("This looks as if a program had filled it in. Please send it once more."),
                code="program",
            )
        return cleaned
