"""The three columns of a position: read in any of the three systems, kept in GCJ-02."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.coordinates import Point, gcj02_from_bd09, gcj02_from_wgs84
from communities.forms import PAIR, in_order
from communities.tables.columns import Column, DegreesColumn, SystemColumn, system_named

CONVERSIONS = {"BD-09": gcj02_from_bd09, "WGS-84": gcj02_from_wgs84}


def position_columns() -> tuple[Column, ...]:
    """Return the columns of longitude, latitude and system."""
    return (
        DegreesColumn(
            name="longitude",
            label=_("longitude"),
            explanation=_("Degrees; a pair pasted into one of the two cells is read as well."),
            example="117.465210",
            most=180,
        ),
        DegreesColumn(name="latitude", label=_("latitude"), example="30.821540", most=90),
        SystemColumn(
            name="system",
            label=_("coordinate system"),
            explanation=_(
                "GCJ-02 (Amap, Tencent; also if left empty), BD-09 (Baidu) or WGS-84 (GPS)."
            ),
            example="GCJ-02",
        ),
    )


def prepare(cells: dict[str, str]) -> dict[str, ValidationError]:
    """Divide a pair that stands in one cell, and convert what is not in GCJ-02."""
    if not {"longitude", "latitude"} <= set(cells):
        return {}
    typed = [unicodedata.normalize("NFKC", cells[name]) for name in ("longitude", "latitude")]
    pair = PAIR.fullmatch("".join(typed)) if "" in typed else None
    if pair:
        cells["longitude"], cells["latitude"] = in_order(*pair.groups())
    if not cells.get("system"):
        return {}
    try:
        convert = CONVERSIONS.get(system_named(cells["system"]))
    except ValidationError as refusal:
        return {"system": refusal}
    if convert is not None:
        try:
            point = Point(float(Decimal(cells["longitude"])), float(Decimal(cells["latitude"])))
        except InvalidOperation:
            return {}
        if abs(point.longitude) <= 180 and abs(point.latitude) <= 90:
            there = convert(point)
            cells["longitude"], cells["latitude"] = (
                f"{there.longitude:.6f}",
                f"{there.latitude:.6f}",
            )
        cells["system"] = "GCJ-02"
    return {}


def check(row: Any, changed: set[str]) -> dict[str, ValidationError]:
    """Refuse half a position, and a new one that lies outside China."""
    if (row.longitude is None) != (row.latitude is None):
        column = "longitude" if row.longitude is None else "latitude"
        message = _("Give both longitude and latitude, or neither.")
        return {column: ValidationError(message, code="half_position")}
    if changed & {"longitude", "latitude"} and not row.is_in_china:
        message = _(
            "This position lies outside China. Are longitude and latitude swapped? If it is right, "
            "enter it on the row’s own page."
        )
        return {"longitude": ValidationError(message, code="outside_china")}
    return {}
