"""PDFs of the press, drawn as pictures and read for their text.

The work is done in a process of its own (`pdf_child`), with bounded memory and time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CHILD = Path(__file__).with_name("pdf_child.py")
# Pixels.
WIDTH, SMALL_WIDTH = 1600, 800
# Seconds that an editor waits at most, for one page or for a whole issue.
PATIENCE = 25.0
REFUSALS = {
    "password": _(
        "This PDF is locked with a password. Ask the press for one without, or save it again "
        "without."
    ),
    "broken": _(
        "This PDF is broken or has no pages; it may have been cut off on its way. Please choose it "
        "again."
    ),
    "size": _(
        "Page %(page)d of this PDF is %(across)d by %(down)d cm large; that is no newspaper page."
    ),
    "count": _("This PDF has %(pages)d pages, and %(wanted)d are chosen. Nothing was changed."),
    "which": _("This PDF has %(pages)d pages. Choose it again and say which of them it is."),
    "no_such_page": _("This PDF has no such page; it has %(pages)d."),
    "slow": _(
        "Drawing this PDF took longer than %(seconds)d seconds, and nothing was changed. Have the "
        "server's operator run: manage.py press_pages"
    ),
}


@dataclass(frozen=True)
class Drawn:
    """A page of a PDF, drawn.

    Attributes:
        image: the file of its picture.
        size: the picture's width and height in pixels.
        small: the file of the picture for phones.
        small_size: that picture's.
        pdf: the PDF of this page alone; the very file that was given, if it has no other page.

    """

    image: Path
    size: tuple[int, int]
    small: Path
    small_size: tuple[int, int]
    pdf: Path


@dataclass(frozen=True)
class Character:
    """A character of a page's text and its place, in permille of the page as seen."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def draw(
    file: Path,
    folder: Path,
    *,
    count: int | None = None,
    number: int | None = None,
    patience: float = PATIENCE,
) -> list[Drawn]:
    """Draw a PDF's pages.

    Args:
        file: the PDF.
        folder: an empty folder, where the pictures are written.
        count: draw every page; the PDF has to have so many.
        number: draw this page alone, counted from 1. With neither the PDF has to have one page.
        patience: seconds after which it is given up.

    Raises:
        ValidationError: when the PDF cannot be taken; the codes are those of `REFUSALS`.

    """
    answer = _ask(
        {
            "task": "draw",
            "file": str(file),
            "folder": str(folder),
            "width": WIDTH,
            "small": SMALL_WIDTH,
            "count": count,
            "number": number,
        },
        patience,
    )
    pages = []
    for place, (width, height, small_width, small_height) in enumerate(answer["drawn"], start=1):
        cut = folder / f"{place}.pdf"
        pages.append(
            Drawn(
                image=folder / f"{place}.jpg",
                size=(width, height),
                small=folder / f"{place}-small.jpg",
                small_size=(small_width, small_height),
                pdf=cut if answer["pages"] > 1 else file,
            )
        )
    return pages


def characters(file: Path, *, patience: float = PATIENCE) -> list[Character]:
    """Return the characters of a PDF's first page in its file's order; none of a mere picture.

    Raises:
        ValidationError: as `draw`.

    """
    answer = _ask({"task": "characters", "file": str(file)}, patience)
    return [Character(*row) for row in answer["characters"]]


def _ask(task: Mapping[str, Any], patience: float) -> dict[str, Any]:
    try:
        # -I: the child takes nothing from the folder it runs in, nor from the environment.
        done = subprocess.run(  # noqa: S603 - our own file; nothing of it comes from a visitor
            [sys.executable, "-I", str(CHILD), json.dumps(task)],
            capture_output=True,
            timeout=patience,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise _refusal("slow", {"seconds": patience}) from None
    except (subprocess.CalledProcessError, ValueError):
        raise _refusal("broken", {}) from None
    if why := answer.get("refused"):
        raise _refusal(why, {**answer, "wanted": task.get("count")})
    return answer


def _refusal(why: str, values: dict[str, Any]) -> ValidationError:
    across, down = values.get("size", (0, 0))
    return ValidationError(
        REFUSALS[why], code=why, params={**values, "across": across, "down": down}
    )
