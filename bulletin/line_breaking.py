"""Chinese text broken into lines, as a compositor breaks it.

A line begins with no closing mark and ends with no opening one (GB/T 15834); numbers and Latin
words stay whole. A headline's lines are about equally long, and break between its parts where they
can.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# What a line may not begin with, and what it may not end with.
CLOSING = frozenset("，。、；：？！）〕】》〉」』”’％℃·…—～,.;:?!)]}%")
OPENING = frozenset("（〔【《〈「『“‘")
# What divides a headline into its parts.
DIVIDING = frozenset("，。、；：？！…—,;:?!")
WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,:/%+\-]*|[ \u3000]+|.", re.DOTALL)
# What a break costs beside the squared part of the line that stays empty.
WITHIN_A_PHRASE, LONE_CHARACTER = 0.25, 2.0
ELLIPSIS = "……"

Measure = Callable[[str], float]


def broken(
    text: str, width: float, measure: Measure, *, balanced: bool = False, most: int | None = None
) -> list[str]:
    """Return a text's lines.

    Args:
        text: one paragraph.
        width: of a line.
        measure: how wide a text is, in the unit of `width`.
        balanced: whether the lines should be about equally long, as a headline's.
        most: how many lines; what is left over gives way to an ellipsis. All, if None.

    """
    pieces = _pieces(text, width, measure)
    lines = _evenly(pieces, width, measure) if balanced else _greedily(pieces, width, measure)
    if most is not None and len(lines) > most:
        lines = lines[:most]
        if lines:
            lines[-1] = _shortened(lines[-1], width, measure)
    return lines


def _pieces(text: str, width: float, measure: Measure) -> list[str]:
    """Divide a text into what stays together: a character with the marks it may not part from."""
    words = [
        part
        for word in WORD.findall(text.strip())
        for part in (word if measure(word) > width else [word])
    ]
    pieces: list[str] = []
    for word in words:
        if pieces and (word[0] in CLOSING or pieces[-1][-1] in OPENING):
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces


def _greedily(pieces: list[str], width: float, measure: Measure) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and measure(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def _evenly(pieces: list[str], width: float, measure: Measure) -> list[str]:
    """Choose the fewest lines, and among such breaks those that cost least."""
    count = len(_greedily(pieces, width, measure))
    # best[n][lines]: the cost of the first n pieces on so many lines, and where the last begins.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for end in range(1, len(pieces) + 1):
        found: dict[int, tuple[float, int]] = {}
        for start in range(end - 1, -1, -1):
            line = "".join(pieces[start:end]).strip()
            wide = measure(line)
            if wide > width and end - start > 1:
                break
            cost = _cost(line, wide, width, pieces, end)
            for lines, (before, _where) in best[start].items():
                if lines < count and before + cost < found.get(lines + 1, (float("inf"), 0))[0]:
                    found[lines + 1] = (before + cost, start)
        best.append(found)
    return _read_back(pieces, best)


def _cost(line: str, wide: float, width: float, pieces: list[str], end: int) -> float:
    cost = (1 - wide / width) ** 2
    if end < len(pieces):
        at_a_part = line[-1:] in DIVIDING or not pieces[end - 1].strip() or not pieces[end].strip()
        cost += 0 if at_a_part else WITHIN_A_PHRASE
    return cost + (LONE_CHARACTER if len(line) < 2 else 0)


def _read_back(pieces: list[str], best: list[dict[int, tuple[float, int]]]) -> list[str]:
    end, lines = len(pieces), []
    count = min(best[end], default=0, key=lambda number: best[end][number][0])
    while count:
        start = best[end][count][1]
        lines.append("".join(pieces[start:end]).strip())
        end, count = start, count - 1
    return [line for line in reversed(lines) if line]


def _shortened(line: str, width: float, measure: Measure) -> str:
    line = line.rstrip("".join(CLOSING))
    while line and measure(line + ELLIPSIS) > width:
        line = line[:-1]
    return line + ELLIPSIS
