"""The word lists of the checks."""

from __future__ import annotations

from pathlib import Path

from articles.wordlists import WordLists

LISTS = WordLists(Path(__file__).parent / "wordlists")
