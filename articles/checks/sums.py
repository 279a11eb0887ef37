"""Totals the text states and contradicts: 共12人，其中男5人、女6人.

Only where the text says that it is a total, of exact numbers of one unit. A part may be left out
and two parts may overlap (党员, 青年), so parts below a total are doubted only where they name all
there is, or nearly add up; what exceeds it is doubted where the parts can't overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.amounts import Amount, amounts
from articles.body.grammar import BAR, is_rule
from articles.body.normalising import BLANKS

from .copy import Copy
from .problem import Problem, found_at

SENTENCE = re.compile(r"[^。！？；!?;\n]+")
# 32人，其中 …; 32人（男 …
OF_WHICH = re.compile(
    r"[\u4e00-\u9fff\x00]{0,12}[，,、（(：:]?(?:其中|分别是|分别为|包括|含|(?<=[（(]))[：:，,]?"
)
# …，共32人; …，合计 32人
IN_ALL = re.compile(
    r"[\u4e00-\u9fff“”]{0,8}[，,、：:]?(?:一共|总共|共计|合计|总计|共)(?P<words>[\u4e00-\u9fff]{0,4}?)\x00?$"
)
JOINED = re.compile(r"[\u4e00-\u9fff“”《》（）()A-Za-z0-9·\x00 ]{0,16}")
LINKS = re.compile(r"[、，,]|和|及|以及")
COMPLEMENTS = (
    ("男", "女"),
    ("城镇", "农村"),
    ("成人", "儿童"),
    ("大人", "孩子"),
    ("上午", "下午"),
    ("线上", "线下"),
    ("室内", "室外"),
    ("地上", "地下"),
    ("已", "未"),
)
REST = ("其余", "其他", "剩余", "另外", "余下")
OVERLAPPING = re.compile(
    r"党员|团员|青年|妇女|女|老年|老人|岁以|退役|退休|军人|志愿者|骨干|干部|学生|学历|居民|代表|独居|困难|残疾|新增|已|累计"
)
# Three parts or more that come as close to the total are taken for all of them.
NEAR = Decimal("0.12")
LEAST_PARTS = 3
PLAIN_UNITS = frozenset(["有", "计", "为", "达", ""])
TOTAL_ROW = re.compile(r"(?:合计|总计|共计|总数)")


def sums(copy: Copy) -> Iterator[Problem]:
    """Find totals that are not the sum of their parts, in sentences and in tables."""
    for field, start, line in copy.lines():
        if copy.texts[field][start : start + len(line)].lstrip(BLANKS)[:1] in "|｜":
            continue
        for sentence in SENTENCE.finditer(line):
            for span, message in _in_sentence(sentence[0]):
                here = (start + sentence.start() + span[0], start + sentence.start() + span[1])
                yield found_at("sum", message, field, copy.texts[field], here)
    yield from _in_tables(copy)


Message = str | Promise
Finding = tuple[tuple[int, int], Message]


def _in_sentence(text: str) -> Iterator[Finding]:
    found = list(amounts(text))
    for n, total in enumerate(found):
        if total.is_vague:
            continue
        parts = _parts_behind(text, found, n)
        if parts and (wrong := _wrong_of_which(text, total, parts)):
            yield (total.start, parts[-1].end), wrong
            continue
        parts = _parts_before(text, found, n)
        if parts and not _adds_up(total, parts):
            yield (parts[0].start, total.end), _message(total, parts)


def _parts_behind(text: str, found: Sequence[Amount], n: int) -> list[Amount]:
    """Return the parts listed behind a total: 其中 A 3个、B 4个."""
    total = found[n]
    parts: list[Amount] = []
    for at in range(n + 1, len(found)):
        part = found[at]
        between = text[(parts[-1] if parts else total).end : part.start]
        if not parts:
            cue = OF_WHICH.match(between)
            if cue is None or not JOINED.fullmatch(between[cue.end() :]):
                return []
        elif not _is_joined(between):
            break
        if part.is_vague or not part.is_like(total):
            return parts if parts and not part.is_like(total) and "共" in between else []
        parts.append(part)
    return parts if len(parts) > 1 or (parts and parts[0].value > total.value) else []


def _parts_before(text: str, found: Sequence[Amount], n: int) -> list[Amount]:
    """Return the parts listed before a total: A 3个、B 4个，共7个."""
    total = found[n]
    if n < 2:
        return []
    last = found[n - 1]
    cue = IN_ALL.fullmatch(text[last.end : total.start])
    if cue is None:
        return []
    parts: list[Amount] = []
    for at in range(n - 1, -1, -1):
        part = found[at]
        if parts and not _is_joined(text[part.end : parts[0].start]):
            break
        if part.is_vague or not part.is_like(total):
            # A number of something else among them: what is added up isn't plain.
            return [] if not parts or _is_list(text, part, parts[0]) else parts
        parts.insert(0, part)
    if len(parts) < 2:
        return []
    begins = parts[0].start
    said = cue["words"]
    if said not in PLAIN_UNITS and said not in text[max(0, begins - 12) : begins]:
        return []
    return parts


def _is_list(text: str, part: Amount, following: Amount) -> bool:
    return _is_joined(text[part.end : following.start])


def _is_joined(between: str) -> bool:
    """Whether only a label and a mark stand between two parts."""
    link = LINKS.search(between)
    if link is None or re.search("其中|共|合计|总计|累计|比|同比|去年|今年|平均|每", between):
        return False
    return len(LINKS.findall(between)) <= 2 and all(
        JOINED.fullmatch(piece) for piece in re.split("[、，,]", between)
    )


def _label(text: str, parts: Sequence[Amount], n: int, total_end: int) -> str:
    """Return the words around a part that say of what it is one."""
    before = text[(parts[n - 1].end if n else total_end) : parts[n].start]
    ends = parts[n + 1].start if n + 1 < len(parts) else len(text)
    behind = re.split("[、，,；）)]", text[parts[n].end : ends])[0]
    return re.split("[、，,：:（(]", before)[-1] + "/" + behind[:8]


def _wrong_of_which(text: str, total: Amount, parts: Sequence[Amount]) -> Message | None:
    """Return what is wrong with parts listed behind their total, or None."""
    if any(part.value > total.value for part in parts):
        return format_lazy(_("A part is larger than the total of {total}."), total=_printed(total))
    added = sum((part.value for part in parts), Decimal(0))
    gap = total.value - added
    if _is_close(gap, total, parts):
        return None
    labels = [_label(text, parts, n, total.end) for n in range(len(parts))]
    is_whole = _are_complements(labels) or any(rest in "".join(labels) for rest in REST)
    if gap < 0 and not any(OVERLAPPING.search(label) for label in labels):
        is_whole = True
    if len(parts) >= LEAST_PARTS and 0 < gap <= total.value * NEAR:
        is_whole = True
    return _message(total, parts) if is_whole else None


def _are_complements(labels: Sequence[str]) -> bool:
    if len(labels) != 2:
        return False
    first, second = labels
    return any(
        (one in first and two in second) or (two in first and one in second)
        for one, two in COMPLEMENTS
    )


def _adds_up(total: Amount, parts: Sequence[Amount]) -> bool:
    added = sum((part.value for part in parts), Decimal(0))
    return _is_close(total.value - added, total, parts)


def _is_close(gap: Decimal, total: Amount, parts: Sequence[Amount]) -> bool:
    """Whether rounding explains a gap: half a last digit each, nothing where all are exact."""
    steps = [one.step for one in (total, *parts) if one.step != 1]
    return gap == 0 or abs(gap) < sum((step / 2 for step in steps), Decimal(0))


def _message(total: Amount, parts: Sequence[Amount]) -> Message:
    added = sum((part.value for part in parts), Decimal(0))
    return format_lazy(
        _("The parts add up to {sum}, the text says {total}."),
        sum=_plain(added) + total.unit,
        total=_printed(total),
    )


def _printed(amount: Amount) -> str:
    return amount.number + amount.unit


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _in_tables(copy: Copy) -> Iterator[Problem]:
    """Add up the columns of tables whose last row is a total."""
    text, start = copy.texts.get("body", ""), 0
    rows: list[list[tuple[int, str]]] = []
    for line in text.split("\n"):
        cells = _cells(line, start)
        start += len(line) + 1
        if not cells:
            rows = []
            continue
        rows.append(cells)
        if TOTAL_ROW.fullmatch(cells[0][1]):
            yield from _columns(text, rows)
            rows = []


def _cells(line: str, start: int) -> list[tuple[int, str]]:
    """Return a table row's cells with their places in the text; none of another line."""
    if line.lstrip(BLANKS)[:1] not in tuple("|｜"):
        return []
    bars = [mark.start() for mark in BAR.finditer(line) if mark["bar"]]
    if line[bars[-1] + 1 :].strip(BLANKS):
        bars.append(len(line))
    cells = []
    for left, right in pairwise(bars):
        cell = line[left + 1 : right]
        words = cell.strip(BLANKS + "*")
        cells.append((start + left + 1 + (cell.index(words) if words else 0), words))
    return cells


def _columns(text: str, rows: list[list[tuple[int, str]]]) -> Iterator[Problem]:
    *above, total_row = rows
    above = [row for row in above if not is_rule([cell for _at, cell in row if cell])]
    for column in range(1, len(total_row)):
        at, stated = total_row[column]
        numbers = [_number(row[column][1]) if column < len(row) else None for row in above]
        known = [number for number in numbers[1:] if number is not None]
        first = numbers[0] if numbers else None
        known = [first, *known] if first is not None else known
        total = _number(stated)
        # One gap at most: the head. A column with words in it isn't added up.
        if total is None or len(known) < 2 or len(known) < len(numbers) - 1:
            continue
        if sum(known, Decimal(0)) != total:
            message = format_lazy(
                _("The parts add up to {sum}, the text says {total}."),
                sum=_plain(sum(known, Decimal(0))),
                total=stated,
            )
            yield found_at("sum", message, "body", text, (at, at + len(stated)))


def _number(cell: str) -> Decimal | None:
    found = re.fullmatch(r"(\d+(?:,\d{3})*(?:\.\d+)?)[\u4e00-\u9fff]{0,4}", cell)
    return Decimal(found[1].replace(",", "")) if found else None
