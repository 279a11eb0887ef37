"""The grammar of a newspaper page, and the likeliest reading of one.

A page is a sequence of blocks; the grammar says which label may follow which and at what price.
The labels with the best total over the whole page are found at once (Viterbi), so that a line is
judged by all that stands before and after it: a short line is a subhead because the story goes on,
a headline because it ended.
"""

from __future__ import annotations

import re
from math import inf

from . import cues
from .labels import BODY, CREDITS, Label
from .rules import weigh
from .signs import Ending, Signs
from .whole import Page

C, T, N, H, B, O, P, R, S, E = (  # noqa: E741
    Label.COLUMN,
    Label.TAIL_COLUMN,
    Label.NOTE,
    Label.TITLE,
    Label.TOP_CREDIT,
    Label.OPENING,
    Label.PARAGRAPH,
    Label.CONTINUED,
    Label.SUBHEAD,
    Label.CREDIT,
)

# What a page may begin with.
FIRST = {C: 0.0, N: -1.0, H: 0.0, O: -4.0, S: -7.0, B: -8.0}
# The price of ending on a label; what is not listed ends a page well.
LAST = {C: -9.0, N: -4.0, H: -9.0, B: -6.0, S: -8.0}

# What may follow what inside a story and between stories. Prices that depend on the blocks
# themselves are added by `_between`; a pair that is missing does not occur in print.
FOLLOWS: dict[Label, dict[Label, float]] = {
    C: {H: 0.0, O: -1.5, N: 0.0, C: -3.0, B: -6.0},
    T: {C: -0.5, H: 0.0, O: -6.0, N: -1.0, T: -4.0},
    N: {H: 0.0, C: -0.5, N: -1.0, R: 0.0, P: -4.0, B: -3.0, O: -4.0},
    H: {H: -0.3, P: 0.0, B: 0.0, S: -3.5, C: -8.0},
    B: {P: 0.0, S: -2.5, B: -0.5, H: -6.0, C: -6.0, N: -1.0},
    O: {P: 0.0, R: 0.0, S: 0.0, E: 0.0, H: -2.0, C: -2.0, O: -7.0, T: -5.0, N: -4.0},
    P: {P: 0.0, R: 0.0, S: 0.0, E: 0.0, H: -2.0, C: -2.0, O: -8.0, T: -5.0, N: -4.0},
    R: {P: 0.0, R: 0.0, S: 0.0, E: 0.0, H: -2.0, C: -2.0, O: -8.0, T: -5.0, N: -4.0},
    S: {P: 0.0, S: -4.0, E: -7.0, B: -6.0, H: -8.0},
    E: {C: 0.0, H: 0.0, O: -6.0, P: -5.0, S: -6.0, T: -1.0, N: -1.0, E: -1.0},
}

# A reading is followed through these states: a label, and whether the story it belongs to has
# been signed, in its opening, under its headline or at its end.
State = tuple[Label, bool]
STARTS = frozenset({C, N, H, O})
HEAD = frozenset({C, N, H})
HEADS = frozenset({C, T, H, S})
_BEAM = 30.0  # readings further behind than any later block could make up are given up


def read(page: Page) -> list[Label]:
    """Return the likeliest label of every block of a page."""
    if not page.signs:
        return []
    weights = weigh(page, 0)
    best: dict[State, float] = {
        (label, _is_signed(page, 0, label, before=False)): price + weights[label]
        for label, price in FIRST.items()
    }
    trail: list[dict[State, State]] = []
    for i in range(1, len(page.signs)):
        weights = weigh(page, i)
        reached: dict[State, float] = {}
        came_from: dict[State, State] = {}
        steps = {
            (before, label): price + weights[label] + _between(page, i, before, label)
            for before in {state[0] for state in best}
            for label, price in FOLLOWS[before].items()
        }
        for state, score in best.items():
            before, was_signed = state
            for label in FOLLOWS[before]:
                total = score + steps[before, label]
                total += _signing(page, i, before, label, was_signed=was_signed)
                signed = _is_signed(page, i, label, before=was_signed and not _ends(before, label))
                after = (label, signed)
                if after not in reached or total > reached[after]:
                    reached[after] = total
                    came_from[after] = state
        floor = max(reached.values()) - _BEAM
        best = {state: score for state, score in reached.items() if score >= floor}
        trail.append(came_from)
    state = max(best, key=lambda last: best[last] + LAST.get(last[0], 0.0))
    labels = [state[0]]
    for came_from in reversed(trail):
        state = came_from[state]
        labels.append(state[0])
    labels.reverse()
    return labels


