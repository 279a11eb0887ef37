"""A station's poster as a PDF: one sheet of A4 to be hung at its door.

Setting it takes the compiler most of a second, so what has been set is kept on this machine until
the station says something else, and only a few are set at once.
"""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from communities.models import ServiceStation
from communities.typesetting import compiler

TEMPLATE = Path(__file__).parent / "typesetting" / "poster.typ"
# Seconds: a reader waits, and a sheet of A4 takes less than one.
PATIENCE = 10.0
# How many posters are kept, and how many are set at once; others are asked to come again.
MOST_KEPT = 500
AT_ONCE = 2
SVG = "http://www.w3.org/2000/svg"
INK = "#1b1916"

_places = threading.BoundedSemaphore(AT_ONCE)


def poster(station: ServiceStation, address: str) -> bytes:
    """Return a station's poster.

    Args:
        station: fetched with `for_page`.
        address: of its page, for the QR code.

    Raises:
        ValidationError: codes "busy", "fonts", "slow" and "failed".

    """
    data = _data(station, address)
    written = json.dumps(data, ensure_ascii=False, sort_keys=True) + TEMPLATE.read_text()
    kept = _folder() / f"{hashlib.sha256(written.encode()).hexdigest()[:32]}.pdf"
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        pass
    if not _places.acquire(blocking=False):
        raise ValidationError(_("Too many posters are being made; try again shortly."), "busy")
    try:
        pdf = compiler.compose(TEMPLATE, data, patience=PATIENCE)
    finally:
        _places.release()
    _keep(kept, pdf)
    return pdf


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "posters"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(file: Path, content: bytes) -> None:
    """Keep a poster, and let go of the oldest where there are too many."""
    beside = file.with_suffix(f".{threading.get_ident()}")
    beside.write_bytes(content)
    beside.replace(file)
    there = sorted(file.parent.glob("*.pdf"), key=lambda one: one.stat().st_mtime)
    for old in there[:-MOST_KEPT]:
        old.unlink(missing_ok=True)


def _data(station: ServiceStation, address: str) -> dict[str, Any]:
    """Return what the poster says, as plain words; drawings are SVG."""
    signs = _signs()
    return {
        "kind": station.kind.name,
        "name": station.name,
        "address": station.address,
        "hours": [[days, spans] for days, spans in station.hours_by_days],
        "amenities": [[one.name, signs.get(one.icon, "")] for one in station.amenities.all()],
        "services": [one.service.name for one in station.offers.all()],
        "phone": station.phone,
        "paper": settings.SITE_NAME,
        "page": address,
        "code": segno.make(address, error="q", micro=False).svg_inline(border=4),
        "words": {
            "hours": _("Opening hours"),
            "amenities": _("On offer"),
            "services": _("Services"),
            "phone": _("Phone"),
            "scan": _("Scan for today's hours, what to bring and the news from here"),
        },
    }


def _signs() -> dict[str, str]:
    """Return the drawings of amenities, each as an SVG of its own, by their names."""
    ElementTree.register_namespace("", SVG)
    found = {}
    sprite = finders.find("img/amenities.svg")
    # Our own file.
    for symbol in ElementTree.parse(str(sprite)).iter(f"{{{SVG}}}symbol"):  # noqa: S314
        symbol.tag = f"{{{SVG}}}svg"
        symbol.set("stroke", INK)
        found[symbol.get("id", "")] = ElementTree.tostring(symbol, encoding="unicode")
    return found
