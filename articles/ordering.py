"""Rows that stand in an order under something: bylines and photos of a story, stories of a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import F

from communities.forms import NewsroomForm, RowFormSet

# Where rows wait while others take their places; no story has as many bylines.
OUT_OF_THE_WAY = 10_000


class OrderedForm(NewsroomForm):
    """A row whose number may be left empty (it then comes last) or repeat another's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make the number optional, and empty for a new row."""
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        if self.instance.pk is None:
            self.initial.pop("position", None)
            self.fields["position"].initial = None

    def _get_validation_exclusions(self) -> set[str]:
        # Two rows that change places are no mistake; the formset numbers them all anew.
        return super()._get_validation_exclusions() | {"position"}  # type: ignore[misc]


class OrderedFormSet(RowFormSet):
    """Numbers its rows 1, 2, 3 … in the order of the numbers typed.

    Where a number is there twice, the row that was given it takes the place, and the row that had
    it moves aside: the fifth row given a 2 becomes the second, the first given a 3 the third.
    """

    def save(self, commit: bool = True) -> list[Any]:
        """Save the rows with their new numbers, in one transaction.

        Rows that somebody else has added meanwhile come after these.
        """
        rows = self._in_order()
        for number, form in enumerate(rows, start=1):
            form.instance.position = number
        if not commit or self.instance.pk is None:
            return super().save(commit)
        with transaction.atomic():
            # Locked, so that of two people saving the same rows the second waits for the first.
            type(self.instance)._base_manager.select_for_update().get(pk=self.instance.pk)
            under = self.model._default_manager.filter(**self._mine())
            under.update(position=F("position") + OUT_OF_THE_WAY)
            saved = super().save(commit)
            mine = [form.instance.pk for form in rows]
            others = under.exclude(pk__in=mine).order_by("position").values_list("pk", flat=True)
            for number, key in enumerate([*mine, *others], start=1):
                under.filter(pk=key).exclude(position=number).update(position=number)
        return saved

    def _in_order(self) -> list[forms.ModelForm]:
        rows = [form for form in self.forms if self._stays(form)]
        return sorted(rows, key=self._wish)

    def _wish(self, form: forms.ModelForm) -> tuple[bool, int, int]:
        """Where a row wants to stand: its number, and on which side of the row that has it."""
        typed = form.cleaned_data.get("position")
        if typed is None:
            return (True, 0, 0)
        had = form.initial.get("position") if form.instance.pk is not None else None
        if had is None or typed < had:
            return (False, typed, -1)
        return (False, typed, 1 if typed > had else 0)
