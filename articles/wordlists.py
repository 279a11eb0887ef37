"""Word lists beside the modules that use them, one text file each; `#` begins a comment line."""

from __future__ import annotations

from pathlib import Path


class WordLists:
    """The lists of a folder; a list's name is its file's, without the ending."""

    def __init__(self, folder: Path) -> None:
        """Read from `folder`, each list when it is asked for."""
        self.folder = folder

    def lines(self, name: str) -> list[str]:
        """Return the lines of a list without comments and empty lines."""
        lines = (self.folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line and not line.startswith("#")]

    def words(self, name: str) -> list[str]:
        """Return the words of a list, in its order."""
        return " ".join(self.lines(name)).split()

    def sections(self, name: str) -> dict[str, list[str]]:
        """Return the words of a list divided by headings in square brackets."""
        sections: dict[str, list[str]] = {}
        words: list[str] = []
        for line in self.lines(name):
            if line.startswith("["):
                words = sections.setdefault(line.strip("[]"), [])
            else:
                words.extend(line.split())
        return sections
