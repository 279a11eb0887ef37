"""Cutting blocks where one line holds two parts of a story.

Print saves lines: a credit stands behind the last sentence, a column's head before a headline, a
brief's headline before its 本报讯. Each is cut into a block of its own, so that the grammar sees
one part a block.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.bylines import find_leading, find_trailing, is_credit_line, parse

from . import cues
from .signatures import is_signed_above, is_signed_below, pen_name_at_end
from .signs import Ending, Hint, ending_of, has_dateline
from .wrapping import Block

_BRACKETED = re.compile(
    r"(?P<head>[【〖［\[](?P<name>[^【】〖〗［］\[\]]{2,24})[】〗］\]])\s*(?=\S)"
)
_BEFORE_DATELINE = re.compile(
    r"(?P<head>[^。]{4,40}?)\s+(?=[【(（\[]?(?:本报|晚报|日报|晨报|早报|都市报|快报|商报)讯)"
)
_RUN_IN = re.compile(
    r"(?P<mark>[■□●○◆◇▲△★☆▶►※]\s*)(?P<head>[^。，,！？!?；;]{4,30}?)\s+(?=\S[^。]*[。，,])"
)
# A place before an item of a list says where, and is no headline.
_PLACE_ONLY = re.compile(r"\W*[\u4e00-\u9fff]{1,8}(?:社区|街道|[镇乡村区县市])")
_LONGEST_CREDIT = 120
_LONGEST_DASHED = 6
_LONGEST_REST = 12  # characters of a credit in its second line
_SENTENCE = re.compile("[。！？!?；;]|[，,]$")
_ROLE = re.compile("记者|通讯员|作者|摄|供图|供稿|文/|图/|/文|/图|实习生|整理")
_LETTER_WRITER = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:读者|居民|市民|网友|村民|业主)[ \u3000:：]\s*[\u4e00-\u9fff·]{2,6}"
)
_LONGEST_COLUMN = 8
_NAME = "[\u4e00-\u9fff·]{2,4}"
_NAMES = rf"{_NAME}(?:[ \u3000、]{_NAME}){{0,5}}"
_NEWSROOM = re.compile(
    r"[(（]?\s*[□■○●◎◆◇]?\s*"
    rf"(?:[\u4e00-\u9fff]{{0,6}}(?:记者|通讯员|实习生)[ \u3000:：]{_NAMES}\s*){{1,4}}[)）]?"
)
_LONGEST_HEADING = 40
_OPENED = re.compile("[(（][^()（）]{0,60}$")
_CLOSED = re.compile("[^()（）。]{0,60}[)）]")


def is_credit(text: str) -> bool:
    """Whether a whole block is a credit, brackets or not."""
    if len(text) > _LONGEST_CREDIT or len(text) < 2 or not _is_balanced(text):
        return False
    if _SENTENCE.search(text) or (has_dateline(text) and _has_begun(text)):
        return False
    if text[0] in "—-" and not _ROLE.search(text):
        return _is_signed_with_dash(text)
    if is_credit_line(text) or _is_letter_writer(text) or _names_newsroom(text):
        return True
    if text[-1] not in ")）】〕]":
        return False
    body, credit = find_trailing(text)
    return bool(credit) and not body.strip(" ■□●○◎◆◇▲△▼▽★☆—-")


def _has_begun(text: str) -> bool:
    """Whether the text has begun behind 本报讯 and its reporter."""
    return find_leading(text)[1] != ""


def _is_signed_with_dash(text: str) -> bool:
    """Whether a dash and a bare name sign a story; ——访某局某某 is a deck."""
    name = text.lstrip("—-─ ")
    line = parse(name)
    return len(name) <= _LONGEST_DASHED and bool(line) and line.is_exact


def _names_newsroom(text: str) -> bool:
    """Whether a line is 记者 or 通讯员 and names, though one of the names can't be read."""
    return _NEWSROOM.fullmatch(text) is not None and (text[-1] in ")）" or bool(parse(text)))


def _is_letter_writer(text: str) -> bool:
    """Whether a reader signs a letter: the word, a space and a name, nothing else."""
    if not _LETTER_WRITER.fullmatch(text):
        return False
    line = parse(text)
    return len(line) == 1 and line.is_exact


def _is_balanced(text: str) -> bool:
    """Whether every bracket closes: half of a credit cut by the column's width is not one."""
    return len(re.findall("[(（【\\[]", text)) == len(re.findall("[)）】\\]]", text))


def stands_alone(text: str) -> bool:
    """Whether a line of a set column is a credit of its own, not the end of a sentence."""
    if not (_ROLE.search(text) or (text[0] in "(（【〔[" and text[-1] in ")）】〕]")):
        return False
    return is_credit(text)


