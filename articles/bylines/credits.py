"""What a credit line says once it has been read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class RoleKind(StrEnum):
    """What a role word means to the newsroom, whatever the paper calls it."""

    REPORTER = "reporter"
    CORRESPONDENT = "correspondent"
    PHOTOGRAPHER = "photographer"
    WRITER = "writer"
    EDITOR = "editor"
    INTERN = "intern"
    OTHER = "other"


@dataclass(frozen=True)
class Credit:
    """One person in one role.

    `role` is the word as printed, without the spaces layout puts into it; `organisation` is the
    paper, office or place printed with the person. Both are empty where nothing is printed.
    """

    name: str
    role: str = ""
    organisation: str = ""


class CreditLine(list[Credit]):
    """The credits of a line in printed order, with all the line says besides.

    Attributes:
        source: where the words or the picture come from (新华社发, 据《…》, 来源:…), verbatim.
        dateline: the opening words of a story (本报讯, 新华社北京10月12日电), verbatim.
        notes: what was read and names nobody: dates, telephones, page references, positions in
            a picture.
        unread: fragments that could not be read, verbatim. Nothing in them was guessed at.
    """

    def __init__(
        self,
        credits: Iterable[Credit] = (),
        *,
        source: str = "",
        dateline: str = "",
        notes: Iterable[str] = (),
        unread: Iterable[str] = (),
    ) -> None:
        """Take the credits and what else was read."""
        super().__init__(credits)
        self.source = source
        self.dateline = dateline
        self.notes = tuple(notes)
        self.unread = tuple(unread)

    @property
    def is_exact(self) -> bool:
        """Whether every word of the line was read."""
        return not self.unread
