"""Foreign white space and invisible characters in pasted text."""

from __future__ import annotations

import re

# Word ends a line inside a paragraph with a vertical tab, some web pages with U+2028.
LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")
# Controls, joiners, direction marks, lone surrogates, and the marker WPS leaves for a picture.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffc\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
BLANKS = " \u3000"


def normalised(text: str) -> str:
    """Return a text with plain line ends and spaces and without invisible characters.

    Ideographic spaces stay: headlines and verse are set with them.
    """
    return SPACE.sub(" ", INVISIBLE.sub("", LINE_END.sub("\n", text)))


def on_one_line(text: str) -> str:
    """Return a text normalised, its line ends turned into spaces."""
    return normalised(text).replace("\n", " ")
