"""The forms in which a page's areas are drawn: plain fields, that work without pointer or script.

A row is one area of one story: four numbers for a rectangle, or a list of corners for anything
else. A row that proposes an area is kept only if it is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext_lazy as _

from issues import shapes
from issues.areas import Outline
from issues.models import PageArea, Placement

SIDES = ("left", "top", "width", "height")
MOST_ROWS = 200


class PercentField(forms.DecimalField):
    """Per cent of the page, to the tenth."""

    def __init__(self, **kwargs: Any) -> None:
        """Take 0 to 100, or nothing."""
        super().__init__(min_value=0, max_value=100, required=False, **kwargs)
        for message in ("invalid", "min_value", "max_value"):
            self.error_messages[message] = _("Give per cent from 0 to 100, such as 12.5.")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let arrow keys change tenths, and a phone show its digits."""
        return {**super().widget_attrs(widget), "step": "0.1", "inputmode": "decimal"}


class AreaForm(forms.Form):
    """One area of a story."""

    placement = forms.TypedChoiceField(
        coerce=int,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("This story does not stand on this page any more.")},
    )
    proposed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    accepted = forms.BooleanField(label=_("accept this proposal"), required=False)
    left = PercentField(label=_("left %"))
    top = PercentField(label=_("top %"))
    width = PercentField(label=_("width %"))
    height = PercentField(label=_("height %"))
    corners = forms.CharField(
        label=_("corners"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 1, "class": "line-text", "spellcheck": "false"}),
    )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed: a row offered and not used."""
        typed = (self.cleaned_data.get(name) for name in (*SIDES, "corners"))
        return not self.errors and all(value in (None, "") for value in typed)

    @property
    def is_kept(self) -> bool:
        """Whether the area is to be there after saving."""
        if self.cleaned_data.get(DELETION_FIELD_NAME):
            return False
        if self.cleaned_data.get("proposed") and not self.cleaned_data.get("accepted"):
            return False
        return not self.is_empty

    @property
    def points(self) -> list[shapes.Point]:
        """The area's corners; only of a valid row that is kept."""
        return list(self.cleaned_data["points"])

    def clean(self) -> dict[str, Any]:
        """Read the shape and check it; the message stands at the field that is to blame."""
        cleaned = super().clean() or {}
        if self.errors or not self.is_kept:
            return cleaned
        numbers = [cleaned[name] for name in SIDES]
        given = [number for number in numbers if number is not None]
        try:
            if cleaned["corners"] and given:
                raise ValidationError(_("Give four numbers, or corners, but not both."))
            if cleaned["corners"]:
                points = shapes.read_corners(cleaned["corners"])
            elif len(given) < len(SIDES):
                name = next(name for name in SIDES if cleaned[name] is None)
                self.add_error(name, _("A rectangle needs all four numbers."))
                return cleaned
            else:
                points = _rectangle(numbers)
            shapes.check(points)
        except ValidationError as refusal:
            self.add_error("corners" if cleaned["corners"] else "width", refusal)
            return cleaned
        return {**cleaned, "points": points}


def _rectangle(numbers: Sequence[Decimal]) -> list[shapes.Point]:
    left, top, width, height = (
        int((number * 10).quantize(Decimal(1), ROUND_HALF_UP)) for number in numbers
    )
    return shapes.rectangle(left, top, left + width, top + height)


class BaseAreaFormSet(forms.BaseFormSet):
    """All areas of a page."""

    def __init__(self, placements: Iterable[Placement], *args: Any, **kwargs: Any) -> None:
        """Take the page's placements: an area belongs to one of them."""
        self.placements = {placement.pk: placement for placement in placements}
        super().__init__(*args, **kwargs)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Let each row choose among this page's stories."""
        super().add_fields(form, index)
        field: Any = form.fields["placement"]
        field.choices = [(pk, pk) for pk in self.placements]
        form.fields[DELETION_FIELD_NAME].label = _("remove")

    def outlines(self) -> list[Outline]:
        """Return what is to be kept of valid rows, in their order."""
        return [
            Outline(self.placements[form.cleaned_data["placement"]], form.points)
            for form in self.forms
            if form.is_kept
        ]

    def has_area_of(self) -> set[int]:
        """Return the stories that some row, valid or not, gives an area (their placements)."""
        return {
            int(form["placement"].value())
            for form in self.forms
            if str(form["placement"].value()).isdecimal()
            and any(form[name].value() not in (None, "") for name in (*SIDES, "corners"))
            and not form[DELETION_FIELD_NAME].value()
        }


AreaFormSet: Any = forms.formset_factory(
    AreaForm,
    formset=BaseAreaFormSet,
    extra=0,
    can_delete=True,
    absolute_max=MOST_ROWS,
    max_num=MOST_ROWS,
)


def row_of(placement: Placement, points: Sequence[shapes.Point] = ()) -> dict[str, Any]:
    """Return what a row holds of an area; an empty row for no points."""
    if not points:
        return {"placement": placement.pk}
    if not shapes.is_rectangle(points):
        return {"placement": placement.pk, "corners": shapes.write_corners(points)}
    left, top, right, bottom = shapes.box_of(points)
    numbers = zip(SIDES, (left, top, right - left, bottom - top), strict=True)
    return {
        "placement": placement.pk,
        **{name: shapes.percent(number) for name, number in numbers},
    }


def rows_of(areas: Iterable[PageArea], placements: Iterable[Placement]) -> list[dict[str, Any]]:
    """Return a page's rows: its areas, and below each story one to be filled in."""
    by_story: dict[int, list[PageArea]] = {}
    for area in areas:
        by_story.setdefault(area.placement_id, []).append(area)
    return [
        row
        for placement in placements
        for row in (
            *(row_of(placement, area.corners) for area in by_story.get(placement.pk, [])),
            row_of(placement),
        )
    ]


def proposals_of(
    placements: Mapping[int, Placement], found: Mapping[int, Sequence[shapes.Point]]
) -> list[dict[str, Any]]:
    """Return rows that propose areas, none of them accepted yet.

    Args:
        placements: by their keys.
        found: the corners, by the placements' keys.

    """
    return [{**row_of(placements[pk], points), "proposed": True} for pk, points in found.items()]
