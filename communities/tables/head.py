"""The head of a file: which of its columns is which."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from communities.tables.columns import Column
from communities.tables.files import HEAD_WITHIN, Row
from communities.tables.table import Cells, Table, plain


@dataclass
class Head:
    """The names of a file's columns, and the lines below them.

    Attributes:
        columns: by their place in a row.
        body: the rows below.
        problems: why nothing can be read by these names.
        unused: names that no column of the table has.

    """

    columns: dict[int, Column] = field(default_factory=dict)
    body: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, table: Table, rows: Sequence[Row]) -> Head:
        """Find the row of names, under whatever titles stand above it."""
        named = table.named()

        def known(row: Row) -> int:
            return sum(plain(cell) in named for cell in row.cells)

        place = max(range(min(len(rows), HEAD_WITHIN)), key=lambda at: (known(rows[at]), -at))
        head = cls(body=[*rows[place + 1 :]])
        head._read(table, rows[place])
        if not head.problems and not head.body:
            head.problems.append(gettext("There is no line below the names of the columns."))
        return head

    def cells(self, row: Row) -> Cells:
        """Return a row's cells by the attributes of their columns."""
        return {
            column.name: row.cells[place] if place < len(row.cells) else ""
            for place, column in self.columns.items()
        }

    def _read(self, table: Table, row: Row) -> None:
        named = table.named()
        for place, cell in enumerate(row.cells):
            column = named.get(plain(cell))
            if column is None:
                if cell:
                    self.unused.append(_with_guess(cell, named))
                elif any(place < len(one.cells) and one.cells[place] for one in self.body):
                    said = gettext(
                        "Column %(place)d has no name (merged cells?). Give each column its own."
                    )
                    self.problems.append(said % {"place": place + 1})
            elif column in self.columns.values():
                said = gettext("The column “%(name)s” stands there twice.")
                self.problems.append(said % {"name": cell})
            else:
                self.columns[place] = column
        self._want_key(table)

    def _want_key(self, table: Table) -> None:
        """Every line has to say which row it is about: by its address name, or name and place."""
        present = {column.name for column in self.columns.values()}
        if table.key in present:
            return
        missing = [
            str(column.label)
            for column in table.columns
            if column.name in (table.naming, table.place) and column.name not in present
        ]
        if missing:
            said = gettext("Missing columns: %(names)s. Columns of this table: %(known)s.")
            known = "、".join(str(column.label) for column in table.columns)
            self.problems.append(said % {"names": "、".join(missing), "known": known})


def _with_guess(name: str, named: dict[str, Column]) -> str:
    """Return a name nobody knows, with the one that may have been meant."""
    close = difflib.get_close_matches(plain(name), named, n=1, cutoff=0.6)
    if not close:
        return name
    return gettext("%(name)s (meant: %(guess)s?)") % {
        "name": name,
        "guess": str(named[close[0]].label),
    }
