"""The text of a newspaper page, read into stories.

`read_text` turns a file's bytes into text; `parse_page` turns the text into a `ParsedPage`: its
stories with kicker, headline and deck told apart, paragraphs whole again, subheads, bylines,
columns and places, and what the page's furniture says of date, page and staff. Nothing here
needs a database or Django's settings.

The steps are a module each, in this order: `reading` (bytes to text), `lines`, `furniture` with
`imprint` and `header` (what is printed around the stories), `wrapping` (lines to blocks), `cutting`
with `signatures` (one part a block), `signs` with `entries`, `series`, `kinship` and `observing`
(what blocks show, by the words in `cues`), `whole`, `headings`, `rules` and `grammar` (what each
block is), `titles`, `columns`, `genres`, `stories` and `gathering` (blocks to stories), `places`
and `stations` with `naming` (where they play).
`storing` writes a parsed page to the database.
Text travels through them as `runs`, which remember their lines; so every character of the page is
found again in `ParsedPage.pieces`, once.
"""

from .directory import EMPTY, Directory
from .page import parse_page
from .parsed import BlockKind, BodyBlock, ParsedArticle, ParsedPage, Piece, PieceKind
from .places import ProposedPlace
from .problems import PageTextError, Remark, RemarkKind
from .reading import MAX_BYTES, read_text

__all__ = [
    "EMPTY",
    "MAX_BYTES",
    "BlockKind",
    "BodyBlock",
    "Directory",
    "PageTextError",
    "ParsedArticle",
    "ParsedPage",
    "Piece",
    "PieceKind",
    "ProposedPlace",
    "Remark",
    "RemarkKind",
    "parse_page",
    "read_text",
]
