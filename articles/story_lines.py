"""A story that comes from elsewhere, as lines: what was pasted, or what a .docx holds.

Only words are for the importer to sort into headlines, text and bylines. A table, a list, a
quotation or a picture's place is known for what it is, and goes into the body where it stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from articles import body as body_text
from articles.body import grammar
from articles.body.normalising import normalised

# What stands under a picture.
_CAPTION = re.compile(
    r"^(?:[▲△▼▽↑⬆]|图为|上图|下图|左图|右图|图中|图(?:说|注|片说明)[：:]"
    r"|图[一二三四五六七八九①-⑨\d]{1,2}[：:.、 ])"
)
_LONGEST_CAPTION = 120


class LineKind(Enum):
    """What a line is, as far as that is known without reading it."""

    WORDS = "words"
    HEADING = "heading"
    SET = "set"
    PICTURE = "picture"


@dataclass(frozen=True)
class StoryLine:
    """A paragraph of a story.

    Attributes:
        kind: WORDS and HEADING are read by the importer; SET is body text as it stands; PICTURE is
            the place of a picture, `[图N]`.
        text: the words alone.
        marked: the same as body text, with its links and strong words.
        is_caption: whether its style says that it stands under a picture.

    """

    kind: LineKind
    text: str
    marked: str = ""
    is_caption: bool = False

    @property
    def looks_like_caption(self) -> bool:
        """Whether it stands under a picture, if it follows one."""
        if self.is_caption:
            return True
        return len(self.text) <= _LONGEST_CAPTION and _CAPTION.match(self.text) is not None


def lines_of(text: str) -> list[StoryLine]:
    """Return the lines of a pasted text, empty ones included: they part what belongs together.

    Marks of the body's own grammar are taken for what they mean.
    """
    return [_line(line) for line in normalised(text).split("\n")]


def _line(line: str) -> StoryLine:
    words = line.strip(" \u3000")
    kind = grammar.kind_of(words)
    if kind is grammar.Kind.PHOTO:
        return StoryLine(LineKind.PICTURE, words, words)
    if kind in (grammar.Kind.ROW, grammar.Kind.ITEM, grammar.Kind.QUOTATION):
        return StoryLine(LineKind.SET, words, words)
    if kind is grammar.Kind.SUBHEAD:
        bare = body_text.plain_text(body_text.parse(words))
        return StoryLine(LineKind.HEADING, bare, bare)
    # The white space before a paragraph tells the importer where paragraphs begin.
    return StoryLine(LineKind.WORDS, line.rstrip(), words)
