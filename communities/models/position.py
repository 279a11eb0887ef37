"""A place's position on the map."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


# Not a NamedTuple: mypy never comes to an end over one beside an abstract model.
@dataclass(frozen=True)
class Box:
    """A rectangle of longitudes and latitudes in degrees."""

    west: Decimal
    south: Decimal
    east: Decimal
    north: Decimal

    def holds(self, longitude: Decimal, latitude: Decimal) -> bool:
        """Tell whether a point lies inside."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


# The country's extent as GCJ-02 conversions take it: outside it there is no shift.
CHINA_BOX = Box(Decimal("72.004"), Decimal("0.8293"), Decimal("137.8347"), Decimal("55.8271"))


def within_degrees(most: int) -> list[BaseValidator]:
    """Return validators for -most to most degrees; swapped coordinates are the usual mistake."""
    message = _("Not above %(limit_value)s degrees. Are longitude and latitude swapped?")
    return [
        MaxValueValidator(most, message),
        MinValueValidator(
            -most, _("Not below %(limit_value)s degrees. Are longitude and latitude swapped?")
        ),
    ]


class Positioned(models.Model):
    """A position in GCJ-02 degrees, as staff copy it from a Chinese map; both parts or neither."""

    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=within_degrees(180),
        help_text=_("GCJ-02 degrees, as copied from Amap or Tencent maps, e.g. 117.465210"),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=within_degrees(90),
        help_text=_("GCJ-02 degrees, e.g. 30.821540"),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_position_whole",
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__isnull=False, latitude__isnull=False),
                violation_error_message=_("Give both longitude and latitude, or neither."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_position_on_earth",
                condition=Q(longitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                violation_error_message=_(
                    "Longitude lies between -180 and 180 degrees, latitude between -90 and 90."
                ),
            ),
        ]

    @property
    def is_in_china(self) -> bool:
        """Whether the position lies in China's box; True where there is none."""
        if self.longitude is None or self.latitude is None:
            return True
        return CHINA_BOX.holds(self.longitude, self.latitude)
