"""A .docx file as the lines of a story, with its pictures in their places.

Word and WPS write the same format; what they do with it differs. WPS's users make a heading by
setting a paragraph in bold or in a larger size, and a line end by Shift and Enter. Files that are
no .docx under that name (.doc, .wps, PDF, with a password) are told apart by their first bytes, and
a file that would unpack to more than a story ever holds is not unpacked.
"""

from __future__ import annotations

import io
import threading
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from xml.parsers.expat import ExpatError

import mammoth
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from mammoth import documents

from articles.body import (
    Block,
    Link,
    List,
    Paragraph,
    Quotation,
    Spans,
    Strong,
    Table,
    Text,
    escape_line,
    from_blocks,
    to_text,
)
from articles.story_lines import LineKind, StoryLine

MOST_BYTES = 40 * 1024 * 1024
MOST_PARTS = 3000
# A hundred thousand characters take a megabyte of XML; it takes seconds and 150 MB to read.
MOST_XML = 4 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
# XML packs to a twentieth at best; bombs pack to a thousandth.
MOST_RATIO = 150
SMALL_PART = 2 * 1024 * 1024
MOST_PICTURES = 20
LONGEST_HEADING = 40
HEADING_STYLES = ("heading", "title", "subtitle", "标题", "副标题")
QUOTATION_STYLES = ("quote", "intense quote", "引用", "明显引用")
CAPTION_STYLES = ("caption", "题注")
ENDS_SENTENCE = ("。", "！", "？", "；", "，", "：", "”", "…", ".")
# What mammoth raises at files that are no document, beside its own complaints.
BREAKS = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    KeyError,
    IndexError,
    ValueError,
    AttributeError,
    TypeError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
_one_at_a_time = threading.Lock()
# Words, where they lead ("" for nowhere), and the run they stand in.
Part = tuple[str, str, Any]


@dataclass(frozen=True)
class DocxPicture:
    """A picture as it lies in the file.

    Attributes:
        number: as in its place, `[图N]`.
        name: what to call it.
        raw: the file, unchecked; b"" where the document only links to it.
        alt: what the document says it shows.

    """

    number: int
    name: str
    raw: bytes
    alt: str = ""


@dataclass
class Docx:
    """What a .docx holds.

    Attributes:
        lines: its paragraphs in order, a table's rows among them.
        pictures: in order.
        asides: footnotes, and comments in the margin: no part of the story, and not to be lost.

    """

    lines: list[StoryLine] = field(default_factory=list)
    pictures: list[DocxPicture] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)


def read_docx(raw: bytes) -> Docx:
    """Read a .docx.

    Args:
        raw: the file as it arrived; its name is not believed.

    Raises:
        ValidationError: with what is wrong and what to do; codes "empty", "too_large",
            "old_word", "encrypted", "pdf", "no_docx", "broken".

    """
    _refuse_others(raw)
    _refuse_bombs(raw)
    taken: list[documents.Document] = []

    def take(document: documents.Document) -> documents.Document:
        taken.append(document)
        return documents.document([])

    try:
        with _one_at_a_time:
            mammoth.convert_to_html(
                io.BytesIO(raw),
                transform_document=take,
                include_embedded_style_map=False,
                external_file_access=False,
            )
            return _Reader(taken[0]).read()
    except BREAKS:
        raise _broken() from None


