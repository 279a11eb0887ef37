"""Kicker, headline and deck (引题, 主题, 副题): which line of a group of headlines is which."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lines import width_of
from .runs import Run

_DASH = ("——", "--", "—", "──")
_MOST_PIECES = 8
_LONGEST_PLACE = 9.0  # cells: 某某街道某社区：
# Who acts: a plain line that names it first is the kicker or the deck of a livelier headline.
_ACTOR = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}(?:社区|街道|[省市区县镇乡村局委办]|中心|医院|学校|公司|我[省市区县镇]))(?!里|内|口|民|中|上|长)"
)
_PLACE_FIRST = re.compile("[^：:，,]{2,8}[：:]")
_PERIOD = re.compile(
    r"今年|去年|近年|\d+年来?|本月|上半年|一周年|本期|聚焦|关注|探访|走近|走进|记|访|纪实|侧记|综述"
)


@dataclass(frozen=True)
class Title:
    """A group of headlines told apart; what is not printed is None."""

    kicker: tuple[Run, ...]
    headline: tuple[Run, ...]
    deck: tuple[Run, ...]


@dataclass(frozen=True)
class _Piece:
    """A line of the group, or a part of one between spaces."""

    run: Run
    line: int
    glued: bool  # printed as one word with the piece before, only broken over two lines

    @property
    def text(self) -> str:
        return self.run.text


def tell_apart(group: Sequence[Run]) -> Title:
    """Tell kicker, headline and deck of a story apart.

    Papers print them on lines of their own, or the kicker in one line with the headline. The
    headline is the short and lively one, often in two balanced halves with a space between; the
    kicker stands before it and is plainer and longer; the deck stands behind it, opens with a
    dash or is longer still. Every division of the group is scored and the best one taken.

    Args:
        group: the lines of the group in order, one run each.

    """
    pieces = _pieces(group)
    if len(pieces) > _MOST_PIECES:
        pieces = [_Piece(run, i, glued=False) for i, run in enumerate(group)]
    if len(pieces) > _MOST_PIECES:
        return Title((), tuple(group), ())
    start, end = max(_divisions(len(pieces)), key=lambda cut: _score(pieces, *cut))
    runs = [piece.run for piece in pieces]
    return Title(tuple(runs[:start]), tuple(runs[start:end]), tuple(runs[end:]))


def joined(runs: Sequence[Run]) -> str:
    """Return a headline's pieces as one text: halves with one space between.

    A line broken inside a quotation or behind a pause is joined without one.
    """
    text = ""
    for run in runs:
        glue = "" if not text or is_unfinished(text) else " "
        text += glue + run.text
    return re.sub(r"\s+", " ", text)


def is_unfinished(text: str) -> bool:
    """Whether a line of a headline goes on in the next: an open quotation, a pause at its end."""
    if text.endswith(("：", ":")) and width_of(text) > _LONGEST_PLACE:
        return False  # a line that long is a kicker of its own (对话某某：)
    opened = text.count("“") - text.count("”") + text.count("《") - text.count("》")
    return opened > 0 or text.endswith(("、", "，", ",", "：", ":", "—"))


def _pieces(group: Sequence[Run]) -> list[_Piece]:
    """Divide lines at their spaces, where both sides are long enough to be halves."""
    pieces: list[_Piece] = []
    for line, run in enumerate(group):
        text = run.text
        at = 0
        cuts = [m for m in re.finditer(r"\s", text) if _is_division(text, m.start())]
        if line and pieces and is_unfinished(pieces[-1].text):
            cuts = []
        for found in [*cuts, None]:
            end = found.start() if found else len(text)
            part = run.cut(at, end)
            if part is not None:
                glued = bool(pieces) and at == 0 and is_unfinished(pieces[-1].text)
                pieces.append(_Piece(part, line, glued))
            at = end + 1
    return pieces


def _is_division(text: str, at: int) -> bool:
    """Whether a space divides halves: not inside quotation marks, not beside Latin letters."""
    if text[:at].count("“") > text[:at].count("”"):
        return False
    left, right = text[at - 1], text[at + 1]
    return not (left.isascii() and left.isalnum() and right.isascii() and right.isalnum())


def _divisions(count: int) -> Iterator[tuple[int, int]]:
    for start in range(count):
        for end in range(start + 1, count + 1):
            yield start, end


def _score(pieces: Sequence[_Piece], start: int, end: int) -> float:
    kicker, headline, deck = pieces[:start], pieces[start:end], pieces[end:]
    if any(part and part[0].glued for part in (kicker, headline, deck)):
        return -100.0
    score = _score_field(headline) + _score_field(kicker) + _score_field(deck)
    score += _score_kicker(kicker, headline) + _score_deck(deck, headline)
    if kicker and deck and len({piece.line for piece in pieces}) == 3 and len(headline) == 1:
        score += 1.0  # three lines are most often the three of them
    for field in (kicker, headline, deck):
        score -= 9.0 * sum(1 for piece in field[1:] if piece.text.startswith(_DASH))
    if headline[0].text.startswith(_DASH):
        score -= 9.0
    return score


def _widths(field: Sequence[_Piece]) -> list[float]:
    """Widths of a field's pieces, what is glued counted together."""
    widths: list[float] = []
    for piece in field:
        if piece.glued and widths:
            widths[-1] += width_of(piece.text)
        else:
            widths.append(width_of(piece.text))
    return widths


