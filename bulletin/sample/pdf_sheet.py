"""A sheet of paper as a PDF: type, rules and pictures put on it, written out by hand.

The type is named and not embedded (Adobe's STSong-Light with the UniGB-UCS2-H coding), so a viewer
sets it in whatever Chinese type its machine has. Measures are points, from the upper left corner.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator

from PIL import Image

Colour = tuple[float, float, float]
INK: Colour = (0.08, 0.07, 0.06)
RED: Colour = (0.71, 0.07, 0.11)
FADED: Colour = (0.36, 0.34, 0.31)
# What may not begin a line.
MARKS = "，。、；：？！”’）》〉】…—％"
CLOSING = frozenset(MARKS)
# Kinds of width (Unicode annex 11) that take half a Chinese character.
NARROW = ("N", "Na", "H")
# The first 95 characters of Adobe-GB1 are Latin ones of half the width.
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
    b"/W[1 95 500]/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor 4 0 R>>]>>"
)
DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>"
)


def width_of(words: str) -> float:
    """Return how wide words are, in ems."""
    return sum(
        0.5 if unicodedata.east_asian_width(letter) in ("N", "Na", "H") else 1 for letter in words
    )


def lines_of(words: str, width: float) -> Iterator[str]:
    """Divide words into lines of at most so many ems; no line begins with a closing mark.

    One such mark may hang over the edge; before two, the character they close goes with them.
    """
    line = ""
    for letter in words:
        over = width_of(line + letter) - width
        if line and over > 0 and (letter not in CLOSING or over > 1):
            kept = len(line) if letter not in CLOSING else len(line.rstrip(MARKS)) - 1
            yield line[:kept]
            line = line[kept:]
        line += letter
    if line:
        yield line


class PdfSheet:
    """One page, put together and then written."""

    def __init__(self, width: float, height: float) -> None:
        """Begin with an empty page of this size."""
        self.size = (width, height)
        self._ink: list[str] = []
        self._pictures: list[bytes] = []

    def words(self, words: str, left: float, top: float, size: float, colour: Colour = INK) -> None:
        """Set one line; `top` is where its characters begin, not their base."""
        down = self.size[1] - top - size * 0.88
        codes = words.encode("utf-16-be").hex()
        paint = " ".join(f"{part:g}" for part in colour)
        self._ink.append(f"BT {paint} rg /F1 {size:g} Tf {left:g} {down:.2f} Td <{codes}> Tj ET")

    def rule(self, left: float, top: float, width: float, weight: float = 0.6) -> None:
        """Draw a line across."""
        paint = " ".join(f"{part:g}" for part in INK)
        self._ink.append(
            f"{paint} rg {left:g} {self.size[1] - top - weight:.2f} {width:g} {weight:g} re f"
        )

    def picture(self, jpeg: bytes, left: float, top: float, width: float) -> float:
        """Put a picture on the page at this width; returns the height it takes."""
        with Image.open(io.BytesIO(jpeg)) as image:
            across, down = image.size
        height = width * down / across
        name = f"P{len(self._pictures)}"
        self._pictures.append(_picture(jpeg, across, down))
        self._ink.append(
            f"q {width:g} 0 0 {height:.2f} {left:g} {self.size[1] - top - height:.2f} cm "
            f"/{name} Do Q"
        )
        return height

    def written(self) -> bytes:
        """Return the PDF."""
        ink = "\n".join(self._ink).encode()
        names = " ".join(f"/P{n} {6 + n} 0 R" for n in range(len(self._pictures)))
        width, height = self.size
        return _file(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[5 0 R]/Count 1>>",
                FONT,
                DESCRIPTOR,
                (
                    f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:g} {height:g}]/Resources"
                    f"<</Font<</F1 3 0 R>>/XObject<<{names}>>>>"
                    f"/Contents {6 + len(self._pictures)} 0 R>>"
                ).encode(),
                *self._pictures,
                b"<</Length %d>>stream\n%s\nendstream" % (len(ink), ink),
            ]
        )


def _picture(jpeg: bytes, across: int, down: int) -> bytes:
    head = (
        f"<</Type/XObject/Subtype/Image/Width {across}/Height {down}/ColorSpace/DeviceRGB"
        f"/BitsPerComponent 8/Filter/DCTDecode/Length {len(jpeg)}>>stream\n"
    )
    return head.encode() + jpeg + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return out + b"startxref\n%d\n%%%%EOF\n" % start
