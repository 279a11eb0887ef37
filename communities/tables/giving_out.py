"""Tables as files: CSV that Excel and WPS open as it is, XLSX, a template with an example line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter

from communities.tables.cells import guarded, tidy
from communities.tables.table import Table

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 500
WIDE, NARROW = 36, 14


def lines(table: Table, rows: QuerySet | None = None) -> Iterator[list[str]]:
    """Yield rows as the texts of their cells, in the order of the table's columns.

    Args:
        table: of what.
        rows: which; all, if nothing is given. They are fetched some hundreds at a time.

    """
    world = table.world()
    chosen = table.rows() if rows is None else rows
    for row in chosen.order_by("pk").iterator(chunk_size=AT_ONCE):
        yield [
            guarded(tidy(column.show(column.value_of(row, world), world)))
            for column in table.columns
        ]


def head(table: Table) -> list[str]:
    """Return the names of the columns."""
    return [str(column.label) for column in table.columns]


def as_csv(table: Table, body: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file in UTF-8, with the mark by which Excel and WPS know that."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head(table))
    writer.writerows(body)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(table: Table, body: Iterable[Sequence[str]], *, explained: bool = False) -> bytes:
    """Return an XLSX file; every cell in it is text, so that nothing is run or rounded.

    Args:
        table: of what.
        body: the lines.
        explained: whether a second sheet says what belongs into each column.

    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(table.title))
    sheet.freeze_panes = "A2"
    for place, column in enumerate(table.columns, 1):
        wide = column.lines or column.name in ("hours", "address", "amenities", "description")
        sheet.column_dimensions[get_column_letter(place)].width = WIDE if wide else NARROW

    plain, bold = _style(sheet), _style(sheet, bold=True)

    def cell(text: str, style: StyleArray = plain) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value=text)
        # Set once for all cells: setting a font cell by cell takes seconds for a thousand lines.
        made.data_type, made._style = "s", style
        return made

    sheet.append([cell(name, bold) for name in head(table)])
    for line in body:
        sheet.append([cell(text) for text in line])
    if explained:
        notes = book.create_sheet(gettext("How to fill in"))
        notes.column_dimensions["A"].width, notes.column_dimensions["C"].width = NARROW, 90
        for line in explanations(table):
            notes.append([cell(text) for text in line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _style(sheet: Any, *, bold: bool = False) -> StyleArray:
    """Return the style of a cell that is text, whatever is typed into it."""
    cell = WriteOnlyCell(sheet)
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.font = Font(bold=bold)
    return cell._style


def template(table: Table) -> list[list[str]]:
    """Return the one example line of a blank template."""
    return [[guarded(column.example) for column in table.columns]]


def explanations(table: Table) -> list[tuple[str, str, str]]:
    """Return for each column its name, whether a new row needs it, and what stands in it."""
    needed = gettext("needed")
    return [
        (str(column.label), needed if column.is_needed else "", str(column.explanation))
        for column in table.columns
    ]
