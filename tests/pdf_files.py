"""PDFs as a press sends them, and as it should not, written byte by byte."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile

# Points: a tabloid page.
WIDTH, HEIGHT = 680, 960
Text = tuple[str, float, float, float]

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[4 0 R]>>"
)
DESCENDANT = (
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
    b"/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>"
)


def pdf(
    *pages: Sequence[Text],
    size: tuple[float, float] = (WIDTH, HEIGHT),
    attributes: str = "",
    trailer: str = "",
) -> bytes:
    """Return a PDF.

    Args:
        pages: the texts of each: words, left, baseline from the top, size; all in points.
        size: the pages' width and height.
        attributes: more of each page's dictionary, e.g. "/Rotate 90".
        trailer: more of the trailer's, e.g. an encryption.

    """
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        FONT,
        DESCENDANT,
    ]
    for number, texts in enumerate(pages):
        ink = b"".join(_shown(size[1], *text) for text in texts)
        objects += [
            (
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]{attributes}"
                f"/Resources<</Font<</F1 3 0 R>>>>/Contents {6 + 2 * number} 0 R>>"
            ).encode(),
            b"<</Length %d>>stream\n%s\nendstream" % (len(ink), ink),
        ]
    return _file(objects, trailer)


def _shown(height: float, words: str, left: float, down: float, size: float) -> bytes:
    codes = words.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf {left} {height - down} Td <{codes}> Tj ET\n".encode()


def _file(objects: list[bytes], trailer: str) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\n".encode()
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def locked_pdf() -> bytes:
    """Return a PDF that opens with a password alone (RC4, 40 bits; nobody has to know it)."""
    secret = f"/O <{'11' * 32}> /U <{'22' * 32}>"
    return pdf(
        [("锁着", 60, 60, 30)],
        trailer=f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2 {secret} /P -4>>",
    )


def empty_pdf() -> bytes:
    """Return a PDF without a page."""
    return pdf()


def upload(content: bytes, name: str = "版面.pdf") -> SimpleUploadedFile:
    """Return a file as a browser uploads it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def front(*headlines: str) -> list[Text]:
    """Return a page of stories one below the other: a headline, and four lines in two columns."""
    texts: list[Text] = []
    for number, headline in enumerate(headlines):
        top = 80 + number * 300
        texts.append((headline, 60, top, 36))
        for column in (60, 360):
            texts += [("灯亮了巷子也亮了" * 2, column, top + 40 + 20 * n, 14) for n in range(4)]
    return texts
