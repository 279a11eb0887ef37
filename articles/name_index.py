"""Finding thousands of names in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """A name at its place in a text."""

    start: int
    end: int
    name: str


class NameIndex:
    """Names by their first two characters; names of one character are left out.

    >>> [found.name for found in NameIndex(["北仓社区", "北仓社区驿站"]).find("走进北仓社区驿站")]
    ['北仓社区驿站']
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Sort the names; of those that begin alike the longest is tried first."""
        self._by_beginning: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            if len(name) > 1:
                self._by_beginning.setdefault(name[:2], []).append(name)
        for alike in self._by_beginning.values():
            alike.sort(key=len, reverse=True)

    def find(self, text: str) -> Iterator[Named]:
        """Yield the names in a text from left to right, the longest each time, none in another."""
        at, last = 0, len(text) - 1
        beginnings = self._by_beginning
        while at < last:
            for name in beginnings.get(text[at : at + 2], ()):
                if text.startswith(name, at):
                    yield Named(at, at + len(name), name)
                    at += len(name)
                    break
            else:
                at += 1
