"""From text to blocks; the rules are in the package's own description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import groupby, pairwise

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .blocks import (
    Block,
    Body,
    Link,
    List,
    Paragraph,
    PhotoMark,
    Problem,
    Quotation,
    Spans,
    Strong,
    Subhead,
    Table,
    Text,
)
from .normalising import BLANKS, normalised

ESCAPABLE = r"[\\*\[\]［【#＃>＞|｜\-－]"
PHOTO = re.compile(r"[\[［【] ?图 ?(?P<number>[0-9０-９]{1,3}) ?[\]］】]")
RULE_CELL = re.compile(r"[:：]?[-－]{2,}[:：]?")
BAR = re.compile(rf"\\{ESCAPABLE}|(?P<bar>[|｜])")
ESCAPE = re.compile(rf"\\({ESCAPABLE})")

# Possessive, and stopped by the next bracket: a bracket that opens nothing is not paid for twice.
WORDS = r"(?:[^\[\]\\]|\\.)++"
REST = r"(?:[^\s()\\]|\([^\s()\\]*+\))*+"
# The schemes are ASCII: without the flag ſ would be an s.
ADDRESS = re.compile(
    r"(?:(?ai:https?)://[^\s/?#()\\]|(?ai:mailto):[^\s()\\@]++@[^\s()\\@]"
    rf"|(?ai:tel):\+?[0-9]|/(?!/)){REST}"
)
MARK = re.compile(
    rf"\\(?P<escaped>{ESCAPABLE})"
    r"|(?P<stars>\*\*)"
    rf"|\[(?P<words>{WORDS})\]\((?P<address>{ADDRESS.pattern})\)"
    rf"|(?P<refused>\[(?={WORDS}\]\([^()]*+\)))"
)
STRONG_WORDS = re.compile(r"\*\*((?:[^*\\]|\\.|\*(?!\*))++)\*\*")


class Kind(Enum):
    """What a line is."""

    EMPTY = "empty"
    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    QUOTATION = "quotation"
    ITEM = "item"
    ROW = "row"
    PHOTO = "photo"


HEADS = {
    Kind.SUBHEAD: re.compile(r"[#＃]{2}(?![#＃])[ \u3000]*"),
    Kind.QUOTATION: re.compile(r"[>＞](?:[ \u3000]+|(?![0-9０-９=＝]))"),
    Kind.ITEM: re.compile(r"[-－](?:[ \u3000]+|\Z)"),
    Kind.ROW: re.compile(r"[|｜]"),
}


def kind_of(line: str) -> Kind:
    """Return what a line is; it is normalised and has no space around it."""
    if not line:
        return Kind.EMPTY
    if _photo_number(line):
        return Kind.PHOTO
    return next((kind for kind, head in HEADS.items() if head.match(line)), Kind.PARAGRAPH)


def _photo_number(line: str) -> int:
    """Return the number of the photo a line marks, 0 if it marks none."""
    mark = PHOTO.fullmatch(line)
    return int(mark["number"]) if mark else 0


def is_rule(cells: Iterable[str]) -> bool:
    """Whether the cells of a row are all dashes, as under a table's head."""
    return all(map(RULE_CELL.fullmatch, cells))


def parse(text: str) -> Body:
    """Read a text; every text is a body.

    The body's line numbers are those of `text`.
    """
    lines = [line.strip(BLANKS) for line in normalised(text).split("\n")]
    reader = _Reader()
    blocks = tuple(reader.blocks(lines))
    return Body(blocks, tuple(sorted(reader.problems, key=lambda problem: problem.line)))


