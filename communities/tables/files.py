"""What was uploaded, read as a table: CSV as Excel and WPS save it in China, or XLSX.

Everything is bounded before it is read: bytes, what a packed file unpacks to, lines, columns.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl.utils.exceptions import InvalidFileException

from communities.tables.cells import text_of, tidy, unguarded

MOST_BYTES = 4 * 1024 * 1024
# What the parts of a packed file may be unpacked; 5,000 lines of stations are some six megabytes.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
MOST_LINES = 5000
MOST_COLUMNS = 60
# Blank lines after which nothing more is looked for.
MOST_BLANK = 5000
# Titles and remarks may stand above the names of the columns.
HEAD_WITHIN = 10
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Row:
    """A row of a file: its number as spreadsheets count, its cells, what is wrong with a cell."""

    number: int
    cells: list[str]
    faults: dict[int, ValidationError] = field(default_factory=dict)


def read(content: bytes) -> list[Row]:
    """Return the rows of a file that are not blank.

    Raises:
        ValidationError: codes "size", "empty", "kind", "encoding", "packed", "broken", "lines" and
            "columns", each with a message that says what to do.

    """
    if len(content) > MOST_BYTES:
        raise ValidationError(
            _("The file is larger than %(most)d MB. Divide it into several."),
            code="size",
            params={"most": MOST_BYTES // 1024**2},
        )
    if content.startswith(OLD_EXCEL):
        raise ValidationError(
            _("This is an old Excel file (.xls) or has a password. Save it as .xlsx or CSV."),
            code="kind",
        )
    rows = _from_xlsx(content) if content.startswith(b"PK") else _from_csv(content)
    found: list[Row] = []
    blank = 0
    for row in rows:
        if not any(row.cells) and not row.faults:
            blank += 1
            if blank > MOST_BLANK:
                break
            continue
        blank = 0
        found.append(row)
        if len(found) > MOST_LINES + HEAD_WITHIN:
            raise ValidationError(
                _("The file has more than %(most)d lines. Divide it into several."),
                code="lines",
                params={"most": MOST_LINES},
            )
    if not found:
        raise ValidationError(_("The file is empty."), code="empty")
    return found


def _from_csv(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    first_line = text.partition("\n")[0]
    separator = max((",", "\t", ";"), key=first_line.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, cells in enumerate(reader, 1):
            if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
                raise _too_wide(number)
            yield Row(number, [unguarded(tidy(cell)) for cell in cells[:MOST_COLUMNS]])
    except csv.Error:
        raise ValidationError(
            _("The file is no CSV: a quotation mark in it is not closed."), code="broken"
        ) from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValidationError(
        _("The file is neither a table in UTF-8 or GB18030 (CSV) nor an .xlsx file."),
        code="encoding",
    )


def _from_xlsx(content: bytes) -> Iterator[Row]:
    try:
        _refuse_bombs(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        try:
            sheet = next(iter(book.worksheets), None)
            if sheet is None:
                return
            # What the file claims its size to be may be wrong or far too large.
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
                yield _row(number, cells)
        finally:
            book.close()
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        EOFError,
        SyntaxError,
        NotImplementedError,
        OSError,
        zipfile.LargeZipFile,
    ):
        # openpyxl has no error of its own for most of what may be wrong with a file.
        raise ValidationError(
            _("The file cannot be read as .xlsx. Open it in Excel or WPS and save it again."),
            code="broken",
        ) from None


def _refuse_bombs(content: bytes) -> None:
    """Refuse a file that unpacks to far more than it weighs, or that defines its own entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        # Python unpacks no more of a part than it declares here.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise ValidationError(
                _("The file unpacks to more than %(most)d MB. Copy the table into a new file."),
                code="packed",
                params={"most": MOST_UNPACKED // 1024**2},
            )
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with packed.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(4096):
                        raise zipfile.BadZipFile("a document type in a spreadsheet")


def _row(number: int, cells: Iterable[Any]) -> Row:
    texts: list[str] = []
    faults: dict[int, ValidationError] = {}
    for place, cell in enumerate(cells):
        kind = getattr(cell, "data_type", "n")
        if kind == "f":
            texts.append("")
            faults[place] = ValidationError(
                _("This cell holds a formula. Copy the column and paste it as values."),
                code="formula",
            )
        elif kind == "e":
            texts.append("")
            faults[place] = ValidationError(
                _("This cell holds an error of the spreadsheet: %(error)s."),
                code="cell",
                params={"error": cell.value},
            )
        else:
            texts.append(unguarded(tidy(text_of(cell.value))))
    return Row(number, texts, faults)


def _too_wide(number: int) -> ValidationError:
    return ValidationError(
        _("Line %(number)d has more than %(most)d columns."),
        code="columns",
        params={"number": number, "most": MOST_COLUMNS},
    )
