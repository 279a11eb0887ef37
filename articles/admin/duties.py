"""Who reviews which section and which place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import ReviewDuty
from articles.record_sheet import name_of
from articles.stages import REVIEW_RIGHTS
from communities.admin_base import NewsroomAdmin
from communities.forms import NewsroomForm


def reviewers() -> QuerySet[User]:
    """Return the logins that may make one of the three reviews."""
    names = [right.partition(".")[2] for right in REVIEW_RIGHTS.values()]
    in_group = Q(groups__permissions__codename__in=names)
    own = Q(user_permissions__codename__in=names)
    able = User.objects.filter(in_group | own | Q(is_superuser=True), is_active=True)
    return able.distinct().order_by("first_name", "username")


class PersonChoice(forms.ModelChoiceField):
    """A person by their name."""

    def label_from_instance(self, obj: Model) -> str:
        """Return the person's name."""
        assert isinstance(obj, User)  # noqa: S101 - for the type checker
        return name_of(obj)


class DutyForm(NewsroomForm):
    """A duty."""

    class Meta:
        model = ReviewDuty
        fields = ("user", "stage", "section", "community")
        field_classes = {"user": PersonChoice}
        help_texts = {
            "stage": _("Whoever has no duty at a stage reviews what is nobody else’s there."),
            "section": _("Empty: every section."),
            "community": _("With all that lies in it. Empty: every place."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer those alone who may review."""
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = reviewers()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Refuse a duty the person has no right to, or has already; empty fields are alike too."""
        cleaned = super().clean() or {}
        user, stage = cleaned.get("user"), cleaned.get("stage")
        if user is None or stage is None:
            return cleaned
        if not user.has_perm(REVIEW_RIGHTS[stage]):
            refusal = _("%(who)s has no right to this review.")
            raise ValidationError({"user": refusal % {"who": name_of(user)}})
        same = {name: cleaned.get(name) for name in self._meta.fields or ()}
        if ReviewDuty.objects.filter(**same).exclude(pk=self.instance.pk).exists():
            raise ValidationError({"user": _("This duty has been given already.")})
        return cleaned


@admin.register(ReviewDuty)
class ReviewDutyAdmin(NewsroomAdmin[ReviewDuty]):
    form = DutyForm
    list_display = ["who", "stage", "where"]
    list_filter = ["stage", "section"]
    list_select_related = ["user", "section", "community"]
    ordering = ["user__first_name", "user__username", "pk"]
    autocomplete_fields = ["community"]
    fields = [("user", "stage"), ("section", "community")]

    @admin.display(description=_("reviewer"), ordering="user__first_name")
    def who(self, obj: ReviewDuty) -> str:
        return name_of(obj.user)

    @admin.display(description=_("section and place"))
    def where(self, obj: ReviewDuty) -> str:
        places = [str(place) for place in (obj.section, obj.community) if place]
        return "、".join(places) or str(_("everything"))
