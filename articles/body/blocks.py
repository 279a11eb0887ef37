"""What a body is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    address: str


@dataclass(frozen=True)
class Strong:
    """Words in bold."""

    spans: tuple[Text | Link, ...]

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


Span = Text | Link | Strong
Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """Something that stands on lines of its own.

    `line` is the first of them in the text it was read from, counted from 1; two blocks are equal
    wherever they stand.
    """

    line: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True)
class Paragraph(Block):
    """A paragraph."""

    spans: Spans


@dataclass(frozen=True)
class Subhead(Block):
    """A heading in the body (小标题)."""

    spans: Spans


@dataclass(frozen=True)
class Quotation(Block):
    """Lines quoted from somewhere."""

    lines: tuple[Spans, ...]


@dataclass(frozen=True)
class List(Block):
    """List items."""

    items: tuple[Spans, ...]


@dataclass(frozen=True)
class Table(Block):
    """Rows of cells, not always equally many; `has_head` when the first row is the head."""

    rows: tuple[tuple[Spans, ...], ...]
    has_head: bool = False


@dataclass(frozen=True)
class PhotoMark(Block):
    """The place of a photo, by its number from 1 to 999."""

    number: int


@dataclass(frozen=True)
class Problem:
    """Something a writer should look at; never a reason to refuse the text.

    `kind` is one of `unclosed_strong`, `empty_mark`, `address`, `photo_twice`, `uneven_row`;
    `message` is a sentence in the reader's language; `line` counts from 1.
    """

    kind: str
    message: str | Promise
    line: int


@dataclass(frozen=True)
class Body:
    """A parsed body, and the problems met while reading it."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    @property
    def photo_numbers(self) -> tuple[int, ...]:
        """The photos that have a place in the text, each once, in order."""
        numbers = (block.number for block in self.blocks if isinstance(block, PhotoMark))
        return tuple(dict.fromkeys(numbers))