def _score_field(field: Sequence[_Piece]) -> float:
    """Pieces of one field are balanced and stand on one line."""
    widths = _widths(field)
    if len(widths) < 2:
        return 0.0
    named = _PLACE_FIRST.match(field[0].text)
    if named and widths[0] - width_of(named.group()) >= 4:
        widths[0] -= width_of(named.group())  # 某某社区：… is balanced without the place
    ratio = min(widths) / max(widths)
    score = 1.5 if ratio >= 0.7 else 0.0 if ratio >= 0.5 else -2.0
    if len(widths) > 3:
        score -= 1.0
    for before, piece in itertools.pairwise(field):
        if piece.glued:
            continue
        if piece.line == before.line:
            score += 0.5
        elif _are_halves(before.text, piece.text):
            score -= 1.0
        else:
            score -= 3.0
    return score


def _are_halves(one: str, other: str) -> bool:
    """Whether two lines are the halves of one headline: equally long, or both very short."""
    if re.search("[，,、：:]", one + other):
        return False
    widths = width_of(re.sub("[“”]", "", one)), width_of(re.sub("[“”]", "", other))
    return widths[0] == widths[1] or (max(widths) <= 8 and abs(widths[0] - widths[1]) <= 1)


def _score_kicker(kicker: Sequence[_Piece], headline: Sequence[_Piece]) -> float:
    if not kicker:
        return 0.0
    score = -0.5
    wide = sum(_widths(kicker))
    score += 0.5 if wide >= 8 else -1.0 if wide <= 5 else 0.0
    if kicker[-1].line == headline[0].line:
        score -= 1.5 if wide > max(_widths(headline)) else 4.0
        if len(headline) == 1:
            score -= 1.5
        if re.search("[:：]", kicker[0].text):
            score -= 1.0
    score += min(3.0, max(0.0, max(_widths(kicker)) / max(_widths(headline)) - 1) * 1.5)
    if len(_widths(kicker)) > 1:
        score -= 0.5 if kicker[0].line == kicker[-1].line else 1.5
    text = kicker[0].text
    if text.startswith(_DASH):
        score -= 9.0
    if kicker[-1].text.endswith(("：", ":")):
        score += 2.0
    if kicker[-1].text.endswith(("！", "!", "？", "?")):
        score -= 1.0
    if _ACTOR.match(text) or _PERIOD.match(text):
        score += 0.7
    return score


def _score_deck(deck: Sequence[_Piece], headline: Sequence[_Piece]) -> float:
    if not deck:
        return 0.0
    text = deck[0].text
    score = -1.2
    if text.startswith(_DASH) or (text[0] in "(（" and text[-1] in ")）"):
        score += 8.0
    elif deck[0].line == headline[-1].line:
        return -6.0
    wide, head = sum(_widths(deck)), sum(_widths(headline))
    if wide < 8:
        score -= 1.5
    if wide >= 1.4 * head:
        score += 1.5
    if _ACTOR.match(text) and not _ACTOR.match(headline[0].text):
        score += 1.5
    if re.search("[，,；;]", text) and wide > head:
        score += 0.5
    return score
