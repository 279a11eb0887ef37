"""What the finder is asked: what is wanted, and where somebody stands."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.coordinates import Point, gcj02_from_wgs84
from communities.models import Amenity, Service, ServiceStation, StationKind
from communities.models.station import ServiceStationQuerySet
from communities.together import fetch


class FinderForm(forms.Form):
    """What is wanted of a station, and from where, in words."""

    place = forms.CharField(label=_("From where"), max_length=60, required=False)
    kind = forms.TypedChoiceField(label=_("Kind"), required=False, empty_value=None)
    amenity = forms.TypedMultipleChoiceField(
        label=_("On offer"), required=False, widget=forms.CheckboxSelectMultiple
    )
    service = forms.TypedChoiceField(label=_("Service"), required=False, empty_value=None)
    open = forms.BooleanField(label=_("Open now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the kinds, amenities and services there are (one query)."""
        super().__init__(*args, **kwargs)
        kinds, amenities = StationKind.objects.all(), Amenity.objects.all()
        services = Service.objects.all()
        fetch(kinds, amenities, services)
        self.kinds = {kind.slug: kind for kind in kinds}
        self.amenities = {amenity.slug: amenity for amenity in amenities}
        self.services = {service.slug: service for service in services}
        kind, amenity = self.fields["kind"], self.fields["amenity"]
        service = self.fields["service"]
        service.choices = [("", _("Any service")), *_named(self.services)]  # type: ignore[attr-defined]
        service.coerce = self.services.get  # type: ignore[attr-defined]
        kind.choices = [("", _("All kinds")), *_named(self.kinds)]  # type: ignore[attr-defined]
        kind.coerce = self.kinds.get  # type: ignore[attr-defined]
        amenity.choices = _named(self.amenities)  # type: ignore[attr-defined]
        amenity.coerce = self.amenities.get  # type: ignore[attr-defined]

    @property
    def asks_for_what_is_not(self) -> bool:
        """Whether a kind, an amenity or a service is asked for that no page offers."""
        return not self.is_valid() and bool({"kind", "amenity", "service"} & set(self.errors))

    @property
    def kind_wanted(self) -> StationKind | None:
        """The kind that was chosen, if one was."""
        return self.cleaned_data.get("kind")

    def stations(self, at: datetime.datetime) -> ServiceStationQuerySet:
        """Return the stations that are wanted, with `open` those that are open at a moment."""
        found = ServiceStation.objects.equipped_with(self.cleaned_data.get("amenity", ()))
        if self.kind_wanted:
            found = found.of_kind(self.kind_wanted)
        if service := self.cleaned_data.get("service"):
            found = found.offering(service)
        if self.cleaned_data.get("open"):
            found = found.open_at(at)
        return found


class NearForm(FinderForm):
    """What is wanted near a position: a device's own (WGS-84), or a point on our map (GCJ-02)."""

    longitude = forms.FloatField(min_value=-180, max_value=180)
    latitude = forms.FloatField(min_value=-90, max_value=90)
    system = forms.ChoiceField(choices=[("wgs84", "WGS-84"), ("gcj02", "GCJ-02")])

    @property
    def point(self) -> Point:
        """The position as our map has it."""
        said = Point(self.cleaned_data["longitude"], self.cleaned_data["latitude"])
        return gcj02_from_wgs84(said) if self.cleaned_data["system"] == "wgs84" else said


def _named(rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(slug, row.name) for slug, row in rows.items()]
