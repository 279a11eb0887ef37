"""From blocks back to text, and foreign words into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from .blocks import (
    Block,
    Body,
    Link,
    List,
    Paragraph,
    PhotoMark,
    Quotation,
    Spans,
    Strong,
    Subhead,
    Table,
    Text,
)
from .grammar import ADDRESS, ESCAPABLE, Kind, is_rule, kind_of, parse
from .normalising import BLANKS, on_one_line

# A backslash is doubled only where it would be read as an escape.
BACKSLASH = re.compile(rf"\\(?={ESCAPABLE}|\Z)")
STARS = re.compile(r"\*(?=\*)|(?<=\*)\*")
STARS_BESIDE_MARKS = re.compile(rf"{STARS.pattern}|\A\*|\*\Z")
OPENING = re.compile(r"\[")
BRACKETS = re.compile(r"[\[\]]")
BARS = re.compile(r"[|｜]")
ESCAPED = r"\\\g<0>"


def to_text(body: Body) -> str:
    """Write a body back as text, such that `parse` reads the same body from it.

    The marks are half-width, a table's rows have bars at both ends, an empty line stands only
    between two quotations, two lists or two tables. A block without words is left out.
    """
    lines: list[str] = []
    last: type[Block] | None = None
    for block in body.blocks:
        written = list(_written(block))
        if written and isinstance(block, Quotation | List | Table) and last is type(block):
            lines.append("")
        lines += written
        last = type(block) if written else last
    return "\n".join(lines)


def from_blocks(blocks: Iterable[Block]) -> Body:
    """Return the body that blocks made by a program stand for.

    It is read back from their text: numbered by line, neighbouring words joined, line ends in
    words turned into spaces. Of a link to an address that no link may have, the words
    remain.
    """
    return parse(to_text(Body(tuple(blocks))))


def escape_line(text: str) -> str:
    """Return a line that a body shows as one paragraph of exactly these words.

    Programs use it to put foreign paragraphs into a body, whatever marks they happen to contain.
    Behind a mark (`"## " + escape_line(words)`) it does as well. Line ends become spaces, invisible
    characters and white space around the words are left out.
    """
    return _as_paragraph(_inline((Text(text),)))


def _written(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        if line := _as_paragraph(_inline(block.spans)):
            yield line
    elif isinstance(block, Subhead):
        yield from _marked("## ", (block.spans,))
    elif isinstance(block, Quotation):
        yield from _marked("> ", block.lines)
    elif isinstance(block, List):
        yield from _marked("- ", block.items)
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, PhotoMark):
        yield f"[图{block.number}]"


def _as_paragraph(line: str) -> str:
    """Keep the head of a line from being read as a mark."""
    line = line.strip(BLANKS)
    return line if kind_of(line) in (Kind.PARAGRAPH, Kind.EMPTY) else f"\\{line}"


def _marked(mark: str, lines: Iterable[Spans]) -> Iterator[str]:
    for spans in lines:
        if words := _inline(spans).strip(BLANKS):
            yield mark + words


def _table(table: Table) -> Iterator[str]:
    rows = [
        [_inline(cell, in_table=True).strip(BLANKS) for cell in row or ((),)] for row in table.rows
    ]
    if not any(cell for row in rows for cell in row):
        return
    if table.has_head:
        rows.insert(1, ["---"] * len(rows[0]))
    elif len(rows) > 1 and is_rule(rows[1]):
        rows[1][0] = re.sub("[-－]", ESCAPED, rows[1][0], count=1)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _inline(spans: Spans, *, in_table: bool = False) -> str:
    """Write the spans of a line, with no more backslashes than it takes to read them again."""
    # No bracket in the words opens a link unless these two stand together behind it.
    brackets = OPENING if "](" in "".join(span.text for span in spans) else None

    def text(words: str, brackets: re.Pattern[str] | None, beside_marks: bool = True) -> str:
        written = BACKSLASH.sub(ESCAPED, on_one_line(words))
        written = (STARS_BESIDE_MARKS if beside_marks else STARS).sub(ESCAPED, written)
        written = brackets.sub(ESCAPED, written) if brackets else written
        return BARS.sub(ESCAPED, written) if in_table else written

    def link(span: Link) -> str:
        address = _address(span.address, in_table=in_table)
        if not span.text.strip() or not ADDRESS.fullmatch(address):
            return text(span.text, brackets)
        return f"[{text(span.text, BRACKETS, False)}]({address})"

    written: list[str] = []
    for span in spans:
        if isinstance(span, Strong):
            inside = "".join(
                link(part) if isinstance(part, Link) else text(part.text, brackets)
                for part in span.spans
            )
            written.append(f"**{inside}**" if inside.strip() else inside)
        elif isinstance(span, Link):
            written.append(link(span))
        else:
            written.append(text(span.text, brackets, beside_marks=len(spans) > 1))
    return "".join(written)


def _address(address: str, *, in_table: bool) -> str:
    """Write an address; characters that would end it are percent-encoded."""
    if not ADDRESS.fullmatch(address):
        address = re.sub(r"[\s()\\]", lambda found: quote(found[0]), address)
    return BARS.sub(lambda found: quote(found[0]), address) if in_table else address
