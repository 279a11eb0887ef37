"""How much each sign speaks for each label.

Scores are rough log-odds: +1 makes a reading about three times likelier, 4 all but settles it.
Every rule states the newspaper practice it stands for; the tests name the rule they exercise.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from . import cues
from .columns import BOX_HEADS
from .headings import (
    cohesion,
    cut_clause,
    cut_word,
    dash,
    heading,
    heading_end,
    heading_halves,
    marked,
    numbered,
    parallel,
)
from .labels import HEADINGS, Label, Scores
from .signs import Hint
from .whole import Page

NEVER = -1000.0

_QUOTED = re.compile('[“"]([^“”"]{2,8})[”"]')
_STORY_REACH = 4  # blocks above and below that are taken for the neighbouring stories

Rule = Callable[[Page, int], Scores]


def credit_line(page: Page, i: int) -> Scores:
    """A line that reads as a credit from end to end is one, and nothing else is."""
    if page.signs[i].is_credit:
        return {
            label: 8.0 if label in (Label.CREDIT, Label.TOP_CREDIT) else -8.0 for label in Label
        }
    return {Label.CREDIT: NEVER, Label.TOP_CREDIT: NEVER}


def hint(page: Page, i: int) -> Scores:
    """What a line was cut off for settles what it is (【…】 before a headline)."""
    given = page.signs[i].hint
    if given is Hint.COLUMN:
        return {Label.COLUMN: 12.0, Label.TAIL_COLUMN: 8.0}
    if given is Hint.TITLE:
        return {Label.TITLE: 12.0}
    if given is Hint.SUBHEAD:
        return {Label.SUBHEAD: 12.0}
    return {}


def prose(page: Page, i: int) -> Scores:
    """Headings have no full stop and are short; whatever has one or is long is text."""
    sign = page.signs[i]
    if not sign.is_short or sign.has_dateline:
        scores: Scores = dict.fromkeys(HEADINGS, -12.0)
        scores[Label.COLUMN] = scores[Label.TAIL_COLUMN] = -20.0
        return scores
    return {}


def column_head(page: Page, i: int) -> Scores:
    """Standing columns have short names of their own kind."""
    sign = page.signs[i]
    if not sign.is_short:
        return {}
    score = sign.column.score
    if sign.quotes_open > 0:
        score -= 8.0
    scores = {Label.COLUMN: 2.5 + score, Label.TAIL_COLUMN: 1.5 + score}
    if sign.column.is_marked and score >= 4:
        scores[Label.TITLE] = -3.0
        scores[Label.SUBHEAD] = -1.0
    elif score >= 4:
        scores[Label.TITLE] = -2.5
    return scores


def tail_column(page: Page, i: int) -> Scores:
    """A campaign's name may stand under its story: what it quotes is above it, not below."""
    sign = page.signs[i]
    found = _QUOTED.search(sign.text) if sign.is_short and sign.column.score >= 2 else None
    if found is None:
        return {}
    above = any(found[1] in other.text for other in page.signs[max(0, i - _STORY_REACH) : i])
    below = any(found[1] in other.text for other in page.signs[i + 1 : i + 1 + _STORY_REACH])
    if above == below:
        return {}
    if above:
        return {Label.TAIL_COLUMN: 3.0, Label.COLUMN: -7.0}
    return {Label.COLUMN: 1.0, Label.TAIL_COLUMN: -3.0}


def notice_head(page: Page, i: int) -> Scores:
    """A notice's head (…公告, …启事) stands over a story of its own, where its text is one's."""
    if not page.signs[i].is_notice_head:
        return {}
    return {Label.TITLE: 3.5, Label.SUBHEAD: -3.0, Label.COLUMN: -3.0}


def brief_head(page: Page, i: int) -> Scores:
    """Under the head of a column that gathers briefs, every heading is a brief's."""
    if not page.signs[i].is_brief_head:
        return {}
    return {Label.TITLE: 4.0, Label.SUBHEAD: -4.0}


def new_matter(page: Page, i: int) -> Scores:
    """Where an interview or a row of items ends, a heading over plain text is another story's."""
    sign = page.signs[i]
    if not sign.is_short or not sign.is_after_series:
        return {}
    return {Label.TITLE: 4.0, Label.SUBHEAD: -3.0}


