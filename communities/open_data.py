"""The directory as open data: GeoJSON and CSV for other programs.

Coordinates are GCJ-02, as they are kept. RFC 7946 knows WGS-84 alone, and there is no lawful and
exact way back to it, so nothing here is called WGS-84: each file and each row names the system,
`"crs": null` tells programs that look at it (GDAL, QGIS) to assume none, the content type is plain
JSON and the file's name ends in gcj02. Leaving the geometry out would have been the letter of the
standard; every Chinese map could then draw nothing.

A file is made at most every ten minutes and kept on this machine: a directory of 100,000 stations
takes seconds to read and milliseconds to send.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities import open_data_rows
from communities.open_data_rows import SYSTEM, Facts
from communities.tables.cells import guarded

# Seconds for which a file is as good as new.
FRESH = 600


@dataclass(frozen=True)
class Field:
    """A column: its name in the files, what stands in it."""

    name: str
    explanation: str | Promise


PLACE_FIELDS = (
    Field("id", _("Address name; it stays when the name changes.")),
    Field("page", _("The page on this site, relative to the file’s address.")),
    Field("name", _("name")),
)
POSITION_FIELDS = (
    Field("longitude", _("Degrees in the system of coordinate_system; empty if unknown.")),
    Field("latitude", _("Likewise.")),
    Field("coordinate_system", _("GCJ-02 for every position; it is not WGS-84.")),
)
STATION_FIELDS = (
    *PLACE_FIELDS,
    Field("kind", _("kind")),
    Field("district", _("district")),
    Field("subdistrict", _("subdistrict or town")),
    Field("community", _("community")),
    Field("address", _("street address")),
    Field("phone", _("phone")),
    Field("opening_hours", _("In OpenStreetMap’s opening_hours syntax; PH are public holidays.")),
    Field("amenities", _("amenities")),
    Field("services", _("services")),
    Field("opened_on", _("opened on")),
    Field("checked_on", _("The day somebody last made sure that all of this is true.")),
    *POSITION_FIELDS,
)
COMMUNITY_FIELDS = (
    *PLACE_FIELDS,
    Field("other_name", _("other name")),
    Field("level", _("district, subdistrict, town, community or village")),
    Field("lies_in", _("The id of the larger place.")),
    Field("address", _("street address")),
    Field("phone", _("phone")),
    *POSITION_FIELDS,
)


@dataclass(frozen=True)
class DataSet:
    """One of the two lists: its name in addresses, its columns, its rows."""

    name: str
    fields: tuple[Field, ...]
    rows: Callable[[], Iterator[Facts]]


DATA_SETS = {
    "stations": DataSet("stations", STATION_FIELDS, open_data_rows.stations),
    "communities": DataSet("communities", COMMUNITY_FIELDS, open_data_rows.communities),
}


def head() -> Facts:
    """Return what a GeoJSON file says of itself, before its features."""
    return {
        "type": "FeatureCollection",
        "coordinate_system": SYSTEM,
        "coordinate_system_note": (
            "Coordinates are GCJ-02 (as Amap and Tencent maps draw them), NOT WGS-84: on other "
            "maps they lie some hundred metres off. 坐标为 GCJ-02，不是 WGS-84。"
        ),
        "crs": None,
        "licence": settings.OPEN_DATA_LICENCE,
        "licence_url": settings.OPEN_DATA_LICENCE_URL,
        "publisher": settings.SITE_NAME,
        "data_as_of": timezone.localdate().isoformat(),
    }


def geojson(data: DataSet) -> Iterator[bytes]:
    """Yield a GeoJSON file piece by piece, a feature a line."""
    opening = json.dumps(head(), ensure_ascii=False)
    yield f'{opening[:-1]}, "features": ['.encode()
    separator = "\n"
    for facts in data.rows():
        point = None
        if facts["longitude"] is not None:
            point = {"type": "Point", "coordinates": [facts["longitude"], facts["latitude"]]}
        properties = {
            name: value
            for name, value in facts.items()
            if name not in ("longitude", "latitude") and value is not None
        }
        feature = {
            "type": "Feature",
            "id": facts["id"],
            "geometry": point,
            "properties": properties,
        }
        yield f"{separator}{json.dumps(feature, ensure_ascii=False)}".encode()
        separator = ",\n"
    yield b"\n]}\n"


def table(data: DataSet) -> Iterator[bytes]:
    """Yield a CSV file piece by piece; date and licence stand in each row, so none is without."""
    names = [field.name for field in data.fields]
    said = [timezone.localdate().isoformat(), settings.OPEN_DATA_LICENCE]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*names, "data_as_of", "licence"])
    yield b"\xef\xbb\xbf" + _taken(text)
    for facts in data.rows():
        writer.writerow([*(_cell(facts[name]) for name in names), *said])
        yield _taken(text)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "、".join(value)
    return guarded(value) if isinstance(value, str) else value


def _taken(text: io.StringIO) -> bytes:
    written = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return written


FORMATS: dict[str, Callable[[DataSet], Iterable[bytes]]] = {"geojson": geojson, "csv": table}
_making: dict[tuple[str, str], threading.Lock] = {
    (name, kind): threading.Lock() for name in DATA_SETS for kind in FORMATS
}


@dataclass(frozen=True)
class Kept:
    """A file as it was made: where it is, a digest of what stands in it, when it was made."""

    path: Path
    digest: str
    made_at: float


def kept(name: str, kind: str) -> Kept:
    """Return a file, made anew where the one before is too old.

    While one request makes it, others are sent the one before; only the very first wait.

    Args:
        name: of the data set.
        kind: "geojson" or "csv".

    """
    lock = _making[name, kind]
    there = _newest(name, kind)
    if there is not None and time.time() - there.made_at < FRESH:
        return there
    if not lock.acquire(blocking=there is None):
        assert there is not None  # noqa: S101 - only then the lock is not waited for
        return there
    try:
        newer = _newest(name, kind)
        if newer is not None and time.time() - newer.made_at < FRESH:
            return newer
        return _made(name, kind)
    finally:
        lock.release()


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "open-data"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _newest(name: str, kind: str) -> Kept | None:
    """Return the file made last; its name holds its digest."""
    found = sorted(_folder().glob(f"{name}.*.{kind}"), key=lambda path: path.stat().st_mtime)
    if not found:
        return None
    return Kept(found[-1], found[-1].name.split(".")[1], found[-1].stat().st_mtime)


def _made(name: str, kind: str) -> Kept:
    digest = hashlib.sha256()
    beside = _folder() / f"{name}.{kind}.{threading.get_ident()}"
    with beside.open("wb") as file:
        for piece in FORMATS[kind](DATA_SETS[name]):
            digest.update(piece)
            file.write(piece)
    path = _folder() / f"{name}.{digest.hexdigest()[:32]}.{kind}"
    before = [one for one in _folder().glob(f"{name}.*.{kind}") if one != path]
    # The same again keeps its digest, and is new all the same.
    beside.replace(path)
    for old in before:
        old.unlink(missing_ok=True)
    return Kept(path, path.name.split(".")[1], path.stat().st_mtime)
