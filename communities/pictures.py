"""Pictures as they come in: checked, turned upright, freed of what they tell about their maker.

What is kept: sRGB, upright, no metadata but an sRGB profile of our own; at most 2,400 pixels long
(30 cm at the 200 dots to the inch of newsprint). Only a panorama or a long screenshot may be
longer, up to 4,096 pixels, so that its short side stays legible. An animation gives its first
frame.

A phone's JPEG is decoded at the smallest of its own scales that is large enough (a half, a quarter,
an eighth), so 48 megapixels take some 40 MB and a second; one picture is decoded at a time in a
process, so that ten uploads at once need no more memory than one.
"""

from __future__ import annotations

import io
import struct
import threading
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, UnidentifiedImageError

from communities.picture_kinds import refuse_kind

MOST_BYTES = 40 * 1024 * 1024
# A phone's JPEG is decoded at a smaller scale. Other kinds stand in memory whole, with four bytes
# a pixel and a copy; a WebP with three copies.
MOST_PIXELS_SCALED = 120_000_000
MOST_PIXELS = {"JPEG": 64_000_000, "MPO": 64_000_000, "PNG": 50_000_000, "WEBP": 24_000_000}
LONGEST_SIDE = 2400
SHORT_SIDE_OF_LONG_ONES = 1200
LONGEST_OF_ALL = 4096
JPEG_QUALITY = 86
FORMATS = ("JPEG", "PNG", "WEBP")
ORIENTATION = 0x0112
# How a picture is turned upright, by the number its camera wrote.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
# What decoders raise at broken files, beside what they document.
BREAKS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    struct.error,
    Image.DecompressionBombError,
)

_one_at_a_time = threading.Lock()


def clean_picture(upload: UploadedFile) -> ContentFile:
    """Check an uploaded picture and return it ready to be kept.

    A phone writes where the photographer stood into every picture, and that is nobody's business.

    Args:
        upload: the file as it arrived; its name and content type are not believed.

    Returns:
        A JPEG (a PNG where the picture has transparent parts), named like the upload.

    Raises:
        ValidationError: with what is wrong and what to do; codes "empty", "too_large",
            "too_many_pixels", "no_picture", "broken" and those of `picture_kinds`.

    """
    if upload.size == 0:
        raise ValidationError(
            _("The file is empty: it was cut off on its way. Please choose the picture again."),
            code="empty",
        )
    if upload.size is not None and upload.size > MOST_BYTES:
        raise ValidationError(
            _("The picture has %(size)d MB; at most %(most)d MB can be taken."),
            code="too_large",
            params={"size": -(-upload.size // 2**20), "most": MOST_BYTES // 2**20},
        )
    # Our own limits decide; what a decoder warns of in passing helps nobody.
    with _one_at_a_time, warnings.catch_warnings(action="ignore"), _opened(upload) as image:
        picture = _upright(_smaller(_decoded(image)), _orientation(image))
        picture = _in_srgb(picture, image.info.get("icc_profile"))
        raw, ending = _encoded(picture)
    stem = (upload.name or "").replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return ContentFile(raw, name=f"{stem or 'photo'}.{ending}")


def fitting(width: int, height: int) -> tuple[int, int]:
    """Return the size, in pixels, at which a picture of this size is kept."""
    long, short = max(width, height), min(width, height)
    scale = max(LONGEST_SIDE / long, min(SHORT_SIDE_OF_LONG_ONES / short, LONGEST_OF_ALL / long))
    if scale >= 1:
        return width, height
    return max(1, round(width * scale)), max(1, round(height * scale))


def _opened(upload: UploadedFile) -> Image.Image:
    """Read a picture's head: what it is, and whether it can be taken."""
    upload.seek(0)
    head = upload.read(4096)
    upload.seek(0)
    try:
        image = Image.open(upload, formats=FORMATS)
    except UnidentifiedImageError:
        refuse_kind(head)
        raise ValidationError(
            _("This file is no picture of a known kind; JPEG, PNG and WebP can be taken."),
            code="no_picture",
        ) from None
    except Image.DecompressionBombError:
        raise ValidationError(
            _("The picture has far too many pixels; it cannot be taken."), code="too_many_pixels"
        ) from None
    except BREAKS:
        raise _broken() from None
    scaled = image.format in ("JPEG", "MPO") and "progressive" not in image.info
    most = MOST_PIXELS_SCALED if scaled else MOST_PIXELS[image.format or "PNG"]
    if image.width * image.height > most:
        raise ValidationError(
            _("The picture has %(pixels)d million pixels; at most %(most)d can be taken."),
            code="too_many_pixels",
            params={
                "pixels": image.width * image.height // 1_000_000,
                "most": most // 1_000_000,
            },
        )
    return image


def _broken() -> ValidationError:
    return ValidationError(
        _("The picture is broken or was cut off on its way; please choose it again."),
        code="broken",
    )


def _decoded(image: Image.Image) -> Image.Image:
    """Decode a picture whole, so that a broken one is found now and not by a reader."""
    try:
        image.draft(image.mode, fitting(*image.size))
        image.load()
    except BREAKS:
        raise _broken() from None
    return image


def _smaller(image: Image.Image) -> Image.Image:
    """Return a picture in colours that can be reckoned with, at the size it is kept in."""
    if image.mode.startswith(("I", "F")):
        # Sixteen bits of grey; a plain conversion would make all of it white.
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.has_transparency_data:
        image = image if image.mode == "RGBA" else image.convert("RGBA")
        if image.getchannel("A").getextrema() == (255, 255):
            # A screenshot: it could be transparent, and is not.
            image = image.convert("RGB")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    size = fitting(*image.size)
    return (
        image
        if size == image.size
        else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
    )


def _orientation(image: Image.Image) -> int:
    """Return how the camera was held; as if upright, where what it wrote cannot be read."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except (*BREAKS, TypeError, KeyError, AttributeError, OverflowError):
        return 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in the colours every screen shows alike."""
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            return (
                ImageCms.profileToProfile(
                    image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), SRGB, outputMode=wanted
                )
                or image
            )
        except (ImageCms.PyCMSError, *BREAKS):
            # A profile that is broken or of another kind of picture: the colours as they stand.
            pass
    return image.convert(wanted)


def _encoded(image: Image.Image) -> tuple[bytes, str]:
    """Write a picture from its pixels alone; returns the file and the ending of its name."""
    target = io.BytesIO()
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    profile = SRGB.tobytes()
    if image.mode == "RGBA":
        bare.save(target, "PNG", optimize=True, icc_profile=profile)
        return target.getvalue(), "png"
    bare.save(target, "JPEG", quality=JPEG_QUALITY, progressive=True, icc_profile=profile)
    return target.getvalue(), "jpg"
