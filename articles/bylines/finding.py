"""Finding credits in the text of a story."""

from __future__ import annotations

import re

from . import names
from .credits import CreditLine
from .reading import parse
from .roles import is_bystander, part_of

_LONGEST = 120
_SENTENCE_END = "。！？!?…”』」；;"
_BULLETS = re.compile(r"[\s■□●○◎◆◇▲△▼▽★☆▶►▷▸※◤☉➤»«〓▪▫—–―\-]+")
_BULLET = re.compile(r"\s*[■□●○◎◆◇▲△▼▽★☆▶►▷▸※◤☉➤»〓▪▫]")
_LAST_BRACKET = re.compile(r"[(（【〔［\[]([^()（）【】〔〕［］\[\]]{2,120})[)）】〕］\]][\s。]*$")
_FIRST_BRACKET = re.compile(r"\s*[(（【〔［\[]([^()（）【】〔〕［］\[\]]{2,120})[)）】〕］\]]")
_REPORTS = re.compile(r"^[^。！？，,]{4,60}?报道(?=$|[\s:：，,。])[:：]?")


def _is_newsroom_role(role: str) -> bool:
    return part_of(role) is not None and not is_bystander(role)


def _has_plain_names(line: CreditLine) -> bool:
    return all(names.has_common_surname(credit.name) or "·" in credit.name for credit in line)


def is_credit_line(text: str) -> bool:
    """Whether a whole line is nothing but a credit.

    Strict, for a story's text is searched with it: every word must be read, there must be a
    person, and a newsroom's role must be printed; names without a role count only in brackets
    or behind a bullet (□ 张三).

    Args:
        text: one line of a story.
    """
    text = text.strip()
    if not 2 <= len(text) <= _LONGEST or "\n" in text:
        return False
    line = parse(text)
    if not line or not line.is_exact:
        return False
    if any(_is_newsroom_role(credit.role) for credit in line):
        return True
    is_marked = bool(_BULLET.match(text) or _LAST_BRACKET.fullmatch(text))
    return is_marked and not any(credit.role for credit in line) and _has_plain_names(line)


def _is_credit(inside: str, *, after_sentence: bool) -> bool:
    """Whether the content of a bracket is a credit or names a source."""
    if is_credit_line(inside):
        return True
    line = parse(inside)
    if not line.is_exact:
        return False
    if not line:
        return bool(line.source)
    return after_sentence and _has_plain_names(line)


def find_trailing(text: str) -> tuple[str, str]:
    """Divide a paragraph from the credit at its end.

    Args:
        text: a paragraph such as …用药安全。(通讯员 某某), or a caption such as …现场。 某某 摄.

    Returns:
        The body and the credit, verbatim; the credit is empty where the paragraph carries none.
        Without brackets a credit is found only behind the end of a sentence or behind a space.
    """
    if is_credit_line(text):
        return "", text.strip()
    body, credit = text.rstrip(), ""
    while found := _LAST_BRACKET.search(body):
        before = body[: found.start()].rstrip()
        after_sentence = not before or before[-1] in _SENTENCE_END or bool(credit)
        if not _is_credit(found[1], after_sentence=after_sentence):
            break
        body, credit = before, text[found.start() :].strip()
    if credit:
        return body, credit
    ends = [m.end() for m in re.finditer(rf"[{_SENTENCE_END}]\s*|\s+", body)]
    for end in ends:
        if len(body) - end <= _LONGEST and is_credit_line(body[end:]):
            return body[:end].rstrip(), body[end:].strip()
    return text, ""


def find_leading(text: str) -> tuple[str, str]:
    """Divide the opening of a paragraph, dateline and credit, from its body.

    Args:
        text: a paragraph such as 本报讯(记者 某某) 近日…, 本报记者某某报道 … or
            新华社北京10月12日电(记者 某某)….

    Returns:
        The opening and the body, verbatim; the opening is empty where there is none, and only
        the dateline where no one is named.
    """
    start = len(text) - len(text.lstrip())
    head = parse(text[: _LONGEST + start].split("\n")[0])
    end = start
    if head.dateline:
        at = text.find(head.dateline)
        if not _BULLETS.fullmatch(" " + text[:at]):
            return "", text
        end = at + len(head.dateline)
    rest = text[end:]
    bracket = _FIRST_BRACKET.match(rest)
    if bracket and _is_credit(bracket[1], after_sentence=bool(head.dateline)):
        end += bracket.end()
    elif (reports := _REPORTS.match(rest.lstrip())) and _reads(reports.group()):
        end += len(rest) - len(rest.lstrip()) + reports.end()
    elif head.dateline:
        end += _longest_credit(rest)
    return text[start:end].strip(), text[end:].lstrip() if end > start else text


def _reads(opening: str) -> bool:
    line = parse(opening)
    return line.is_exact and bool(line) and any(credit.role for credit in line)


def _longest_credit(rest: str) -> int:
    """How far the words behind a dateline are a credit: 本报讯 记者张三 通讯员李四 近日…."""
    ends = [m.start() for m in re.finditer(r"\s+|$", rest) if 0 < m.start() <= _LONGEST]
    return max((end for end in ends if is_credit_line(rest[:end])), default=0)