def _ends(before: Label, label: Label) -> bool:
    """Whether a step leads from one story to the next."""
    return label in STARTS and before not in HEAD


def _is_signed(page: Page, i: int, label: Label, *, before: bool) -> bool:
    sign = page.signs[i]
    return before or label in CREDITS or (label in BODY and sign.is_signed_dateline)


def _signing(page: Page, i: int, before: Label, label: Label, *, was_signed: bool) -> float:
    """A story is signed once: at its end, or under its headline, or behind 本报讯.

    So text after an opening credit ends without another one, and on a page that signs its
    stories a story that is not signed yet probably goes on. A photographer's credit may stand
    beside the author's.
    """
    sign = page.signs[i]
    if _ends(before, label):
        if before in (Label.CREDIT, Label.TAIL_COLUMN):
            return 0.0
        if was_signed:
            return 1.0
        return -3.0 if page.is_signed else 0.5
    if label is Label.CREDIT and was_signed and before is not Label.CREDIT:
        return -2.5 if sign.is_photo_credit else -3.5
    return 0.0


def _between(page: Page, i: int, before: Label, label: Label) -> float:
    """Price a step by the two blocks it leads from and to."""
    score = _spacing(page, i, before, label)
    if page.signs[i].is_item:
        score += 16.0 if label is Label.OPENING and before is not Label.TITLE else 0.0
    if before in BODY or before is Label.NOTE:
        score += _joining(page, i, label)
    if label in (Label.TITLE, Label.COLUMN) and before in BODY:
        score += _new_story(page, i)
    if label in HEADS and page.signs[i].is_in_brackets and before not in HEAD:
        score -= 8.0
    if label is Label.PARAGRAPH and page.signs[i].is_in_brackets and before in BODY:
        score += 4.0
    if before is Label.CREDIT:
        score += _after_credit(page, i, label)
    if before in (Label.TITLE, Label.TOP_CREDIT, Label.SUBHEAD, Label.COLUMN):
        score += _under_heading(page, i, before, label)
    return score


def _spacing(page: Page, i: int, before: Label, label: Label) -> float:
    """Wider gaps stand between stories, narrower ones inside a group of headlines."""
    gap = page.signs[i].block.gap
    starts = label in (Label.TITLE, Label.COLUMN, Label.OPENING, Label.NOTE)
    inside_head = before in (Label.TITLE, Label.COLUMN, Label.NOTE) and starts
    if gap > page.base_gap and page.has_wider_gaps:
        if inside_head:
            return -0.7
        if starts:
            return 4.0
        return -3.5 if label is Label.SUBHEAD else -0.5
    if gap < page.base_gap and inside_head:
        return 1.0
    if starts and not inside_head:
        if page.gaps_divide_stories:
            return -6.0
        return -1.0 if page.has_wider_gaps else 0.0
    return 0.0


_CLOSES_BRACKET = re.compile("[^(（]{0,60}[)）]")
# How likely a piece this wide is the first half of a paragraph: any length is, headings are short.
_BROKEN_AT_LENGTH = (
    (8.0, 0.0),
    (12.0, 1.0),
    (18.0, 2.5),
    (24.0, 3.5),
    (36.0, 4.5),
    (inf, 6.0),
)


def _joining(page: Page, i: int, label: Label) -> float:
    """Whether a block is the rest of the paragraph before it.

    A paragraph ends at a full stop (or colon) with its quotations closed. Where it does not, the
    column broke it and the next block goes on; the shorter the piece, the less sure that is.
    """
    last, sign = page.signs[i - 1], page.signs[i]
    ends_open = (
        last.ending in (Ending.OPEN, Ending.PAUSE) and not last.is_entry and not last.is_credit
    )
    if last.is_list_entry and sign.is_list_entry:
        ends_open = False
    if last.brackets_open > 0 and _CLOSES_BRACKET.match(sign.text):
        return 8.0 if label is Label.CONTINUED else -8.0
    if label is Label.CONTINUED:
        if sign.text[0] in cues.NO_START and not _closes_nothing(last, sign):
            return 8.0
        if ends_open:
            by_length = next(score for limit, score in _BROKEN_AT_LENGTH if last.width < limit)
            if last.ending is Ending.PAUSE:
                by_length += 2.0
            elif page.keeps_paragraphs and last.width <= 48:
                by_length -= 4.5 if last.width > 24 else 2.5
            elif not page.breaks_paragraphs and last.width <= 48:
                by_length -= 1.0
            return by_length - (10.0 if sign.has_dateline else 0.0)
        if last.ending is Ending.STOP and last.quotes_open > 0:
            return 4.0 if _closes_quote(sign) else -7.0
        return -9.0
    if ends_open:
        return -1.0 if last.is_jumping else -6.0
    if last.quotes_open > 0 and last.ending is Ending.STOP and _closes_quote(sign):
        return -2.0
    if last.ending is Ending.COLON and label is not Label.PARAGRAPH:
        return -3.0
    return 0.0


