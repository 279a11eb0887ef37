"""What a body says, without its marks: plain text, beginnings, counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .blocks import Block, Body, List, Paragraph, Problem, Quotation, Spans, Subhead, Table

LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f"
# Marks that modify the character before them: accents, and the variants of rare characters.
MODIFIERS = "\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef"
COUNTED = re.compile(rf"[!-~{LATIN}{MODIFIERS}]+|[^\s{MODIFIERS}]")
# What an excerpt never divides: words and numbers, in digits or characters (1.5万, 二十三).
WORD = rf"0-9０-９〇零一二三四五六七八九十百千万亿两余多{LATIN}{MODIFIERS}"
UNIT = re.compile(
    rf"[{WORD}]+(?:[-.,:/'’@&+_~～·．–]{{1,3}}[{WORD}]+)*[%％‰℃°]*"
    rf"|…+|—+|\S[{MODIFIERS}]*|\s"
)
SENTENCE_ENDS = "。！？!?…"
CLAUSE_ENDS = "，；：、,;:"
OPENING = "“‘「『（《〈【("
CLOSING = "”’」』）》〉】)"


def _joined(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph | Subhead):
        return [_joined(block.spans)]
    if isinstance(block, Quotation):
        return [_joined(line) for line in block.lines]
    if isinstance(block, List):
        return [_joined(item) for item in block.items]
    if isinstance(block, Table):
        return ["\u3000".join(map(_joined, row)) for row in block.rows]
    return []


def plain_text(body: Body) -> str:
    """Return the words alone, a line for each paragraph, subhead, item or row.

    Ideographic spaces stand between the cells of a row.
    """
    return "\n".join(line for block in body.blocks for line in _lines(block))


def subheads(body: Body) -> list[str]:
    """Return the subheads' words, in order."""
    return [_joined(block.spans) for block in body.blocks if isinstance(block, Subhead)]


def problems(body: Body) -> list[Problem]:
    """Return what the writer should look at, by line."""
    return list(body.problems)


def character_count(body: Body) -> int:
    """Count characters as Chinese newsrooms do (字数), by whom fees are reckoned.

    It is the figure Word and WPS show as 字数, not 字符数: a Chinese character or a full-width
    punctuation mark is one, and so is a run of letters, digits and half-width marks, for it is a
    word; white space is none. See https://www.huangshanshimin.com/57474 for the two figures and
    https://ufui.net/suptblog/index.cgi?field=17 for runs, both by experiment. Everything that is
    printed counts: subheads, items and cells too.
    """
    return sum(1 for _unit in COUNTED.finditer(plain_text(body)))


def excerpt(body: Body, length: int) -> str:
    """Return the beginning of the text for a list of stories.

    It is cut behind a sentence, outside quotation marks, if more than half of `length` remains;
    or else where a clause ends, or at least not inside a number or a Latin word, and then ends in
    … (a first word longer than `length` is divided all the same). A text that fits stays whole.

    Args:
        body: the parsed body. Paragraphs and quotations are read; a body without any gives its
            items, rows and subheads.
        length: at most so many characters, the … included.
    """
    if length < 1:
        return ""
    prose = [block for block in body.blocks if isinstance(block, Paragraph | Quotation)]
    text = _beginning(prose or body.blocks, length)
    return text if len(text) <= length else _cut(text, length)


def _beginning(blocks: Iterable[Block], length: int) -> str:
    """Return whole lines until they pass `length`; a space where no punctuation divides them."""
    parts: list[str] = []
    size = 0
    for line in (line for block in blocks for line in _lines(block)):
        if parts and parts[-1][-1:] not in SENTENCE_ENDS + CLAUSE_ENDS + CLOSING:
            parts.append(" ")
        parts.append(line)
        size += len(line)
        if size > length:
            break
    return "".join(parts)


def _cut(text: str, length: int) -> str:
    sentence = clause = quoted_clause = unit_end = depth = 0
    ended = False
    for match in UNIT.finditer(text):
        unit, end = match[0], match.end()
        if end > length:
            break
        depth = max(0, depth + (unit in OPENING) - (unit in CLOSING))
        ended = unit[0] in SENTENCE_ENDS or (ended and unit in CLOSING)
        if ended and not depth:
            sentence = end
        elif ended or unit in CLAUSE_ENDS:
            quoted_clause = match.start()
            clause = clause if depth else quoted_clause
        if end < length:
            unit_end = end
    if sentence > length // 2:
        return text[:sentence]
    clauses = (cut for cut in (clause, quoted_clause) if cut > length // 2)
    end = next(clauses, unit_end or length - 1)
    return text[:end].rstrip(f" \u3000{CLAUSE_ENDS}{OPENING}…") + "…"
