"""The compiler at work, run in a process of its own by `communities.typesetting.compiler`.

A compiler that runs away would take the newsroom's server with it; in a process of its own it has
bounded memory and is ended when its time is over. So this file knows nothing of Django: it is
given a folder that holds a task (`task.json`), and prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from ctypes import byref, c_double
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import typst
from PIL import Image, ImageOps

# Bytes of address space; a page takes a fifth of it, most of that the fonts.
MOST_MEMORY = 3 * 1024**3
# Dots an inch: what newspapers are printed from.
RESOLUTION = 220
JPEG_QUALITY = 88
MOST_PIXELS = 120_000_000
INVISIBLE = "\u200b\ufeff"


def main() -> None:
    """Do the one task that is asked for."""
    folder = Path(sys.argv[1])
    task = json.loads((folder / "task.json").read_text())
    _bound_memory()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    work = {"measure": measure, "compose": compose}[task["task"]]
    json.dump(work(folder, task), sys.stdout)


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _compiled(folder: Path, task: dict[str, Any]) -> bytes:
    (folder / "data.json").write_text(json.dumps(task["data"], ensure_ascii=False))
    found: Any = typst.compile(
        str(folder / "page.typ"),
        root=str(folder),
        font_paths=[task["fonts"]],
        ignore_system_fonts=True,
        format="pdf",
    )
    return bytes(found)


def measure(folder: Path, task: dict[str, Any]) -> dict[str, Any]:
    """Return the lines the compiler divides each passage into, and how high each is in points."""
    document = pypdfium2.PdfDocument(_compiled(folder, task))
    return {"passages": [[_lines(page), page.get_height()] for page in document]}


def _lines(page: pypdfium2.PdfPage) -> list[str]:
    """Return a page's text by its baselines, without blanks."""
    text = page.get_textpage()
    lines: list[str] = []
    base = None
    x, y = c_double(), c_double()
    for place in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, place))
        if letter.isspace() or letter in INVISIBLE:
            continue
        pdfium.FPDFText_GetCharOrigin(text, place, byref(x), byref(y))
        here = round(y.value)
        if base is None or abs(here - base) > 2:
            lines.append("")
            base = here
        lines[-1] += letter
    return lines


def compose(folder: Path, task: dict[str, Any]) -> dict[str, Any]:
    """Crop the pictures, and write the page as "page.pdf"."""
    for picture in task["pictures"]:
        _crop(folder, **picture)
    (folder / "page.pdf").write_bytes(_compiled(folder, task))
    return {}


def _crop(
    folder: Path, source: str, target: str, width: float, height: float, focus: tuple[int, int]
) -> None:
    """Cut a picture to a shape around its focus, as fine as it is printed.

    Args:
        folder: where both files are.
        source: the picture's file.
        target: the file to write.
        width: in points, as printed.
        height: likewise.
        focus: what is kept in sight, in hundredths across and down.

    """
    with Image.open(folder / source) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    wanted = width / height
    across, down = picture.size
    if across / down > wanted:
        size = (round(down * wanted), down)
    else:
        size = (across, round(across / wanted))
    left = min(max(round(across * focus[0] / 100 - size[0] / 2), 0), across - size[0])
    top = min(max(round(down * focus[1] / 100 - size[1] / 2), 0), down - size[1])
    picture = picture.crop((left, top, left + size[0], top + size[1]))
    fine = round(width / 72 * RESOLUTION)
    if picture.width > fine:
        picture = picture.resize((fine, max(1, round(fine / wanted))), Image.Resampling.LANCZOS)
    picture.save(folder / target, "JPEG", quality=JPEG_QUALITY)


if __name__ == "__main__":
    main()
