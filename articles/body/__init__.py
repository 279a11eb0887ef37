r"""The body of a story: structured text, parsed into typed blocks and printed from them.

One line is one paragraph; a mark at the head of a line makes it something else:

    ## words        a subhead
    > words         a quotation; lines that follow one another are one quotation
    - words         a list item; likewise
    | a | b |       a table row; likewise; a second row of dashes makes the first one the head
    [图1]           alone on its line: the first photo stands here

The marks may be full-width, as a Chinese keyboard types them: ＃＃ ＞ － ｜ ［图１］ 【图1】, with
either kind of space behind them. The space may be left out after ## and after >, but `>60` is a
number; a single `#` is an ordinary character, for topics are written #so#. A mark without words
is nothing, and so is an empty line, except that it divides a quotation, a list or a table from
the next.

In a line, `**words**` are strong and `[words](address)` is a link, if the address leads to the web
(http, https), to mail or telephone (mailto, tel) or to this site (one leading slash). Strong words
may hold links; nothing else nests. Stars pair in the order they stand: Markdown's rules fail
beside Chinese punctuation (https://github.com/commonmark/commonmark-spec/issues/650).

A backslash makes the mark behind it an ordinary character, if it is one of

    \ * [ ] ［ 【 # ＃ > ＞ - － | ｜

and is a backslash before anything else. All the rest is text, and is escaped where it is printed,
so there is no HTML to clean. Every text is a body; `problems` says what its writer may not have
meant. Reading takes time in proportion to the length of the text, whatever is in it.
"""

from .blocks import (
    Block,
    Body,
    Link,
    List,
    Paragraph,
    PhotoMark,
    Problem,
    Quotation,
    Span,
    Spans,
    Strong,
    Subhead,
    Table,
    Text,
)
from .grammar import parse
from .html import render_html
from .normalising import INVISIBLE
from .words import character_count, excerpt, plain_text, problems, subheads
from .writing import escape_line, from_blocks, to_text

__all__ = [
    "INVISIBLE",
    "Block",
    "Body",
    "Link",
    "List",
    "Paragraph",
    "PhotoMark",
    "Problem",
    "Quotation",
    "Span",
    "Spans",
    "Strong",
    "Subhead",
    "Table",
    "Text",
    "character_count",
    "escape_line",
    "excerpt",
    "from_blocks",
    "parse",
    "plain_text",
    "problems",
    "render_html",
    "subheads",
    "to_text",
]
