"""The text of a cell: as it is read, as it is written, and safe from being run as a formula."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# What a spreadsheet would take for a formula, behind any number of our own apostrophes.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Take away the apostrophe that `guarded` put before a text."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def tidy(text: str) -> str:
    """Return text without blanks around it, its line ends as line feeds."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return ILLEGAL_CHARACTERS_RE.sub("", text).strip()


def text_of(value: object) -> str:
    """Return the value of a spreadsheet's cell as it would be typed: dates as 2026-03-01."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time(0)
        return value.date().isoformat() if midnight else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def joined(parts: Iterable[str], separator: str) -> str:
    r"""Join parts by a separator; where it stands inside of one, a backslash stands before it."""
    return separator.join(re.sub(r"([\\|｜])", r"\\\1", part).rstrip() for part in parts)


def parted(text: str) -> list[str]:
    """Divide a text at its upright strokes, as `joined` put them."""
    parts = re.split(r"(?<!\\)(?:\\\\)*[|｜]", text)
    return [re.sub(r"\\([\\|｜])", r"\1", part).strip() for part in parts]


def divided(text: str, known: Iterable[str]) -> list[str]:
    """Divide a list of names at 、 ， ； and line ends; a known name that has one stays whole."""
    longest = sorted((name for name in known if name), key=len, reverse=True)
    found, rest = [], text.strip()
    while rest:
        for name in longest:
            if rest.startswith(name) and (
                len(rest) == len(name) or rest[len(name)] in "、，,；;\n"
            ):
                break
        else:
            name = re.split("[、，,；;\n]", rest, maxsplit=1)[0]
        found.append(name.strip())
        rest = rest[len(name) :].lstrip("、，,；;\n ")
    return [name for name in found if name]
