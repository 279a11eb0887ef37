"""Lines to blocks: lines that only the column's width divided are joined again.

Some pages come with a paragraph to a line, some with every line as the column set it. Which it is
is measured, not assumed: set lines share one width, and what follows a full line would not have
fitted on it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from . import cues
from .lines import Line, width_of
from .runs import Run

NARROWEST, WIDEST = 10.0, 60.0  # columns narrower or wider than this are not set in lines
_TOKEN = re.compile(r"[A-Za-z0-9.%\-/]+|.")
_NO_LINE_START = "，。、；：！？”’）》】,.;:!?)…·%％"
_STOP_END = re.compile(r"(?:[。！？!?；;]|……|…)[”’』」\"')）》】]*$")
# A story ends in a credit in brackets, which may have begun on the line before.
_CREDIT_ROLE = re.compile(
    r"[(（][^()（）]{0,40}(?:记者|通讯员|实习生|作者|摄|文|图|供稿|整理)[^()（）]{0,30}[)）]$"
)
# Running text has no spaces; a headline in halves has, and no other mark.
_HALF = r"[\u4e00-\u9fff“”‘’\"·\d]{3,}"
_HALVES = re.compile(rf"{_HALF}(?:[ \u3000]{_HALF}){{1,2}}")
_CREDIT_WORD = re.compile("记者|通讯员|讯|摄|作者|实习生")
_PEN_NAME_END = re.compile(r"[。！？”][(（][\u4e00-\u9fff]{2,3}[)）]$")
_MARK_END = re.compile(r"[^\w]$")
_STOP_OR_COLON = re.compile(rf"{_STOP_END.pattern}|[:：]$")
_PARAGRAPH_INDENT = (1.5, 4.5)
_STARTS_AFRESH = re.compile(
    r"(?:——|[■●◆▲★☆◇○□▶►※▼▌]|【|(?:本[报刊台网]|[\u4e00-\u9fff]{2,4})讯[\s(（]|编者按|"
    r"[▲△▼▽←→↑↓]|[上下左右]?图为|\*\*|##)"
)
# These begin a paragraph too, but only behind a full stop; in a sentence they are words.
_STARTS_AFRESH_BEHIND_STOP = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳]|"
    r"问[:：]|答[:：]|记者[:：])"
)


@dataclass(frozen=True)
class Layout:
    """How the page is laid out.

    Attributes:
        widths: the widths of columns whose lines are set one by one; empty where every line is
            a paragraph.
        is_indented: whether paragraphs begin with white space.
        inner_gap: blank lines between two lines of one paragraph (a text taken off a page can
            have one after every line).

    """

    widths: tuple[float, ...] = ()
    is_indented: bool = False
    inner_gap: int = 0


@dataclass(frozen=True)
class Block:
    """Lines that belong together whatever they are: a paragraph or a piece of one, a heading.

    `gap` is blank lines before it; `indent` that of its first line, in full-width cells; `cells`
    the pieces its line is divided into by wide spaces; `begins_in_jump` and `ends_in_jump` say that
    上接 or 下转 was printed there.
    """

    run: Run
    gap: int = 0
    indent: float = 0.0
    cells: int = 1
    begins_in_jump: bool = False
    ends_in_jump: bool = False

    @property
    def text(self) -> str:
        """The block as one text."""
        return self.run.text


def measure(lines: Sequence[Line]) -> Layout:
    """Measure how a page is laid out.

    Args:
        lines: the page's lines without its furniture.

    Returns:
        The layout; its widths are those shared by many neighbouring lines that end in
        mid-sentence and are followed by lines no wider.

    """
    widths: list[float] = []
    left = [line for line in lines if NARROWEST <= line.extent <= WIDEST]
    for _ in range(3):
        width = _commonest_width(left)
        if width is None or not _is_set_in_lines(lines, width):
            break
        widths.append(width)
        left = [line for line in left if not width - 3 <= line.extent <= width + 1]
    return Layout(tuple(widths), _is_indented(lines), _inner_gap(lines, widths))


def _commonest_width(lines: Sequence[Line]) -> float | None:
    counts = Counter(line.extent for line in lines)
    if not counts:
        return None

    def support(width: float) -> tuple[float, float]:
        near = counts[width - 0.5] + counts[width + 0.5]
        return counts[width] + 0.6 * near + 0.3 * counts[width - 1], width

    return max(counts, key=support)


def _is_set_in_lines(lines: Sequence[Line], width: float) -> bool:
    """Whether lines of this width are lines of a set column.

    Headings of one length are followed by wider paragraphs, verses and list entries end in
    punctuation, rows of a table hold none: none of them passes.
    """
    members = [i for i, line in enumerate(lines) if width - 1.5 <= line.extent <= width + 1]
    if len(members) < 4:
        return False
    texts = [lines[i].text for i in members]
    narrow_next = pairs = 0
    for i in members:
        following = lines[i + 1].extent if i + 1 < len(lines) else 0.0
        narrow_next += following <= width + 1
        pairs += width - 1.5 <= following <= width + 1
    cut = sum(1 for text in texts if not _STOP_END.search(text))
    marked = sum(1 for text in texts if _MARK_END.search(text))
    inside = sum(1 for text in texts if re.search(r"[，。、；：,;:“”]", text))
    count = len(members)
    return (
        narrow_next >= 0.8 * count
        and (pairs >= max(3, 0.15 * count) or (pairs >= 2 and count >= 8 and cut >= 0.8 * count))
        and sum(lines[i].width for i in members) >= 0.2 * sum(line.width for line in lines)
        and cut >= 0.5 * count
        and marked <= 0.6 * count
        and inside >= 0.4 * count
    )


def _is_indented(lines: Sequence[Line]) -> bool:
    """Whether lines that come after the end of a sentence mostly begin with white space."""
    low, high = _PARAGRAPH_INDENT
    after_stop = [
        line
        for before, line in itertools.pairwise(lines)
        if _STOP_END.search(before.text) and line.width >= 8 and _STOP_END.search(line.text) is None
    ]
    starts = [
        line
        for before, line in itertools.pairwise(lines)
        if line.width >= 8 and _STOP_END.search(before.text)
    ]
    indented = sum(1 for line in starts if low <= line.indent <= high)
    overall = sum(1 for line in lines if low <= line.indent <= high)
    del after_stop
    return overall >= 2 and indented >= 0.3 * max(1, len(starts))


def _inner_gap(lines: Sequence[Line], widths: Sequence[float]) -> int:
    """Return the blank lines usual after a full line that ends in mid-sentence."""
    gaps = Counter(
        line.gap
        for before, line in itertools.pairwise(lines)
        if any(width - 1.5 <= before.extent <= width + 1 for width in widths)
        and not _STOP_END.search(before.text)
    )
    return gaps.most_common(1)[0][0] if gaps else 0


def join_lines(
    lines: Sequence[Line], layout: Layout, *, stands_alone: Callable[[str], bool]
) -> list[Block]:
    """Join the lines of set columns; where there are none, every line is a block.

    Args:
        lines: the page's lines without its furniture.
        layout: as measured.
        stands_alone: whether a line is no part of running text whatever its width (a credit).

    Returns:
        The blocks in order.

    """
    blocks: list[Block] = []
    group: list[Line] = []
    alone = [bool(layout.widths) and stands_alone(line.text) for line in lines]
    for i, line in enumerate(lines):
        is_head = group and layout.is_indented and _is_no_paragraph(lines, i - len(group), layout)
        if group and (is_head or not _goes_on(lines, alone, i, layout)):
            blocks.extend(_blocks(group, layout, line))
            group = []
        group.append(line)
    if group:
        blocks.extend(_blocks(group, layout, None))
    return blocks


def _blocks(group: Sequence[Line], layout: Layout, following: Line | None) -> Iterator[Block]:
    """Make one block of a group of lines, or several where headings were joined.

    A paragraph's last line ends in a full stop, or is full because the column ended there. A
    short last line without a full stop is a heading: behind a full stop it stands alone, and
    under lines without one it is the last of several. Where paragraphs are indented, a full line
    between a full stop and a new paragraph is one too.
    """
    last = group[-1]
    is_short = all(last.extent < width - 1.5 for width in layout.widths)
    is_open = not _STOP_END.search(last.text) and last.text[-1] not in "：:)）】，、,;；"
    is_over_paragraph = (
        layout.is_indented
        and following is not None
        and _PARAGRAPH_INDENT[0] <= following.indent <= _PARAGRAPH_INDENT[1]
    )
    if len(group) == 1 or not (is_short or is_over_paragraph) or not is_open:
        yield _block(group)
    elif _STOP_END.search(group[-2].text) and not cues.CLAUSE_START.match(last.text):
        yield _block(group[:-1])
        yield _block(group[-1:])
    elif not is_short or (layout.is_indented and group[0].indent >= _PARAGRAPH_INDENT[0]):
        yield _block(group)
    elif len(group) <= 4 and not _is_prose(group):
        for line in group:
            yield _block([line])
    else:
        yield _block(group)


def _is_prose(group: Sequence[Line]) -> bool:
    """Whether lines are a paragraph's: several hold commas, or a full stop stands among them."""
    commas = sum(1 for line in group if re.search("[，,]", line.text))
    return commas >= 2 or any("。" in line.text for line in group)


