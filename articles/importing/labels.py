"""What a block of the page can be."""

from __future__ import annotations

from enum import IntEnum


class Label(IntEnum):
    """The parts a page's stories are made of, as the grammar knows them."""

    COLUMN = 0  # a standing column's head, over the stories below it
    TAIL_COLUMN = 1  # a column's name printed under its story
    NOTE = 2  # an editor's note before the headline
    TITLE = 3  # kicker, headline or deck; told apart by `titles`
    TOP_CREDIT = 4  # a byline between headline and text
    OPENING = 5  # the first paragraph of a text without headline
    PARAGRAPH = 6
    CONTINUED = 7  # the rest of the paragraph before
    SUBHEAD = 8
    CREDIT = 9  # a byline after the text


BODY = frozenset({Label.OPENING, Label.PARAGRAPH, Label.CONTINUED})
HEADINGS = frozenset({Label.TITLE, Label.SUBHEAD})
CREDITS = frozenset({Label.CREDIT, Label.TOP_CREDIT})

Scores = dict[Label, float]
"""What a rule says of a block: by label, rough log-odds."""
