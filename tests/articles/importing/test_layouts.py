"""The same stories, laid out as different papers lay them out, are read the same.

The stories are those of the examination pages; each layout differs in one thing from the page of
which every paragraph is a line and every story ends in its credit.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from articles.importing import parse_page, read_text
from articles.importing.lines import width_of

PAGES = Path(__file__).parent / "pages"
STEMS = [
    "01-furniture-and-columns",
    "02-hard-wrapped",
    "07-township-gb18030",
    "09-commentary-and-figures",
]
LINE_ENDS = {"\n": "lf", "\r\n": "crlf", "\r": "cr"}
CLOSERS = "，。、；：！？”’）》】"


@dataclass(frozen=True)
class Layout:
    """How a page is set: see `set_page`."""

    name: str
    width: int = 0
    indent: int = 0
    paragraph_gap: int = 1
    story_gap: int = 1
    head_gap: int | None = None
    credit: str = "line"
    line_end: str = "\n"
    invisible: str = ""


LAYOUTS = [
    Layout("a paragraph to a line"),
    Layout("carriage returns", line_end="\r\n"),
    Layout("old carriage returns", line_end="\r"),
    Layout("indented paragraphs", indent=2),
    Layout("indented, no blank lines", indent=2, paragraph_gap=0, story_gap=0),
    Layout("no blank lines", paragraph_gap=0, story_gap=0),
    Layout("blank lines between stories only", paragraph_gap=0),
    Layout("wider gaps between stories", story_gap=3),
    Layout("headlines set close", head_gap=0),
    Layout("two blank lines everywhere", paragraph_gap=2, story_gap=2),
    Layout("credits in brackets", credit="bracket"),
    Layout("credits behind the last sentence", credit="attached"),
    Layout("credits under the headline", credit="top", story_gap=2),
    Layout("zero-width spaces", invisible="\u200b"),
    Layout("soft hyphens", invisible="\u00ad"),
    Layout("set in 15", width=15, indent=2, paragraph_gap=0),
    Layout("set in 18, blank lines", width=18, indent=2),
    Layout("set in 22, no indents", width=22),
    Layout("set in 28", width=28, indent=2, paragraph_gap=0, story_gap=2),
    Layout("set in 34", width=34, indent=2, paragraph_gap=0),
    Layout("set in 20, credits attached", width=20, indent=2, credit="attached"),
]


def set_in_lines(text, width, indent):
    """Set a paragraph in lines of `width` full-width cells; no line begins with a closing mark."""
    lines, line = [], "\u3000" * indent
    for character in text:
        is_full = width_of(line) + width_of(character) > width
        if is_full and character not in CLOSERS:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def credit_text(story):
    """Print a story's bylines; each role once before its names."""
    words, last = [], None
    for byline in story["bylines"]:
        if byline["role"] != last:
            words.append(byline["role"])
            last = byline["role"]
        words.append(byline["name"])
    return " ".join(words)


def set_page(stories, layout):
    """Lay stories out; returns the page's text."""
    out = []

    def put(lines, gap):
        out.extend([""] * (gap if out else 0))
        out.extend(lines)

    for story, blocks in stories:
        gap = layout.story_gap
        for head in filter(None, (story["kicker"], story["headline"], story["deck"])):
            put([head], gap)
            gap = layout.paragraph_gap if layout.head_gap is None else layout.head_gap
        gap = layout.paragraph_gap
        credit = credit_text(story)
        if layout.credit == "top":
            put([credit], gap)
        for number, (kind, text) in enumerate(blocks, start=1):
            if kind == "subhead":
                put(["\u3000" * layout.indent + text], gap)
                continue
            if number == 1 and story["dateline"]:
                text = "本报讯 " + text
            if layout.credit == "attached" and number == len(blocks):
                text += f"（{credit}）"
            if layout.width:
                put(set_in_lines(text, layout.width, layout.indent), gap)
            else:
                put(["\u3000" * layout.indent + text], gap)
        if layout.credit in ("line", "bracket"):
            put([credit if layout.credit == "line" else f"（{credit}）"], gap)
    text = layout.line_end.join(out)
    return text.replace("的", "的" + layout.invisible)


def stories_of(stem):
    """Read a page's stories as expected, with their blocks in order."""
    expected = json.loads((PAGES / f"{stem}.json").read_text(encoding="utf-8"))["articles"]
    page = parse_page(read_text((PAGES / f"{stem}.txt").read_bytes()))
    blocks = {
        article.headline: [(block.kind.value, block.text) for block in article.blocks]
        for article in page.articles
    }
    return [
        (story, blocks[story["headline"]])
        for story in expected
        if story["genre"] == "story"
        and all(byline["role"] in {"记者", "通讯员", "本报记者"} for byline in story["bylines"])
        and story["bylines"]
        and not story["paragraphs"][-1].startswith("●")
    ]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("stem", STEMS)
def test_layout_makes_no_difference_to_the_stories(stem, layout):
    stories = stories_of(stem)
    page = parse_page(set_page(stories, layout))
    for article, (story, _blocks) in zip(page.articles, stories, strict=True):
        found = article.as_json()
        for key in ("kicker", "headline", "deck", "subheads", "paragraphs", "bylines", "dateline"):
            assert found[key] == story[key]
