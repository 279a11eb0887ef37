"""Spreadsheets as somebody would save them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

HEAD = ("名称", "类型", "社区", "地址", "电话", "开放时间", "便民设施", "服务事项", "经度", "纬度")
BRIDGE = (
    "桥头驿站",
    "驿站",
    "桥头社区",
    "桥头路1号",
    "0000-1",
    "周一至周五 08:30-17:00；节假日 休息",
)


def csv_file(
    *lines: Sequence[str], head: Sequence[str] = HEAD, encoding: str = "utf-8-sig"
) -> bytes:
    """Return a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([head, *lines])
    return text.getvalue().encode(encoding)


def xlsx_file(*lines: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    """Return an XLSX file; what begins with = is a formula in it."""
    book = Workbook()
    for line in (head, *lines):
        book.active.append(list(line))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
