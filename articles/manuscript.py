"""Stories written into a Word document, as a newsroom hands them to its press.

Every part has a style of its own, so that whoever sets the page can give all of them a look at
once; the same stories give the same bytes, so that two exports can be compared.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from articles import body as body_text
from articles.body import List, Paragraph, PhotoMark, Quotation, Spans, Strong, Subhead, Table
from articles.body.normalising import on_one_line
from articles.models import Article, Photo
from articles.printing import with_photos

# The first moment a zip archive can name; documents are dated alike.
EPOCH = (1980, 1, 1, 0, 0, 0)
_DATED = datetime.datetime(*EPOCH, tzinfo=datetime.UTC)
# Word's own styles keep their English names in the file; every language shows its own.
_SIZES = {"Title": 22, "Heading 1": 18, "Heading 2": 16, "Heading 3": 13, "Subtitle": 12}
_SIZES |= {"Normal": 12, "Quote": 12, "Caption": 11, "List Bullet": 12}
_SONG, _HEI = "宋体", "黑体"
# Columns a table may have: Word refuses more.
MOST_COLUMNS = 63


class Manuscript:
    """A Word document that is written from top to bottom.

    Args:
        title: what the file says it is.
        author: likewise.

    """

    def __init__(self, title: str, author: str) -> None:
        """Begin an empty document in Chinese type."""
        self._document = docx.Document()
        facts = self._document.core_properties
        facts.title, facts.author, facts.last_modified_by = title, author, author
        facts.created = facts.modified = _DATED
        facts.comments = ""
        facts.language = "zh-CN"
        styles: Any = self._document.styles
        for name, size in _SIZES.items():
            _set_type(styles[name], size, is_heading=name.startswith(("Title", "Heading")))
        byline = styles.add_style("Byline", WD_STYLE_TYPE.PARAGRAPH)
        byline.base_style = styles["Normal"]
        _set_type(byline, 11, is_heading=False)

    def add_title(self, text: str) -> None:
        """Write the title of the whole document."""
        self._line(text, "Title")

    def add_page(self, text: str, *, begins_new: bool) -> None:
        """Write the heading of a newspaper page; `begins_new` puts it on a sheet of its own."""
        self._line(text, "Heading 1").paragraph_format.page_break_before = begins_new

    def add_note(self, text: str) -> None:
        """Write a remark of the newsroom in brackets, so that nobody sets it for a text."""
        run = self._document.add_paragraph().add_run(f"【{on_one_line(text)}】")
        run.bold = True
        run.font.color.rgb = RGBColor(0xB5, 0x12, 0x1B)

    def add_head(self, story: Article) -> None:
        """Write what stands over a story: kicker, headline, deck, byline, where it is from."""
        self._optional(story.kicker, "Subtitle")
        self._line(story.headline, "Heading 2")
        self._optional(story.deck, "Subtitle")
        self._optional(f"（{story.credit_line}）" if story.credit_line else "", "Byline")
        for line in _origin(story):
            self._line(line, "Byline")

    def add_headline(self, story: Article) -> None:
        """Write a story's headline alone."""
        self._line(story.headline, "Heading 2")

    def add_text(self, story: Article, files: Mapping[int, str]) -> None:
        """Write a story's text with a mark where each photo stands.

        Args:
            story: with its photos fetched, or at the cost of a query.
            files: the photos' file names, by number from 1; a photo without one is marked all
                the same.

        """
        photos = dict(enumerate(story.photos.all(), start=1))
        opening = _("Our own report") if story.dateline else ""
        for block in with_photos(story.blocks, photos).blocks:
            if isinstance(block, PhotoMark):
                self._photo(photos[block.number], block.number, files.get(block.number, ""))
            elif isinstance(block, Paragraph):
                paragraph = self._document.add_paragraph()
                if opening:
                    paragraph.add_run(opening).bold = True
                    paragraph.add_run("\u3000")
                    opening = ""
                _write(paragraph, block.spans)
            else:
                self._block(block)

    def saved(self) -> bytes:
        """Return the document as a .docx file."""
        file = io.BytesIO()
        self._document.save(file)
        return _undated(file)

    def _block(self, block: body_text.Block) -> None:
        if isinstance(block, Subhead):
            _write(self._document.add_paragraph(style="Heading 3"), block.spans)
        elif isinstance(block, Quotation):
            for line in block.lines:
                _write(self._document.add_paragraph(style="Quote"), line)
        elif isinstance(block, List):
            for item in block.items:
                _write(self._document.add_paragraph(style="List Bullet"), item)
        elif isinstance(block, Table):
            self._table(block)

    def _table(self, table: Table) -> None:
        """Write a table; cells beyond those Word allows are put together into the last one."""
        width = min(max(map(len, table.rows)), MOST_COLUMNS)
        set_table = self._document.add_table(rows=0, cols=width, style="Table Grid")
        for number, cells in enumerate(table.rows):
            row: Sequence[Any] = set_table.add_row().cells
            for place, spans in enumerate(cells):
                paragraph = row[min(place, width - 1)].paragraphs[0]
                _write(paragraph, spans, bold=table.has_head and not number)
        self._document.add_paragraph()

    def _photo(self, photo: Photo, number: int, file: str) -> None:
        credit = f"（{photo.credit}）" if photo.credit else ""
        said = f"{photo.caption}{credit}"
        self._line(
            "\u3000".join(part for part in (f"【图{number}】{file}", said) if part), "Caption"
        )

    def _optional(self, text: str, style: str) -> None:
        if text:
            self._line(text, style)

    def _line(self, text: str, style: str) -> Any:
        return self._document.add_paragraph(on_one_line(text), style=style)


def _origin(story: Article) -> list[str]:
    """Return what a reprint says of where it is from, a line each."""
    facts = (
        (story.source, _("Reprinted from %(source)s") % {"source": story.source}),
        (story.original_title, _("Original title: %(title)s") % {"title": story.original_title}),
        (
            story.original_author,
            _("Original author: %(author)s") % {"author": story.original_author},
        ),
        (
            story.responsible_editor,
            _("Responsible editor: %(editor)s") % {"editor": story.responsible_editor},
        ),
    )
    return [line for value, line in facts if value]


def _write(paragraph: Any, spans: Spans, *, bold: bool = False) -> None:
    """Write the spans of a line; of a link the press sets the words."""
    for span in spans:
        # None leaves it to the style: False would take the bold away from a heading.
        paragraph.add_run(span.text).bold = True if bold or isinstance(span, Strong) else None


def _set_type(style: Any, size: int, *, is_heading: bool) -> None:
    """Give a style Chinese type in black: Word's own headings are blue and in a Latin face."""
    font = _HEI if is_heading else _SONG
    style.font.name, style.font.size = font, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:eastAsia"), font)


def _undated(file: io.BytesIO) -> bytes:
    """Return an archive with the same parts, none of which says when it was written."""
    target = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            new.writestr(entry(part.filename), old.read(part), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def entry(name: str, *, is_packed: bool = True) -> zipfile.ZipInfo:
    """Return a file's entry in an archive that is the same on every machine and every day.

    Args:
        name: the path in the archive.
        is_packed: whether it is compressed; pictures are already.

    """
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
