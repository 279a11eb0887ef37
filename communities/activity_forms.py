"""The form of an activity and of its changed dates."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.forms import NewsroomForm, RowFormSet
from communities.models import Activity, ChangedDate
from communities.weekdays_field import WeekdaysField


class ActivityForm(NewsroomForm):
    """An activity."""

    constraint_fields = {
        "communities_activity_somewhere": "station",
        "communities_activity_cancelled_with_notice": "cancellation_notice",
    }

    class Meta:
        model = Activity
        fields = "__all__"

    weekdays = WeekdaysField(label=_("weekdays"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the number of weeks only of those who have one to say."""
        super().__init__(*args, **kwargs)
        if "every" in self.fields:
            self.fields["every"].required = False

    def clean_every(self) -> int:
        """Take an empty number for each one."""
        every = self.cleaned_data.get("every")
        return 1 if every is None else every

    def _update_errors(self, errors: Any) -> None:
        """Let a field whose input was refused be refused once, and not for being empty, too."""
        for name in set(getattr(errors, "error_dict", {})) & set(self.errors):
            del errors.error_dict[name]
        super()._update_errors(errors)


class ChangedDateForm(NewsroomForm):
    """One date that is cancelled or moved."""

    constraint_fields = {"communities_changeddate_hours_of_moved": "moved_to"}

    class Meta:
        model = ChangedDate
        fields = ["on", "moved_to", "starts_at", "ends_at", "note"]


class ChangedDateFormSet(RowFormSet):
    """Changed dates, each of them one on which the activity takes place."""

    def validate_unique(self) -> None:
        """Refuse a date the activity does not fall on, and one it is moved to that it falls on."""
        super().validate_unique()
        rows = cast("list[NewsroomForm]", self.forms)
        activity = cast(Activity, self.instance)
        for form in rows:
            if not self._stays(form) or form.errors or activity.starts_on is None:
                continue
            if not activity.repeats:
                message = _("An activity of a single day is moved by changing the day above.")
                form.add_error("on", ValidationError(message, code="single"))
            elif not activity.dates(form.instance.on, form.instance.on):
                form.add_error("on", self._not_its_day(activity, form.instance.on))

    def _not_its_day(self, activity: Activity, day: datetime.date) -> ValidationError:
        near = datetime.timedelta(days=45)
        around = activity.dates(day - near, day + near)
        if not around:
            return ValidationError(
                _("The activity does not fall on this date."), code="not_its_day"
            )
        nearest = min(around, key=lambda one: abs(one - day))
        return ValidationError(
            _("The activity does not fall on this date; the nearest is %(month)d-%(day)d."),
            code="not_its_day",
            params={"month": nearest.month, "day": nearest.day},
        )