class _Reader:
    """Reads lines once and keeps the problems it meets."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.photos: set[int] = set()

    def blocks(self, lines: list[str]) -> Iterator[Block]:
        numbered = enumerate(lines, start=1)
        for kind, group in groupby(numbered, key=lambda row: kind_of(row[1])):
            if kind is Kind.EMPTY:
                continue
            if kind is Kind.ROW:
                yield from self._table(list(group))
            elif kind is Kind.PHOTO:
                yield from (self._photo(number, line) for number, line in group)
            else:
                yield from self._worded(kind, self._lines(kind, group))

    def _lines(self, kind: Kind, group: Iterable[tuple[int, str]]) -> Iterator[tuple[int, Spans]]:
        for number, line in group:
            head = HEADS[kind].match(line) if kind in HEADS else None
            words = line[head.end() :] if head else line
            if words:
                yield number, self._spans(words, number)
            else:
                self._note("empty_mark", _("This mark stands without words."), number)

    def _worded(self, kind: Kind, lines: Iterable[tuple[int, Spans]]) -> Iterator[Block]:
        if kind is Kind.PARAGRAPH:
            yield from (Paragraph(spans, line=number) for number, spans in lines)
        elif kind is Kind.SUBHEAD:
            yield from (Subhead(spans, line=number) for number, spans in lines)
        elif together := list(lines):
            all_spans = tuple(spans for _number, spans in together)
            make = Quotation if kind is Kind.QUOTATION else List
            yield make(all_spans, line=together[0][0])

    def _photo(self, line_number: int, line: str) -> PhotoMark:
        number = _photo_number(line)
        if number in self.photos:
            message = format_lazy(_("Photo {number} already has a place above."), number=number)
            self._note("photo_twice", message, line_number)
        self.photos.add(number)
        return PhotoMark(number, line=line_number)

    def _table(self, group: list[tuple[int, str]]) -> Iterator[Table]:
        rows = [(number, _cells(line)) for number, line in group]
        first = rows[0][0]
        has_head = len(rows) > 1 and is_rule(rows[1][1])
        if has_head:
            del rows[1]
        if not any(cell for _number, cells in rows for cell in cells):
            self._note("empty_mark", _("This mark stands without words."), first)
            return
        expected = len(rows[0][1])
        for number, cells in rows:
            if len(cells) != expected:
                message = format_lazy(
                    _("This row has {cells} cells, the first row of the table has {expected}."),
                    cells=len(cells),
                    expected=expected,
                )
                self._note("uneven_row", message, number)
        yield Table(
            tuple(tuple(self._spans(cell, number) for cell in cells) for number, cells in rows),
            has_head,
            line=first,
        )

    def _spans(self, line: str, number: int) -> Spans:
        """Pair the stars of a line; stars without a partner, or around nothing, are text."""
        spans: list[Text | Link | Strong] = []
        inside: list[Text | Link | Strong] | None = None
        for piece in self._pieces(line, number):
            if piece is not None:
                (spans if inside is None else inside).append(piece)
            elif inside is None:
                inside = []
            else:
                if any(held.text.strip() for held in inside):
                    spans.append(Strong(_flat(inside)))
                else:
                    spans += [Text("**"), *inside, Text("**")]
                    self._note("empty_mark", _("This mark stands without words."), number)
                inside = None
        if inside is not None:
            spans += [Text("**"), *inside]
            self._note("unclosed_strong", _("A ** on this line has no partner."), number)
        return _joined(spans)

    def _pieces(self, line: str, number: int) -> Iterator[Text | Link | Strong | None]:
        """Scan a line once; None stands for stars."""
        end = 0
        for mark in MARK.finditer(line):
            yield Text(line[end : mark.start()])
            end = mark.end()
            if mark["stars"]:
                yield None
            elif mark["escaped"]:
                yield Text(mark["escaped"])
            elif mark["address"] and mark["words"].strip():
                yield _link(mark["words"], mark["address"])
            else:
                yield Text(mark[0])
                self._note_refused(mark, number)
        yield Text(line[end:])

    def _note_refused(self, mark: re.Match[str], number: int) -> None:
        if mark["refused"]:
            message = _(
                "A link leads to the web (http, https), mail (mailto), telephone (tel), "
                "or a page of this site (beginning with /)."
            )
            self._note("address", message, number)
        else:
            self._note("empty_mark", _("This mark stands without words."), number)

    def _note(self, kind: str, message: str | Promise, line: int) -> None:
        self.problems.append(Problem(kind, message, line))


def _link(words: str, address: str) -> Link | Strong:
    """Return a link; one whose words are all strong is a strong link."""
    strong = STRONG_WORDS.fullmatch(words)
    if strong and strong[1].strip():
        return Strong((Link(ESCAPE.sub(r"\1", strong[1]), address),))
    return Link(ESCAPE.sub(r"\1", words), address)


def _cells(line: str) -> list[str]:
    """Divide a row at its bars; a bar behind a backslash is part of its cell."""
    ends = [mark.start() for mark in BAR.finditer(line) if mark["bar"]]
    if ends[-1] != len(line) - 1 or len(ends) == 1:
        ends.append(len(line))
    return [line[start + 1 : end].strip(BLANKS) for start, end in pairwise(ends)]


def _flat(inside: Iterable[Text | Link | Strong]) -> tuple[Text | Link, ...]:
    """Return what stands in strong words; strong words in strong words are strong once."""
    held: list[Text | Link] = []
    for piece in inside:
        held += piece.spans if isinstance(piece, Strong) else [piece]
    return tuple(span for span in _joined(held) if not isinstance(span, Strong))


def _joined(spans: Iterable[Text | Link | Strong]) -> Spans:
    joined: list[Text | Link | Strong] = []
    for is_text, group in groupby(spans, key=lambda span: isinstance(span, Text)):
        if is_text:
            text = "".join(span.text for span in group)
            joined += [Text(text)] if text else []
        else:
            joined += group
    return tuple(joined)
