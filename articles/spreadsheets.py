"""Tables as .xlsx and .csv files, with nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | Decimal


def workbook_of(
    title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], foot: Sequence[Cell]
) -> bytes:
    """Return a table as an .xlsx file.

    Args:
        title: the sheet's name; spreadsheets allow 31 characters of it.
        head: the columns' names.
        rows: texts and numbers; a text is written as text, even one that looks like a
            formula.
        foot: the last line, such as a total.

    """
    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    sheet.append(list(head))
    for row in [*rows, foot]:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    for cell in (*sheet[1], *sheet[sheet.max_row]):
        cell.font = Font(bold=True)
    for number in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 24 if number == 1 else 12
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_of(head: Sequence[str], rows: Iterable[Sequence[Cell]], foot: Sequence[Cell]) -> bytes:
    """Return a table as a .csv file in UTF-8, with the mark by which Excel and WPS know that.

    Args:
        head: the columns' names.
        rows: texts and numbers; before a text that looks like a formula stands an apostrophe.
        foot: the last line, such as a total.

    """
    file = io.StringIO()
    writer = csv.writer(file)
    for row in (head, *rows, foot):
        writer.writerow(
            f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
            for cell in row
        )
    return file.getvalue().encode("utf-8-sig")
