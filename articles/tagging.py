"""Tags as Chinese writers type them: divided by ，、；or new lines, never by single spaces.

taggit's own parser divides at half-width commas and blanks only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

DIVIDERS = re.compile(r"[,，、;；\n\r\t|｜]+")
MAX_LENGTH = 100


def tags_from_text(text: str) -> list[str]:
    """Return the tags in a typed line, trimmed, NFKC-normalised, each once, in order.

    A leading # (as typed on social platforms) is dropped.
    """
    found: dict[str, None] = {}
    for part in DIVIDERS.split(text or ""):
        tag = " ".join(unicodedata.normalize("NFKC", part).replace("#", " ").split())
        if tag:
            found.setdefault(tag[:MAX_LENGTH])
    return list(found)


def text_from_tags(tags: Iterable[object]) -> str:
    """Return tags as a line that `tags_from_text` reads back."""
    return "、".join(sorted(getattr(tag, "name", str(tag)) for tag in tags))
