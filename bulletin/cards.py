"""The picture of a story that residents pass on in WeChat, where links open badly.

Masthead, headline, section, date, the first words and a QR code that leads to the whole story;
drawn by us when somebody asks for it, so no other host learns of it. It needs Noto CJK, as
typesetting does.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import segno
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from articles.models import Article
from bulletin.line_breaking import OPENING, broken
from communities.typesetting import fonts

# To be moved on when the card is drawn otherwise.
EDITION = 1
# Pixels. Three by four: WeChat shows it whole.
WIDTH, HEIGHT, MARGIN = 1080, 1440, 88
MEASURE = WIDTH - 2 * MARGIN
PAPER, INK, FADED, HAIR, RED = "#fdfcf9", "#1b1916", "#5c5750", "#d9d4ca", "#b5121b"
# The simplified Chinese face of the collections.
SIMPLIFIED = 2
HEADLINE_SIZES = (104, 92, 80, 70, 60, 50)
HEADLINE_LINES = 4
QR_SIZE = 260
FIRST_WORDS = 90
COLOURS = 48


@dataclass(frozen=True)
class Card:
    """What stands on a card."""

    paper: str
    section: str
    day: str
    headline: str
    words: str
    address: str


def card_of(story: Article, address: str) -> Card:
    """Return what stands on a story's card.

    Args:
        story: one the public sees.
        address: its own, whole.

    """
    filed = story.column or story.section
    day = timezone.localdate(story.publish_at)
    return Card(
        paper=settings.SITE_NAME,
        section=filed.name if filed else "",
        day=formats.date_format(day, "DATE_FORMAT"),
        headline=story.headline,
        words=story.deck or story.summary(FIRST_WORDS),
        address=address,
    )


def type_folder() -> Path | None:
    """Return where Noto CJK is; None where it is not, and no card can be drawn."""
    try:
        return fonts.folder()
    except ValidationError:
        return None


def draw(card: Card, folder: Path) -> bytes:
    """Return a card as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    serif, sans = (str(folder / f"Noto{face}CJK-Bold.ttc") for face in ("Serif", "Sans"))
    plain = str(folder / "NotoSansCJK-Regular.ttc")

    pen.text((MARGIN, 92), card.paper, RED, _face(serif, 68))
    pen.rectangle((MARGIN, 212, WIDTH - MARGIN, 218), INK)
    pen.rectangle((MARGIN, 226, WIDTH - MARGIN, 227), INK)
    pen.text((MARGIN, 256), card.section, RED, _face(sans, 38))
    pen.text((WIDTH - MARGIN, 256), card.day, FADED, _face(plain, 38), anchor="ra")

    top = _headline(pen, card.headline, serif)
    face = _face(plain, 40)
    room = (HEIGHT - MARGIN - QR_SIZE - 48 - top) // 66
    for line in broken(card.words, MEASURE, face.getlength, most=max(room, 0)):
        pen.text((MARGIN, top), line, FADED, face)
        top += 66

    foot = HEIGHT - MARGIN - QR_SIZE
    pen.rectangle((MARGIN, foot - 32, WIDTH - MARGIN, foot - 31), HAIR)
    _qr_code(pen, card.address, WIDTH - MARGIN - QR_SIZE, foot)
    pen.text((MARGIN, foot + 72), _("Hold to read the code"), INK, _face(sans, 44))
    pen.text((MARGIN, foot + 144), _("The whole story is behind it"), FADED, _face(plain, 38))

    file = io.BytesIO()
    few = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _headline(pen: ImageDraw.ImageDraw, headline: str, serif: str) -> int:
    """Set a headline as large as it goes on a few lines; return where the text below begins."""
    for size in HEADLINE_SIZES:
        face = _face(serif, size)
        lines = broken(headline, MEASURE, face.getlength, balanced=True)
        if len(lines) <= HEADLINE_LINES:
            break
    top, step = 356, round(size * 1.36)
    for line in lines:
        # An opening mark has its ink in its right half: it hangs out, so that the lines are flush.
        hanging = size // 2 if line[0] in OPENING else 0
        pen.text((MARGIN - hanging, top), line, INK, face)
        top += step
    return top + 52


def _qr_code(pen: ImageDraw.ImageDraw, address: str, left: int, top: int) -> None:
    """Draw a QR code, each of its modules the same whole number of pixels."""
    modules = list(segno.make(address, error="m", micro=False).matrix_iter(border=0))
    scale = max(QR_SIZE // len(modules), 1)
    # What division leaves over goes to the left, so that the code ends with the page's margin.
    left += QR_SIZE - scale * len(modules)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                x, y = left + column * scale, top + row * scale
                pen.rectangle((x, y, x + scale - 1, y + scale - 1), INK)


@lru_cache(maxsize=16)
def _face(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size, index=SIMPLIFIED)
