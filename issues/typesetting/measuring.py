"""The text of a page divided into lines, by the compiler itself.

It sets every passage once in a column of the page's measure, and the lines are read back from what
it set. They are kept to when the page is composed: so columns can be filled line by line, and what
has no room is known to the character.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator, Sequence
from typing import Any

from . import compiler
from .blocks import UNDER_CAPTION, Matter, caption_height
from .flowing import Line
from .sheets import Sheet
from .stories import Passage, Run, Runs, Story

INVISIBLE = "\u200b\ufeff"
# Ems by which what is quoted and listed stands in from the left.
INSETS = {"quote": 1.0, "item": 1.0}
DIVIDED = ("text", "quote", "item")


def measured(stories: Sequence[Story], sheet: Sheet) -> list[Matter]:
    """Return stories with the lines of their text on a sheet.

    Raises:
        ValidationError: as `compiler.measure`.

    """
    passages = [one for story in stories for one in story.passages if one.kind != "picture"]
    found = iter(
        compiler.measure(
            {
                "task": "measure",
                "body": sheet.body,
                "pitch": sheet.pitch,
                "width": sheet.column,
                "passages": [_as_data(one, sheet) for one in passages],
            }
        )
        if passages
        else ()
    )
    return [_matter(story, found, sheet) for story in stories]


def inset(passage: Passage, sheet: Sheet) -> float:
    """Return how far a passage stands in from the left, in points."""
    return INSETS.get(passage.kind, 0) * sheet.body


def _as_data(passage: Passage, sheet: Sheet) -> dict[str, Any]:
    return {
        "kind": passage.kind,
        "runs": runs_as_data(passage.runs),
        "cells": [[runs_as_data(cell) for cell in row] for row in passage.cells],
        "head": passage.has_head,
        "first": not passage.is_rest,
        "inset": inset(passage, sheet),
    }


def runs_as_data(runs: Runs) -> list[list[str]]:
    """Return runs as the compiler's file takes them."""
    return [[run.text, run.face] for run in runs]


def _matter(story: Story, found: Iterator[tuple[list[str], float]], sheet: Sheet) -> Matter:
    lines: list[Line] = []
    words: list[tuple[Runs, ...]] = []
    for place, passage in enumerate(story.passages):
        if passage.kind == "picture":
            lines.append(Line(place, 0, 0, rows=_picture_rows(passage, sheet)))
            words.append(())
            continue
        texts, height = next(found)
        if passage.kind in DIVIDED:
            divided = tuple(divide(passage.runs, texts))
            lines += [Line(place, number, _count(runs)) for number, runs in enumerate(divided)]
        else:
            divided = (
                (passage.runs,) if passage.kind == "table" else tuple(divide(passage.runs, texts))
            )
            rows = max(1, math.ceil((height - 0.5) / sheet.pitch))
            count = sum(_count(cell) for row in passage.cells for cell in row)
            count += _count(passage.runs)
            lines.append(Line(place, 0, count, rows, is_head=passage.kind == "subhead"))
        words.append(divided)
    return Matter(story, tuple(lines), tuple(words))


def _picture_rows(passage: Passage, sheet: Sheet) -> int:
    picture = passage.picture
    if picture is None:
        return 1
    shape = min(max(picture.height / max(picture.width, 1), 0.5), 1.2)
    height = sheet.column * shape + caption_height(picture, sheet.column) + UNDER_CAPTION
    return math.ceil(height / sheet.pitch)


def divide(runs: Runs, texts: Sequence[str]) -> Iterator[Runs]:
    """Divide words at the places where the compiler divided them.

    Args:
        runs: the words.
        texts: the lines as they were read back, without blanks.

    """
    letters = [(letter, run.face) for run in runs for letter in run.text]
    ends = _ends([letter for letter, _face in letters], texts)
    start = 0
    for end in ends:
        line = letters[start:end]
        while line and start and line[0][0] == " ":
            line = line[1:]
        while line and line[-1][0] == " ":
            line = line[:-1]
        yield _joined(line)
        start = end


def _ends(letters: Sequence[str], texts: Sequence[str]) -> list[int]:
    """Return where lines end among the letters; blanks belong to the line before them."""
    printed = [n for n, letter in enumerate(letters) if _is_printed(letter)]
    if sum(map(len, texts)) == len(printed):
        counts, total = [], 0
        for text in texts:
            total += len(text)
            counts.append(total)
    else:
        # A letter the type lacks, or one that is set as two: the lines are matched by their words.
        counts = _matched([letters[n] for n in printed], texts)
    ends = [printed[count] if count < len(printed) else len(letters) for count in counts]
    if ends:
        ends[-1] = len(letters)
    return ends


def _matched(letters: Sequence[str], texts: Sequence[str]) -> list[int]:
    read = "".join(texts)
    matcher = difflib.SequenceMatcher(None, read, "".join(letters), autojunk=False)
    where: dict[int, int] = {}
    for block in matcher.get_matching_blocks():
        where.update({block.a + n: block.b + n for n in range(block.size)})
    counts, total = [], 0
    for text in texts:
        total += len(text)
        behind = next((where[n] for n in range(total, len(read)) if n in where), len(letters))
        counts.append(behind)
    return counts


def _is_printed(letter: str) -> bool:
    return not letter.isspace() and letter not in INVISIBLE


def _joined(letters: Sequence[tuple[str, str]]) -> Runs:
    runs: list[Run] = []
    for letter, face in letters:
        if runs and runs[-1].face == face:
            runs[-1] = Run(runs[-1].text + letter, face)
        else:
            runs.append(Run(letter, face))
    return tuple(runs)


def _count(runs: Runs) -> int:
    return sum(_is_printed(letter) for run in runs for letter in run.text)
