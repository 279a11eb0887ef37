"""Form fields for pictures: what is uploaded is checked and cleaned before it is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from communities.pictures import clean_picture

PICTURE_TYPES = "image/jpeg,image/png,image/webp"


class PictureField(forms.ImageField):
    """A picture; `communities.pictures` alone decides what is one, and returns it clean."""

    def to_python(self, data: Any) -> Any:
        """Return the picture upright and without metadata.

        Raises:
            ValidationError: with what is wrong with it.

        """
        upload = forms.FileField.to_python(self, data)
        return clean_picture(upload) if isinstance(upload, UploadedFile) else upload


class PictureInput(AdminFileWidget):
    """The picture as it is, and a way to take another.

    Attributes:
        waiting: the number of a loose picture that becomes this one when the form is saved.

    """

    waiting: int | None = None

    def __init__(self) -> None:
        """Offer pictures alone, so that an iPhone hands its own format over as JPEG."""
        super().__init__(attrs={"accept": PICTURE_TYPES})

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the field with the picture as a small image instead of its path."""
        context = {**self.get_context(name, value, attrs), "waiting": self.waiting}
        return render_to_string("admin/widgets/picture.html", context)