def cut_blocks(blocks: Sequence[Block]) -> list[tuple[Block, Hint | None]]:
    """Cut every block that holds more than one part.

    Args:
        blocks: the page's blocks.

    Returns:
        The smaller blocks in the same order, with what they were cut off for.

    """
    cut: list[tuple[Block, Hint | None]] = []
    whole = list(_with_credits_joined(list(_with_brackets_closed(blocks))))
    for before, block, following in zip([None, *whole], whole, [*whole[1:], None], strict=False):
        parts = list(_cut(block))
        last, hint = parts[-1]
        is_signed = is_signed_below(block, before, following) or is_signed_above(
            block, before, following
        )
        if hint is None and is_signed:
            parts = [(block, Hint.CREDIT)]
        elif hint is None and (following is None or _is_heading_like(following.text)):
            parts[-1:] = _cut_pen_name(last)
        cut.extend(parts)
    return cut


def _is_heading_like(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and ending_of(text) is Ending.OPEN


def _cut_pen_name(block: Block) -> list[tuple[Block, Hint | None]]:
    at = pen_name_at_end(block.text)
    return [(block, None)] if at is None else list(_split(block, at, None, behind=Hint.CREDIT))


def _with_brackets_closed(blocks: Sequence[Block]) -> Iterator[Block]:
    """Join blocks where a line break fell inside brackets: a credit is often cut so."""
    waiting: Block | None = None
    for block in blocks:
        if waiting is None:
            waiting = block
        elif _OPENED.search(waiting.text) and _CLOSED.match(block.text):
            waiting = _joined(waiting, block)
        else:
            yield waiting
            waiting = block
    if waiting is not None:
        yield waiting


def _with_credits_joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Join the two lines of a credit that was too long for one."""
    is_second = False
    for block, following in itertools.zip_longest(blocks, blocks[1:]):
        if is_second:
            is_second = False
            continue
        if following is not None and _goes_on_as_credit(block.text, following.text):
            is_second = True
            yield _joined(block, following)
        else:
            yield block


def _goes_on_as_credit(text: str, following: str) -> bool:
    return (
        len(following) <= _LONGEST_REST
        and not following.startswith(("□", "■", "(", "（"))
        and _ROLE.search(text) is not None
        and not is_credit(text)
        and not is_credit(following)
        and is_credit(text + following)
    )


def _joined(block: Block, following: Block) -> Block:
    run = block.run + following.run
    return replace(block, run=run, cells=1, ends_in_jump=following.ends_in_jump)


def _cut(block: Block) -> Iterator[tuple[Block, Hint | None]]:
    if is_credit(block.text):
        yield block, Hint.CREDIT
        return
    for part, hint in _cut_front(block):
        if hint is not None:
            yield part, hint
        else:
            yield from _cut_back(part)


def _cut_front(block: Block) -> Iterator[tuple[Block, Hint | None]]:
    """Cut a column's head or a run-in headline off a block's front."""
    text = block.text
    found = _BRACKETED.match(text)
    if found and "讯" not in found["name"] and not cues.NOTE.match(text):
        rest = text[found.end() :]
        is_title_behind = len(rest) <= 40 and ending_of(rest) is Ending.OPEN and "。" not in rest
        if is_title_behind or has_dateline(rest):
            is_column = is_title_behind or len(found["name"]) <= _LONGEST_COLUMN
            yield from _split(block, found.end("head"), Hint.COLUMN if is_column else Hint.TITLE)
            return
        if len(found["name"]) > _LONGEST_COLUMN:
            yield from _split(block, found.end("head"), Hint.TITLE)
            return
    for pattern, hint in ((_BEFORE_DATELINE, Hint.TITLE), (_RUN_IN, Hint.TITLE)):
        found = pattern.match(text)
        if found and not has_dateline(text) and not _PLACE_ONLY.fullmatch(found["head"].strip()):
            yield from _split(block, found.end("head"), hint)
            return
    yield block, None


def _cut_back(block: Block) -> Iterator[tuple[Block, Hint | None]]:
    """Cut a credit off a block's end."""
    text = block.text
    if not _may_end_in_credit(text):
        yield block, None
        return
    body, credit = find_trailing(text)
    if not credit or not body.strip() or not (_is_balanced(body) and _is_balanced(credit)):
        yield block, None
        return
    yield from _split(block, len(body), None, behind=Hint.CREDIT)


_CREDIT_END = re.compile(
    r"[)）】〕\]]\s*。?$|(?:摄|图|文|报道|供图|摄影|供稿|整理)$|(?:记者|通讯员|作者)[^。！？，,；;]{2,40}$"
)


def _may_end_in_credit(text: str) -> bool:
    return _CREDIT_END.search(text) is not None


def _split(
    block: Block, at: int, hint: Hint | None, *, behind: Hint | None = None
) -> Iterator[tuple[Block, Hint | None]]:
    """Cut a block in two at a place in its text."""
    front, back = block.run.cut(0, at), block.run.cut(at)
    if front is None or back is None:
        yield block, None
        return
    yield replace(block, run=front, cells=1, ends_in_jump=False), hint
    rest = replace(block, run=back, gap=0, indent=0.0, cells=1, begins_in_jump=False)
    if behind is None and hint is not None:
        yield from _cut_back(rest)
    else:
        yield rest, behind
