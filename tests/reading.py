"""Reading a page as its visitor does: what it says, where it leads."""

from __future__ import annotations

import re
from html import unescape

TAG = re.compile(r"<[^>]*>")
HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
# Data for machines: nothing runs it, nobody reads it.
DATA = re.compile(r'<script type="application/ld\+json">[^<]*</script>')
HEADLINE = re.compile(r'<h\d class="headline[^"]*"[^>]*>(?:<a [^>]*>)?(.*?)(?:</a>)?</h\d>')


def words(html: str) -> str:
    """Return a page's visible words, each run of white space as one blank."""
    return " ".join(unescape(TAG.sub(" ", HEAD.sub("", html))).split())


def without_data(html: str) -> str:
    """Return a page without what it says to machines alone."""
    return DATA.sub("", html)


def tight(html: str) -> str:
    """Return a page's visible words without any white space, to look for Chinese sentences in."""
    return "".join(words(html).split())


def links(html: str) -> list[str]:
    """Return where a page leads, in its order."""
    return [unescape(address) for address in LINK.findall(html)]


def headlines(html: str) -> list[str]:
    """Return the headlines of the stories on a page, in its order."""
    return [unescape(TAG.sub("", headline)) for headline in HEADLINE.findall(html)]
