"""What is set: a page's stories as plain words and pictures, in the order they are read.

Nothing here knows of a database once it is made, so that the same copy gives the same page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.utils.translation import gettext as _

from articles.body import (
    Block,
    List,
    Paragraph,
    PhotoMark,
    Quotation,
    Spans,
    Strong,
    Subhead,
    Table,
)
from articles.models import Article, Photo
from issues.models import Placement, Role

from .flowing import Line

WIDE_SPACE, NO_BREAK = "\u3000", "\u00a0"


@dataclass(frozen=True)
class Run:
    """Words in one face: "plain", "strong", "label" (本报讯) or "turn" (下转, 上接)."""

    text: str
    face: str = "plain"


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Picture:
    """A picture: the file's name in the storage, its size in pixels, what is kept in sight."""

    file: str
    width: int
    height: int
    focus_x: int
    focus_y: int
    caption: str
    credit: str
    alt: str

    @property
    def line(self) -> str:
        """What is printed under it."""
        return WIDE_SPACE.join(part for part in (self.caption, self.credit) if part)


@dataclass(frozen=True)
class Passage:
    """Something that follows in the columns: a paragraph, a subhead, a table, a picture.

    `kind` is "text", "subhead", "quote", "item", "credit", "turn", "table" or "picture".
    """

    kind: str
    runs: Runs = ()
    cells: tuple[tuple[Runs, ...], ...] = ()
    has_head: bool = False
    picture: Picture | None = None
    # A paragraph that goes on from another page begins without an indent.
    is_rest: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Story:
    """A story as it is set.

    Attributes:
        key: of its placement.
        role: on the page.
        picture: the one that is shown large, above the text.
        credit: who wrote it, where that stands under the headline.
        column: the standing column it belongs to, "" for none.
        turns_to: the code of the page it goes on on, "" for none.
        turned_from: the code of the page it comes from.

    """

    key: int
    role: str
    kicker: str
    headline: str
    deck: str
    passages: tuple[Passage, ...]
    picture: Picture | None = None
    credit: str = ""
    column: str = ""
    turns_to: str = ""
    turned_from: str = ""


def story_of(placement: Placement) -> Story:
    """Return a placement's story as it is set (no query after `with_stories`)."""
    article = placement.article
    photos = {number: _picture(photo) for number, photo in enumerate(article.photos.all(), 1)}
    shown = photos.get(1)
    passages = list(_passages(article, photos))
    role = str(placement.role)
    credit = _bound(article)
    if credit and role != Role.LEAD:
        passages = _signed(passages, credit, own_line=role == Role.FEATURE)
    if article.source:
        line = _("(Source: %(source)s)") % {"source": article.source}
        passages.append(Passage("credit", (Run(line),)))
    return Story(
        key=placement.pk,
        role=role,
        kicker=article.kicker,
        headline=article.headline,
        deck=article.deck,
        passages=tuple(passages),
        picture=shown,
        credit=credit if role == Role.LEAD else "",
        column=article.column.name if article.column else "",
        turns_to=placement.continued_on.code if placement.continued_on else "",
    )


def rest_of(
    story: Story, lines: Sequence[Line], words: Sequence[Sequence[Runs]], code: str
) -> Story:
    """Return the part of a story that had no room on its page, as it stands on another.

    Args:
        story: the whole story.
        lines: the lines that had no room.
        words: the words of each line, by passage.
        code: of the page it comes from.

    """
    first = lines[0]
    begun = story.passages[first.passage]
    passages = list(story.passages[first.passage :])
    if first.number:
        left = words[first.passage][first.number :]
        passages[0] = replace(begun, runs=tuple(chain(*left)), is_rest=True)
    return replace(
        story,
        kicker="",
        deck="",
        credit="",
        picture=None,
        role=Role.FEATURE,
        column="",
        passages=tuple(passages),
        turns_to="",
        turned_from=code,
    )


def turn_line(story: Story) -> Run:
    """Return the line that says on which page a story goes on."""
    return Run(_("(continued on %(page)s)") % {"page": story.turns_to}, "turn")


def _bound(article: Article) -> str:
    """Return who wrote a story, no line ending between a role and the first name behind it."""
    line = article.credit_line
    for role, name in ((credit.role, credit.name) for credit in article.credits):
        line = line.replace(f"{role} {name}", f"{role}{NO_BREAK}{name}")
    return line


def _picture(photo: Photo) -> Picture:
    return Picture(
        file=photo.image.name or "",
        width=photo.width,
        height=photo.height,
        focus_x=photo.focus_x,
        focus_y=photo.focus_y,
        caption=photo.caption,
        credit=photo.credit,
        alt=photo.alt or photo.caption,
    )


def _passages(article: Article, photos: dict[int, Picture]) -> Iterator[Passage]:
    """Yield the text in its order; the first picture is shown large, the others stand in it."""
    label = _("Our own report") if article.dateline else ""
    marked = set()
    for block in article.blocks.blocks:
        if isinstance(block, PhotoMark):
            if block.number in photos and block.number not in marked and block.number > 1:
                yield Passage("picture", picture=photos[block.number])
            marked.add(block.number)
        elif isinstance(block, Paragraph) and label:
            head = Run(label, "label"), Run(WIDE_SPACE)
            yield Passage("text", (*head, *_runs(block.spans)))
            label = ""
        else:
            yield from _block(block)
    for number in sorted(photos.keys() - marked - {1}):
        yield Passage("picture", picture=photos[number])


def _block(block: Block) -> Iterator[Passage]:
    if isinstance(block, Paragraph):
        yield Passage("text", _runs(block.spans))
    elif isinstance(block, Subhead):
        yield Passage("subhead", _runs(block.spans))
    elif isinstance(block, Quotation):
        yield from (Passage("quote", _runs(line)) for line in block.lines)
    elif isinstance(block, List):
        yield from (Passage("item", _runs(item)) for item in block.items)
    elif isinstance(block, Table):
        rows = tuple(tuple(_runs(cell) for cell in row) for row in block.rows)
        yield Passage("table", cells=rows, has_head=block.has_head)


def _runs(spans: Spans) -> Runs:
    return tuple(
        Run(span.text, "strong" if isinstance(span, Strong) else "plain") for span in spans
    )


def _signed(passages: list[Passage], credit: str, *, own_line: bool) -> list[Passage]:
    """Put who wrote it at the end, in brackets: on a line of its own, or behind the last words."""
    signature = Run(f"（{credit}）")
    last = passages[-1] if passages else None
    if last is None or last.kind != "text" or own_line:
        return [*passages, Passage("credit", (signature,))]
    return [*passages[:-1], replace(last, runs=(*last.runs, signature))]
