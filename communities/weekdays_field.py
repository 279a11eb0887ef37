"""Weekdays as boxes to tick."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS


class WeekdaysField(forms.MultipleChoiceField):
    """The days of a week as boxes to tick; kept as the digits of ISO 8601, "25"."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        """Offer the seven days."""
        days = [(str(day + 1), name) for day, name in sorted(WEEKDAYS.items())]
        super().__init__(choices=days, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the digits of the days in their order."""
        return "".join(sorted(super().clean(value)))

    def prepare_value(self, value: Any) -> Any:
        """Tick the days of a text of digits."""
        return list(value) if isinstance(value, str) else value
