"""The typst compiler, asked to measure text and to write pages.

The work is done in a process of its own (`communities.typesetting.compiler`), with bounded memory
and time.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from communities.typesetting.compiler import ask

TEMPLATE = Path(__file__).parent / "page.typ"
# Seconds that an editor waits at most for one pass over a page; there are two.
PATIENCE = 40.0


@dataclass(frozen=True)
class Crop:
    """A picture as it is printed: its file in the storage, its size in points, its focus."""

    file: str
    target: str
    width: float
    height: float
    focus: tuple[int, int]


def measure(
    data: Mapping[str, Any], *, patience: float = PATIENCE
) -> list[tuple[list[str], float]]:
    """Return the lines each passage is divided into, without blanks, and its height in points.

    Raises:
        ValidationError: codes "fonts", "slow" and "failed".

    """
    with tempfile.TemporaryDirectory(prefix="typeset-") as name:
        answer = ask(Path(name), TEMPLATE, {"task": "measure", "data": data}, patience)
    return [(lines, height) for lines, height in answer["passages"]]


def compose(data: Mapping[str, Any], crops: Sequence[Crop], *, patience: float = PATIENCE) -> bytes:
    """Return a page as a PDF.

    Raises:
        ValidationError: codes "fonts", "slow", "failed", and "picture" where a file is gone.

    """
    with tempfile.TemporaryDirectory(prefix="typeset-") as name:
        folder = Path(name)
        pictures = []
        for place, crop in enumerate(crops):
            source = f"source-{place}"
            _fetch(crop.file, folder / source)
            pictures.append(
                {
                    "source": source,
                    "target": crop.target,
                    "width": crop.width,
                    "height": crop.height,
                    "focus": crop.focus,
                }
            )
        task = {"task": "compose", "data": data, "pictures": pictures}
        ask(folder, TEMPLATE, task, patience)
        return (folder / "page.pdf").read_bytes()


def _fetch(file: str, target: Path) -> None:
    try:
        with default_storage.open(file, "rb") as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    except FileNotFoundError:
        raise ValidationError(
            _("The file of the picture %(name)s is gone; upload it to its story again."),
            code="picture",
            params={"name": file.rpartition("/")[2]},
        ) from None
