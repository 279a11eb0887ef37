"""What every page of the newsroom's admin shares: native date fields, short rows, plain links."""

from __future__ import annotations

import datetime
from typing import Any, Generic, TypeVar

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.admin_counting import CappedPaginator
from communities.forms import Lines, NewsroomForm, RowFormSet

Row = TypeVar("Row", bound=Model)


class DateInput(forms.DateInput):
    """The device's own calendar: better on a phone than any script, and no script to allow."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Write dates as browsers expect them."""
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The device's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Write times to the minute."""
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.SplitDateTimeWidget):
    """A date and a time in two fields, so that a day without an hour is noticed and not lost."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Name both fields for those who hear them."""
        widgets = (
            DateInput({"aria-label": _("Date")}),
            TimeInput({"aria-label": _("Time")}),
        )
        forms.MultiWidget.__init__(self, widgets, attrs)


class HourField(forms.SplitDateTimeField):
    """A day and an hour by the newsroom's clocks.

    Where clocks are changed, an hour of the year is left out and another comes twice: neither says
    which moment is meant, and each is refused in words of its own.
    """

    widget = DateTimeInput
    default_error_messages = {
        **forms.SplitDateTimeField.default_error_messages,
        "required": _("Give the day and the hour."),
        "incomplete": _("Give the day and the hour."),
        "skipped": _(
            "There is no such hour on that day: the clocks go forward past it. Choose another."
        ),
        "twice": _(
            "This hour comes twice on that day: the clocks go back. Choose one before or after it."
        ),
    }

    def compress(self, data_list: Any) -> datetime.datetime | None:
        """Return the moment meant."""
        if data_list and not any(part in self.empty_values for part in data_list):
            zone = timezone.get_current_timezone()
            typed = datetime.datetime.combine(*data_list)
            early, late = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
            if early.utcoffset() != late.utcoffset():
                read_back = early.astimezone(datetime.UTC).astimezone(zone)
                code = "twice" if read_back.replace(tzinfo=None) == typed else "skipped"
                raise ValidationError(self.error_messages[code], code=code)
        return super().compress(data_list)


NATIVE_FIELDS: dict[type[Field], dict[str, Any]] = {
    models.DateTimeField: {"form_class": HourField, "widget": DateTimeInput},
    models.DateField: {"widget": DateInput},
    models.TimeField: {"widget": TimeInput},
    models.TextField: {"widget": Lines},
}


class PlainLinks:
    """Beside a choice there is at most one link, to add what is missing; on a phone four crowd."""

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Return the field with its links to change, delete and view taken away.

        Boxes to tick lose the link to add as well, and so stay a group of boxes to whoever hears
        the page.
        """
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(wrapper := field.widget, RelatedFieldWidgetWrapper):
            wrapper.can_change_related = False
            wrapper.can_delete_related = False
            wrapper.can_view_related = False
            if isinstance(wrapper.widget, forms.CheckboxSelectMultiple):
                field.widget = wrapper.widget
        return field


class PlainDeletion:
    """What a deletion takes along, in a reader's words."""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Return what a deletion takes along, without the tables that only join two models."""
        objects, counts, lacking, protected = super().get_deleted_objects(  # type: ignore[misc]
            objs, request
        )
        joining = {
            str(model._meta.verbose_name_plural)
            for model in apps.get_models(include_auto_created=True)
            if model._meta.auto_created
        }
        counts = {name: count for name, count in counts.items() if str(name) not in joining}
        return objects, counts, lacking, protected


class NewsroomAdmin(PlainLinks, PlainDeletion, admin.ModelAdmin, Generic[Row]):
    """A model's pages in the newsroom."""

    form = NewsroomForm
    formfield_overrides = NATIVE_FIELDS
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Offer no choice of all rows where their number is not known."""
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown and shown["cl"].paginator.has_more:
            shown["actions_selection_counter"] = False
        return response

    def view_on_site(self, obj: Row) -> str | None:
        """Return the public address; a subclass with drafts returns None for what is not public."""
        address = getattr(obj, "get_absolute_url", None)
        return address() if address else None

    def get_view_on_site_url(self, obj: Row | None = None) -> str | None:
        """Return the public address, or None where what was typed makes none."""
        try:
            return super().get_view_on_site_url(obj)
        except NoReverseMatch:
            return None

    def autocomplete_text(self, obj: Row) -> str:
        """Return what the lists of suggestions show for a row; namesakes have to differ in it."""
        return str(obj)


class Rows(PlainLinks, admin.StackedInline):
    """Rows under something, each a small card: fields side by side where there is room."""

    form = NewsroomForm
    formset = RowFormSet
    formfield_overrides = NATIVE_FIELDS
    view_on_site = False
    extra = 0
