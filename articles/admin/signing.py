"""The byline's line in the admin: whose name stands in it first, and what is said once saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext

from articles.bylines import Credit, format_credits
from articles.models import Article, Contributor
from articles.signing_form import SigningForm

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Article]
else:
    Base = admin.ModelAdmin


class SigningAdmin(Base):
    """A story's form whose byline is a line."""

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[Any]:
        """Tell the form who has it open: of two namesakes one may be of their community."""
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user  # type: ignore[attr-defined]
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Write whoever files a new story under it, for them to keep or to take away."""
        writer = Contributor.objects.filter(user=request.user.pk).first()
        mine = [Credit(writer.name, writer.title)] if writer else []
        return {
            "credit_line": format_credits(mine).removeprefix("□ "),
            **super().get_changeform_initial_data(request),
        }

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Say which words of the line name nobody, once it stands under the story."""
        super().save_related(request, form, formsets, change)
        signed = form.signed if isinstance(form, SigningForm) else None
        if signed is None:
            return
        if added := [person.name for person in signed.people if person.is_new]:
            text = gettext("New contributors: %(names)s") % {"names": "、".join(added)}
            self.message_user(request, text)
        if signed.unread:
            text = gettext("These words of the byline name nobody; they are printed as typed: %s")
            self.message_user(request, text % " ".join(signed.unread), messages.WARNING)
