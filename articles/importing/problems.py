"""What can be wrong with a page: refusals, and remarks on what an editor should look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class PageTextError(ValueError):
    """A text that cannot be read as a newspaper page.

    Attributes:
        code: what is wrong, for programs: `empty`, `too_long`, `binary`, `encoding`.
        message: the same for people; translated when it is shown, never before.
        line: the 1-based line the problem stands in, where there is one.
        params: the values the message names.

    """

    def __init__(
        self,
        code: str,
        message: _StrPromise,
        *,
        line: int | None = None,
        params: dict[str, Any] | None = None,
    ) -> None:
        """Keep what is wrong, for programs and for people."""
        super().__init__(code)
        self.code = code
        self.message = message
        self.line = line
        self.params = params or {}

    def __str__(self) -> str:
        return str(self.message) % self.params


class RemarkKind(StrEnum):
    """What a remark is about."""

    HEADLINE_MISSING = "headline_missing"
    BODY_MISSING = "body_missing"
    PARAGRAPH_OPEN = "paragraph_open"
    CREDIT_UNREAD = "credit_unread"
    TEXT_LEFT_OVER = "text_left_over"
    WEEKDAY_WRONG = "weekday_wrong"
    DATE_IMPOSSIBLE = "date_impossible"
    NO_STORIES = "no_stories"


@dataclass(frozen=True)
class Remark:
    """Something the parser could not settle and an editor should look at.

    `line` is the 1-based line of the page, or None where the whole page is meant.
    """

    kind: RemarkKind
    message: _StrPromise
    line: int | None = None
