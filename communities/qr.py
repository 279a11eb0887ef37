"""QR codes: for print, and as pictures of their own."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def qr_code(address: str) -> SafeString:
    """Return a QR code of an address as an SVG element that scales with the page.

    Error correction Q stands a quarter of the code torn or soiled: a poster hangs outdoors.
    """
    drawn = segno.make(address, error="q", micro=False).svg_inline(
        border=4, omitsize=True, title=_("QR code"), svgclass=None, lineclass=None
    )
    # Written by segno from numbers alone; the address is not in it as text.
    return mark_safe(drawn)  # noqa: S308


def qr_picture(address: str) -> bytes:
    """Return a QR code of an address as an SVG file, black on white whatever the page's colours."""
    file = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(file, kind="svg", border=4, scale=4, light="#fff", xmldecl=False)
    return file.getvalue()
