"""Figures in a text: how many, in which unit, of what (180 平方米 阅览室, 11.8万 元 资金)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from articles.amounts import Amount, amounts
from articles.body.grammar import HEADS, Kind, kind_of
from articles.body.normalising import BLANKS

_VERBS = (Path(__file__).parent / "verbs.txt").read_text(encoding="utf-8")
VERBS = sorted(
    " ".join(line for line in _VERBS.splitlines() if not line.startswith("#")).split(),
    key=len,
    reverse=True,
)
# A verb of one character is part of a noun as often (建筑), so it only ends a noun of two or more.
VERB = re.compile("|".join(VERBS))
LONG_VERB = re.compile("|".join(verb for verb in VERBS if len(verb) > 1))
HAN = re.compile(r"[\u4e00-\u9fff“”]+")
GRAMMAR = re.compile(
    "[的了在是和与及被把将对为从向到等也就都还又已每各其共有个要会能去来过着完这那全再才正轮值只连经现当降余先]|平均|重新|以上|以下|以内|左右|之内|之间"
)
LEAD_OUT = re.compile(
    r"(?:达到?|为|约|共|有|了|近|超过?|计|逾|是|仅|只|已|总|多|至|到|增至|升至|降至)+$"
)
# What these count needs no other word.
MEASURES = frozenset(["元", "平方米", "平方公里", "公里", "公顷", "亩", "吨", "人次", "%", "％"])
AGES = frozenset(["岁"])
# Beyond that a list is no help on a phone.
MOST, LONGEST, SHORT = 24, 6, 4
QUOTES = str.maketrans("", "", "“”")


@dataclass(frozen=True)
class Figure:
    """A number in the text.

    Attributes:
        number: as printed: 3200多, 11.8万.
        unit: as printed.
        what: the noun beside it; "" where none is.

    """

    number: str
    unit: str
    what: str


def figures(texts: Mapping[str, str]) -> list[Figure]:
    """Return the figures of a story's fields, each once, in order; those in tables are left out."""
    found: dict[Figure, None] = {}
    for text in texts.values():
        for line in text.split("\n"):
            stripped = line.strip(BLANKS)
            kind = kind_of(stripped)
            if kind in (Kind.ROW, Kind.PHOTO):
                continue
            head = HEADS[kind].match(stripped) if kind in HEADS else None
            for figure in _on_line(stripped[head.end() :] if head else stripped):
                found.setdefault(figure)
    return list(found)[:MOST]


def _on_line(line: str) -> Iterator[Figure]:
    for amount in amounts(line):
        # 一个 and 三次 are rarely meant as figures, nor is anybody's age.
        if amount.unit in AGES or (len(amount.number) == 1 and not amount.number.isascii()):
            continue
        what = _behind(line, amount) or _before(line, amount)
        if what or amount.unit in MEASURES:
            yield Figure(amount.number, amount.unit, what)


def _behind(line: str, amount: Amount) -> str:
    """Return the noun that follows: 180平方米的阅览室, 3200多册图书."""
    rest = line[amount.end :].removeprefix("的")
    run = HAN.match(rest)
    if run is None:
        return ""
    words = run[0].translate(QUOTES)
    verb = LONG_VERB.match(words) or VERB.search(words, 2)
    if verb:
        words = words[: verb.start()]
    grammar = GRAMMAR.search(words)
    if grammar:
        # Before 了 the last character is a verb: 阅览室开了.
        is_done = grammar[0] in ("了", "着", "过") and grammar.start() > 2
        words = words[: grammar.start() - is_done]
    return words if 2 <= len(words) <= LONGEST else ""


def _before(line: str, amount: Amount) -> str:
    """Return the noun before: 面积180平方米, 投入资金11.8万元."""
    run = re.search(r"[\u4e00-\u9fff]+[：:]?$", line[: amount.start])
    if run is None or HAN.match(line, amount.end):
        return ""
    words = LEAD_OUT.sub("", run[0].rstrip("：:"))
    pieces = [piece for piece in GRAMMAR.split(words) if piece]
    words = pieces[-1] if pieces else ""
    verbs = list(LONG_VERB.finditer(words))
    if verbs:
        words = words[verbs[-1].end() :]
    return words if 2 <= len(words) <= SHORT else ""
