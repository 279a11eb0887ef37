"""Forms for stories."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles import body as body_text
from articles import loose_pictures
from articles.models import Article, LoosePicture, Photo
from articles.ordering import OrderedForm
from articles.signing_form import HeadlineField, SigningForm
from communities.forms import Lines
from communities.picture_fields import PictureField, PictureInput


def _lines(rows: int, kind: str) -> Lines:
    return Lines(attrs={"rows": rows, "class": kind})


class ArticleForm(SigningForm):
    """A story."""

    class Meta:
        model = Article
        fields = "__all__"
        field_classes = {
            "headline": HeadlineField,
            "kicker": HeadlineField,
            "deck": HeadlineField,
        }
        widgets = {
            "headline": _lines(2, "headline-text"),
            "kicker": _lines(1, "line-text"),
            "deck": _lines(1, "line-text"),
            "body": _lines(18, "body-text"),
        }
        # Where the story is closed to change the line is shown as the model has it.
        labels = {"credit_line": _("bylines")}
        error_messages = {
            "headline": {"required": _("A story needs a headline.")},
            "body": {"required": _("A story needs a body.")},
        }

    def clean_body(self) -> str:
        """Return the body; one of invisible characters or empty marks alone is none.

        Raises:
            ValidationError: where a reader would see nothing.

        """
        text = self.cleaned_data["body"]
        if not body_text.parse(text).blocks:
            raise ValidationError(self.fields["body"].error_messages["required"], code="required")
        return text


class PhotoForm(OrderedForm):
    """A photo; a new picture is checked and cleaned before it is kept.

    Instead of a file the form may send `upload`, the number of a loose picture of the same person.
    """

    upload = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)
    focus_x = forms.IntegerField(
        required=False, min_value=0, max_value=100, initial=50, widget=forms.HiddenInput
    )
    focus_y = forms.IntegerField(
        required=False, min_value=0, max_value=100, initial=50, widget=forms.HiddenInput
    )

    class Meta:
        model = Photo
        fields = ["image", "caption", "credit", "alt", "focus_x", "focus_y", "position"]
        field_classes = {"image": PictureField}
        widgets = {
            "image": PictureInput,
            "caption": _lines(2, "line-text"),
        }
        error_messages = {"image": {"required": _("Choose a picture, or remove this row.")}}

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        """Take a loose picture for a file.

        Args:
            *args: as a form takes them.
            user: whose loose pictures the form may take; without one none.
            **kwargs: as a form takes them.

        """
        super().__init__(*args, **kwargs)
        self.user = user
        self.loose: LoosePicture | None = None
        if self.is_bound and user is not None and (sent := self["upload"].data):
            self.loose = loose_pictures.found(user, sent)
            self.fields["image"].required = False
            self._show_loose()

    def hold(self, picture: LoosePicture) -> None:
        """Let a picture wait for the next time this form is sent."""
        sent = cast(Any, self.data).copy()
        sent[self.add_prefix("upload")] = str(picture.pk)
        self.data, self.loose = sent, picture
        self._show_loose()

    def _show_loose(self) -> None:
        widget = self.fields["image"].widget
        widget.waiting = self.loose.pk if self.loose else None

    def clean(self) -> dict[str, Any] | None:
        """Refuse a loose picture that is gone; a focus that was not sent stays as it is."""
        cleaned = super().clean()
        sent = self.cleaned_data
        if sent.get("upload") and not self.loose and not sent.get("image"):
            gone = _("This picture is no longer here; please choose it again.")
            self.add_error("image", ValidationError(gone, code="gone"))
        for name in ("focus_x", "focus_y"):
            if sent.get(name) is None and name not in self.errors:
                sent[name] = getattr(self.instance, name)
        return cleaned

    def save(self, commit: bool = True) -> Photo:
        """Save the photo; a loose picture becomes it, unless a file was chosen as well."""
        if self.loose and "image" not in self.changed_data:
            loose_pictures.become_photo(self.loose, self.instance)
        return super().save(commit)