def _refuse_others(raw: bytes) -> None:
    if not raw:
        raise ValidationError(
            _("The file is empty: it was cut off on its way. Please choose it again."),
            code="empty",
        )
    if len(raw) > MOST_BYTES:
        raise ValidationError(
            _("The file has %(size)d MB; at most %(most)d MB can be taken."),
            code="too_large",
            params={"size": len(raw) // 2**20, "most": MOST_BYTES // 2**20},
        )
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise ValidationError(
                _("The file has a password. Save it without one, then upload it again."),
                code="encrypted",
            )
        raise ValidationError(
            _(
                "This is a file of the old .doc or .wps kind. Open it in WPS or Word, choose "
                "“Save as” .docx, and upload that."
            ),
            code="old_word",
        )
    if raw.startswith(b"%PDF"):
        raise ValidationError(
            _("This is a PDF. Upload the .docx it was made from, or copy its text and paste it."),
            code="pdf",
        )
    if not raw.startswith(b"PK"):
        raise ValidationError(
            _("This is no .docx file. Text can be copied and pasted instead."), code="no_docx"
        )


def _broken() -> ValidationError:
    return ValidationError(
        _(
            "The file is broken and cannot be read. Open it in WPS or Word and save it once more, "
            "or copy its text and paste it."
        ),
        code="broken",
    )


def _refuse_bombs(raw: bytes) -> None:
    """Look at what the archive says it holds before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except BREAKS:
        raise _broken() from None
    if not any(part.filename.startswith("word/") for part in parts):
        raise ValidationError(
            _("This is no .docx file. Text can be copied and pasted instead."), code="no_docx"
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise ValidationError(
            _("The file has a password. Save it without one, then upload it again."),
            code="encrypted",
        )
    xml = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
    is_bomb = (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in xml) > MOST_XML
        or sum(part.file_size for part in parts) > MOST_UNPACKED
        or any(
            part.file_size > SMALL_PART and part.file_size > MOST_RATIO * part.compress_size
            for part in parts
        )
    )
    if is_bomb:
        raise ValidationError(
            _("The file unpacks to far more than a story. Copy its text and paste it instead."),
            code="too_large",
        )


class _Reader:
    """Walks through a document once."""

    def __init__(self, document: documents.Document) -> None:
        self.document = document
        self.found = Docx()
        self.size = _usual_size(document)
        self.counts: Counter[str] = Counter()

    def read(self) -> Docx:
        self._walk(self.document.children)
        for note in self.document.notes._notes.values():
            self._aside(note.body)
        for comment in self.document.comments:
            self._aside(comment.body)
        return self.found

    def _aside(self, elements: Iterable[Any]) -> None:
        text = " ".join(_words(element) for element in elements).strip()
        if text:
            self.found.asides.append(text)

    def _walk(self, elements: Iterable[Any]) -> None:
        for element in elements:
            if isinstance(element, documents.Table):
                self._table(element)
            elif isinstance(element, documents.Paragraph):
                self._paragraph(element)
            elif isinstance(element, documents.HasChildren):
                self._walk(element.children)

    def _paragraph(self, paragraph: documents.Paragraph) -> None:
        parts: list[Part] = []
        for part in _parts(paragraph.children):
            if isinstance(part, tuple):
                parts.append(part)
                continue
            self._line(paragraph, parts)
            parts = []
            if isinstance(part, documents.Image):
                self._picture(part)
        self._line(paragraph, parts)

    def _line(self, paragraph: documents.Paragraph, parts: list[Part]) -> None:
        """Add a paragraph, or one of the lines it is broken into."""
        text = " ".join("".join(words for words, _href, _run in parts).split(" ")).strip()
        if not text:
            return
        style = (paragraph.style_name or "").lower()
        is_heading = style.startswith(HEADING_STYLES)
        number = None if is_heading else paragraph.numbering
        if number is not None and number.is_ordered:
            self.counts[number.level_index] += 1
            count = f"{self.counts[number.level_index]}. "
            text, parts = count + text, [(count, "", None), *parts]
        else:
            self.counts.clear()
        if number is not None and not number.is_ordered:
            self._set(List((_spans(parts),)))
        elif style.startswith(QUOTATION_STYLES):
            self._set(Quotation((_spans(parts),)))
        elif is_heading or self._is_set_as_heading(text, parts):
            self.found.lines.append(StoryLine(LineKind.HEADING, text, escape_line(text)))
        else:
            marked = to_text(from_blocks([Paragraph(_spans(parts))]))
            is_caption = style.startswith(CAPTION_STYLES)
            self.found.lines.append(StoryLine(LineKind.WORDS, text, marked, is_caption))

    def _set(self, block: Block) -> None:
        for line in to_text(from_blocks([block])).splitlines():
            self.found.lines.append(StoryLine(LineKind.SET, line, line))

    def _is_set_as_heading(self, text: str, parts: list[Part]) -> bool:
        """Whether a short line is all bold, or larger than the rest: WPS's way of a heading."""
        if len(text) > LONGEST_HEADING or text.endswith(ENDS_SENTENCE):
            return False
        runs = [run for words, _href, run in parts if words.strip()]
        usual = self.size
        return all(run is not None and run.is_bold for run in runs) or all(
            run is not None and usual and run.font_size and run.font_size > usual for run in runs
        )

    def _picture(self, image: documents.Image) -> None:
        number = len(self.found.pictures) + 1
        if number > MOST_PICTURES:
            self.found.asides.append(image.alt_text or "")
            return
        try:
            with image.open() as file:
                raw = file.read()
        except BREAKS:
            raw = b""  # only linked to, or gone
        ending = (image.content_type or "").rpartition("/")[2].replace("jpeg", "jpg")
        alt = " ".join((image.alt_text or "").split())
        self.found.pictures.append(DocxPicture(number, f"{number}.{ending or 'bin'}", raw, alt))
        mark = f"[图{number}]"
        self.found.lines.append(StoryLine(LineKind.PICTURE, mark, mark))

    def _table(self, table: documents.Table) -> None:
        rows = [
            [_words(cell) for cell in row.children if isinstance(cell, documents.TableCell)]
            for row in table.children
            if isinstance(row, documents.TableRow)
        ]
        if len(rows) == 1 and len(rows[0]) == 1:
            # A frame around a text, as report forms have it.
            for row in table.children:
                self._walk(row.children)
            return
        self._set(Table(tuple(tuple((Text(cell),) for cell in cells) for cells in rows)))
        for image in _all(table, documents.Image):
            self._picture(image)


def _usual_size(document: documents.Document) -> float | None:
    """Return the size most of the text is set in, in points."""
    sizes: Counter[float | None] = Counter()
    for run in _all(document, documents.Run):
        sizes[run.font_size] += len(_words(run))
    return sizes.most_common(1)[0][0] if sizes else None


def _all(element: Any, wanted: type) -> Iterator[Any]:
    for child in getattr(element, "children", ()):
        if isinstance(child, wanted):
            yield child
        yield from _all(child, wanted)


def _words(element: Any) -> str:
    """Return all words of an element on one line."""
    if isinstance(element, documents.Text):
        return str(element.value)
    if isinstance(element, documents.Tab | documents.Break):
        return " "
    if isinstance(element, documents.Checkbox):
        return "☑" if element.checked else "☐"
    inner = [_words(child) for child in getattr(element, "children", ())]
    between = " " if isinstance(element, documents.TableCell | documents.TableRow) else ""
    return " ".join(between.join(inner).split()) if between else "".join(inner)


def _parts(elements: Iterable[Any], run: Any = None, href: str = "") -> Iterator[Any]:
    """Yield a paragraph's words with their link and run, its pictures and its line ends."""
    for element in elements:
        if isinstance(element, documents.Run):
            yield from _parts(element.children, element, href)
        elif isinstance(element, documents.Hyperlink):
            yield from _parts(element.children, run, element.href or "")
        elif isinstance(element, documents.Image):
            yield element
        elif isinstance(element, documents.Break):
            if element.break_type == "line":
                yield element
        elif words := _words(element):
            yield (words, href, run)


def _spans(parts: list[Part]) -> Spans:
    """Return words as spans; strong ones are strong unless all of them are."""
    is_bold = [bool(run is not None and run.is_bold) for _words, _href, run in parts]
    spans: list[Text | Link | Strong] = []
    for bold, group in groupby(zip(is_bold, parts, strict=True), key=lambda one: one[0]):
        inner = tuple(
            Link(words, href) if href else Text(words) for _bold, (words, href, _run) in group
        )
        spans += [Strong(inner)] if bold and not all(is_bold) else inner
    return tuple(spans)