def box_head(page: Page, i: int) -> Scores:
    """链接, 小贴士, 记者手记 head a box that belongs to the story above."""
    sign = page.signs[i]
    if not sign.is_short or sign.text.strip("【】[]■●◆▲▶ :：") not in BOX_HEADS:
        return {}
    return {Label.SUBHEAD: 3.0, Label.COLUMN: -2.0, Label.TAIL_COLUMN: -4.0}


def entry(page: Page, i: int) -> Scores:
    """Entries of a list, rows of a table, verses, signatures and dates belong to the text."""
    if not page.signs[i].is_entry:
        return {}
    return {
        Label.PARAGRAPH: 4.0,
        Label.OPENING: 2.0,
        Label.TITLE: -3.0,
        Label.SUBHEAD: -3.0,
        Label.COLUMN: -6.0,
        Label.TAIL_COLUMN: -6.0,
        Label.CONTINUED: -3.0,
    }


def speech(page: Page, i: int) -> Scores:
    """问：, 答：, 记者： and a speaker's name with a colon open a paragraph of an interview."""
    if not page.signs[i].is_speech:
        return {}
    return {
        Label.PARAGRAPH: 3.0,
        Label.TITLE: -4.0,
        Label.SUBHEAD: -3.0,
        Label.CONTINUED: -3.0,
        Label.COLUMN: -8.0,
    }


def salutation(page: Page, i: int) -> Scores:
    """各位居民： opens a notice's text."""
    if not page.signs[i].is_salutation:
        return {}
    return {Label.PARAGRAPH: 3.0, Label.TITLE: -5.0, Label.SUBHEAD: -5.0, Label.COLUMN: -8.0}


def note(page: Page, i: int) -> Scores:
    """编者按 is the editor's, before a headline or under it; 编后 closes the story above."""
    sign = page.signs[i]
    if not sign.is_note:
        return {Label.NOTE: -2.0 if i and page.signs[i - 1].is_note else NEVER}
    if cues.NOTE_BEHIND.fullmatch(sign.text):
        return {Label.SUBHEAD: 5.0, Label.NOTE: -8.0, Label.COLUMN: -8.0, Label.TITLE: -8.0}
    return {
        Label.TITLE: -6.0,
        Label.COLUMN: -8.0,
        Label.SUBHEAD: -2.0,
        Label.NOTE: 2.0,
        Label.PARAGRAPH: 2.0,
    }


def caption(page: Page, i: int) -> Scores:
    """图为… and ▲ open the caption of a picture."""
    if not page.signs[i].is_caption:
        return {}
    return {Label.PARAGRAPH: 1.0, Label.OPENING: 1.0, Label.CONTINUED: -2.0, Label.TITLE: -3.0}


def indented(page: Page, i: int) -> Scores:
    """Where paragraphs are indented, a line that is not is a heading or the rest of one."""
    if not page.is_indented or page.signs[i].hint is not None:
        return {}
    indent = page.signs[i].block.indent
    if indent >= 5:
        return {Label.SUBHEAD: 0.5, Label.CONTINUED: -4.0}
    if indent >= 3.5:
        return {Label.SUBHEAD: 1.0, Label.CONTINUED: -4.0, Label.PARAGRAPH: -0.5}
    if indent >= 1.5:
        return {Label.CONTINUED: -5.0, Label.PARAGRAPH: 1.0, Label.TITLE: -2.0, Label.SUBHEAD: -0.5}
    if page.signs[i].is_entry:
        return {}
    scores = {Label.PARAGRAPH: -2.5, Label.CONTINUED: 2.5, Label.TITLE: 0.5}
    if page.indents_subheads:
        scores[Label.SUBHEAD] = -2.0
    return scores


RULES: tuple[Rule, ...] = (
    credit_line,
    hint,
    prose,
    heading,
    heading_end,
    heading_halves,
    cut_clause,
    cut_word,
    parallel,
    cohesion,
    numbered,
    marked,
    dash,
    column_head,
    tail_column,
    notice_head,
    brief_head,
    new_matter,
    box_head,
    entry,
    speech,
    salutation,
    note,
    caption,
    indented,
)


def weigh(page: Page, i: int) -> Scores:
    """Add up what all rules say about a block."""
    total: Scores = dict.fromkeys(Label, 0.0)
    if not page.signs[i].is_short:
        total[Label.COLUMN] = total[Label.TAIL_COLUMN] = -20.0
    for rule in RULES:
        for label, score in rule(page, i).items():
            total[label] += score
    return total
