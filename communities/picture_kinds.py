"""Files that are chosen as pictures and cannot be taken: what each is, and what helps."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# The first bytes of a file, and what people call it.
SIGNATURES = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF / RAW"),
    (b"MM\0*", "TIFF / RAW"),
    (b"II+\0", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word / WPS / ZIP"),
    (b"\xd0\xcf\x11\xe0", "Word / WPS"),
    (b"Rar!", "RAR"),
)
# The brands in an ISO media file's head: what a phone's newer pictures, and its films, are.
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
AVIF = {b"avif", b"avis"}


def refuse_kind(head: bytes) -> None:
    """Say what a file is, and what helps, when it is of a kind that cannot be taken.

    Args:
        head: the file's first bytes; 32 are enough. Its name is not believed.

    Raises:
        ValidationError: codes "heic", "video" and "other_kind"; none where the kind is unknown.

    """
    if head[4:8] == b"ftyp":
        _refuse_media(head)
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            raise _other(kind)
    if b"<svg" in head[:1024]:
        raise _other("SVG")


def _refuse_media(head: bytes) -> None:
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[n : n + 4] for n in range(16, length, 4))}
    if brands & AVIF:
        raise _other("AVIF")
    if brands & HEIC:
        raise ValidationError(
            _(
                "This is an iPhone's HEIC picture, which not every device can show. Choose it with "
                "the button on the iPhone itself, which then sends it as JPEG; or set Settings, "
                "Camera, Formats to “Most Compatible” for the next pictures."
            ),
            code="heic",
        )
    raise ValidationError(_("This is a video; only pictures can be taken here."), code="video")


def _other(kind: str) -> ValidationError:
    return ValidationError(
        _("This is a %(kind)s file. Save the picture as JPEG or PNG and choose it again."),
        code="other_kind",
        params={"kind": kind},
    )