def _is_no_paragraph(lines: Sequence[Line], first: int, layout: Layout) -> bool:
    """Whether a group is no paragraph, for where paragraphs are indented, it begins without."""
    line = lines[first]
    if line.indent >= _PARAGRAPH_INDENT[0]:
        return line.indent > _PARAGRAPH_INDENT[1]
    if first == 0:
        return True
    return line.gap > layout.inner_gap and _STOP_END.search(lines[first - 1].text) is not None


def _block(group: Sequence[Line]) -> Block:
    first = group[0]
    parts = tuple(part for line in group for part in line.run.parts)
    cells = first.cells if len(group) == 1 else 1
    return Block(
        Run(parts),
        gap=first.gap,
        indent=first.indent,
        cells=cells,
        begins_in_jump=first.begins_in_jump,
        ends_in_jump=group[-1].ends_in_jump,
    )


def _goes_on(lines: Sequence[Line], alone: Sequence[bool], i: int, layout: Layout) -> bool:
    """Whether a line continues the one before because that one was full."""
    before, line = lines[i - 1], lines[i]
    is_bracket_open = re.search("[(（][^)）]*$", before.text) is not None
    if alone[i - 1] or before.ends_in_jump or (alone[i] and not is_bracket_open):
        return False
    if line.text.startswith("——"):
        return False
    if line.gap > layout.inner_gap and not (line.gap and _is_cut_word(before, line)):
        return False
    if layout.is_indented and line.indent >= _PARAGRAPH_INDENT[0]:
        return False
    if not layout.is_indented and _STARTS_AFRESH.match(line.text):
        return False
    if _HALVES.fullmatch(before.text) and not _CREDIT_WORD.search(before.text):
        return False
    ended = (lines[i - 2].text if i > 1 else "") + before.text
    if _CREDIT_ROLE.search(ended) or _PEN_NAME_END.search(before.text):
        return False
    if _STOP_OR_COLON.search(before.text) and _STARTS_AFRESH_BEHIND_STOP.match(line.text):
        return layout.is_indented
    return any(
        _was_full(lines, i - 1, width, is_main=width == layout.widths[0]) for width in layout.widths
    )


def _is_cut_word(before: Line, line: Line) -> bool:
    return line.text[0] in _NO_LINE_START and not _STOP_END.search(before.text)


def _was_full(lines: Sequence[Line], i: int, width: float, *, is_main: bool) -> bool:
    """Whether nothing of the next line would have fitted on a line of a column this wide.

    A width other than the page's main one counts only among lines that share it.
    """
    line = lines[i]
    if line.extent > width + 2.5:  # two closing marks may hang
        return False
    token = _TOKEN.match(lines[i + 1].text)
    needed = width_of(token.group()) if token else 1.0
    if line.extent + needed <= width - 0.6:
        return False
    near = range(max(0, i - 4), min(len(lines), i + 5))
    return is_main or sum(1 for j in near if width - 1.5 <= lines[j].extent <= width + 1) >= 3
