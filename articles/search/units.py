"""Texts as search sees them: units side by side, and pairs of neighbours (bigrams).

A Chinese character is a unit, and so is a Latin word or a number. No dictionary divides Chinese
into words, so none can be wrong about a name: whatever stands side by side can be found. Width,
case, accents and traditional characters make no difference; quotation marks, title marks, dots in
names and spaces stand between nothing; other punctuation divides (灯亮 is not in "路灯，亮了").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import NamedTuple

from .traditional import SIMPLIFIED

HAN = (
    r"\u3005\u3007\u3040-\u30ff\u3105-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
LETTER = rf"[^\W_{HAN}]"
# What may stand inside a word: the marks in 3.5, 1,234 and resident's.
INSIDE = r"(?:(?<=\d)(?:\.(?=\d)|,(?=\d{3}(?!\d)))|(?<=[a-z])['’](?=[a-z]))"
# A word or a number; a character; or what joins its neighbours.
PIECE = re.compile(
    rf"(?P<word>{LETTER}+(?:{INSIDE}{LETTER}+)*)"
    rf"|(?P<character>[{HAN}])"
    r"|(?P<join>[ \t\u00a0\u200b-\u200d\ufeff\ufe00-\ufe0f\u0300-\u036f]"
    r"|[“”‘’\"'「」『』《》〈〉〔〕·•‧・]"
    r"|(?<=[^\W_])[-‐‑–](?=[^\W_])|(?<=\d)[:~](?=\d))"
    r"|(?P<mark>.)",
    re.DOTALL,
)
# The same, with characters side by side as one piece.
STRETCH = re.compile(
    PIECE.pattern.replace(f"<character>[{HAN}]", f"<character>[{HAN}]+"), re.DOTALL
)
IN_NUMBERS = re.compile(r"[,'’]")
# Stands in a canonical text where punctuation divides.
BREAK = "|"
# Longer grams are cut; nobody types so long a word, and an index has room for no longer.
LONGEST_GRAM = 80


class Unit(NamedTuple):
    """A character, a word or a number.

    Attributes:
        text: as it is compared.
        start: where it begins in the text it was read from.
        end: where it ends there.
        is_word: whether it is written in letters or digits.

    """

    text: str
    start: int
    end: int
    is_word: bool


Run = list[Unit]


@lru_cache(maxsize=30_000)
def fold(character: str) -> str:
    """Return a character without width, case, accent or tradition; it may give several, or none."""
    folded = unicodedata.normalize("NFKC", character).casefold()
    parts = unicodedata.normalize("NFD", folded)
    if len(parts) > len(folded):
        bare = "".join(part for part in parts if not unicodedata.combining(part))
        folded = unicodedata.normalize("NFC", bare)
    return folded.translate(SIMPLIFIED)


def runs(text: str) -> list[Run]:
    """Divide a text into runs of units that stand side by side."""
    folded = [fold(character) for character in text]
    origins = [n for n, some in enumerate(folded) for _ in some]
    found: list[Run] = [[]]
    for piece in PIECE.finditer("".join(folded)):
        kind = piece.lastgroup
        if kind == "mark":
            if found[-1]:
                found.append([])
        elif kind != "join":
            start, end = origins[piece.start()], origins[piece.end() - 1] + 1
            words = piece[0] if kind == "character" else IN_NUMBERS.sub("", piece[0])
            found[-1].append(Unit(words, start, end, kind == "word"))
    return found if found[-1] else found[:-1]


class _Folded(dict[int, str]):
    """What `str.translate` asks for each character; each is folded once."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold(chr(code))
        return folded


_FOLDED = _Folded()


def indexed(text: str) -> tuple[str, set[str]]:
    """Return the canonical writing of a text and its grams: of `runs`, and five times as fast.

    For the index, which does not ask where in the text each unit stands.
    """
    written: list[str] = [""]
    found: set[str] = set()
    # The unit before this one, as `pairs` writes it.
    before = ""
    for piece in STRETCH.finditer(text.translate(_FOLDED)):
        kind = piece.lastgroup
        if kind == "join":
            continue
        if kind == "mark":
            if before:
                written.append("")
            before = ""
            continue
        some = piece[0]
        if kind == "word":
            some = IN_NUMBERS.sub("", some)
            found.add(some[:LONGEST_GRAM])
            written[-1] += f" {some} "
            first = last = f"_{some}_"
        else:
            found.update(some)
            found.update(map(add, some, some[1:]))
            written[-1] += some
            first, last = some[0], some[-1]
        if before:
            found.add((before + first).strip("_").replace("__", "_")[:LONGEST_GRAM])
        before = last
    runs_written = (one.replace("  ", " ") for one in filter(None, written))
    return BREAK.join(runs_written), found


def canonical(divided: list[Run]) -> str:
    """Write runs so that one is part of another just where its characters are.

    >>> canonical(runs("今年3月，“AED”到了"))
    '今年 3 月| aed 到了'
    """
    return BREAK.join(
        "".join(f" {unit.text} " if unit.is_word else unit.text for unit in run).replace("  ", " ")
        for run in divided
    )


def grams(divided: list[Run]) -> set[str]:
    """Return what an index holds of a text: its units, and each with its neighbour."""
    found: set[str] = set()
    for run in divided:
        found.update(unit.text[:LONGEST_GRAM] for unit in run)
        found.update(pairs(run))
    return found


def pairs(run: Run) -> list[str]:
    """Return each unit of a run with its neighbour; "_", which no unit contains, divides words."""
    texts = [unit.text for unit in run]
    if any(unit.is_word for unit in run):
        texts = [f"_{unit.text}_" if unit.is_word else unit.text for unit in run]
        both = pairwise(texts)
        return [(a + b).strip("_").replace("__", "_")[:LONGEST_GRAM] for a, b in both]
    return [a + b for a, b in pairwise(texts)]
