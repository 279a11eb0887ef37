"""The newsroom's list of sensitive and preferred terms as a table: in from a file, out as one.

A table has the columns word, kind, replacement and reason, with or without a line that names them.
A word that is on the list already is changed; nothing is taken off it. One bad line, and nothing
is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.importing import PageTextError, read_text
from articles.models import Term

COLUMNS = ("text", "kind", "replacement", "reason")
MOST_BYTES = 1_000_000
MOST_LINES = 20_000
# What newsrooms call the columns and the kinds in their own tables, besides our own words for them.
HEADS = {
    "text": {"word", "text", "term", "词", "词语", "用语", "敏感词", "原词", "错误用法"},
    "kind": {"kind", "type", "类别", "类型", "种类", "分类"},
    "replacement": {
        "replacement",
        "write instead",
        "改为",
        "替换为",
        "替换",
        "规范用语",
        "建议用语",
        "正确用法",
    },
    "reason": {"reason", "理由", "原因", "说明", "备注", "依据"},
}
KINDS = {
    Term.Kind.SENSITIVE: {"sensitive", "敏感", "敏感词", "敏感用语", "禁用", "禁用词", "慎用"},
    Term.Kind.PREFERRED: {
        "preferred",
        "规范",
        "规范用语",
        "建议",
        "推荐",
        "建议改用",
        "另有规范用语",
    },
}
# A spreadsheet would run a cell that begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True)
class LineError:
    """What is wrong with a line of a file.

    Attributes:
        line: its number from 1, the line of names counted; 0 for the file as a whole.
        message: a sentence.

    """

    line: int
    message: str


class TermFileError(Exception):
    """A file that cannot be taken, with what is wrong line by line."""

    def __init__(self, errors: list[LineError]) -> None:
        """Keep the lines."""
        self.errors = errors
        super().__init__("; ".join(f"{error.line}: {error.message}" for error in errors))


@dataclass(frozen=True)
class Taken:
    """What a file brought: how many words are new, were changed, and were there just so."""

    added: int
    changed: int
    same: int


@dataclass(frozen=True)
class Line:
    """A line of a table with its number."""

    number: int
    text: str
    kind: str
    replacement: str
    reason: str


def import_terms(raw: bytes) -> Taken:
    """Write a table of terms to the list, all of it or nothing.

    Args:
        raw: a CSV file's bytes, in UTF-8 or GB18030, with or without a byte order mark.

    Raises:
        TermFileError: with every line that cannot be taken.

    """
    lines = list(_rows(_text(raw)))
    errors = [error for line in lines for error in _errors(line)] + list(_twice(lines))
    if not lines:
        errors = [LineError(0, _("There is no term in this file."))]
    if errors:
        raise TermFileError(sorted(errors, key=lambda error: error.line))
    return _write(lines)


@transaction.atomic
def _write(lines: Iterable[Line]) -> Taken:
    known = {term.text: term for term in Term.objects.select_for_update()}
    added, changed, same = [], [], 0
    for line in lines:
        values = {name: getattr(line, name) for name in COLUMNS}
        term = known.get(line.text)
        if term is None:
            added.append(Term(**values))
        elif any(getattr(term, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(term, name, value)
            changed.append(term)
        else:
            same += 1
    Term.objects.bulk_create(added)
    Term.objects.bulk_update(changed, ["kind", "replacement", "reason"])
    return Taken(len(added), len(changed), same)


def export_terms() -> bytes:
    """Return the whole list as a CSV file that `import_terms` reads back and Excel shows well."""
    file = io.StringIO()
    table = csv.writer(file)
    fields = [Term._meta.get_field(name) for name in COLUMNS]
    table.writerow([str(field.verbose_name) for field in fields])  # type: ignore[union-attr]
    for term in Term.objects.order_by("text"):
        cells = (term.text, term.get_kind_display(), term.replacement, term.reason)
        table.writerow([_unrun(cell) for cell in cells])
    # Excel takes a file without this mark for GBK.
    return file.getvalue().encode("utf-8-sig")


def _unrun(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _bare(cell: str) -> str:
    cell = cell.strip().strip("\u3000")
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _text(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise TermFileError([LineError(0, _("The file is too large for a list of terms."))])
    try:
        return read_text(raw)
    except PageTextError as error:
        said = {
            "empty": _("There is no term in this file."),
            "binary": _("This is not a CSV file. In Excel or WPS, save the table as CSV."),
            "encoding": _("The file is neither UTF-8 nor GB18030. Save it as CSV in UTF-8."),
        }
        raise TermFileError(
            [LineError(error.line or 0, said.get(error.code, str(error)))]
        ) from error


def _rows(text: str) -> Iterator[Line]:
    """Read the lines of a table; its first one may name the columns, in any order."""
    first = text.split("\n", 1)[0]
    divider = "\t" if "\t" in first else ","
    table = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    columns: tuple[str, ...] | None = None
    count, before = 0, 0
    try:
        for cells in table:
            number, before = before + 1, table.line_num
            values = [_bare(cell) for cell in cells]
            if not any(values):
                continue
            if columns is None:
                named = _columns(values)
                columns = named or COLUMNS
                if named:
                    continue
            count += 1
            if count > MOST_LINES:
                raise TermFileError([LineError(number, _("The file has too many lines."))])
            yield _line(number, columns, values)
    except csv.Error as error:
        message = _("This line is not CSV: a quotation mark is missing.")
        raise TermFileError([LineError(before + 1, message)]) from error


def _columns(values: list[str]) -> tuple[str, ...] | None:
    """Return which column is which, or None where the first line is a term already."""
    names = {name: {*words, _label(name)} for name, words in HEADS.items()}
    found = [
        next((name for name, words in names.items() if value.casefold() in words), "")
        for value in values
    ]
    known = [name for name in found if name]
    # One word alone may be a term that happens to be called like a column.
    is_head = "text" in known and 1 < len(known) == len(set(known))
    return tuple(found) if is_head else None


def _label(name: str) -> str:
    return str(Term._meta.get_field(name).verbose_name).casefold()  # type: ignore[union-attr]


def _line(number: int, columns: tuple[str, ...], values: list[str]) -> Line:
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {name: value for name, value in zip(columns, values, strict=False) if name}
    if any(values[len(columns) :]):
        cells["kind"] = "\0"
    elif not cells["kind"]:
        replaced = bool(cells["replacement"])
        cells["kind"] = Term.Kind.PREFERRED if replaced else Term.Kind.SENSITIVE
    else:
        cells["kind"] = _kind(cells["kind"])
    return Line(number, **cells)


def _kind(word: str) -> str:
    """Return the kind a word stands for; the word itself where it stands for none."""
    for kind, words in KINDS.items():
        if word.casefold() in {*words, kind.value, str(kind.label).casefold()}:
            return kind.value
    return word


def _errors(line: Line) -> Iterator[LineError]:
    if line.kind == "\0":
        yield LineError(
            line.number,
            _("There are more than four columns; a comma in a cell needs quotation marks."),
        )
        return
    if line.kind not in Term.Kind.values:
        message = _("“%(kind)s” is no kind; write “%(one)s” or “%(other)s”.") % {
            "kind": line.kind,
            "one": Term.Kind.SENSITIVE.label,
            "other": Term.Kind.PREFERRED.label,
        }
        yield LineError(line.number, message)
    if line.text and line.text == line.replacement:
        yield LineError(line.number, _("The word and what to write instead are the same."))
    term = Term(text=line.text, kind=Term.Kind.SENSITIVE)
    term.replacement, term.reason = line.replacement, line.reason
    try:
        term.clean_fields()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            field = Term._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            for message in messages:
                text = _("%(field)s: %(message)s") % {"field": field, "message": message}
                yield LineError(line.number, text)


def _twice(lines: Iterable[Line]) -> Iterator[LineError]:
    seen: dict[str, int] = {}
    for line in lines:
        first = seen.setdefault(line.text, line.number)
        if line.text and first != line.number:
            text = _("“%(word)s” stands in line %(line)d already.")
            yield LineError(line.number, text % {"word": line.text, "line": first})
