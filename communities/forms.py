"""Forms for places, and what every form of the newsroom shares.

The shared part: messages of database constraints stand at a field and not at the head of a long
page, rows under something are checked against one another, and an address name left empty is made
from the name. It lives here because `communities` is the app all others may import.
"""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BaseConstraint, CheckConstraint, Field, Model, Q, UniqueConstraint
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from communities.models import (
    CHINA_BOX,
    Community,
    Level,
    OpeningHours,
    ServiceStation,
    SpecialDay,
    StationPhoto,
)
from communities.models.hours import MIDNIGHT
from communities.models.position import within_degrees
from communities.picture_fields import PictureField, PictureInput
from communities.slugs import RESERVED, unique_slug

# Two numbers in one field, as a map's coordinate picker copies them: "117.46521,30.82154".
PAIR = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,，;；\s]\s*(-?\d+(?:\.\d+)?)\s*")
SIXTH_PLACE = Decimal("0.000001")


class Lines(forms.Textarea):
    """Several lines, kept as they were typed.

    A browser sends its line ends as CR LF (HTML, form-data set); kept so, a text saved without a
    change would differ from itself.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what was typed, with line feeds alone."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class NewsroomForm(forms.ModelForm):
    """A form whose model's constraints speak at a field.

    Attributes:
        constraint_fields: the field for a constraint's message, by the constraint's name; without
            an entry it is the last field the constraint names that the form shows.

    """

    constraint_fields: dict[str, str] = {}

    def field_for(self, constraint: BaseConstraint) -> str | None:
        """Return the field at which a constraint's message belongs, or None where none is shown."""
        named = self.constraint_fields.get(constraint.name)
        shown = [name for name in _names_in(constraint) if name in self.fields]
        return named or (shown[-1] if shown else None)

    def _update_errors(self, errors: Any) -> None:
        """Move messages of constraints from the head of the form to their fields."""
        found = getattr(errors, "error_dict", {})
        for error in found.pop(NON_FIELD_ERRORS, []):
            place = self._place_of(error) or NON_FIELD_ERRORS
            found.setdefault(place, []).append(error)
        super()._update_errors(errors)  # type: ignore[misc]

    def _place_of(self, error: ValidationError) -> str | None:
        for constraint in self._meta.model._meta.constraints:
            if str(error.message) == str(constraint.get_violation_error_message()):
                return self.field_for(constraint)
        return None


def _names_in(constraint: BaseConstraint) -> list[str]:
    if isinstance(constraint, UniqueConstraint):
        return list(constraint.fields)
    if isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q):
        return [lookup.partition("__")[0] for lookup, _value in _leaves(constraint.condition)]
    return []


def _leaves(condition: Q) -> Iterator[tuple[str, Any]]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _leaves(child)
        else:
            yield child  # type: ignore[misc]


class RowFormSet(forms.BaseInlineFormSet):
    """Rows under something, each different from the others; they may exchange what they hold.

    Django compares each row with the table, where the row it changes places with still stands as
    it was; here the rows are compared as they will be, and the message stands at a row's field.
    """

    model: type[Model]

    def validate_unique(self) -> None:
        """Compare the rows that stay, and those that others have added meanwhile."""
        rows = cast("list[NewsroomForm]", self.forms)
        kept = [form for form in rows if self._stays(form) and not form.errors]
        mine = [form.instance.pk for form in self.initial_forms]
        others: list[Model] = []
        if self.instance.pk is not None:
            others = list(self.model._default_manager.filter(**self._mine()).exclude(pk__in=mine))
        for constraint in self._constraints():
            seen = {self._key(constraint, row) for row in others}
            for form in kept:
                key = self._key(constraint, form.instance)
                if key is None:
                    continue
                if key in seen and not form.errors:
                    form.add_error(
                        form.field_for(constraint),
                        ValidationError(constraint.get_violation_error_message(), code="duplicate"),
                    )
                seen.add(key)

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        """Save the rows that were there; what one gives up another may take."""
        there = [form for form in self.initial_forms if form.instance.pk is not None]
        leaving = [form.instance for form in there if not self._stays(form)]
        if commit:
            for row in leaving:
                self.delete_existing(row)
            self._make_way()
        saved = super().save_existing_objects(commit)
        if commit:
            self.deleted_objects = leaving
        return saved

    def _make_way(self) -> None:
        """Take rows out of the table whose values others may need.

        They are written again with the keys they had: a row saved under a key the table does not
        have is inserted. Nothing that hangs on them is touched; the database looks at its foreign
        keys when the transaction ends.
        """
        moving = [
            form.instance.pk
            for form in self.initial_forms
            if self._stays(form) and set(form.changed_data) & self._unique_fields()
        ]
        if len(moving) > 1:
            rows = self.model._default_manager.filter(pk__in=moving)
            rows._raw_delete(rows.db)

    def _mine(self) -> dict[str, Model]:
        return {self.fk.name: self.instance}

    def _stays(self, form: forms.ModelForm) -> bool:
        if self.can_delete and form.cleaned_data.get(DELETION_FIELD_NAME, False):
            return False
        return form.instance.pk is not None or form.has_changed()

    def _constraints(self) -> list[UniqueConstraint]:
        """The constraints that hold among the rows, apart from that on their order."""
        return [
            constraint
            for constraint in self.model._meta.constraints
            if isinstance(constraint, UniqueConstraint)
            and self.fk.name in constraint.fields
            and "position" not in constraint.fields
        ]

    def _unique_fields(self) -> set[str]:
        return {
            name
            for constraint in self._constraints()
            for name in (*constraint.fields, *(key for key, _value in _condition(constraint)))
        }

    def _key(self, constraint: UniqueConstraint, row: Model) -> tuple[Any, ...] | None:
        """What has to be unique of a row; None where the constraint does not speak of it."""
        if any(getattr(row, name) != value for name, value in _condition(constraint)):
            return None
        names = [name for name in constraint.fields if name != self.fk.name]
        fields = [cast("Field[Any, Any]", self.model._meta.get_field(name)) for name in names]
        key = tuple(getattr(row, field.attname) for field in fields)
        return None if None in key else key


