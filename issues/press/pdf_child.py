"""Reading and drawing PDFs, run in a process of its own by `issues.press.pdf`.

PDFium is not safe among threads, a malformed file can bring it down, and a malicious one can keep
it busy for hours; in a process of its own that costs nobody anything, and it can be ended. So this
file knows nothing of Django: it gets one JSON object as its argument and prints one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from ctypes import byref, c_int
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

# Bytes; the largest newspaper page tried took a tenth of it.
MOST_MEMORY = 2 * 1024**3
# Points (1/72 inch): from a business card to five metres.
SHORTEST_SIDE, LONGEST_SIDE = 100, 14_400
# The longer side against the shorter one; a double page is 1.4.
STEEPEST = 4
MOST_CHARACTERS = 60_000
JPEG_QUALITY = 82
# Fine enough for a tenth of a permille.
GRID = 10_000


class RefusedError(Exception):
    """The file cannot be taken; the argument is why, as a word."""


def main() -> None:
    """Do the one task that is asked for."""
    task = json.loads(sys.argv[1])
    _bound_memory()
    try:
        answer = TASKS[task.pop("task")](**task)
    except RefusedError as refusal:
        answer = {"refused": refusal.args[0], **dict(*refusal.args[1:])}
    json.dump(answer, sys.stdout)


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _opened(file: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise RefusedError("password" if locked else "broken") from None
    if not len(document):
        raise RefusedError("broken")
    return document


def _page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        raise RefusedError("broken") from None
    short, long = sorted(page.get_size())
    if short < SHORTEST_SIDE or long > LONGEST_SIDE or long > STEEPEST * short:
        size = [round(points / 72 * 2.54) for points in page.get_size()]
        raise RefusedError("size", {"page": number + 1, "size": size})
    return page


def draw(
    file: str, folder: str, width: int, small: int, count: int | None, number: int | None
) -> dict[str, Any]:
    """Draw pages as JPEGs in two widths, and cut each page out of a PDF that has several.

    Args:
        file: the PDF.
        folder: where "1.jpg", "1-small.jpg" and "1.pdf" are written, and so on for each page.
        width: pixels.
        small: pixels, for phones.
        count: draw every page; the PDF has to have so many.
        number: draw this page alone, counted from 1.

    Returns:
        "pages": how many the PDF has; "drawn": [width, height, small width, small height] of each.

    """
    document = _opened(file)
    pages = len(document)
    if count is not None and count != pages:
        raise RefusedError("count", {"pages": pages})
    if number is None and count is None and pages > 1:
        raise RefusedError("which", {"pages": pages})
    if number is not None and not 1 <= number <= pages:
        raise RefusedError("no_such_page", {"pages": pages})
    chosen = range(pages) if count is not None else [(number or 1) - 1]
    # Sizes first: of a file that is refused for its last page nothing was drawn in vain.
    for index in chosen:
        _page(document, index)
    drawn = []
    for place, index in enumerate(chosen, start=1):
        target = Path(folder) / str(place)
        drawn.append(_draw(_page(document, index), target, width, small))
        if pages > 1:
            _cut(document, index, target.with_suffix(".pdf"))
    return {"pages": pages, "drawn": drawn}


def _draw(page: pypdfium2.PdfPage, target: Path, width: int, small: int) -> list[int]:
    try:
        picture = page.render(scale=width / page.get_width(), rev_byteorder=True).to_pil()
    except (pypdfium2.PdfiumError, MemoryError):
        raise RefusedError("broken") from None
    picture = picture.convert("RGB")
    reduced = picture.resize((small, max(1, round(small * picture.height / picture.width))))
    for image, name in ((picture, f"{target.name}.jpg"), (reduced, f"{target.name}-small.jpg")):
        image.save(target.with_name(name), "JPEG", quality=JPEG_QUALITY, progressive=True)
    return [*picture.size, *reduced.size]


def _cut(document: pypdfium2.PdfDocument, index: int, target: Path) -> None:
    single = pypdfium2.PdfDocument.new()
    single.import_pages(document, [index])
    single.save(str(target))
    single.close()


def characters(file: str) -> dict[str, Any]:
    """Return the characters of a PDF's first page in the order its file has them.

    Returns:
        "characters": [character, left, top, right, bottom] each, in permille of the page as seen.

    """
    page = _page(_opened(file), 0)
    text = page.get_textpage()
    found = []
    for index in range(min(text.count_chars(), MOST_CHARACTERS)):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.isspace() or not character.isprintable():
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        corners = [_seen(page, x, y) for x, y in ((left, top), (right, bottom))]
        across, down = zip(*corners, strict=True)
        found.append([character, min(across), min(down), max(across), max(down)])
    return {"characters": found}


def _seen(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Return a point's permille on the page as seen: turned and cropped as the page says."""
    across, down = c_int(), c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, GRID, GRID, 0, x, y, byref(across), byref(down))
    return across.value * 1000 / GRID, down.value * 1000 / GRID


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"draw": draw, "characters": characters}

if __name__ == "__main__":
    main()
