"""A file laid beside the database: what each line would do, and what is wrong with it.

Nothing is written here. The same comparison is made twice, for whoever looks and, under locks, when
it is carried out; a line that says something else the second time has been changed meanwhile.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ForeignKey, Q, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.slugs import RESERVED, unique_slugs
from communities.tables import checks
from communities.tables.columns import Column
from communities.tables.files import Row
from communities.tables.head import Head
from communities.tables.table import Cells, Table


class State(TextChoices):
    """What a line would do."""

    FAULTY = "faulty", _("has errors")
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("stays as it is")


@dataclass(frozen=True)
class Change:
    """A cell that would say something else: the column, what stood there, what will."""

    column: Column
    old: str
    new: str

    @property
    def label(self) -> str:
        """The column's name."""
        return str(self.column.label)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line: at which column ("" for none), in words."""

    column: str
    message: str


@dataclass
class Line:
    """A line of a file and what it would do."""

    number: int
    cells: Cells
    naming: str = "name"
    row: Any = None
    is_new: bool = False
    is_moved: bool = False
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """What it would do."""
        if self.faults:
            return State.FAULTY
        if self.is_new:
            return State.NEW
        return State.CHANGED if self.changes else State.SAME

    @property
    def name(self) -> str:
        """What the line is about."""
        return str(self.cells.get(self.naming) or getattr(self.row, self.naming, ""))

    @property
    def digest(self) -> str:
        """A short text that is another one as soon as the line would do something else."""
        said = [
            self.state,
            self.name,
            [(one.column.name, one.old, one.new) for one in self.changes],
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]

    def refuse(self, column: Column | None, refusal: ValidationError) -> None:
        """Note what is wrong, each message once."""
        for message in refusal.messages:
            fault = Fault(str(column.label) if column else "", message)
            if fault not in self.faults:
                self.faults.append(fault)


@dataclass
class Comparison:
    """A file beside the database.

    Attributes:
        table: of what.
        lines: in the file's order.
        problems: what is wrong with the file as a whole.
        unused: names of columns that are not looked at.

    """

    table: Table
    lines: list[Line] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def of(self, state: State) -> list[Line]:
        """Return the lines of a state."""
        return [line for line in self.lines if line.state == state]

    @property
    def moved(self) -> list[Line]:
        """The lines that would do something else than was shown."""
        return [line for line in self.lines if line.is_moved]

    @property
    def can_be_taken_in(self) -> bool:
        """Whether nothing is wrong and there is something to do."""
        states = {line.state for line in self.lines}
        return (
            not self.problems
            and State.FAULTY not in states
            and bool(states & {State.NEW, State.CHANGED})
        )

    @property
    def faults(self) -> list[tuple[int, Fault]]:
        """Everything wrong with a line, with the lines' numbers."""
        return [(line.number, fault) for line in self.lines for fault in line.faults]

    @property
    def shown(self) -> dict[str, str]:
        """What was shown, line by line, to be compared with when it is carried out."""
        return {str(line.number): line.digest for line in self.lines}


def compare(table: Table, rows: Sequence[Row], *, lock: bool = False) -> Comparison:
    """Lay a file beside the database.

    Args:
        table: of what.
        rows: the file's, as `files.read` returns them.
        lock: whether to lock the rows that are spoken of (inside a transaction).

    """
    head = Head.of(table, rows)
    found = Comparison(table, problems=head.problems, unused=head.unused)
    if head.problems:
        return found
    found.lines = [Line(row.number, head.cells(row), table.naming) for row in head.body]
    for line, row in zip(found.lines, head.body, strict=True):
        for place, fault in row.faults.items():
            if (column := head.columns.get(place)) is not None:
                line.refuse(column, fault)
    _Work(table, found.lines, lock=lock).do()
    return found