def _condition(constraint: UniqueConstraint) -> Iterable[tuple[str, Any]]:
    return _leaves(constraint.condition) if constraint.condition else ()


class SlugFromNameForm(NewsroomForm):
    """Makes the address name from the pinyin of the name where it is left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in a newsroom's words what an address name may hold."""
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            field = self.fields["slug"]
            field.required = False
            field.error_messages["invalid"] = _(
                "An address name holds letters a to z, digits and hyphens, nothing else."
            )
            field.error_messages["unique"] = _("This address name is taken.")

    def clean_slug(self) -> str:
        """Refuse an address name that a page of ours has."""
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise ValidationError(self.fields["slug"].error_messages["unique"], code="reserved")
        return slug

    def clean(self) -> dict[str, Any] | None:
        """Fill the empty address name; the model refuses one that exists."""
        cleaned = super().clean()
        if cleaned is None or "slug" in self.errors or cleaned.get("slug"):
            return cleaned
        # Once there is an address it stays: others have linked to it.
        if self.instance.pk and self.instance.slug:
            cleaned["slug"] = self.instance.slug
        elif cleaned.get("name"):
            rows = self._meta.model._default_manager.all()
            cleaned["slug"] = unique_slug(cleaned["name"], rows)
        return cleaned


class DegreesField(forms.DecimalField):
    """Degrees as copied from a map: full-width digits are read, further places are rounded off."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "degrees"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # as Django does
        """Return the degrees to the sixth place, a tenth of a metre."""
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).strip().rstrip("°")
        degrees = super().to_python(value)
        if degrees is None or not degrees.is_finite() or abs(degrees) > 1000:
            return degrees
        return degrees.quantize(SIXTH_PLACE)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave steps and limits out: they belong to a widget that would refuse a pasted pair."""
        return {}