def _closes_nothing(last: Signs, sign: Signs) -> bool:
    """Whether an opening closing mark has nothing to close (a straight quote opens speech)."""
    return sign.text[0] in "\"'" or (last.ending is Ending.STOP and sign.text[0] in "…—·.")


def _closes_quote(sign: Signs) -> bool:
    """Whether a block closes a quotation before it opens another one."""
    opening, closing = sign.text.find("“"), sign.text.find("”")
    if closing >= 0:
        return opening < 0 or closing < opening
    return not sign.text.startswith('"') and sign.text.count('"') % 2 == 1


def _new_story(page: Page, i: int) -> float:
    """Whether a heading after text without a credit begins another story.

    It does where the text was continued elsewhere (下转), where the next one comes from elsewhere
    (上接), and under the date that closes a notice.
    """
    score = -2.0 if page.signs[i].ending is Ending.STOP else 0.0
    if any(sign.block.begins_in_jump for sign in page.signs[i : i + 2]):
        score += 7.0
    if page.signs[i - 1].is_jumping:
        score += 4.0
    if page.signs[i - 1].is_entry and cues.DATE_ALONE.fullmatch(page.signs[i - 1].text):
        score += 5.0
    return score


def _after_credit(page: Page, i: int, label: Label) -> float:
    """Behind a photographer's credit the story may go on; behind an author's it hardly does."""
    last, sign = page.signs[i - 1], page.signs[i]
    score = 0.0
    if label in (Label.PARAGRAPH, Label.SUBHEAD) and last.is_photo_credit:
        score += 3.0
        if i > 1 and page.signs[i - 2].is_caption:
            score += 1.5
    if label is Label.OPENING and sign.has_dateline:
        score += 5.0
    if label is Label.PARAGRAPH:
        if sign.is_caption:
            score += 4.0
        if sign.is_about_author:
            score += 9.0
        if sign.has_dateline:
            score -= 6.0
    return score


def _under_heading(page: Page, i: int, before: Label, label: Label) -> float:
    """本报讯 opens the text under a headline, never under a subhead."""
    last, sign = page.signs[i - 1], page.signs[i]
    score = 0.0
    if sign.has_dateline and label in BODY:
        score += {Label.TITLE: 3.0, Label.SUBHEAD: -9.0, Label.COLUMN: -1.0}.get(before, 0.0)
    if label is Label.TITLE and _is_sentence(sign):
        score -= 4.5
    if before is Label.TITLE:
        score += _under_title(last, label)
    elif before is Label.COLUMN:
        score += _under_column(page, i, label)
    return score


def _under_title(last: Signs, label: Label) -> float:
    """Nothing of a headline follows the deck; a line broken in two goes on in the next."""
    if last.ending is Ending.PAUSE or last.quotes_open > 0:
        return 4.0 if label is Label.TITLE else -4.0
    if label is Label.TITLE and last.text.startswith(("——", "--")):
        return -4.0
    return 0.0


def _under_column(page: Page, i: int, label: Label) -> float:
    """A column's head is short and stands over headlines; only a known one stands over text."""
    last, sign = page.signs[i - 1], page.signs[i]
    if label is Label.OPENING:
        return -4.0 if last.column.score < 5 else 0.0
    if label is not Label.TITLE:
        return 0.0
    score = _over_briefs(page, i)
    if sign.text[0] in "(（":
        score -= 4.0
    if last.width <= 7 and sign.width >= last.width + 2 and not last.is_numbered:
        score += 1.0
    return score


def _is_sentence(sign: Signs) -> bool:
    """Whether a line is a sentence of more clauses than one, with the stop at its end."""
    return sign.ending is Ending.STOP and re.search("[，,]", sign.text) is not None


def _over_briefs(page: Page, i: int) -> float:
    """Whether several short 本报讯 items follow: then what stands over the first is a column."""
    run = 0
    for j in range(i, min(i + 24, len(page.signs))):
        sign = page.signs[j]
        if sign.has_dateline:
            if not page.signs[j - 1].is_short:
                break
            run += 1
    if not page.signs[i + 1 : i + 3] or not any(s.has_dateline for s in page.signs[i + 1 : i + 3]):
        return 0.0
    if run < 2:
        return 0.5
    return 4.0 if page.signs[i].block.gap >= page.base_gap else 2.0