class _Work:
    """One comparison under way."""

    def __init__(self, table: Table, lines: list[Line], *, lock: bool) -> None:
        self.table, self.lines = table, lines
        self.world = table.world()
        self.lock = lock
        self.by_key: dict[str, Any] = {}
        self.by_identity: dict[tuple[Any, ...], Any] = {}
        self.kept: dict[tuple[Any, ...], Any] = {}
        self.spoken_of: dict[int, int] = {}
        self._load()

    def do(self) -> None:
        for place in self.table.in_order([line.cells for line in self.lines], self.world):
            self._take(self.lines[place])
        if self.table.key == "slug":
            self._give_slugs()
        for line in self.lines:
            if line.changes and not line.faults:
                self._check(line)
        self._compare_with_others()

    def _load(self) -> None:
        """Fetch the rows that lines may mean, and those whose names they may take."""
        table = self.table
        keys = {line.cells.get(table.key, "") for line in self.lines} - {""}
        if table.key == "pk":
            keys = {key for key in keys if key.isdecimal() and len(key) < 18}
        names = {line.cells.get(table.naming, "") for line in self.lines} - {""}
        known = table.model._default_manager.filter(**{f"{table.key}__in": keys})
        names |= set(known.values_list(table.naming, flat=True))
        wanted = Q(**{f"{table.key}__in": keys}) | Q(**{f"{table.naming}__in": names})
        rows = table.rows().filter(wanted).order_by("pk")
        if self.lock:
            rows = rows.select_for_update(of=("self",))
        found = [*rows]
        table.loaded(found, self.world)
        for row in found:
            self.by_key[str(getattr(row, table.key))] = row
            self.by_identity.setdefault(table.identity(row), row)
            for names_of in table.unique:
                self.kept[(names_of, *(getattr(row, name) for name in names_of))] = row

    def _take(self, line: Line) -> None:
        cells = line.cells
        for name, refusal in self.table.prepare(cells).items():
            line.refuse(self.table.by_name[name], refusal)
        line.row = self._meant(line)
        if line.row is None:
            line.is_new = True
            # A key of its own until it has one; no row of the database has it.
            line.row = self.table.model(pk=-line.number)
            self._want_needed(line)
        elif (first := self.spoken_of.setdefault(line.row.pk, line.number)) != line.number:
            message = _("This is the same row as line %(number)d.")
            error = ValidationError(message, code="twice", params={"number": first})
            line.refuse(self.table.by_name[self.table.naming], error)
            return
        for column in self.table.columns:
            if column.name in cells and column.name != self.table.key:
                self._compare(line, column)
        if not line.faults or line.is_new:
            self.table.added(line.row, self.world)

    def _meant(self, line: Line) -> Any:
        """Return the row a line is about; None for a new one."""
        table = self.table
        key = line.cells.get(table.key, "")
        if key in self.by_key:
            return self.by_key[key]
        identity = table.meant(line.cells, self.world)
        found = None if identity is None else self.by_identity.get(identity)
        if key and table.key == "pk":
            message = _("There is nothing with the number %(key)s; leave it empty for what is new.")
            error = ValidationError(message, code="unknown", params={"key": key})
            line.refuse(table.by_name["pk"], error)
        elif key and found is not None:
            message = _(
                "The one of this name has the address name %(slug)s; a table does not change it."
            )
            error = ValidationError(message, code="slug", params={"slug": found.slug})
            line.refuse(table.by_name["slug"], error)
        return found

    def _want_needed(self, line: Line) -> None:
        for column in self.table.columns:
            if column.is_needed and column.name not in line.cells:
                message = _("This line is new, so the file needs this column.")
                line.refuse(column, ValidationError(message, code="needed"))

    def _compare(self, line: Line, column: Column) -> None:
        text, world = line.cells[column.name], self.world
        old = "" if line.is_new else column.show(column.value_of(line.row, world), world)
        if text == old and not (column.is_needed and not text):
            return
        if not text and column.is_needed:
            line.refuse(column, ValidationError(_("This cell may not be empty."), code="required"))
            return
        try:
            value = column.read(text, world) if text else column.blank
        except ValidationError as refusal:
            line.refuse(column, refusal)
            return
        new = column.show(value, world)
        if new != old:
            column.put(line.row, value)
            line.values[column.name] = value
            if column.counts:
                line.changes.append(Change(column, old, new))

    def _give_slugs(self) -> None:
        column = self.table.by_name["slug"]
        wanting: list[Line] = []
        for line in self.lines:
            if not line.is_new:
                continue
            if slug := line.cells.get("slug", ""):
                try:
                    line.row.slug = column.read(slug, self.world)
                    if slug in RESERVED:
                        raise ValidationError(_("This address name is taken."))
                except ValidationError as refusal:
                    line.refuse(column, refusal)
            else:
                wanting.append(line)
        taken = {line.row.slug for line in self.lines if line.is_new} - {""}
        names = [line.cells.get("name", "") for line in wanting]
        slugs = unique_slugs(names, self.table.model._default_manager.all(), taken)
        for line, slug in zip(wanting, slugs, strict=True):
            line.row.slug = slug
        for line in self.lines:
            if line.is_new:
                line.changes.insert(0, Change(column, "", line.row.slug))

    def _check(self, line: Line) -> None:
        """Ask the model's own rules, and say what they say at the columns."""
        row = line.row
        columns = {name: one for one in self.table.columns for name in one.decides}
        keys = {one.name for one in row._meta.fields if isinstance(one, ForeignKey)}
        errors: dict[str, list[ValidationError]] = {}
        left_out = {"id", *keys, *self.table.reckoned}
        for ask in (lambda: row.clean_fields(exclude=left_out), row.clean):
            try:
                ask()
            except ValidationError as refusal:
                errors = refusal.update_error_dict(errors)
        for name, found in errors.items():
            column = None if name == NON_FIELD_ERRORS else columns.get(name)
            line.refuse(column, ValidationError(found))
        changed = {change.column.name for change in line.changes}
        for name, fault in self.table.check(row, changed).items():
            line.refuse(self.table.by_name[name], fault)
        if not line.faults:
            self._check_constraints(line)

    def _check_constraints(self, line: Line) -> None:
        for constraint in checks.violated(line.row):
            name = self.table.constraint_columns.get(constraint.name, "")
            message = constraint.get_violation_error_message()
            line.refuse(self.table.by_name.get(name), ValidationError(message))

    def _compare_with_others(self) -> None:
        """Refuse what two lines, or a line and a row of the database, would have in common."""
        seen: dict[tuple[Any, ...], Line] = {}
        for line in self.lines:
            if line.row is None or (line.faults and not line.is_new):
                continue
            for names in self.table.unique:
                values = tuple(getattr(line.row, name) for name in names)
                # A line with errors may not know yet what it lies in.
                if "" in values or (line.faults and None in values):
                    continue
                key = (names, *values)
                column = self.table.by_name[names[-1]]
                other, before = self.kept.get(key), seen.setdefault(key, line)
                if before is not line:
                    message = _("The same as in line %(number)d.")
                    number = {"number": before.number}
                    line.refuse(column, ValidationError(message, code="twice", params=number))
                elif other is not None and other.pk != line.row.pk:
                    message = _("This is taken by %(name)s (%(key)s).")
                    params = {"name": str(other), "key": getattr(other, self.table.key)}
                    line.refuse(column, ValidationError(message, code="taken", params=params))


def said(number: int, fault: Fault) -> str:
    """Return a fault as a sentence with the line and the column named."""
    if not fault.column:
        return gettext("Line %(line)d: %(message)s") % {"line": number, "message": fault.message}
    return gettext("Line %(line)d, %(column)s: %(message)s") % {
        "line": number,
        "column": fault.column,
        "message": fault.message,
    }


def sentences(comparison: Comparison) -> Iterable[str]:
    """Yield everything wrong with a file, as sentences."""
    yield from comparison.problems
    for number, fault in comparison.faults:
        yield said(number, fault)