class PositionedForm(SlugFromNameForm):
    """Asks back before it keeps a position outside China."""

    data: QueryDict | dict[str, Any]

    outside_china = forms.BooleanField(
        label=_("The position really lies outside China; keep it"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Divide a pair that was pasted into one field, in either order."""
        super().__init__(*args, **kwargs)
        # Only these: a longitude in the latitude's field is told what is wrong once, not thrice.
        for name, most in (("longitude", 180), ("latitude", 90)):
            if name in self.fields:
                self.fields[name].validators = [*within_degrees(most)]
        if not self.is_bound:
            return
        names = [self.add_prefix("longitude"), self.add_prefix("latitude")]
        typed = [unicodedata.normalize("NFKC", self.data.get(name) or "").strip() for name in names]
        # A pair in one of the two fields, the other empty.
        pair = PAIR.fullmatch("".join(typed)) if "" in typed else None
        if pair:
            self.data = self.data.copy()
            self.data[names[0]], self.data[names[1]] = in_order(*pair.groups())

    def clean(self) -> dict[str, Any] | None:
        """Refuse half a position, and question a new one that lies outside China's box."""
        cleaned = super().clean()
        if cleaned is None or {"longitude", "latitude"} & set(self.errors):
            return cleaned
        longitude, latitude = cleaned.get("longitude"), cleaned.get("latitude")
        if (longitude is None) != (latitude is None):
            self.add_error(
                "longitude" if longitude is None else "latitude",
                ValidationError(
                    _("Give both longitude and latitude, or neither."), code="half_position"
                ),
            )
        elif (
            longitude is not None
            and latitude is not None
            and {"longitude", "latitude"} & set(self.changed_data)
            and not CHINA_BOX.holds(longitude, latitude)
        ):
            self._question_position(confirmed=bool(cleaned.get("outside_china")))
        return cleaned

    def _question_position(self, *, confirmed: bool) -> None:
        # From now on the box to tick is shown, ticked or not.
        self.fields["outside_china"].widget = forms.CheckboxInput()
        if not confirmed:
            self.add_error(
                "longitude",
                ValidationError(
                    _(
                        "This position lies outside China. Are longitude and latitude swapped? "
                        "If it is right, tick the box below and save again."
                    ),
                    code="outside_china",
                ),
            )


def in_order(first: str, second: str) -> tuple[str, str]:
    """Return longitude and latitude of a pair that may have been copied the other way round.

    Some maps say latitude first. In China the two cannot be mistaken: no latitude there is as
    great as any longitude. Elsewhere the pair is taken as it stands.
    """
    x, y = Decimal(first), Decimal(second)
    turned = CHINA_BOX.holds(y, x) and not CHINA_BOX.holds(x, y)
    return (second, first) if turned else (first, second)


class CommunityForm(PositionedForm):
    """A place."""

    constraint_fields = {"communities_community_picture_described": "alt"}

    class Meta:
        model = Community
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets say which
        field_classes = {
            "longitude": DegreesField,
            "latitude": DegreesField,
            "image": PictureField,
        }
        widgets = {"image": PictureInput}

    def clean_level(self) -> str:
        """Refuse a level that what lies in the place cannot lie in."""
        level: str = self.cleaned_data["level"]
        if self.instance.pk and "level" in self.changed_data:
            self.instance.check_level(Level(level))
        return level


class StationForm(PositionedForm):
    """A service station."""

    constraint_fields = {"communities_servicestation_closed_has_first_day": "closed_from"}

    class Meta:
        model = ServiceStation
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets say which
        field_classes = {"longitude": DegreesField, "latitude": DegreesField}


class OpeningHoursForm(NewsroomForm):
    """One span of a weekday."""

    class Meta:
        model = OpeningHours
        fields = ["weekday", "opens_at", "closes_at"]


class StationPhotoForm(NewsroomForm):
    """A picture of a station; a new one is checked and cleaned before it is kept."""

    class Meta:
        model = StationPhoto
        fields = ["image", "alt", "credit"]
        field_classes = {"image": PictureField}
        widgets = {"image": PictureInput}
        error_messages = {"image": {"required": _("Choose a picture, or remove this row.")}}


class SpecialDayForm(NewsroomForm):
    """Days with other hours, or closed."""

    # The first of the two that is left empty is where the message belongs.
    constraint_fields = {"communities_specialday_times_whole": "closes_at"}

    class Meta:
        model = SpecialDay
        fields = ["first_on", "last_on", "opens_at", "closes_at", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let a single day be given once."""
        super().__init__(*args, **kwargs)
        self.fields["last_on"].required = False

    def clean_last_on(self) -> datetime.date | None:
        """Take the first day for the last one where that is left empty."""
        return self.cleaned_data.get("last_on") or self.cleaned_data.get("first_on")


class OpeningHoursFormSet(RowFormSet):
    """A week's spans, of which no two of a day run at once."""

    def validate_unique(self) -> None:
        """Refuse a span that begins before the one before it has ended."""
        super().validate_unique()
        rows = cast("list[NewsroomForm]", self.forms)
        kept = [form for form in rows if self._stays(form) and not form.errors]
        kept.sort(key=lambda form: (form.instance.weekday, form.instance.opens_at))
        for earlier, later in itertools.pairwise(kept):
            ends = earlier.instance.closes_at
            if later.instance.weekday == earlier.instance.weekday and (
                ends == MIDNIGHT or later.instance.opens_at < ends
            ):
                later.add_error(
                    "opens_at",
                    ValidationError(
                        _("The hours before these end at %(hour)s only."),
                        code="overlap",
                        params={"hour": ends.strftime("%H:%M")},
                    ),
                )
