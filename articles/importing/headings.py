"""How much a block looks like a heading: by its length, its end, its halves, its neighbours.

These are rules as in `rules`, which adds them up with the others.
"""

from __future__ import annotations

import re

from . import cues
from .labels import Label, Scores
from .signs import Ending
from .whole import Page


def heading(page: Page, i: int) -> Scores:
    """Headings run from four to some twenty characters; thirty is long, forty a rarity."""
    sign = page.signs[i]
    if not sign.is_short:
        return {}
    width = sign.width
    if width < 3:
        score = 1.5
    elif width < 6:
        score = 3.5
    elif width <= 20:
        score = 5.0
    elif width <= 28:
        score = 4.0
    elif width <= 36:
        score = 2.5
    else:
        score = 0.5
    return {Label.TITLE: score, Label.SUBHEAD: score - max(0.0, (width - 18) * 0.25)}


def heading_end(page: Page, i: int) -> Scores:
    """A heading ends in a word: not in a comma, a colon or a particle.

    A question or an exclamation is a fine headline; as a line between paragraphs it is more often
    a one-line paragraph, unless other subheads are built like it.
    """
    sign = page.signs[i]
    if not sign.is_short:
        return {}
    text = sign.text
    if sign.ending is Ending.COLON:
        return {
            Label.TITLE: -5.0,
            Label.SUBHEAD: -3.0,
            Label.COLUMN: -5.0,
            Label.PARAGRAPH: 1.0,
        }
    if sign.ending is Ending.PAUSE:
        is_listing = text.endswith(("、", "，", ","))
        return {Label.TITLE: -2.5 if is_listing else -5.0, Label.SUBHEAD: -7.0, Label.COLUMN: -7.0}
    if sign.ending is Ending.STOP:
        quoted = text[0] in '“"「' and text[-1] in '”"」'
        lone = 0.0 if sign.siblings >= 1.5 else -3.0
        return {
            Label.TITLE: -3.5 if quoted else -0.5,
            Label.SUBHEAD: (-5.0 if quoted else -1.0) + lone,
            Label.COLUMN: -4.0,
        }
    if cues.CUT_END.search(text):
        return {Label.TITLE: -1.5, Label.SUBHEAD: -1.5 if sign.width < 10 else -4.0}
    return {}


def heading_halves(page: Page, i: int) -> Scores:
    """Headlines come in halves set apart by a space; subheads more rarely."""
    sign = page.signs[i]
    if not sign.is_short or not re.search(r"\s", sign.text):
        return {}
    return {Label.TITLE: 1.5, Label.SUBHEAD: 0.0 if sign.siblings >= 1.5 else -0.8}


def cut_clause(page: Page, i: int) -> Scores:
    """A sentence that the column cut in two is no heading.

    It opens with a preposition, a date or an adverb and a comma, ends a word or two after its
    comma, leaves a quotation open, or has many clauses.
    """
    sign = page.signs[i]
    if not sign.is_short:
        return {}
    score = 0.0
    if sign.quotes_open > 0:
        score -= 4.0
    if cues.CLAUSE_START.match(sign.text):
        score -= 2.0
    elif cues.TIME_CLAUSE.match(sign.text):
        score -= 2.5
    elif cues.DATE_START.match(sign.text):
        score -= 4.0
    pieces = sign.shape
    if len(pieces) > 1 and pieces[-1] < 4 and pieces[0] > 6 and not re.search(r"\s", sign.text):
        score -= 2.0
    if len(pieces) > 2 and sign.siblings < 1 and not re.search(r"\s", sign.text):
        score -= 1.0 * (len(pieces) - 2)
    return {Label.TITLE: score, Label.SUBHEAD: score} if score else {}


def cut_word(page: Page, i: int) -> Scores:
    """Where the break cuts a word the page uses elsewhere, the line is no heading."""
    sign = page.signs[i]
    if not sign.is_short or i + 1 >= len(page.signs) or sign.ending is not Ending.OPEN:
        return {}
    following = page.signs[i + 1]
    if following.is_credit or following.hint is not None:
        return {}
    text = following.text
    score = 0.0
    if text[0] in cues.NO_START:
        score -= 8.0
    if text[0].isascii() and text[0].isalpha() and sign.text[-1].isascii():
        score -= 9.0
    if cues.CUT_START.match(text):
        score -= 6.0
    elif cues.CUT_START_PERHAPS.match(text):
        score -= 1.0
    if cues.FRESH_START.match(text) or following.has_dateline:
        score += 1.0
    elif not following.is_short:
        times = page.words.joined(sign.text, text)
        if times:
            score -= 2.5 if times == 1 else 4.0
        elif page.words.knows_ends(sign.text, text) == (False, False):
            score -= 0.5 if page.keeps_paragraphs else 1.5
    return {Label.TITLE: score, Label.SUBHEAD: score}


def parallel(page: Page, i: int) -> Scores:
    """A story has two subheads or more, and they are built alike; a lone one is a rarity."""
    sign = page.signs[i]
    if not sign.is_short:
        return {}
    if sign.siblings < 0.5:
        return {Label.SUBHEAD: -2.0 if sign.is_odd_one else -1.0}
    return {Label.SUBHEAD: min(sign.siblings * 1.3, 5.0)}


def cohesion(page: Page, i: int) -> Scores:
    """A subhead's section goes on speaking of what the story spoke of; a new story does not."""
    sign = page.signs[i]
    if sign.cohesion is None:
        return {}
    tie = (sign.cohesion - 0.35) * 2.0
    return {Label.TITLE: -min(1.5, max(0.0, tie)), Label.SUBHEAD: max(-0.7, min(0.0, tie))}


def numbered(page: Page, i: int) -> Scores:
    """一、 or （一） before a short line numbers a subhead; no headline is numbered."""
    sign = page.signs[i]
    if not sign.is_numbered or not sign.is_short:
        return {}
    return {Label.SUBHEAD: 3.5, Label.TITLE: -5.0, Label.COLUMN: -8.0}


def marked(page: Page, i: int) -> Scores:
    """A square, a diamond or asterisks before a short line make it a subhead, or a brief's head."""
    sign = page.signs[i]
    if not sign.is_short or not cues.HEAD_MARK.match(sign.text):
        return {}
    return {Label.SUBHEAD: 1.5, Label.TITLE: 0.5}


def dash(page: Page, i: int) -> Scores:
    """A line that opens with a dash is a deck (——…纪实)."""
    sign = page.signs[i]
    if sign.is_short and sign.text.startswith(("——", "--", "—")):
        long = 2.5 if sign.width > 30 else 0.0
        return {
            Label.TITLE: 3.0 + long,
            Label.SUBHEAD: -3.0,
            Label.COLUMN: -8.0,
            Label.PARAGRAPH: -3.0,
        }
    return {}
